"""Faults of the program while somebody answered: kept in memory without a time, and logged with
the next hourly sweep, so that no line of a log says when somebody was there.
"""

import traceback
from collections import Counter

from flask import Flask, current_app

from caseapp.surveys.releasing import let_answers_out

FAULTS = "survey_faults"


def install_faults(app: Flask) -> None:
    app.extensions[FAULTS] = Counter()


def remember(fault: BaseException) -> None:
    """Its kind and place; its message may hold what was typed."""
    place = " > ".join(each.name for each in traceback.extract_tb(fault.__traceback__)[-6:])
    current_app.extensions[FAULTS][f"{type(fault).__name__} at {place}"] += 1


def sweep_surveys() -> None:
    """What is done every hour, whoever answered meanwhile. Raises CannotOpen."""
    faults: Counter[str] = current_app.extensions[FAULTS]
    for fault in list(faults):
        current_app.logger.error("error in the pages of a survey: %s", fault)
        del faults[fault]
    let_answers_out()
