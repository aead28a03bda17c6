"""Pure decisions: what the details of an alleged perpetrator say, and which answers endanger."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID, uuid4

import msgspec
from msgspec.structs import replace

from caseapp.people.models import PersonHead, SafeContact
from caseapp.perpetrators.models import Fact, PerpetratorHead, ProgrammeHead
from caseapp.reference import label_of
from caseapp.vault.folding import fold_letters, fold_name

NOT_KNOWN = "not_known"
PHONE_DIGITS = 9  # the last ones: 07700 900123 and +44 7700 900123 are one number
Problem = tuple[str, str]  # name of the question, what is wrong with the answer


def details_in_words(head: PerpetratorHead) -> dict[str, str]:
    """What the head says, by the codes of perpetrator_detail; what is not known is left out."""
    born = head.date_of_birth
    found = {
        "name": head.full_name,
        "date_of_birth": f"{born.day} {born:%B %Y}" if born else "",
        "sex": _label("sex", head.sex),
        "ethnicity": _label("ethnicity", head.ethnicity),
        "relationship": _relationship(head),
        "violence_types": ", ".join(
            label_of("violence_type", code) for code in head.violence_types
        ),
    }
    return {what: text for what, text in found.items() if text}


def facts_after(
    facts: Sequence[Fact], head: PerpetratorHead, source: str, confidence: str, by: UUID, on: date
) -> tuple[Fact, ...]:
    """The facts once the details are those of `head`: a changed one ends, and a new one begins
    with who said so now. What was not changed keeps its own source."""
    said = details_in_words(head)
    current = {fact.what: fact.text for fact in facts if not fact.ended_on}
    changed = {what for what in DETAILS if said.get(what, "") != current.get(what, "")}
    ended = [_end(fact, on) if fact.what in changed else fact for fact in facts]
    new = (
        Fact(id=uuid4(), what=what, text=said[what], source=source, confidence=confidence,
             noted_on=on, by=by)
        for what in DETAILS
        if what in changed and what in said
    )  # fmt: skip
    return (*ended, *new)


DETAILS = ("name", "date_of_birth", "sex", "ethnicity", "relationship", "violence_types")


def end_fact(facts: Sequence[Fact], fact_id: UUID, on: date) -> tuple[Fact, ...]:
    return tuple(_end(fact, on) if fact.id == fact_id else fact for fact in facts)


def phones_of(facts: Iterable[Fact]) -> list[str]:
    return [fact.text for fact in facts if fact.what == "phone" and not fact.ended_on]


def is_the_person(person: PersonHead, head: PerpetratorHead) -> bool:
    """The victim's own name and date of birth, typed into the wrong page."""
    same_birth = head.date_of_birth is not None and head.date_of_birth == person.date_of_birth
    mine = (fold_letters(person.given_name), fold_letters(person.family_name))
    return same_birth and mine == (fold_letters(head.given_name), fold_letters(head.family_name))


def is_among_contacts(
    contact: SafeContact, head: PerpetratorHead, phones: Iterable[str] = ()
) -> bool:
    """Whether the words about safe contact name them, or give their number."""
    return is_named_in(" \n ".join(_words_in(msgspec.to_builtins(contact))), head, phones)


def is_named_in(text: str, head: PerpetratorHead, phones: Iterable[str] = ()) -> bool:
    """By their first name (a safe "Sam" would be called Sam too), family name where there is no
    other, or number. Rather one question too many than a call that they answer."""
    words = fold_name(text).split()
    name = fold_name(head.given_name).split() or fold_name(head.family_name).split()
    is_named = bool(name) and any(
        words[start : start + len(name)] == name for start in range(len(words))
    )
    digits = re.sub(r"\D", "", text)
    return is_named or any(tail in digits for tail in _tails(phones))


def why_cannot_be_known(head: PerpetratorHead) -> Problem | None:
    if head.is_known and not head.full_name:
        return "given_name", "Enter a name, or say that it is not known who they are"
    if not head.is_known and head.full_name:
        return "is_known", "You entered a name: say that it is known who they are"
    return None


def why_programme_cannot_be(head: ProgrammeHead, supported_by: str, why_not: str) -> Problem | None:
    """A programme for the one who did it never stands alone: the victim's support is beside it."""
    if head.result_on and head.result_on < head.offered_on:
        return "result_on", "The result cannot be before the offer"
    if head.victim_support == "not_supported":
        return None if why_not else ("why_not_supported", "Enter why the victim is not supported")
    if head.victim_support == "by_others" and not supported_by:
        return "supported_by", "Enter who supports the victim"
    if head.supported_since is None:
        return "supported_since", "Enter since when the victim is supported"
    return None


def _end(fact: Fact, on: date) -> Fact:
    return fact if fact.ended_on else replace(fact, ended_on=on)


def _label(list_name: str, code: str) -> str:
    return "" if code == NOT_KNOWN else label_of(list_name, code)


def _relationship(head: PerpetratorHead) -> str:
    words = (
        _label("relationship", head.relationship),
        _label("relationship_standing", head.standing).lower(),
    )
    return ", ".join(filter(None, words))


def _tails(phones: Iterable[str]) -> list[str]:
    digits = (re.sub(r"\D", "", phone)[-PHONE_DIGITS:] for phone in phones)
    return [tail for tail in digits if len(tail) == PHONE_DIGITS]


def _words_in(value: object) -> Iterator[str]:
    """Every text of a document, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words_in(part)
