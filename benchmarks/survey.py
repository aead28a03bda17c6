"""`python -m benchmarks survey`: 200 people answer a survey at once, each through every page of it.

All open their link within four seconds. Everybody reads a page for two to six seconds, as somebody
does who is quick. What is measured is how long each page takes to come, as a phone would see it.
"""

import re
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from caseapp.database import transaction
from caseapp.surveys.codes import Facts, draw
from caseapp.surveys.waiting import take_box
from tests.homes import make_peopled_home, new_settings, open_app, running_app
from tests.serving import running_server

PEOPLE, SEED = 200, 11
READS = 2.0, 6.0  # seconds on each page
SPREAD = 4.0  # seconds within which all begin
MOST_PAGES = 60
MOST_MS = 300.0
ASKED = Facts(questionnaire="exit", version=1, stage="exit")
QUESTION = re.compile(r'name="question" value="([^"]*)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Person:
    """Somebody with a phone: one connection, the cookies of the survey, and the waits for pages."""

    port: int
    chance: Random
    cookies: dict[str, str] = field(default_factory=dict)
    waited: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def answer(self, code: str) -> None:
        """From the link to the thanks."""
        time.sleep(self.chance.uniform(0, SPREAD))
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            self._go_through(connection, f"/s/{code}")
        except (OSError, HTTPException) as problem:
            self.problems.append(type(problem).__name__)
        finally:
            connection.close()

    def _go_through(self, connection: HTTPConnection, path: str) -> None:
        page, _ = self._send(connection, "GET", path)
        for _ in range(MOST_PAGES):
            time.sleep(self.chance.uniform(*READS))
            _, path = self._send(connection, "POST", path, self._filled_in(page))
            page, _ = self._send(connection, "GET", path)
            if path.startswith("/s/thanks"):
                return
        self.problems.append(f"still at {path.split('?')[0]}")

    def _filled_in(self, page: str) -> dict[str, str]:
        asked = QUESTION.search(page)
        if not asked:
            return {"go": "send"}
        answer = self.chance.choice(("strongly_agree", "agree", "disagree", "rather_not_say"))
        return {"question": asked[1], "answer": answer, "said": "The group.", "go": "next"}

    def _send(
        self, connection: HTTPConnection, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[str, str]:
        """The page, and where it leads."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, **(FORM if form else {})}
        started = time.perf_counter()
        connection.request(method, path, urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        self.waited.append((time.perf_counter() - started) * 1000)
        if answer.status != (303 if method == "POST" else 200):
            raise HTTPException(answer.status)
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: each.value for name, each in SimpleCookie(line).items()}
        return page, answer.getheader("Location", "")


def print_survey() -> int:
    """0 where the slowest twentieth of the pages begins within the limit and none failed."""
    with tempfile.TemporaryDirectory(prefix="caseapp-survey-") as folder:
        people = _answering(Path(folder))
    waited = [each for person in people for each in person.waited]
    problems = [each for person in people for each in person.problems]
    cuts = statistics.quantiles(waited, n=100)
    is_met = not problems and cuts[94] <= MOST_MS
    print(
        f"{len(people)} people at once, {len(waited)} pages: half within {cuts[49]:.0f} ms, 95 of"
        f" 100 within {cuts[94]:.0f} ms, 99 within {cuts[98]:.0f} ms, {len(problems)} errors; at"
        f" most {MOST_MS:.0f} ms for 95 of 100, and no error: {'met' if is_met else 'MISSED'}"
    )
    for problem in sorted(set(problems)):
        print(f"  {problems.count(problem)} × {problem}")
    return 0 if is_met else 1


def _answering(folder: Path) -> list[Person]:
    settings = new_settings(folder)
    make_peopled_home(settings)
    with running_app(open_app(settings)) as app, app.app_context(), transaction():
        codes = draw(ASKED, PEOPLE)
    chance = Random(SEED)
    with running_server(settings) as server, ThreadPoolExecutor(PEOPLE) as pool:
        people = [Person(server.port, Random(chance.random())) for _ in codes]
        list(pool.map(Person.answer, people, codes))
    with running_app(open_app(settings)) as app, app.app_context(), transaction():
        lost = PEOPLE - len(take_box().waiting)
    people[0].problems += ["not kept"] * lost
    return people
