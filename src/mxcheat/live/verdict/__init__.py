"""Judging values: how far two correct results may be apart, and how far these are."""
