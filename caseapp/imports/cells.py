"""What one cell says: a day, a phone number, a code of a list. Pure.

Each reader raises ValueError with the rest of a sentence that begins with the name of the column.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from email_validator import EmailNotValidError, validate_email

from caseapp.imports.columns import plain
from caseapp.reference import code_list
from caseapp.web.typed_dates import Misread, read_date

YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}
SEVERAL = re.compile(r"[;,/\n]")
SERIAL = re.compile(r"[1-9]\d{4}")  # how a spreadsheet counts days
FIRST_SERIAL_DAY = date(1899, 12, 30)
TIME_BEHIND = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")
PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{6,20}")
LISTS = ("theme", "risk_level", "referral_source", "slcn", "sex", "ethnicity", "ward", "residence")


def a_date(text: str) -> date:
    """Day first, as in this country; a spreadsheet's own count of days; or the year first."""
    if SERIAL.fullmatch(text):
        return FIRST_SERIAL_DAY + timedelta(days=int(text))
    try:
        read = read_date(TIME_BEHIND.sub("", text), "", "")
    except Misread as wrong:
        raise ValueError(f"{wrong.why}, like 27/3/2009") from None
    if read is None:
        raise ValueError("must be a date, like 27/3/2009")
    return read


def a_yes_or_no(text: str) -> bool:
    if plain(text) in YES | NO:
        return plain(text) in YES
    raise ValueError("must be yes or no")


def names_in_lists() -> dict[str, dict[str, str]]:
    """For each list that a row may name: its codes by code, label and other names, in plain
    letters. Read once for a whole spreadsheet."""
    return {
        name: {
            plain(word): entry.code
            for entry in code_list(name).active
            for word in (entry.code, entry.label, *_others(entry.attributes))
        }
        for name in LISTS
    }


def a_code(text: str, names: Mapping[str, str]) -> str:
    """`names`: of one list, as names_in_lists() gives them."""
    code = names.get(plain(text))
    if not code:
        raise ValueError(f"is “{text[:40]}”, which is not in our list")
    return code


def several_codes(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    parts = [part for part in SEVERAL.split(text) if part.strip()]
    return tuple(dict.fromkeys(a_code(part.strip(), names) for part in parts))


def an_email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValueError("must be an email address, like name@example.org") from None


def a_phone(text: str) -> str:
    """A spreadsheet that took the number for a sum has lost its first zero."""
    if not PHONE.fullmatch(text):
        raise ValueError("must be a phone number, like 07700 900123")
    digits = re.sub(r"\D", "", text)
    return f"0{digits}" if len(digits) == 10 and digits[0] in "127" and text[0] != "+" else text


def _others(attributes: Mapping[str, str]) -> list[str]:
    """What else an entry is called: in the Census, and in spreadsheets."""
    also = [word for word in attributes.get("also", "").split(";") if word]
    return [*also, attributes["census"]] if "census" in attributes else also
