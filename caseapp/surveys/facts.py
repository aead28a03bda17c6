"""What a code says of whoever holds it: few facts, each of which many share."""

from collections.abc import Iterator

from msgspec import Struct

from caseapp.reference import code_list
from caseapp.surveys.rules import NOT_SAID, SAID, known, once


class Facts(Struct, frozen=True, kw_only=True):
    """What is known of whoever holds a code: never a person, a case or a worker.

    `questionnaire`, `version`, `stage`: what is asked. `service`, `theme` (codes), and where the
    person agrees `justice_outcome`, `age_band`, `sex`, `ethnicity`: as in Response; each may be
    left out.
    """

    questionnaire: str
    version: int
    stage: str
    service: str = ""
    theme: tuple[str, ...] = ()
    justice_outcome: str = NOT_SAID
    age_band: str = NOT_SAID
    sex: str = NOT_SAID
    ethnicity: str = NOT_SAID


def wrong_facts(facts: Facts) -> Iterator[str]:
    """The names of those that are no codes of ours."""
    right = {
        "stage": known("survey_stage", [facts.stage]),
        "service": not facts.service or known("service", [facts.service]),
        "theme": known("theme", facts.theme) and once(facts.theme),
        "ethnicity": facts.ethnicity in {NOT_SAID, *code_list("ethnicity").groups},
        **{name: getattr(facts, name) in codes for name, codes in SAID.items()},
    }
    return (name for name, is_right in right.items() if not is_right)
