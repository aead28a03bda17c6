"""A release folder is there whole, or not at all."""

import os
from pathlib import Path

import pytest

from caseapp.release_files.folder import FolderProblem, write_folder

FILES = {"tables/one.csv": b"a,b\r\n", "certificate.json": b"{}"}


def test_the_folder_holds_every_file_to_the_byte(tmp_path: Path) -> None:
    target = tmp_path / "new" / "2026-05"
    write_folder(target, FILES)
    found = {p.relative_to(target).as_posix(): p.read_bytes() for p in target.rglob("*.*")}
    assert found == FILES
    assert [path.name for path in target.parent.iterdir()] == ["2026-05"]


def test_the_same_release_may_be_written_twice(tmp_path: Path) -> None:
    write_folder(tmp_path / "2026-05", FILES)
    write_folder(tmp_path / "2026-05", FILES)


@pytest.mark.parametrize("found", [{"other.txt": b""}, {**FILES, "more.txt": b""}])
def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path, found: dict[str, bytes]) -> None:
    write_folder(tmp_path / "2026-05", found)
    with pytest.raises(FolderProblem, match="holds something else"):
        write_folder(tmp_path / "2026-05", FILES)
    names = {p.relative_to(tmp_path / "2026-05").as_posix() for p in tmp_path.rglob("*.*")}
    assert names >= set(found)


def test_a_file_in_its_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "2026-05").write_text("mine")
    with pytest.raises(FolderProblem):
        write_folder(tmp_path / "2026-05", FILES)
    assert (tmp_path / "2026-05").read_text() == "mine"


@pytest.mark.parametrize("step", range(4))
def test_a_write_that_fails_at_any_step_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """The disk fills up at the first, second, … sync."""
    syncs = iter(range(100))
    real = os.fsync

    def full(descriptor: int) -> None:
        if next(syncs) == step:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FolderProblem, match="No space left"):
        write_folder(tmp_path / "2026-05", FILES)
    assert list(tmp_path.iterdir()) == []
