"""Blank forms: what they ask, and how each format puts it on paper or on a screen."""
