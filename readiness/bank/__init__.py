"""Question banks: what is asked, what the answers are worth, and what to do about them."""
