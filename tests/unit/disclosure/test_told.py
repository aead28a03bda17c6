"""What an attack found, said to somebody who does not know the truth."""

from pathlib import Path

import pytest

from caseapp.disclosure.rules import AttackFailed
from caseapp.disclosure.told import given_away, summary
from caseapp.disclosure.trial import attack

WARDS = """ward,measure,value,marker
all,cases,21,
north,cases,11,
south,cases,,c
east,cases,7,
"""
KNOWN = "ward\neast\neast\neast\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2026-05").mkdir()
    (tmp_path / "2026-05" / "wards.csv").write_text(WARDS)
    return tmp_path / "2026-05"


def test_a_count_that_was_hidden_alone_is_told_in_words(folder: Path) -> None:
    lines = list(summary(attack([folder])))
    assert lines[0] == "2026-05: cases, ward south: it is 3"
    assert lines[-1].startswith("1 editions, 4 figures: 1 small ones worked out, 0 more")


def test_what_somebody_knows_already_leaves_a_small_rest(folder: Path, tmp_path: Path) -> None:
    """Seven in the east were no secret; but who knows three of them learns of the other four."""
    (tmp_path / "known.csv").write_text(KNOWN)
    found = given_away(attack([folder], tmp_path / "known.csv"))
    assert {entry["cell"]["ward"] for entry in found} == {"south", "east"}


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "ward,value\nnorth,many\n"])
def test_what_is_no_release_is_refused_in_one_line(folder: Path, content: str) -> None:
    (folder / "wards.csv").write_text(content)
    with pytest.raises(AttackFailed) as refused:
        attack([folder])
    assert "\n" not in str(refused.value)
    assert "did not finish" not in str(refused.value)
