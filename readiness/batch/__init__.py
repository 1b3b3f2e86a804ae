"""The same flow as for one team, for many: reads, scores and reports team after team, and can be stopped at any moment."""
