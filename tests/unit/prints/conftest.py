"""Plans to print."""

from tests.unit.plans.conftest import in_app, own_printer, write_plan

__all__ = ["in_app", "own_printer", "write_plan"]
