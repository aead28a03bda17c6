"""Stamps decide whether a step of set-up may be skipped: never when anything it used changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseapp.setup.stamps import fingerprint, is_fresh, leave


def test_a_step_is_skipped_while_what_it_was_made_from_is_unchanged(tmp_path: Path) -> None:
    stamp = tmp_path / "new folder" / ".stamp"
    leave(stamp, fingerprint("lock"))
    assert is_fresh(stamp, fingerprint("lock"))


def test_a_step_that_never_ran_is_not_skipped(tmp_path: Path) -> None:
    assert not is_fresh(tmp_path / ".stamp", fingerprint("lock"))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"0" * 64])
def test_a_damaged_stamp_counts_as_none(tmp_path: Path, content: bytes) -> None:
    stamp = tmp_path / ".stamp"
    stamp.write_bytes(content)
    assert not is_fresh(stamp, fingerprint("lock"))


def test_one_changed_byte_of_a_file_makes_the_step_run_again(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("flask==1", encoding="ascii")
    before = fingerprint(lock)
    lock.write_text("flask==2", encoding="ascii")
    assert fingerprint(lock) != before


def test_an_absent_file_differs_from_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert fingerprint(tmp_path / "empty") != fingerprint(tmp_path / "absent")


@pytest.mark.parametrize(
    ("one", "other"),
    [(["ab"], ["a", "b"]), (["aword:b"], ["a", "b"]), (["a", "b"], ["b", "a"]), (["a"], ["a", ""])],
)
def test_words_that_run_together_alike_still_differ(one: list[str], other: list[str]) -> None:
    assert fingerprint(*one) != fingerprint(*other)
