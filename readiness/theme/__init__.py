"""Themes: whose document it is, and how it looks."""
