"""One form for each name, however it was typed: case, accents and punctuation do not count."""

import unicodedata

# Letters that Unicode does not take apart, and Arabic's stretching stroke.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ـ": ""}
)
_PLAIN_ASCII = {ord(c): " " for c in map(chr, range(128)) if not c.isalnum()} | {
    ord("'"): None,
    ord("`"): None,
}


def fold_name(text: str) -> str:
    """Folded words with one space between them. Marks that are letters of their own (the vowel
    signs of Devanagari, say) stay."""
    if text.isascii():
        return " ".join(text.lower().translate(_PLAIN_ASCII).split())
    taken_apart = unicodedata.normalize("NFKD", text).casefold()
    bare = (c for c in taken_apart if not unicodedata.combining(c) and not _is_apostrophe(c))
    folded = "".join(c if _is_letter(c) else " " for c in bare).translate(_PLAIN)
    return " ".join(folded.split())


def fold_letters(text: str) -> str:
    """Letters and digits alone, for facts that are compared whole."""
    return fold_name(text).replace(" ", "")


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"


def _is_apostrophe(character: str) -> bool:
    return character in "'`´ʹʼ‘’"
