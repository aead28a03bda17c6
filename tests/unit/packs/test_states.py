"""The steps of a pack: how far it is, cancelled, killed, a day old, two at once."""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Event
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from caseapp.app import make_ready
from caseapp.audit.kinds import Kind
from caseapp.background import DONE
from caseapp.clock import now
from caseapp.database import db, transaction
from caseapp.packs import actions, making, taking
from caseapp.packs.actions import choose as choose_cases
from caseapp.packs.actions import sweep_packs
from caseapp.packs.files import path_of
from caseapp.packs.models import Pack, PackProgress
from caseapp.packs.states import PACKS, move
from caseapp.serving import sweep
from caseapp.web.looking_again import BY_ITSELF
from tests.cast import Cast
from tests.unit.packs.packing import (
    PASSWORD,
    begin,
    choose,
    count_of,
    files_of,
    id_in,
    make,
    open_cases,
    press,
    send_options,
    state_in_list,
    state_of,
    wait_for_it,
    zip_of,
)

ClientOf = Callable[[str], FlaskClient]


class Gate:
    """Holds whoever makes the plans before the one of this number, until it is let on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
        self.reached, self.opened, self.made = Event(), Event(), 0
        self._real, self._number = vars(making)["make_plan"], number
        monkeypatch.setattr(making, "make_plan", self._make_plan)

    def _make_plan(self, *values: object) -> object:
        self.made += 1
        if self.made == self._number:
            self.reached.set()
            assert self.opened.wait(60)
        return self._real(*values)


def test_a_running_pack_says_by_itself_how_far_it_is_and_when_it_has_ended(
    app: Flask, cast: Cast, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, 3)
    place = begin(manager, open_cases(app, cast, 3))
    assert gate.reached.wait(60)
    answer = manager.get(place, headers={BY_ITSELF: "yes"})
    told = "2 of 3 cases are done: 2 plans are in the pack, 0 left out."
    assert (answer.text, answer.headers["X-Done"]) == (told, "2")
    assert count_of(app, Kind.PLAN_PRINTED) == 2
    page = manager.get(place).text
    assert re.search(r'<progress[^>]*value="2" max="3"', page)
    assert f'href="{place}" data-look-again' in page  # the way without a script
    assert "Abla" not in page
    assert "Running: 2 of 3" in manager.get("/packs").text
    gate.opened.set()
    wait_for_it()
    answer = manager.get(place, headers={BY_ITSELF: "yes"})
    assert (answer.status_code, answer.data) == (204, b"")


def test_a_cancelled_pack_stops_after_the_plan_at_hand_and_leaves_nothing(
    app: Flask, cast: Cast, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, 2)
    place = begin(manager, open_cases(app, cast, 4))
    assert gate.reached.wait(60)
    assert len(files_of(app)) == 1
    assert press(manager, place, "cancel").location == place
    gate.opened.set()
    wait_for_it()
    assert (gate.made, count_of(app, Kind.PLAN_PRINTED)) == (2, 1)
    assert files_of(app) == []
    assert "This pack was cancelled" in manager.get(place).text
    assert state_in_list(manager) == "Cancelled"
    assert manager.get(f"{place}/download").status_code == 404


def test_a_pack_whose_process_died_says_so_and_can_be_made_again(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    """As a kill leaves it: the row runs, a file is on its way, and no thread is there."""
    cases = open_cases(app, cast, 2)
    place = choose(manager, cases).location.removesuffix("/options")
    with app.app_context(), transaction():
        assert move(id_in(place), ["waiting"], "running", done=1, plans=1)
    with app.app_context():
        unfinished = path_of(id_in(place))
        unfinished.parent.mkdir(exist_ok=True)
        unfinished.with_name(f".{unfinished.name}.1a2b3c4d").write_bytes(b"half of it")
        assert sweep_packs() == 0  # another process may be making it
        unread = unfinished.with_name(f"{uuid4()}.sealed")
        unread.write_bytes(b"of no pack")
        assert sweep_packs() == 1
    with time_machine.travel(now() + PACKS.quiet):
        page = manager.get(place).text
        assert "It stopped before it was done" in page
        assert state_in_list(manager) == "Stopped"
        make_ready(app)
        assert files_of(app) == []
        again = press(manager, place, "again").location
        assert again != f"{place}/options"
        with send_options(manager, again) as begun:
            place = begun.location
        wait_for_it()
    assert len(zip_of(manager, place).namelist()) == 2


def test_a_pack_cancelled_when_its_file_was_whole_already_leaves_no_file(
    app: Flask, cast: Cast, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = making.Maker.finish

    def finish_too_late(maker: making.Maker, *values: Any) -> None:
        assert len(files_of(app)) == 1
        press(manager, f"/packs/{maker.pack_id}", "cancel")
        real(maker, *values)

    monkeypatch.setattr(making.Maker, "finish", finish_too_late)
    make(manager, open_cases(app, cast, 1))
    assert files_of(app) == []
    assert state_in_list(manager) == "Cancelled"


def test_a_pack_is_gone_after_a_day_for_everybody_and_from_the_disk(
    app: Flask, cast: Cast, manager: FlaskClient, client_of: ClientOf
) -> None:
    place = make(manager, open_cases(app, cast, 1))
    begun = now()
    with time_machine.travel(begun + timedelta(hours=23, minutes=59)):
        sweep(app)
        assert len(zip_of(client_of("manager"), place).namelist()) == 1
    with time_machine.travel(begun + timedelta(hours=24, minutes=1)):
        manager = client_of("manager")  # the session of yesterday is over
        assert manager.get(f"{place}/download").status_code == 404  # swept or not
        page = manager.get(place).text
        assert "This pack is removed" in page
        assert "Kestrelwood" not in page
        sweep(app)
        assert files_of(app) == []
        assert state_in_list(manager) == "Removed"
    with app.app_context():
        pack = db.session.get_one(Pack, id_in(place))
        assert (pack.head.key, pack.body.cases, pack.body.parts) == (b"", (), ())


def test_a_pack_that_begins_while_others_are_swept_keeps_its_file(
    app: Flask, cast: Cast, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sweep looks at the rows and at the folder, and the pack begins between the two looks."""
    gate, real = Gate(monkeypatch, 1), vars(actions)["kept_files"]
    cases = open_cases(app, cast, 1)
    places: list[str] = []

    def while_one_begins() -> Iterable[object]:
        if not places:
            places.append(begin(manager, cases))
            assert gate.reached.wait(60)
        return list(real())

    monkeypatch.setattr(actions, "kept_files", while_one_begins)
    sweep(app)
    gate.opened.set()
    wait_for_it()
    assert len(zip_of(manager, places[0]).namelist()) == 1


def test_a_cancelled_pack_stays_cancelled_though_its_last_plan_finds_the_disk_full(
    app: Flask, cast: Cast, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, 1)
    place = begin(manager, open_cases(app, cast, 1))
    assert gate.reached.wait(60)
    press(manager, place, "cancel")

    def is_full(*_values: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("caseapp.packs.taking.print_plan", is_full)
    gate.opened.set()
    wait_for_it()
    assert state_in_list(manager) == "Cancelled"
    assert files_of(app) == []


def test_a_damaged_row_keeps_no_other_pack_from_being_swept(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    places = [make(manager, open_cases(app, cast, 1)) for _ in range(2)]
    with app.app_context(), transaction():
        packs: Any = Pack.__table__
        change = update(packs).where(packs.c.id == id_in(places[0]))
        db.session.connection().execute(change.values(row_seal=b"\x01" * 64))
    with time_machine.travel(now() + timedelta(hours=25)):
        sweep(app)
    assert state_of(app, places[1]) == "removed"


def test_two_packs_at_once_are_both_whole(app: Flask, cast: Cast, manager: FlaskClient) -> None:
    cases = open_cases(app, cast, 8)
    places = [begin(manager, cases[:4]), begin(manager, cases[4:])]
    wait_for_it()
    assert [len(zip_of(manager, place).namelist()) for place in places] == [4, 4]
    assert count_of(app, Kind.PLAN_PRINTED) == 8


def test_packs_print_in_turn_and_leave_a_worker_to_single_plans(
    app: Flask, cast: Cast, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    two, real, met = Barrier(2, timeout=1), vars(taking)["print_plan"], []

    def meets_another(*values: object) -> object:
        with suppress(BrokenBarrierError):
            met.append(two.wait())
        two.reset()
        return real(*values)

    monkeypatch.setattr(taking, "print_plan", meets_another)
    cases = open_cases(app, cast, 2)
    places = [begin(manager, [each]) for each in cases]
    wait_for_it()
    assert met == []
    assert [len(zip_of(manager, place).namelist()) for place in places] == [1, 1]


def test_each_engine_takes_each_step_once(each_engine: tuple[Flask, Cast]) -> None:
    app, cast = each_engine
    pack_id: UUID = uuid4()
    with app.app_context():
        with transaction():
            choose_cases(pack_id, [cast.case_id], cast.manager)
        with transaction():
            assert move(pack_id, ["waiting"], "running")
            assert not move(pack_id, ["waiting"], "running")
        making.make(pack_id, PASSWORD)
        progress = db.session.get_one(PackProgress, pack_id, populate_existing=True)
        assert (progress.state, progress.done, progress.left_out) == (DONE, 1, 1)
