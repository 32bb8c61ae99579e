"""Rows and results as text."""
