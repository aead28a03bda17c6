"""The demo accounts: six addresses whose second factor is off, and only in a demo home."""

from flask import current_app

from caseapp.accounts.models import User

PASSWORD = "demo-only-not-secret"  # noqa: S105 - printed in the README, refused everywhere else
ACCOUNTS = {
    "advocate@demo.example": "advocate, youth violence",
    "colleague@demo.example": "advocate, youth violence, not assigned to the first one's cases",
    "other-team@demo.example": "advocate, domestic abuse",
    "manager@demo.example": "manager, youth violence",
    "analyst@demo.example": "analyst: released figures, no case",
    "administrator@demo.example": "administrator: accounts and keys, no case",
}


def is_demo_home() -> bool:
    return bool(current_app.config["DEMO"])


def skips_second_factor(user: User) -> bool:
    """All three must hold: a demo home, one of the six, made without a second factor."""
    return is_demo_home() and user.head.email in ACCOUNTS and user.body.second_factor_off
