"""Giving in the tests: right answers to the form, and what the page shows."""

import re

from werkzeug.test import TestResponse

FACTS = {"questionnaire": "exit", "service": "idva", "themes": "domestic_abuse"}
CODE = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\b")


def codes_on(page: TestResponse) -> set[str]:
    """The codes in groups of four, however often each stands there."""
    return set(CODE.findall(page.text))
