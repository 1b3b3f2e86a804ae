"""The same flow as for one team, for many: team after team, and it can be stopped at any moment."""
