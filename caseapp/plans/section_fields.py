"""The boxes of a plan's sections: the person's own words, and beside them the worker's."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from wtforms import Field

from caseapp.plans.models import SectionWords
from caseapp.plans.row_fields import Rows
from caseapp.plans.rules import Section
from caseapp.web.forms import TextArea

LIMIT = 60_000  # characters: some 10,000 words
MARKS = 200  # texts that are said to name somebody else


class Words(TextArea):
    """A box with so much room that the characters left are only counted near the end."""

    def _params(self, look: Any) -> dict[str, Any]:
        params = super()._params(look)
        counted = {**params["attributes"], "data-count-words": ""}  # by static/word_count.js
        return {**params, "threshold": 80, "attributes": counted}


class Marks(Field):
    """The marks of texts that a worker says name somebody else."""

    data: list[str]

    def process_data(self, _value: Any) -> None:
        self.data = []

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[:MARKS]


class AskedPart(NamedTuple):
    """One section on the page: its two boxes, and the rows that stand in it."""

    section: Section
    own: Words
    worker: Words
    rows: list[Rows]


def boxes_for(prefix: str, sections: Sequence[Section]) -> dict[str, object]:
    asked = (("own", "in their own words"), ("worker", "what you add"))
    return {
        f"{prefix}{who}_{section.code}": Words(f"{section.heading}: {what}", limit=LIMIT, rows=3)
        for section in sections
        for who, what in asked
    }


def stored_in(prefix: str, parts: Sequence[SectionWords]) -> dict[str, object]:
    own: Mapping[str, object] = {f"{prefix}own_{part.code}": part.own for part in parts}
    return {**own, **{f"{prefix}worker_{part.code}": part.worker for part in parts}}


def section_words(parts: Sequence[AskedPart]) -> tuple[SectionWords, ...]:
    """Those of sections with words in them."""
    return tuple(
        SectionWords(code=part.section.code, own=part.own.data, worker=part.worker.data)
        for part in parts
        if part.own.data or part.worker.data
    )
