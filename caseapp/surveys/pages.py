"""How a page of a survey is made: in the visitor's language, without asking who visits."""

from typing import Any

from flask import current_app, make_response, redirect, request, url_for
from flask.wrappers import Response

from caseapp.languages import LANGUAGES, catalogue
from caseapp.questionnaires.pictures import picture_file
from caseapp.surveys.visits import Visit, present


def language() -> str:
    """What was chosen on this page, before, or in the browser; English else."""
    visit = present()
    before = visit.language if visit else ""
    accepted = request.accept_languages.best_match(list(LANGUAGES), "en") or "en"
    return next(code for code in (_pressed("language"), before, accepted) if code in LANGUAGES)


def is_easy() -> bool:
    """Whether easy read was chosen on this page, or before."""
    visit = present()
    chosen = _pressed("easy")
    return chosen == "yes" if chosen else bool(visit and visit.easy)


def _pressed(name: str) -> str:
    """What a button of this page says; it stands after what the page was shown with."""
    return next(reversed(request.args.getlist(name)), "")


def page(
    template: str,
    status: int = 200,
    *,
    lang: str | None = None,
    easy: bool | None = None,
    **values: Any,
) -> Response:
    """A page. Not render_template: its context would ask the session who is reading."""
    code = lang or language()
    words = catalogue(code)
    text = current_app.jinja_env.get_template(f"surveys/{template}.html").render(
        _=words.phrase,
        lang=code,
        direction=words.language.direction,
        languages=LANGUAGES.values(),
        easy=is_easy() if easy is None else easy,
        picture_file=picture_file,
        **values,
    )
    return make_response(text, status)


def lead_to(endpoint: str, **values: Any) -> Response:
    """So that no page that was sent stands in the browser's history."""
    return make_response(redirect(url_for(f"surveys.{endpoint}", **values), 303))


def lead_to_closed(why: str, visit: Visit) -> Response:
    """To the page that says why, in the language and the form of a visit."""
    return lead_to("show_closed", why=why, **preferences_of(visit))


def preferences_of(visit: Visit) -> dict[str, str]:
    """What an address says where no cookie can."""
    return {"language": visit.language, "easy": "yes" if visit.easy else "no"}
