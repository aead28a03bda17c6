"""Synthetic casework: a borough's worth of invented people, for demonstration and for tests."""
