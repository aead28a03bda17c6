"""The words that we print ourselves, kept apart from what people wrote; reading age nine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class StandardWords:
    """Every phrase of a plan in one language. A new language is one more of these."""

    language: str
    direction: str
    title: str
    danger_heading: str
    danger_lines: tuple[str, ...]
    mine: str
    made_on: str
    review_on: str
    own_words: str
    worker_words: str
    nothing_yet: str
    keep_safe_heading: str
    keep_safe_lines: tuple[str, ...]
    page_of: tuple[str, str]
    months: tuple[str, ...]


ENGLISH = StandardWords(
    language="en",
    direction="ltr",
    # Neutral on purpose: whoever finds the paper or the file must not learn from its name.
    title="My plan",
    danger_heading="In danger now?",
    danger_lines=("Call 999.", "If you cannot speak, press 55."),
    mine="This plan is yours. You can change it when you want to.",
    made_on="We made this plan on",
    review_on="We will look at it again on",
    own_words="My words",
    worker_words="My worker’s notes",
    nothing_yet="You can write here.",
    keep_safe_heading="Keep this safe",
    keep_safe_lines=(
        "Keep this plan where only people you trust can find it.",
        "If that is not safe, give it back to your worker.",
    ),
    page_of=("Page", "of"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
)

WORDS = {words.language: words for words in (ENGLISH,)}
