"""Asks in a terminal: the walk through the questions, and the terminal that draws it."""
