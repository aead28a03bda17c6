"""One form for a name, however it was typed: in any case, with or without its accents, its doubled
letters, its hyphens and the s of an owner, in every script."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from caseapp.vault.folding import fold_name

POSSESSIVE = re.compile(r"['’ʼ`´]s\b", re.IGNORECASE)
# One letter that is written in several ways, in Arabic and Persian.
SPELLING = str.maketrans("يىكةۀ", "ییکهه")
JOINED_BEFORE = "وفبلک"  # "and", "by", "to": Arabic writes them as part of the next word
DOUBLED = re.compile(r"(\D)\1+")
DOUBLES_COUNT_UNDER = 5  # letters: "Ann" is not "an", but "Hassan" is "Hasan"
UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7a3]")
SHORT_WORD = 3  # letters: a shorter word is taken as it is


def words_of(text: str) -> list[str]:
    """The words, without case, accents and marks that nobody sees."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return fold_name(POSSESSIVE.sub("", seen)).translate(SPELLING).split()


def spelled(word: str) -> str:
    """One form for "Hassan" and "Hasan"."""
    return word if len(word) < DOUBLES_COUNT_UNDER else DOUBLED.sub(r"\1", word)


def run_together(words: Sequence[str]) -> str:
    """One form for "Mary-Jane", "Mary Jane" and "Maryjane"."""
    return DOUBLED.sub(r"\1", "".join(words))


def forms_of(word: str) -> Iterator[str]:
    """The word, without the s of an owner, and without the "and" that Arabic joins to it."""
    yield word
    if word.endswith("s") and len(word) > SHORT_WORD:
        yield word[:-1]
    if word[0] in JOINED_BEFORE and len(word) > SHORT_WORD:
        yield word[1:]


def is_unspaced(text: str) -> bool:
    """Chinese, Japanese, Korean and Thai: where a word ends cannot be told."""
    return UNSPACED.search(text) is not None


def digits_in(text: str) -> str:
    """The digits alone, of any script, as ASCII has them."""
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())
