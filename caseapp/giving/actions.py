"""Giving codes, and handing the device over; the audit learns who gave and how many, no more."""

from collections.abc import Sequence

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import Reason, decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.surveys.codes import Bearer, Facts, draw, spend


def give_codes(facts: Facts, number: int, by: Actor) -> list[str]:
    """That many codes in clear, each of them for one person; the caller commits.

    Raises CodesRefused.
    """
    codes = draw(facts, number)
    reason = decide(by, Permission.GIVE_SURVEY)
    record(Kind.SURVEY_GIVEN, actor=by, reason=reason, detail={"codes": number})
    return codes


def take_back(codes: Sequence[str], facts: Facts, by: Actor) -> None:
    """Codes that reached nobody open nothing from now on; the caller commits."""
    for code in codes:
        spend(Bearer(code, facts))
    reason = decide(by, Permission.GIVE_SURVEY)
    record(Kind.SURVEY_GIVEN, actor=by, reason=reason, detail={"taken_back": len(codes)})


def sign_out_for_the_next(by: Actor) -> None:
    """Note that the worker's session ended here, as when they sign out themselves."""
    record(Kind.SIGNED_OUT, actor=by, subject_id=by.user_id, reason=Reason.OWN_ACCOUNT)
