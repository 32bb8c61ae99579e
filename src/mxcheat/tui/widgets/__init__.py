"""Widgets, each with one job; they draw, and say by messages what the user did."""
