"""The front door: who is let in, what every page carries, and what a refusal looks like."""
