"""One respondent's answers about one team on one date: what they hold, and how they are kept."""
