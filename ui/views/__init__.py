"""One view for each place a person can be."""
