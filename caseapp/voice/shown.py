"""Results as their page and their file show them: shares and words, never people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from caseapp.disclosure.long_form import csv_text
from caseapp.questionnaires.queries import newest_versions
from caseapp.reference import choices, code_list, label_of
from caseapp.voice.heard import items_of, points_said, themes_said, words_said
from caseapp.voice.rules import MIXED, Batch, Voice, at_least, heard, heard_by, per_cent

HEADER = (
    "Asked",
    "From",
    "To",
    "Question",
    "Group",
    "Answer",
    "Per cent, to the nearest 5",
    "Answers, at least",
    "Use",
)
INSIDE = "Inside the team. Figures for outside come from the release alone"
EVERYBODY = "Everybody"
THEMES = "What helped"
FACT_WORDS = {
    "justice_outcome": "Criminal-justice outcome",
    "theme": "Theme",
    "service": "Service",
    "sex": "Sex",
    "age_band": "Age",
    "ethnicity": "Ethnic group",
}
GROUP_WORDS = {
    "justice_outcome": {"yes": "There was an outcome", "no": "There was no outcome"},
    "age_band": {"under_25": "Under 25", "over_24": "25 and over"},
    "theme": {MIXED: "More than one theme"},
}


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see. `since`, `until`: months as YYYY-MM; `fact`: of FACTS, or ""."""

    stage: str
    since: str
    until: str
    fact: str = ""


@dataclass(frozen=True)
class Share:
    """What a group said: `number` answers or a few more, and per cent by code."""

    group: str
    number: int
    per_cent: Mapping[str, int | None]


@dataclass(frozen=True)
class Answered:
    """One question. `everybody` is None while fewer than ten answered; `groups` has those that may
    be told apart, `codes` what could be said."""

    title: str
    codes: Sequence[tuple[str, str]]
    everybody: Share | None
    groups: Sequence[Share]

    def bars(self) -> list[tuple[str, int | None, str]]:
        shares = self.everybody.per_cent if self.everybody else {}
        return [(label, shares[code], f"{shares[code]}%") for code, label in self.codes]


@dataclass(frozen=True)
class Results:
    """All that may be shown of what was asked for."""

    asked: Asked
    answered: Sequence[Answered]
    words: Sequence[str]

    @property
    def is_too_few(self) -> bool:
        """Nothing can be shown: of everybody, or of the groups that were asked for."""
        if self.asked.fact:
            return not any(each.groups for each in self.answered)
        return not any(each.everybody for each in self.answered)


def results(session: Session, asked: Asked) -> Results:
    """Raises CannotOpen for a damaged batch."""
    items = _in_order(items_of(session, asked.stage))
    answered = [
        _answered(item_words(item), choices("survey_answer"), points, asked)
        for item in items
        for points in [points_said(session, asked.stage, item)]
    ]
    themes = themes_said(session, asked.stage)
    answered.append(_answered(THEMES, choices("what_helped"), themes, asked))
    words = heard(words_said(session, asked.stage), asked.since, asked.until)
    said = sorted(text for voice in words for text in voice.said)
    return Results(asked, answered, [] if asked.fact else said)


def as_csv(found: Results) -> str:
    """A line a share; formulas neutralised. Of everybody where no fact was asked for."""
    return csv_text(HEADER, _rows(found))


def item_words(code: str) -> str:
    """Of the list, else as the analyst's own questionnaire asks it."""
    known = code_list("survey_item").by_code
    if code in known:
        return known[code].label
    asked = (each for one in newest_versions().values() for each in one.questions)
    return next((each.words["en"] for each in asked if each.code == code), code)


def group_words(fact: str, code: str) -> str:
    own = GROUP_WORDS.get(fact, {})
    if code in own:
        return own[code]
    return code_list("ethnicity").groups[code] if fact == "ethnicity" else label_of(fact, code)


def _in_order(items: Sequence[str]) -> list[str]:
    listed = list(code_list("survey_item").by_code)
    return sorted(items, key=lambda code: (listed.index(code) if code in listed else 99, code))


def _answered(
    title: str, codes: Sequence[tuple[str, str]], batches: list[Batch], asked: Asked
) -> Answered:
    everybody = heard(batches, asked.since, asked.until)
    groups = heard_by(batches, asked.since, asked.until, asked.fact) if asked.fact else {}
    shares = [_share(group_words(asked.fact, code), groups[code], codes) for code in groups]
    whole = _share(EVERYBODY, everybody, codes) if everybody else None
    return Answered(title, codes, whole, shares)


def _share(group: str, voices: Sequence[Voice], codes: Sequence[tuple[str, str]]) -> Share:
    return Share(group, at_least(voices), {code: per_cent(voices, code) for code, _ in codes})


def _rows(found: Results) -> Iterator[tuple[object, ...]]:
    asked = found.asked
    about = (label_of("survey_stage", asked.stage), asked.since, asked.until)
    for each in found.answered:
        shares = each.groups if asked.fact else [each.everybody] if each.everybody else []
        for share in shares:
            for code, label in each.codes:
                number = share.per_cent[code]
                yield (*about, each.title, share.group, label, number, share.number, INSIDE)
