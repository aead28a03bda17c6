"""Two records of one person side by side: what is the same, what differs, what will be kept.

What belongs together is chosen together: a phone number of one record with the safe hours of the
other would be a danger.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from caseapp.duplicates.models import Identity
from caseapp.people.actions import identity_of
from caseapp.people.forms import PersonForm
from caseapp.people.models import EarlierIdentity, PersonBody, PersonHead
from caseapp.people.rules import safe_contact_warning
from caseapp.web.forms import Answer

FIRST, SECOND = "first", "second"
TOGETHER = (
    ("ethnicity", "ethnicity_source"),
    ("ward", "residence", "address", "postcode", "other_borough"),
    ("gender_identity", "gender_in_words"),
)
LABELS = {"ethnicity": "Ethnicity", "ward": "Where they live", "safe_contact": "Safe contact"}
NOT_CHOSEN = ("earlier", "interpreter_before")  # both are kept; read into another field


@dataclass(frozen=True)
class Part:
    """What is chosen as one: the fields it covers, and its words in either record."""

    name: str
    label: str
    fields: tuple[str, ...]
    first: str
    second: str
    is_same: bool

    @property
    def proposed(self) -> str | None:
        """The side to take where only one says anything; None where somebody has to decide."""
        if self.is_same or not self.second:
            return FIRST
        return SECOND if not self.first else None


def compare(first: Identity, second: Identity) -> list[Part]:
    """Every part of two records, in the order of the form of a person."""
    return [_part(fields, first, second) for fields in _groups()]


def choose(first: Identity, second: Identity, chosen: Mapping[str, str]) -> Identity:
    """The record that goes on: each part from the side that was chosen, and both identities, so
    that the person is still found by what is not shown any more."""
    values = {
        name: _value(second if chosen[part.name] == SECOND else first, name)
        for part in compare(first, second)
        for name in part.fields
    }
    head = PersonHead(**{n: values[n] for n in PersonHead.__struct_fields__ if n in values})
    body = PersonBody(**{n: values[n] for n in PersonBody.__struct_fields__ if n in values})
    known = identity_of(head, body)
    others = [*first.head.earlier, *second.head.earlier, *map(_identity, (first, second))]
    earlier = tuple(dict.fromkeys(other for other in others if other != known))
    return Identity(head=replace(head, earlier=earlier), body=body)


def _identity(record: Identity) -> EarlierIdentity:
    return identity_of(record.head, record.body)


def _groups() -> list[tuple[str, ...]]:
    names = [*PersonHead.__struct_fields__, *PersonBody.__struct_fields__]
    group_of = {name: group for group in TOGETHER for name in group}
    groups = [group_of.get(name, (name,)) for name in names if name not in NOT_CHOSEN]
    return list(dict.fromkeys(groups))


def _part(fields: tuple[str, ...], first: Identity, second: Identity) -> Part:
    return Part(
        name=fields[0],
        label=_label(fields[0], _form_of(first)),
        fields=fields,
        first=_in_words(first, fields),
        second=_in_words(second, fields),
        is_same=all(_value(first, name) == _value(second, name) for name in fields),
    )


def _value(record: Identity, name: str) -> Any:
    return getattr(record.head if name in PersonHead.__struct_fields__ else record.body, name)


def _in_words(record: Identity, fields: tuple[str, ...]) -> str:
    """One line; empty where nothing is recorded."""
    if fields == ("safe_contact",):
        contact = record.body.safe_contact
        if contact == type(contact)():
            return ""
        lines = (contact.phone, contact.email, safe_contact_warning(record.body))
        return " · ".join(filter(None, lines))
    form = _form_of(record)
    return " · ".join(filter(None, (_answer(form, name, record) for name in fields)))


def _answer(form: PersonForm, name: str, record: Identity) -> str:
    """Empty where nobody said anything: not_known and not_asked are no answers."""
    value = _value(record, name)
    if value in (None, "", (), "not_known", "not_asked"):
        return ""
    return _questions(form)[name].read_back() if name in form else str(value)


def _form_of(record: Identity) -> PersonForm:
    """The form knows the words for each question and answer."""
    stored = PersonForm.stored(record.head, record.body)
    return PersonForm(formdata=None, data=stored, meta={"csrf": False})


def _label(name: str, form: PersonForm) -> str:
    if name in LABELS:
        return LABELS[name]
    return _questions(form)[name].words if name in form else name.replace("_", " ").capitalize()


def _questions(form: PersonForm) -> dict[str, Answer]:
    return {answer.short_name: answer for answer in form.answers()}
