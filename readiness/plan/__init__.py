"""Turns a score into what to do next."""
