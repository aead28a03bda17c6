"""The files of a release: what stands in them, how they are written, and what changed in them."""
