"""The aim: to say whose answers these are.

A thousand people are given a code and most of them answer, through the real pages. The attacker
has everything: the database with its key, its freed pages and its log, a copy of it from the middle
of each month, the audit, and the diary of the worker, who knows whom they met at what minute, with
which code and facts. More still: they are told which people answered in each batch and what is kept
of each. Left to guess is who among those of one class gave which answers. Whatever order or trace
they lay beside the diary, one guess a class is right by chance, however large it is.
"""

import logging
import os
import random
import struct
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from math import exp, lgamma, log
from pathlib import Path
from random import SystemRandom
from typing import Any, NamedTuple

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from flask import Flask, current_app
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.database import db, read_snapshot
from caseapp.surveys import stack, traces, waiting
from caseapp.surveys.anonymity import ENOUGH
from caseapp.surveys.models import SurveyBatch
from caseapp.surveys.padding import open_padded
from tests.cast import Cast
from tests.surveyed import DiaryEntry, keep_a_diary

PEOPLE, DAYS, START = 1000, 180, datetime(2026, 5, 3, 9, tzinfo=UTC)
CHANCE = 1e-6  # so seldom may the best of all the ways be as good as this by chance
PAGE, RESERVED = 4096, 80

Guess = Callable[["Told"], Any]


class Told(NamedTuple):
    """One set of answers as the attacker finds it. `whose`: the truth, for the count alone."""

    whose: int
    group: Hashable
    place: int
    ticket: str
    answers: tuple[tuple[str, str], ...]
    size: int
    raw: int


class Seen(NamedTuple):
    """All that lay there at the end, and what lay there in the middle of each month."""

    told: list[Told]
    diary: list[DiaryEntry]
    hashes: dict[int, bytes]


def whose(words: str) -> int:
    return int(words.removeprefix("person "))


def look_into_the_box(when: str) -> Iterator[Told]:
    content = db.session.scalar(select(waiting.BOXES.c.content))
    db.session.rollback()
    box = open_padded(waiting.LABEL, content, waiting.Box) if content else waiting.Box()
    for place, each in enumerate(box.waiting):
        size = len(msgspec.json.encode(each))
        group = (when, each.facts)
        yield Told(
            whose(each.said[0][2]), group, place, each.ticket, each.answers, size,
            (content or b"").find(each.ticket.encode()),
        )  # fmt: skip


def look_into_the_batches() -> Iterator[Told]:
    with read_snapshot() as session:
        for number, batch in enumerate(session.scalars(select(SurveyBatch))):
            for answer in batch.head.said:
                response = batch.head.responses[answer.response]
                facts = msgspec.structs.replace(response, answers=())
                size = len(msgspec.json.encode(response))
                yield Told(
                    whose(answer.text), (batch.month, number, facts), answer.response, "",
                    response.answers, size, answer.number,
                )  # fmt: skip


def gather(app: Flask, cast: Cast, people: int, seed: int) -> Seen:
    """A fact of each month is seen once: whoever waits in the middle of the next as well is left
    out there, so that no guess counts twice."""
    told: list[Told] = []

    def look() -> None:
        with app.app_context():
            before = {each.whose for each in told}
            told.extend(
                each for each in look_into_the_box(str(len(told))) if each.whose not in before
            )

    days = DAYS if people == PEOPLE else DAYS // 3
    diary = keep_a_diary(app, cast, people, start=START, days=days, seed=seed, look=look)
    with app.app_context():
        told += [*look_into_the_batches(), *look_into_the_box("at the end")]
        hashes = {each.person: stack._hash(each.code) for each in diary}
    return Seen(told, diary, hashes)


WAYS_TO_SORT_ANSWERS: dict[str, Guess] = {
    "the order in which they lie": lambda told: told.place,
    "that order from its end": lambda told: -told.place,
    "tickets": lambda told: (told.ticket, told.place),
    "sizes": lambda told: (told.size, told.place),
    "what was answered": lambda told: (told.answers, told.place),
    "places of words": lambda told: told.raw,
}


def ways_to_sort_people(seen: Seen) -> dict[str, Callable[[int], Any]]:
    """The diary has the minute, which is also that of the audit; the code; where its row lay."""
    by_person = {each.person: each for each in seen.diary}
    return {
        "the minute in the diary": lambda person: by_person[person].given,
        "the code": lambda person: by_person[person].code,
        "the place of its row": lambda person: seen.hashes[person],
    }


def right_guesses(told: Iterable[Told], sort: Guess, sort_people: Callable[[int], Any]) -> int:
    """Within each class the first answers are held to be the first person's, and so on."""
    right = 0
    for members in classes(told).values():
        people = sorted((each.whose for each in members), key=sort_people)
        right += sum(
            each.whose == person
            for each, person in zip(sorted(members, key=sort), people, strict=True)
        )
    return right


def classes(told: Iterable[Told]) -> dict[Hashable, list[Told]]:
    found: dict[Hashable, list[Told]] = defaultdict(list)
    for each in told:
        found[each.group].append(each)
    return found


def as_good_by_chance(right: int, expected: float) -> float:
    """How likely so many right guesses or more are where one a class is right by chance: the number
    of right ones in a shuffled class is that of a Poisson law to the last digits we care for."""
    below = sum(exp(k * log(expected) - expected - lgamma(k + 1)) for k in range(right))
    return max(1 - below, 0.0)


def attack(seen: Seen) -> list[tuple[float, int, str]]:
    """(how likely by chance, right guesses, the way), the best way first."""
    found = []
    expected = len(classes(seen.told))
    for by, sort in WAYS_TO_SORT_ANSWERS.items():
        for beside, sort_people in ways_to_sort_people(seen).items():
            right = right_guesses(seen.told, sort, sort_people)
            found.append((as_good_by_chance(right, expected), right, f"{by}, {beside}"))
    return sorted(found)


@pytest.fixture
def seen(app: Flask, cast: Cast, tmp_path: Path) -> Iterator[Seen]:
    lines, root = logging.FileHandler(tmp_path / "every.log"), logging.getLogger()
    before, root.level = root.level, logging.DEBUG
    root.addHandler(lines)
    yield gather(app, cast, PEOPLE, seed=int(os.environ.get("LINK_SEED", random.randrange(10**6))))
    root.removeHandler(lines)
    root.level = before
    lines.close()


def test_nobody_who_holds_everything_says_whose_answers_these_are_better_than_by_chance(
    seen: Seen, app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sizes = [len(members) for members in classes(seen.told).values()]
    found = attack(seen)
    with capsys.disabled():
        print(
            f"\n{len(seen.diary)} people, {len({t.whose for t in seen.told})} sets of answers,"
            f" {len(seen.told)} sights of them in {len(sizes)} classes of {min(sizes)} to"
            f" {max(sizes)}. By chance {len(sizes)} guesses are right"
        )
        for likely, right, way in found:
            print(f"  {right:4} right by {way} (as good by chance: {likely:.3f})")
    assert len({each.whose for each in seen.told}) > 0.85 * len(seen.diary)
    assert found[0][0] > CHANCE / len(found), found[0]
    assert_nobody_is_left_in_a_small_class(seen.told)
    with app.app_context():
        assert_the_audit_tells_nothing_of_answers(seen)
        assert_freed_pages_are_empty(tmp_path)
    assert_no_code_is_in(tmp_path, seen)


def assert_nobody_is_left_in_a_small_class(told: Sequence[Told]) -> None:
    """In the batches: those of a box that were seen there the month before are left out above."""
    whole = [group for group in classes(told) if isinstance(group, tuple) and len(group) == 3]
    sizes = Counter(each.group for each in told)
    assert whole
    assert min(sizes[group] for group in whole) >= ENOUGH


def assert_the_audit_tells_nothing_of_answers(seen: Seen) -> None:
    entries = [each for each in db.session.scalars(select(AuditEntry)) if "surv" in each.kind]
    db.session.rollback()
    assert {each.kind for each in entries} == {"survey_given"}
    assert len(entries) == len(seen.diary)
    tables = "survey_codes", "survey_waiting", "survey_batches"
    with db.engine.connect().execution_options(read_snapshot=True) as connection:
        for table in tables:  # a column of a time or of an order would stand here
            columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
            assert not [row for row in columns if row[2] in {"DATETIME", "TIMESTAMP", "DATE"}]
        left = set(connection.exec_driver_sql("SELECT code_hash FROM survey_codes").scalars())
    used = {seen.hashes[each.person] for each in seen.diary if each.answered}
    assert left.isdisjoint(used)


def assert_freed_pages_are_empty(folder: Path) -> None:
    """Older boxes would lie there, and older codes."""
    db.session.remove()
    assert traces.wipe()
    [wal] = folder.rglob("*-wal")
    assert wal.stat().st_size == 0
    key = current_app.extensions["vault"].derive("embedded-database")
    pages = decrypted(wal.with_name(wal.name.removesuffix("-wal")), key)
    assert pages[0][100:108].startswith((b"\x05", b"\x0d"))  # the attacker can read them
    freed = list(free_leaves(pages))
    assert [page for page in freed if any(page)] == []


def decrypted(path: Path, key: bytes) -> list[bytes]:
    """The pages of the file: AES-256 in CBC, its start in the last bytes of each page."""
    data = path.read_bytes()
    pages = []
    for at in range(0, len(data), PAGE):
        page = data[at : at + PAGE]
        start, body = page[-RESERVED : -RESERVED + 16], page[16 if at == 0 else 0 : -RESERVED]
        opener = Cipher(algorithms.AES256(key), modes.CBC(start)).decryptor()
        pages.append((b"\0" * 16 if at == 0 else b"") + opener.update(body))
    return pages


def free_leaves(pages: Sequence[bytes]) -> Iterator[bytes]:
    trunk = struct.unpack(">I", pages[0][32:36])[0]
    while trunk:
        following, count = struct.unpack(">II", pages[trunk - 1][:8])
        for leaf in struct.unpack(f">{count}I", pages[trunk - 1][8 : 8 + 4 * count]):
            yield pages[leaf - 1]
        trunk = following


def assert_no_code_is_in(folder: Path, seen: Seen) -> None:
    logged = (folder / "every.log").read_text()
    assert [each.code for each in seen.diary if each.code in logged] == []
    assert "person 0" not in logged
    assert "/s/" not in logged


class InOrder(SystemRandom):
    """Chance that changes nothing."""

    def sample(self, population: Any, k: int, **_: Any) -> Any:
        return list(population)[:k]

    def shuffle(self, x: Any) -> None:
        """Leave it as it is."""


def test_the_attack_would_see_an_order_that_was_kept(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("actions", "waiting", "releasing"):
        monkeypatch.setattr(f"caseapp.surveys.{module}.SystemRandom", InOrder)
    assert attack(gather(app, cast, 250, seed=1))[0][0] < CHANCE / 100


def test_the_attack_would_see_a_ticket_that_tells_the_time(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes = iter(range(10**6))
    monkeypatch.setattr(
        "caseapp.surveys.answering.secrets.token_hex", lambda _: f"{next(minutes):032x}"
    )
    best = attack(gather(app, cast, 250, seed=2))[0]
    assert best[0] < CHANCE / 100
    assert best[2].startswith("tickets")


def test_a_used_code_leaves_no_row(each_engine: tuple[Flask, Cast]) -> None:
    app, cast = each_engine
    diary = keep_a_diary(app, cast, 12, start=START, days=20, seed=3)
    with app.app_context():
        left = set(db.session.scalars(select(stack.CODES.c.code_hash)))
        for each in diary:
            assert (stack._hash(each.code) in left) is not each.answered
