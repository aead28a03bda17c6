"""The second factor: a code from a phone that works once, or a recovery code that works once."""

import hashlib
import hmac
from datetime import datetime

import pyotp
import segno

from caseapp.accounts.spoken_codes import random_code

ISSUER = "caseapp"
STEP_SECONDS = 30
STEPS_EITHER_SIDE = 1  # clocks differ a little
RECOVERY_CODES = 10


def new_secret() -> str:
    """160 random bits, base32."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, last_step: int, at: datetime) -> int | None:
    """The time step that a code belongs to, or None. A step used before, or older, is refused:
    a code read over a shoulder cannot be used again."""
    totp = pyotp.TOTP(secret)
    present = int(at.timestamp()) // STEP_SECONDS
    given = _digits(code).encode()
    for step in range(present - STEPS_EITHER_SIDE, present + STEPS_EITHER_SIDE + 1):
        if step > last_step and hmac.compare_digest(totp.generate_otp(step).encode(), given):
            return step
    return None


def grouped(secret: str) -> str:
    """The secret in groups of four, for typing by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def qr_code(secret: str, email: str) -> str:
    """An inline SVG without styles or script, which our content policy lets through."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    code = segno.make(uri, error="m", micro=False)
    return code.svg_inline(scale=5, light="#fff", svgclass=None, lineclass=None)


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes of 59 bits, each to be used once, shown once."""
    return tuple(random_code(groups=3) for _ in range(RECOVERY_CODES))


def digest_of(recovery_code: str) -> str:
    """What is kept of a recovery code. It is random, so a plain digest is enough."""
    return hashlib.sha256(_letters(recovery_code).encode()).hexdigest()


def without_code(digests: tuple[str, ...], recovery_code: str) -> tuple[str, ...] | None:
    """The digests that remain once this code is used; None where it is not one of them."""
    given = digest_of(recovery_code)
    remaining = tuple(kept for kept in digests if not hmac.compare_digest(kept, given))
    return remaining if len(remaining) < len(digests) else None


def _digits(code: str) -> str:
    return "".join(sign for sign in code if not sign.isspace())


def _letters(code: str) -> str:
    return "".join(sign for sign in code.casefold() if sign.isalnum())
