"""Reads what was filled in elsewhere, and comes back: workbooks first."""
