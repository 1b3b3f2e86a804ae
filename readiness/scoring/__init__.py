"""Scores answers by the published rules: exact fractions in, exact fractions out."""
