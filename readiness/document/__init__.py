"""Documents: blocks, and a writer for each format."""
