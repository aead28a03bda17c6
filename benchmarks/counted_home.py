"""The tables of every whole month of a demo home, and what one service knows of its own cases."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from caseapp.app import create_app
from caseapp.clock import today
from caseapp.database import read_snapshot
from caseapp.disclosure.partners import Partner
from caseapp.disclosure.tables import Table
from caseapp.home import open_home, unlock_demo
from caseapp.indicators.catalogue import Catalogue, standard_catalogue
from caseapp.indicators.counting import count
from caseapp.indicators.partners import known_units
from caseapp.indicators.periods import Period, UnknownMonth, period_until
from config import PROJECT, Settings

MOST_MONTHS = 24

Count = Callable[[Session, Period], list[Table]]


def make_demo(folder: Path, cases: int, seed: int, months: int) -> Settings:
    """A home of its own, filled by `caseapp demo`."""
    words = ("demo", "--cases", str(cases), "--seed", str(seed), "--months", str(months))
    home = folder / "home"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CASEAPP_")}
    subprocess.run(
        [sys.executable, "-m", "caseapp.cli", *words],
        cwd=PROJECT,
        env={**kept, "CASEAPP_HOME": str(home)},
        check=True,
        capture_output=True,
    )
    return unlock_demo(Settings(home=home))


def tables_by_month(
    settings: Settings, catalogue: Catalogue | None = None
) -> dict[Period, list[Table]]:
    """Every month that is over, the earliest first, as a release of it counts the cases."""
    chosen = catalogue or standard_catalogue()
    with _opened(settings) as session:
        months = [(period, count(session, period, chosen)) for period in _periods(today())]
    return {
        period: tables
        for period, tables in months
        if any(any(table.counts.values()) for table in tables)
    }


def by_year(months: Mapping[Period, list[Table]]) -> dict[str, dict[str, list[Table]]]:
    """By the first month of each financial year, then by month."""
    years: dict[str, dict[str, list[Table]]] = {}
    for period, tables in months.items():
        years.setdefault(period.months[0], {})[period.month] = tables
    return years


def service_as_partner(settings: Settings, period: Period, service: str) -> Partner:
    """What the advocates of one service know by themselves."""
    with _opened(settings) as session:
        units = known_units(session, period, standard_catalogue(), "service", service)
        return Partner(f"the cases of the service {service}", tuple(units))


def _periods(day: date) -> Iterator[Period]:
    first = 12 * day.year + day.month - 1 - MOST_MONTHS
    for number in range(first, first + MOST_MONTHS + 1):
        try:
            yield period_until(f"{number // 12}-{number % 12 + 1:02}", day)
        except UnknownMonth:
            return


@contextmanager
def _opened(settings: Settings) -> Iterator[Session]:
    app = create_app(settings, open_home(settings))
    with app.app_context(), read_snapshot() as session:
        yield session
