"""Tables and files from elsewhere, read as responses."""
