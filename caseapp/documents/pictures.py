"""The pictures of plans: which there are, which words find them, and which fits a sentence."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
LIST = Path(__file__).with_name("pictures.toml")
NONE_OF_IT = "no"  # the picture beside a sentence that says what not to do
EARLY = 3  # words: "I do not …" says no, "I stay when it is not safe" says where
WORD = re.compile(r"[^\W_]+(?:['&-][^\W_]+)*")
# English endings, the Arabic article, and what French puts before an apostrophe, keep a word from
# being found. The ones that only look as if they ended so are left alone.
ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|s)$|(?<=\w{2}[sx])es$|(?<=\w[cs]h)es$")
LEFT_ALONE = frozenset({"evening", "morning", "this", "his", "always", "yes"})
BEFORE = re.compile(r"^(?:[a-zà-ÿ]{1,2}'|[وبف]?ال|لل)(?=\w{2})")
DOUBLED = re.compile(r"(?<=([bdgmnprt]))\1$")
SILENT = re.compile(r"(?<=\w{4})e$")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """`file` lies in `folder`; a document fetches it as `asset`. `label` is in plain English."""

    code: str
    label: str
    group: str
    words: tuple[str, ...]
    is_own: bool  # drawn by us, and not by healthicons

    @property
    def file(self) -> str:
        return f"{self.code}.svg"

    @property
    def static(self) -> str:
        """Where the file lies under static/."""
        return f"pictures/{self.file}" if self.is_own else f"vendor/pictures/{self.file}"

    @property
    def path(self) -> Path:
        return STATIC / self.static

    @property
    def asset(self) -> str:
        return f"asset:pictures/{self.file}"


def _picture(entry: Mapping[str, str]) -> Picture:
    words = tuple(dict.fromkeys(_stem(word) for word in _words_in(entry["words"])))
    return Picture(
        code=entry["code"],
        label=entry["label"],
        group=entry["group"],
        words=words,
        is_own="source" not in entry,
    )


def suggest(sentence: str) -> str:
    """Return the code whose words the sentence has the most of, of several the one that it names
    first, or "". A sentence that begins with a no gets the picture of a no."""
    words = _words_in(sentence)
    if any(word in NOT_WORDS or word.endswith("n't") for word in words[:EARLY]):
        return NONE_OF_IT
    hits = Counter(code for word in words if (code := _by_word().get(_stem(word))))
    return max(hits, key=hits.__getitem__, default="")  # max gives the first of equals


def picture_of(sentence: str, chosen: Mapping[str, str], otherwise: str) -> str:
    """Return the code of the picture beside a sentence: the one that was chosen, else the one that
    its words suggest, else that of its section."""
    picked = chosen.get(sentence, "")
    return picked if picked in PICTURES else suggest(sentence) or otherwise


@cache
def _by_word() -> Mapping[str, str]:
    found = {word: p.code for p in PICTURES.values() for word in p.words}
    return {word: code for word, code in found.items() if word not in UNSURE_WORDS}


def _words_in(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return WORD.findall(plain)


def _stem(word: str) -> str:
    word = BEFORE.sub("", word.removesuffix("'s"))
    if word in LEFT_ALONE or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return word.removesuffix("ies") + "y"
    return SILENT.sub("", DOUBLED.sub("", ENDING.sub("", word)))


_TOLD = tomllib.loads(LIST.read_text(encoding="utf-8"))
NOT_WORDS = frozenset(_words_in(_TOLD["not_words"]))
UNSURE_WORDS = frozenset(_stem(word) for word in _words_in(_TOLD["unsure_words"]))
PICTURES: Mapping[str, Picture] = {entry["code"]: _picture(entry) for entry in _TOLD["pictures"]}
