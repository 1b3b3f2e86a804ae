"""Turns a plan into a report: plain data first, then PDF, HTML, Markdown or JSON made from it."""
