"""Reads a language's gettext file: what each of our phrases is there, and who has checked it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

FOLDER = Path(__file__).with_name("po")
REVIEWED_BY = re.compile(r"reviewed by (.+, \d{4}-\d\d-\d\d)")
PLACEHOLDER = re.compile(r"\{\w*\}")


@dataclass(frozen=True)
class Translation:
    """`words`: "" where there are none yet; `reviewed_by`: NAME, DATE, or "" for a draft."""

    words: str
    reviewed_by: str = ""


def read_translations(path: Path) -> Mapping[str, Translation]:
    """Our phrases, in English, each with its translation, from one .po file.

    Raises babel's PoFileError for a file that cannot be read whole.
    """
    with path.open("rb") as file:
        messages = read_po(file, abort_invalid=True)
        return {str(message.id): _translation(message) for message in messages if message.id}


def placeholders(phrase: str) -> list[str]:
    """What is filled in later, such as {day}, sorted."""
    return sorted(PLACEHOLDER.findall(phrase))


def _translation(message: Message) -> Translation:
    words = str(message.string)
    if placeholders(words) != placeholders(str(message.id)):
        words = ""  # a date would be lost on the way: better the whole phrase in English
    return Translation(words, _reviewer(message))


def _reviewer(message: Message) -> str:
    """A translation counts as checked only when somebody put their name and a day to it."""
    if message.fuzzy:
        return ""
    said = (REVIEWED_BY.fullmatch(comment.strip()) for comment in message.user_comments)
    return next((found[1] for found in said if found), "")
