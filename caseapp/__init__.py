"""Casework for advocates of victims of violence. Holds the version and imports nothing."""

__version__ = "0.1.0"
