"""Pure decisions: which answers may enter the readable store."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from caseapp.reference import code_list
from caseapp.surveys.responses import Response

FEWEST = 10  # answers in a batch: among fewer, somebody who knows who was asked may guess
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
NOT_SAID = "not_said"
SAID: dict[str, frozenset[str]] = {
    "justice_outcome": frozenset({"yes", "no", NOT_SAID}),
    "age_band": frozenset({"under_25", "over_24", NOT_SAID}),
    "sex": frozenset({"female", "male", NOT_SAID}),
}


def why_refused(
    month: str, responses: Sequence[Response], own_items: Set[str] = frozenset()
) -> str | None:
    """One plain line where these answers may not be released as a batch of this month.
    `own_items`: questions of our own questionnaires, which no list has."""
    if not MONTH.fullmatch(month):
        return "The month of a batch is written as 2026-05"
    if len(responses) < FEWEST:
        return f"A batch needs {FEWEST} answers or more: these wait for others"
    problems = (problem for response in responses for problem in _problems(response, own_items))
    return next(problems, None)


def _problems(response: Response, own_items: Set[str]) -> Iterator[str]:
    """Names the question and never what was said."""
    said = {name: getattr(response, name) in codes for name, codes in SAID.items()}
    for name, is_right in (said | _listed(response, own_items)).items():
        if not is_right:
            yield f"An answer has an unknown code for {name}"


def _listed(response: Response, own_items: Set[str]) -> dict[str, bool]:
    points = [point for _, point in response.answers]
    return {
        "stage": known("survey_stage", [response.stage]),
        "service": not response.service or known("service", [response.service]),
        "theme": known("theme", response.theme) and once(response.theme),
        "ethnicity": response.ethnicity in {NOT_SAID, *code_list("ethnicity").groups},
        "items": known("survey_item", dict(response.answers).keys() - own_items)
        and once([item for item, _ in response.answers]),
        "answers": known("survey_answer", points),
        "helped": known("what_helped", response.helped) and once(response.helped),
    }


def known(list_name: str, codes: Iterable[str]) -> bool:
    """Whether all of these stand in a code list."""
    return code_list(list_name).by_code.keys() >= set(codes)


def once(codes: Sequence[str]) -> bool:
    """Whether none stands there twice."""
    return len(set(codes)) == len(codes)
