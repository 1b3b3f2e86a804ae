"""Benchmarks: each measures both sides in one run, in turn, and prints the ratio."""
