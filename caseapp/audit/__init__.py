"""What happened: a closed list of kinds and a keyed chain of rows that only grows."""
