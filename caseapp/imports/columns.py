"""The columns that a caseload may have: their names with us, and how others call them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One thing that a row may tell."""

    code: str
    label: str
    others: tuple[str, ...] = ()  # what it is called elsewhere, in small letters
    required: bool = False


COLUMNS = (
    Column("reference", "Your own reference", ("ref", "case id", "case number", "client id", "id")),
    Column("given_name", "First name", ("forename", "given name", "first names"), required=True),
    Column("family_name", "Family name", ("surname", "last name")),
    Column("preferred_name", "What they like to be called", ("known as", "preferred name")),
    Column("pronouns", "Pronouns"),
    Column("date_of_birth", "Date of birth", ("dob", "birth date", "d.o.b.", "born")),
    Column("sex", "Sex", ("gender",)),
    Column("ethnicity", "Ethnicity", ("ethnic group", "ethnic origin")),
    Column("ward", "Ward"),
    Column("residence", "Do they live in the borough?", ("resident", "residence", "lives in")),
    Column("address", "Address"),
    Column("postcode", "Postcode", ("post code",)),
    # What comes in here counts as safe to use: only a name that says so is taken for it.
    Column("safe_phone", "Phone that is safe to call", ("safe number", "safe mobile", "safe tel",
           "safe telephone", "safe phone number", "safe contact number")),
    Column("safe_email", "Email that is safe to write to", ("safe e-mail", "safe email address")),
    Column("hours", "When is it safe to call?", ("safe times", "safe to contact", "best time")),
    Column("wording", "What to say if somebody else answers", ("safe wording",)),
    Column("first_language", "First language", ("language",)),
    Column("interpreter_needed", "Do they need an interpreter?", ("interpreter",)),
    Column("school", "School, college or work", ("school", "education")),
    Column("gp", "GP", ("doctor",)),
    Column("alerts", "What should staff know?", ("alerts", "warnings")),
    Column("slcn", "Speech, language and communication needs", ("slcn", "send", "needs")),
    Column("opened_on", "Date the case opened", ("opened", "start date"), required=True),
    Column("themes", "Themes", ("theme", "type of case")),
    Column("risk_level", "Level of risk", ("risk", "risk level"), required=True),
    Column("referral_source", "Who referred them?", ("referral source", "source", "referrer")),
    Column("referred_by", "Name and agency of the referrer", ("referred by",)),
    Column("first_contact_on", "Date of first contact", ("first contact",)),
    Column("next_review_on", "Date of the next review", ("next review", "review date")),
    Column("advocate", "Email of the advocate", ("advocate", "worker", "key worker")),
    Column("summary", "What has happened, in short", ("summary", "background", "description")),
    Column("notes", "Notes so far", ("notes", "case notes", "history", "comments")),
)  # fmt: skip
BY_CODE = {column.code: column for column in COLUMNS}
NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def guess(names: Sequence[str]) -> list[str]:
    """The column that each name most likely means, "" where none; each column once."""
    taken: set[str] = set()
    return [_take(name, taken) for name in names]


def missing(chosen: Iterable[str]) -> list[str]:
    """The labels of the columns that a caseload must have, and nothing was chosen for."""
    given = set(chosen)
    return [each.label for each in COLUMNS if each.required and each.code not in given]


def twice(chosen: Sequence[str]) -> list[str]:
    """The labels of the columns that were chosen for more than one name."""
    return [
        BY_CODE[code].label for code in dict.fromkeys(chosen) if code and chosen.count(code) > 1
    ]


def plain(text: str) -> str:
    """Letters and numbers alone, small: how names are compared."""
    return NOT_LETTERS.sub(" ", text.casefold()).strip()


def _take(name: str, taken: set[str]) -> str:
    found = next((each.code for each in COLUMNS if _means(each, plain(name))), "")
    if not found or found in taken:
        return ""
    taken.add(found)
    return found


def _means(column: Column, name: str) -> bool:
    known = {column.code.replace("_", " "), plain(column.label), *map(plain, column.others)}
    return name in known
