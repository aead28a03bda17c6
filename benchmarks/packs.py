"""Packs of 200 plans through the real pages: memory, and whether the bar tells the truth."""

import os
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from benchmarks.borough import Borough, build_borough, sign_in
from caseapp.access.actors import Actor, Role
from caseapp.accounts.actions import create_user
from caseapp.accounts.models import Team
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.clock import now, today
from caseapp.database import db, read_snapshot, transaction
from caseapp.documents.printer import printer
from caseapp.plans.actions import write_first_version
from caseapp.plans.models import Plan, SectionWords, VersionBody, VersionHead
from caseapp.plans.rules import sections_of
from caseapp.web.looking_again import BY_ITSELF

PLANS, MARKS = 200, (50, 100, 150, 200)
FORMATS = ("standard", "large_print", "easy_read")
MINE = "I go to my sister and wait there until it is quiet outside. Her door is always open."
PASSWORD = "harbour-quilt-comet-47"  # noqa: S105
MOST_GROWTH = 10.0  # kB a plan, from the first mark to the last: a tenth of what a plan weighs
ENDED = 204
SECONDS_BETWEEN_LOOKS = 0.1
HIDDEN = re.compile(r'name="(\w+)" type="hidden" value="([^"]*)"')

# Entries in the audit just before the page was asked, plans that it spoke of, entries just after.
Poll = tuple[int, int, int]


@dataclass
class Run:
    """What was seen from outside while one pack was made."""

    shape: str
    # kB of the web process, and of its workers together: last, and by the plans that were made
    seen: tuple[int, int] = (0, 0)
    marks: dict[int, tuple[int, int]] = field(default_factory=dict)
    polls: list[Poll] = field(default_factory=list)
    ended: tuple[int, int] = (0, 0)  # cases done and plans in the pack, as its page says at the end
    seconds: float = 0.0

    def growth(self, which: int) -> float:
        """kB a plan between the first mark and the last."""
        first, last = self.marks[MARKS[0]][which], self.marks[MARKS[-1]][which]
        return (last - first) / (MARKS[-1] - MARKS[0])

    @property
    def tells_the_truth(self) -> bool:
        said = [shown for _, shown, _ in self.polls]
        is_true = all(before <= shown <= after for before, shown, after in self.polls)
        return is_true and said == sorted(said) and self.ended == (PLANS, PLANS)

    @property
    def is_flat(self) -> bool:
        return max(self.growth(0), self.growth(1)) <= MOST_GROWTH


def print_packs() -> int:
    """0 where the bar told the truth each time, and memory stayed flat. What joins the plans to one
    document is a process that ends with it, and is not counted."""
    with tempfile.TemporaryDirectory(prefix="caseapp-packs-") as folder:
        borough = build_borough(Path(folder), PLANS)
        client = _manager(borough)
        runs = [_run(borough.app, client, shape) for shape in ("zip", "pdf")]
    for run in runs:
        print("\n".join(_lines(run)))
    return 0 if all(run.tells_the_truth and run.is_flat for run in runs) else 1


def _lines(run: Run) -> Iterator[str]:
    yield f"{PLANS} plans as one {run.shape}: {run.seconds:.0f} s"
    for plans, (web, workers) in run.marks.items():
        yield f"  after {plans:3} plans: {web / 1024:.1f} MB web, {workers / 1024:.1f} MB workers"
    peaks = [max(mark[which] for mark in run.marks.values()) / 1024 for which in (0, 1)]
    aim = f"at most {MOST_GROWTH:g}: {_verdict(run.is_flat)}"
    yield f"  growth {run.growth(0):.1f} kB a plan web, {run.growth(1):.1f} workers; {aim}"
    yield f"  peak {peaks[0]:.1f} MB web, {peaks[1]:.1f} MB workers"
    yield f"  {len(run.polls)} looks at the bar, which ended at {run.ended[1]} plans;"
    yield f"    each figure was that of the audit at that moment: {_verdict(run.tells_the_truth)}"


def _verdict(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def _manager(borough: Borough) -> FlaskClient:
    """One who leads the team of the borough, in which every case has a plan."""
    app = borough.app
    with app.app_context():
        with transaction():
            team = db.session.get_one(Team, borough.team_id)
            email = "lead@example.org"
            actor = create_user("Measured Manager", email, Role.MANAGER, team, "none").actor
        with transaction():
            _write_plans(actor)
        cookie = sign_in(app, actor.user_id)
    client = app.test_client()
    name, _, value = cookie.partition("=")
    client.set_cookie(name, value)
    return client


def _write_plans(by: Actor) -> None:
    with_plan = set(db.session.scalars(select(Plan.case_id)))
    for number, case in enumerate(db.session.scalars(select(Case)).all()):
        if case.id not in with_plan:
            head = VersionHead(
                written_at=now(),
                review_on=today() + timedelta(weeks=4),
                is_agreed=True,
                copy_is_safe=True,
                reading_format=FORMATS[number % len(FORMATS)],
            )
            sections = sections_of("youth_violence")
            words = tuple(SectionWords(code=each.code, own=MINE) for each in sections)
            body = VersionBody(sections=words)
            write_first_version(uuid4(), case, "youth_violence", head, body, by)


def _run(app: Flask, client: FlaskClient, shape: str) -> Run:
    run, place = Run(shape), _choose_all(client)
    had, start = _noted(app), time.perf_counter()
    answers = {"format": "own", "language": "own", "unsafe": "leave_out", "shape": shape}
    form = {**_hidden(client, f"{place}/options"), **answers, "password": PASSWORD}
    client.post(f"{place}/options", data=form).close()  # the thread begins when it is sent
    while (poll := _look(app, client, place, had)) is not None:
        run.polls.append(poll)
        run.seen = _memory() or run.seen
        for mark in MARKS[:-1]:
            if poll[1] >= mark:
                run.marks.setdefault(mark, run.seen)
        time.sleep(SECONDS_BETWEEN_LOOKS)
    run.seconds = time.perf_counter() - start
    run.marks[MARKS[-1]] = run.seen
    run.ended = _figures(client.get(place).text)
    return run


def _choose_all(client: FlaskClient) -> str:
    chosen = {**_hidden(client, "/packs/new"), "do": "all"}
    page = client.post("/packs/new", data=chosen)
    ticked = re.findall(r'name="case" value="([^"]+)"[^>]* checked', page.text)
    form = {**dict(HIDDEN.findall(page.text)), "case": ticked, "do": "go"}
    return client.post("/packs/new", data=form).location.removesuffix("/options")


def _hidden(client: FlaskClient, path: str) -> dict[str, str]:
    return dict(HIDDEN.findall(client.get(path).text))


def _look(app: Flask, client: FlaskClient, place: str, had: int) -> Poll | None:
    """Ask as the page asks by itself; None when it has ended."""
    before = _noted(app) - had
    answer = client.get(place, headers={BY_ITSELF: "yes"})
    if answer.status_code == ENDED:
        return None
    return before, _figures(answer.text)[1], _noted(app) - had


def _figures(text: str) -> tuple[int, int]:
    """(cases done, plans in the pack) as the words say it."""
    found = re.search(r"(\d+) of \d+ cases are done: (\d+) plan", text)
    return (int(found[1]), int(found[2])) if found else (-1, -1)


def _noted(app: Flask) -> int:
    """How many plans the audit says were printed."""
    with app.app_context(), read_snapshot() as session:
        query = select(func.count()).where(AuditEntry.kind == Kind.PLAN_PRINTED.value)
        return session.scalar(query) or 0


def _memory() -> tuple[int, int] | None:
    """None while no worker is alive: after 200 documents each makes way for a new one."""
    workers = [one._process.pid for one in tuple(printer._alive)]  # noqa: SLF001
    resident = sum(_resident(pid) for pid in workers if pid)
    return (_resident(os.getpid()), resident) if resident else None


def _resident(pid: int) -> int:
    """kB in memory, as the kernel counts them."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:  # it has just ended
        return 0
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) if found else 0
