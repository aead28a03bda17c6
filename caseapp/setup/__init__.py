"""Makes a bare machine ready: its own environment, libraries and assets. Standard library alone."""
