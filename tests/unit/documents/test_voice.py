"""Saying our phrases: what is not translated is marked, and a draft among them is remembered."""

from __future__ import annotations

from caseapp.documents.voice import Voice
from caseapp.languages import LANGUAGES, Catalogue, State, catalogue
from caseapp.languages.translations import Translation

PHRASES = {
    "Call 999.": Translation("اتصل <999>.", "A. Reader, 2026-03-07"),
    "My plan": Translation("خطتي"),
    "On {day}.": Translation("يوم {day}."),
}


def arabic() -> Voice:
    return Voice(Catalogue(LANGUAGES["ar"], PHRASES))


def test_a_translation_is_said_as_text_and_never_as_markup() -> None:
    assert arabic().say("Call 999.") == "اتصل &lt;999&gt;."


def test_a_phrase_without_a_translation_is_marked_as_english() -> None:
    assert arabic().say("A & b.") == '<span lang="en" dir="ltr">A &amp; b.</span>'


def test_english_on_an_english_paper_is_not_marked() -> None:
    assert Voice(catalogue("en")).say("Call 999.") == "Call 999."


def test_what_is_filled_in_later_stays_text() -> None:
    assert arabic().say("On {day}.").format(day="<7>") == "يوم &lt;7&gt;."
    assert "&lt;7&gt;" in arabic().say("By {day}.").format(day="<7>")


def test_a_draft_is_remembered_once_it_was_said() -> None:
    voice = arabic()
    voice.say("Call 999.")
    assert not voice.has_drafts
    voice.say("My plan")
    assert voice.has_drafts


def test_each_phrase_counts_once_in_its_state() -> None:
    voice = arabic()
    for phrase in ("Call 999.", "My plan", "On {day}.", "Unknown", "Unknown"):
        voice.say(phrase)
    assert voice.states == {State.REVIEWED: 1, State.DRAFT: 2, State.MISSING: 1}
