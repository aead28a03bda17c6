"""Inventing what victims answer: more feel safer later, and after an outcome in law.

Answers keep nothing of the case that they came from; the truth file says what was answered, and
not by whom, as the home does.
"""

from collections.abc import Iterable, Iterator
from random import Random

from caseapp.demo.borough import POPULATION, Weights, dice, pick
from caseapp.demo.house_told import AnswersTold
from caseapp.demo.lives import CaseTold
from caseapp.demo.period import Period, months_of
from caseapp.demo.work_told import MeasureTold
from caseapp.incidents.rules import has_outcome, is_detection
from caseapp.people.rules import age_on
from caseapp.reference import choices, entry
from caseapp.surveys.responses import COMMUNITY, Response
from caseapp.surveys.rules import FEWEST, NOT_SAID

# Ours, all of them.
ANSWERS_AT: Weights = {"intake": 0.55, "review": 0.60, "exit": 0.75}  # of those who are asked
AGREES_AT: Weights = {"intake": 0.40, "review": 0.55, "exit": 0.66}
AGREES_IN_THE_COMMUNITY = {"knows_help": 0.45, "could_use": 0.52}
A_MONTH = (0.02, 0.05)  # of the number of cases so many of the community answer
FEELS_SAFER_AFTER_OUTCOME = 0.18  # more of those with an outcome in law than of those without
OUTCOME_FELT = 0.35  # of outcomes that are no detection, count as one to the person
SAYS_WHO = 0.85  # of those who answer say age, sex, ethnic group and outcome; each apart
RATHER_NOT = 0.05
AGES_OF_THE_BOROUGH: Weights = {"under_25": 0.25, "over_24": 0.75}
SEXES_OF_THE_BOROUGH: Weights = {"female": 76_305, "male": 67_055}  # Census 2021
NEITHER = 0.35  # of those who do not agree
STRONGLY = 0.4
HELPED_AFTER_OUTCOME = {"justice_done": 4.0, "police_and_courts": 2.0}
HELPED: Weights = {
    "being_believed": 0.22, "same_worker": 0.15, "safety_plan": 0.16, "safer_home": 0.09,
    "police_and_courts": 0.06, "justice_done": 0.03, "health_and_counselling": 0.09,
    "money_and_housing": 0.06, "school_or_work": 0.05, "own_language": 0.04,
    "family_and_friends": 0.03, "something_else": 0.01, "nothing_yet": 0.01,
}  # fmt: skip


def invent_answers(case: CaseTold, number: int, seed: int) -> Iterator[tuple[str, Response]]:
    """(month, answers) wherever the case was measured and the person wished to answer."""
    rng = dice(seed, f"answers {number}")
    for measure in case.measures:
        if rng.random() < ANSWERS_AT[measure.stage]:
            yield f"{measure.on:%Y-%m}", _response(rng, case, measure)


def invent_community(cases: int, period: Period, seed: int) -> Iterator[tuple[str, Response]]:
    """(month, answers) of people of the borough who need not be victims."""
    rng = dice(seed, "answers of the community")
    for month in months_of(period):
        for _ in range(rng.randint(*(round(cases * share) for share in A_MONTH))):
            yield month, _community_response(rng)


def in_batches(answers: Iterable[tuple[str, Response]], seed: int) -> Iterator[list[AnswersTold]]:
    """A batch a month, shuffled; a month with too few waits for the next, the last for ever."""
    by_month: dict[str, list[Response]] = {}
    for month, response in answers:
        by_month.setdefault(month, []).append(response)
    waiting: list[Response] = []
    for month in sorted(by_month):
        waiting += by_month[month]
        if len(waiting) >= FEWEST:
            yield [_told(month, each) for each in dice(seed, month).sample(waiting, len(waiting))]
            waiting = []


def response_of(told: AnswersTold) -> Response:
    return Response(**{name: getattr(told, name) for name in Response.__struct_fields__})


def _told(month: str, response: Response) -> AnswersTold:
    said = {name: getattr(response, name) for name in Response.__struct_fields__}
    return AnswersTold(month=month, **said)


def _response(rng: Random, case: CaseTold, measure: MeasureTold) -> Response:
    outcome = _outcome(rng, case, measure)
    person = case.person
    young = age_on(person.date_of_birth, measure.on) < 25
    group = entry("ethnicity", person.ethnicity).group or NOT_SAID
    return Response(
        stage=measure.stage,
        service=case.service,
        theme=case.theme,
        justice_outcome=_said(rng, outcome),
        age_band=_said(rng, "under_25" if young else "over_24"),
        sex=_said(rng, person.sex if person.sex in {"female", "male"} else NOT_SAID),
        ethnicity=_said(rng, NOT_SAID if group == "unknown" else group),
        answers=tuple(_points(rng, measure.stage, outcome)),
        helped=_helped(rng, outcome),
    )


def _community_response(rng: Random) -> Response:
    """No service and no theme: nobody asks them what happened to them."""
    return Response(
        stage=COMMUNITY,
        age_band=_said(rng, pick(rng, AGES_OF_THE_BOROUGH)),
        sex=_said(rng, pick(rng, SEXES_OF_THE_BOROUGH)),
        ethnicity=_said(rng, pick(rng, POPULATION)),
        answers=tuple((item, _point(rng, p)) for item, p in AGREES_IN_THE_COMMUNITY.items()),
    )


def _outcome(rng: Random, case: CaseTold, measure: MeasureTold) -> str:
    """What the law did about any of it by that day, as the person sees it."""
    known = [
        incident.outcome
        for incident in case.incidents
        if incident.outcome_on and incident.outcome_on <= measure.on
    ]
    detected = any(map(is_detection, known))
    felt = any(has_outcome(code) and rng.random() < OUTCOME_FELT for code in known)
    return "yes" if detected or felt else "no"


def _said(rng: Random, answer: str) -> str:
    return answer if rng.random() < SAYS_WHO else NOT_SAID


def _points(rng: Random, stage: str, outcome: str) -> Iterator[tuple[str, str]]:
    for item, _ in choices("survey_item"):
        more = FEELS_SAFER_AFTER_OUTCOME if (item, outcome) == ("feels_safer", "yes") else 0
        yield item, _point(rng, AGREES_AT[stage] + more)


def _point(rng: Random, agrees: float) -> str:
    if rng.random() < RATHER_NOT:
        return "rather_not_say"
    side = "agree" if rng.random() < agrees else "disagree"
    if side == "disagree" and rng.random() < NEITHER:
        return "neither"
    return f"strongly_{side}" if rng.random() < STRONGLY else side


def _helped(rng: Random, outcome: str) -> tuple[str, ...]:
    """Nothing, one thing or two, as a person put the open answer into themes."""
    more = HELPED_AFTER_OUTCOME if outcome == "yes" else {}
    weights = {code: weight * more.get(code, 1) for code, weight in HELPED.items()}
    many = rng.choices((0, 1, 2), (0.3, 0.45, 0.25))[0]
    return tuple(sorted({pick(rng, weights) for _ in range(many)}))
