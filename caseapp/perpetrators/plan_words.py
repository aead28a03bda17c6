"""What the room tells whoever writes or prints a plan: which of its texts name somebody."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence

from flask import current_app

from caseapp.cases.blueprint import person_of
from caseapp.cases.contributions import names_of_children
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.people.models import Person
from caseapp.perpetrators.models import AllegedPerpetrator
from caseapp.perpetrators.naming import Found, Known, found_in, known_by
from caseapp.vault.sealing import length_prefixed

PURPOSE = "plan-names"
MARK_BYTES = 16


def marks_of(case: Case, texts: Sequence[str]) -> dict[int, str]:
    """See NamingCheck. Nobody reads the names here, so what is audited is the act that asked: a
    plan that was written or printed. They are asked for whoever it is, seen by them or not."""
    known = _known_in(case)
    found = ((place, text, found_in(text, known)) for place, text in enumerate(texts) if text)
    return {place: _mark(case, text, what) for place, text, what in found if what}


def _known_in(case: Case) -> Known:
    person = person_of(case)
    alleged = ((row.head, row.body.facts) for row in rows_in(case, AllegedPerpetrator))
    borne = [*_names_of(person), *names_of_children(case)]
    return known_by(alleged, borne, f"{person.body.address} {person.body.postcode}")


def _names_of(person: Person) -> Iterator[str]:
    yield f"{person.full_name} {person.head.preferred_name}"
    yield from (identity.full_name for identity in person.head.earlier)


def _mark(case: Case, text: str, found: Found) -> str:
    """Bound to the case, the text and what it names, under a key: nobody can make one up, and one
    that was given no longer fits when the text comes to name somebody else."""
    if found.is_certain:
        return ""
    key = current_app.extensions["vault"].derive(PURPOSE)
    parts = (str(case.id), text, *sorted(found.alone))
    message = b"".join(length_prefixed(part.encode()) for part in parts)
    return hmac.digest(key, message, hashlib.sha256)[:MARK_BYTES].hex()
