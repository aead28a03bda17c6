"""The command line: every misuse is one plain line, and nothing is made or lost by it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caseapp.cli import main
from config import Settings
from tests.cast import Cast
from tests.homes import copy_home
from tests.serving import environment_of


@pytest.fixture
def settings(peopled_home: tuple[Path, Cast], tmp_path: Path) -> Settings:
    return copy_home(peopled_home[0], tmp_path / "copy")


def caseapp(settings: Settings, *words: str, **more: str) -> Result:
    environment = {**environment_of(settings), **more}
    return CliRunner().invoke(main, list(words), env=environment)


def test_the_audit_and_the_records_of_a_whole_home_have_no_faults(settings: Settings) -> None:
    for words in (["audit", "verify", "--json"], ["check", "--json"]):
        result = caseapp(settings, *words)
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["faults"] == []


def test_a_cut_audit_ends_with_status_one_and_says_what_is_wrong(settings: Settings) -> None:
    heads = settings.home / "audit" / "heads.log"
    heads.unlink()
    result = caseapp(settings, "audit", "verify")
    assert result.exit_code == 1
    assert "head" in result.stdout


def test_a_wrong_passphrase_is_one_line_and_changes_nothing(settings: Settings) -> None:
    before = (settings.home / "keyring.json").read_bytes()
    result = caseapp(
        settings,
        "check",
        CASEAPP_UNLOCK_KEY_FILE="",
        CASEAPP_PASSPHRASE="not the one of this home",
    )
    assert result.exit_code == 1
    assert result.stderr == "caseapp: The passphrase is wrong\n"
    assert (settings.home / "keyring.json").read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"{", b"not a keyring at all"])
def test_a_damaged_keyring_is_never_replaced(settings: Settings, damage: bytes) -> None:
    keyring = settings.home / "keyring.json"
    keyring.write_bytes(damage)
    for words in (["check"], ["init", "--name", "A", "--email", "a@example.org"]):
        result = caseapp(settings, *words)
        assert result.exit_code in {1, 2}
        assert result.stderr.count("\n") == 1, result.stderr
        assert keyring.read_bytes() == damage


def test_a_home_without_anything_to_unlock_it_says_how(settings: Settings) -> None:
    result = caseapp(settings, "check", CASEAPP_UNLOCK_KEY_FILE="")
    assert result.exit_code == 2
    assert "CASEAPP_PASSPHRASE" in result.stderr


def test_a_home_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    result = caseapp(Settings(home=tmp_path / "none"), "check", CASEAPP_PASSPHRASE="x" * 20)
    assert result.exit_code == 2
    assert "caseapp init" in result.stderr
    assert not (tmp_path / "none").exists()


def test_a_new_home_shows_its_secrets_once_and_then_works(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "new")
    made = caseapp(settings, "init", "--name", "Ada Admin", "--email", "ada@example.org")
    assert made.exit_code == 0, made.output
    passphrase = made.stdout.split("unlocks this home: ")[1].split("\n")[0]
    checked = caseapp(settings, "check", CASEAPP_PASSPHRASE=passphrase)
    assert checked.exit_code == 0, checked.output
    again = caseapp(settings, "init", "--name", "Eve", "--email", "eve@example.org")
    assert again.exit_code == 2
    assert "already" in again.stderr


def test_a_published_passphrase_makes_no_home(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "new")
    result = caseapp(
        settings,
        "init", "--name", "A", "--email", "a@example.org",
        CASEAPP_PASSPHRASE="demo-only-not-secret",
    )  # fmt: skip
    assert result.exit_code == 1
    assert not (settings.home / "keyring.json").exists()


def test_the_demo_refuses_a_home_that_is_there_and_a_truth_file_inside(
    settings: Settings, tmp_path: Path
) -> None:
    result = caseapp(settings, "demo", "--cases", "3", "--seed", "1")
    assert result.exit_code == 2
    new = Settings(home=tmp_path / "new")
    truth = new.home / "truth.jsonl"
    result = caseapp(new, "demo", "--cases", "3", "--seed", "1", "--truth", str(truth))
    assert result.exit_code == 2
    assert "outside the home" in result.stderr


def test_a_demo_home_is_never_served_to_a_network(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "new")
    assert caseapp(settings, "demo", "--cases", "3", "--seed", "1").exit_code == 0
    result = caseapp(settings, "serve", "--host", "0.0.0.0", "--port", "5191")
    assert result.exit_code == 2
    assert "127.0.0.1" in result.stderr


def test_keys_are_rotated_and_everything_still_opens(settings: Settings) -> None:
    assert caseapp(settings, "keys", "rotate").exit_code == 0
    checked = caseapp(settings, "check")
    assert checked.exit_code == 0, checked.output


def test_a_new_edition_of_a_list_is_loaded_and_shown(settings: Settings, tmp_path: Path) -> None:
    shipped = Path("caseapp/reference/lists/weapon.toml").read_text(encoding="utf-8")
    edition = tmp_path / "weapon.toml"
    edition.write_text(
        shipped.replace("version = 1", "version = 2", 1)
        + '\n[[entries]]\ncode = "taser"\nlabel = "Stun gun"\n',
        encoding="utf-8",
    )
    loaded = caseapp(settings, "lists", "load", str(edition))
    assert loaded.exit_code == 0, loaded.output
    assert "Stun gun" in caseapp(settings, "lists", "show", "weapon").stdout
    again = caseapp(settings, "lists", "load", str(edition))
    assert again.exit_code == 1
    assert "not newer" in again.stderr


def test_a_demo_takes_no_folder_that_holds_something_else(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "new")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "somebody's.txt").write_text("not ours to replace")
    result = caseapp(settings, "demo", "--cases", "2", "--seed", "1")
    assert result.exit_code == 2
    assert "choose an empty one" in result.stderr
    assert [file.name for file in settings.home.iterdir()] == ["somebody's.txt"]


SUPPRESSED = """ward,measure,value,marker
all,cases,21,
north,cases,11,
south,cases,,c
east,cases,7,
"""


def test_the_attack_gets_a_lone_suppressed_figure_back(tmp_path: Path) -> None:
    folder = tmp_path / "2026-05"
    folder.mkdir()
    (folder / "wards.csv").write_text(SUPPRESSED, encoding="utf-8")
    found = caseapp(Settings(home=tmp_path / "none"), "attack", str(folder), "--json")
    assert found.exit_code == 0, found.output
    cells = {cell["cell"].get("ward", "all"): cell for cell in json.loads(found.stdout)["cells"]}
    assert cells["south"]["lower"] == cells["south"]["upper"] == 3


def test_an_attack_on_what_is_no_release_says_so(tmp_path: Path) -> None:
    found = caseapp(Settings(home=tmp_path / "none"), "attack", str(tmp_path))
    assert found.exit_code == 2


@pytest.mark.parametrize("month", ["2026-13", "october", "2199-01"])
def test_a_month_that_cannot_be_counted_makes_no_release(settings: Settings, month: str) -> None:
    folder = settings.home.parent / "releases"
    result = caseapp(settings, "export", "--month", month, "--to", str(folder))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert not folder.exists()


def test_a_plan_of_an_unknown_case_is_one_line(settings: Settings) -> None:
    paper = settings.home.parent / "plan.pdf"
    result = caseapp(settings, "plan", "--case", "BCDF-GHJK", "--to", str(paper))
    assert result.exit_code == 1
    assert "no case with this reference" in result.stderr
    assert not paper.exists()
