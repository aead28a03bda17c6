"""The results: shares and themes on a page, and the same as a file for the team."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Response, request
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.database import db
from caseapp.reference import code_list
from caseapp.voice.blueprint import bp, page
from caseapp.voice.heard import closed_months
from caseapp.voice.months import month_words
from caseapp.voice.rules import FACTS, FEWEST, STRETCH
from caseapp.voice.shown import FACT_WORDS, Asked, Results, as_csv, results
from caseapp.web.gate import needs

REFUSED = 422
BEST_FIRST = ("exit", "review", "intake", "community")


@bp.get("/voice")
@needs(Permission.SEE_VOICE)
def show_results() -> ResponseReturnValue:
    """Of the stage, the months and the fact that the address asks for."""
    months = closed_months(db.session())
    return _page(results(db.session(), _asked(months)), months)


@bp.get("/voice/results.csv")
@needs(Permission.SEE_VOICE)
def download_results() -> ResponseReturnValue:
    """The same figures; refused where the page shows none."""
    months = closed_months(db.session())
    found = results(db.session(), _asked(months))
    if found.is_too_few:
        return _page(found, months), REFUSED
    answer = Response("\ufeff" + as_csv(found), mimetype="text/csv")  # for Excel
    answer.headers["Content-Disposition"] = 'attachment; filename="voice-inside-the-team.csv"'
    return answer


def _asked(months: Sequence[str]) -> Asked:
    """Anything in the address that there is not is passed over."""
    first, last = (months[0], months[-1]) if months else ("", "")
    asked = Asked(
        stage=_one_of([each.code for each in code_list("survey_stage").active], "stage", ""),
        since=_one_of(months, "since", first),
        until=_one_of(months, "until", last),
        fact=_one_of(FACTS, "fact", ""),
    )
    return asked if asked.stage else replace(asked, stage=_first_to_show(asked))


def _first_to_show(asked: Asked) -> str:
    """Of which there is something to show, the end before all others."""
    asked_at = (replace(asked, stage=stage) for stage in BEST_FIRST)
    found = (results(db.session(), each) for each in asked_at)
    return next((each.asked.stage for each in found if not each.is_too_few), BEST_FIRST[0])


def _one_of(known: Sequence[str], name: str, otherwise: str) -> str:
    wanted = request.args.get(name, "")
    return wanted if wanted in known else otherwise


def _page(found: Results, months: Sequence[str]) -> str:
    return page(
        "voice/show_results.html",
        found=found,
        asked=found.asked,
        stages=[(each.code, each.label) for each in code_list("survey_stage").active],
        months=[(month, month_words(month)) for month in months],
        facts=[("", "Everybody together"), *((fact, FACT_WORDS[fact]) for fact in FACTS)],
        fewest=FEWEST,
        stretch=STRETCH,
    )
