"""What one row says, read exactly, or everything that is wrong with it. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from caseapp.imports.cells import a_code, a_date, a_phone, a_yes_or_no, an_email, several_codes
from caseapp.imports.columns import BY_CODE
from caseapp.people.models import PersonBody, PersonHead, SafeContact
from caseapp.people.rules import why_wrong_age

T = TypeVar("T")

LIMITS = {"summary": 5000, "notes": 20_000, "alerts": 1000, "address": 300}
MOST_LETTERS = 300


@dataclass(frozen=True)
class Context:
    """What a row is read against."""

    service: str
    themes: tuple[str, ...]  # of the service, where the row names none
    advocates: Mapping[str, str]  # user id by email, of the team
    today: date
    names: Mapping[str, Mapping[str, str]]  # of each list: code by everything that it is called


@dataclass(frozen=True)
class RowTold:
    """A row that can become a case."""

    reference: str
    person: PersonHead
    details: PersonBody
    opened_on: date
    themes: tuple[str, ...]
    risk_level: str
    referral_source: str
    referred_by: str
    first_contact_on: date | None
    next_review_on: date | None
    advocate_id: str
    summary: str
    notes: str
    slcn: tuple[str, ...]


class FaultyRow(Exception):
    """Everything that is wrong with a row, a sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass
class _Reader:
    """Reads cells by their columns, and remembers what could not be read."""

    cells: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]
    problems: list[str] = field(default_factory=list)

    def text(self, code: str) -> str:
        text = self.cells.get(code, "")
        most = LIMITS.get(code, MOST_LETTERS)
        if len(text) > most:
            self.blame(code, f"is longer than {most:,} letters")
        return text

    def read(self, code: str, how: Callable[[str], T], otherwise: T) -> T:
        """What `how` makes of the cell; it raises ValueError with the rest of a sentence."""
        text = self.text(code)
        try:
            return how(text) if text else otherwise
        except ValueError as wrong:
            self.blame(code, str(wrong))
            return otherwise

    def code(self, column: str, list_name: str, otherwise: str) -> str:
        return self.read(column, lambda text: a_code(text, self.names[list_name]), otherwise)

    def codes(self, column: str, list_name: str) -> tuple[str, ...]:
        return self.read(column, lambda text: several_codes(text, self.names[list_name]), ())

    def needed(self, code: str) -> None:
        if not self.cells.get(code):
            self.blame(code, "is empty")

    def blame(self, code: str, why: str) -> None:
        self.problems.append(f"{BY_CODE[code].label} {why}")


def read_row(cells: Mapping[str, str], context: Context) -> RowTold:
    """The row, by the codes of its columns. Raises FaultyRow with everything that is wrong."""
    reader = _Reader(cells, context.names)
    for code in ("given_name", "opened_on", "risk_level"):
        reader.needed(code)
    told = _told(reader, context)
    _hold_together(reader, told, context)
    if reader.problems:
        raise FaultyRow(tuple(reader.problems))
    return told


def _told(reader: _Reader, context: Context) -> RowTold:
    return RowTold(
        reference=reader.text("reference"),
        person=_person(reader),
        details=_details(reader),
        opened_on=reader.read("opened_on", a_date, context.today),
        themes=reader.codes("themes", "theme") or context.themes,
        risk_level=reader.code("risk_level", "risk_level", "high"),
        referral_source=reader.code("referral_source", "referral_source", "not_known"),
        referred_by=reader.text("referred_by"),
        first_contact_on=reader.read("first_contact_on", a_date, None),
        next_review_on=reader.read("next_review_on", a_date, None),
        advocate_id=reader.read("advocate", _advocate_among(context.advocates), ""),
        summary=reader.text("summary"),
        notes=reader.text("notes"),
        slcn=reader.codes("slcn", "slcn"),
    )


def _person(reader: _Reader) -> PersonHead:
    return PersonHead(
        given_name=reader.text("given_name"),
        family_name=reader.text("family_name"),
        preferred_name=reader.text("preferred_name"),
        date_of_birth=reader.read("date_of_birth", a_date, None),
        sex=reader.code("sex", "sex", "not_known"),
        ethnicity=reader.code("ethnicity", "ethnicity", "not_known"),
        ward=reader.code("ward", "ward", "not_known"),
        residence=reader.code("residence", "residence", "not_known"),
    )


def _details(reader: _Reader) -> PersonBody:
    return PersonBody(
        pronouns=reader.text("pronouns"),
        address=reader.text("address"),
        postcode=reader.text("postcode").upper(),
        safe_contact=SafeContact(
            phone=reader.read("safe_phone", a_phone, ""),
            email=reader.read("safe_email", an_email, ""),
            hours=reader.text("hours"),
            wording=reader.text("wording"),
        ),
        first_language=reader.text("first_language"),
        interpreter_needed=reader.read("interpreter_needed", a_yes_or_no, None),
        school=reader.text("school"),
        gp=reader.text("gp"),
        alerts=reader.text("alerts"),
    )


def _hold_together(reader: _Reader, told: RowTold, context: Context) -> None:
    born = told.person.date_of_birth
    if told.opened_on > context.today:
        reader.blame("opened_on", "is in the future")
    if born and born > context.today:
        reader.blame("date_of_birth", "is in the future")
    elif born and (wrong := why_wrong_age(context.service, born, told.opened_on)):
        reader.problems.append(wrong)
    first = told.first_contact_on
    if first and not told.opened_on <= first <= context.today:
        reader.blame("first_contact_on", "is before the case opened, or in the future")


def _advocate_among(advocates: Mapping[str, str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.casefold() not in advocates:
            raise ValueError("is not the email of an advocate of your team")
        return advocates[text.casefold()]

    return read
