"""`caseapp plan`: a PDF into a file, audited, and one plain line for whatever is in the way."""

import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.cli import main
from caseapp.database import db
from config import Settings
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app
from tests.paper_words import words_on
from tests.serving import environment_of
from tests.unit.plans.conftest import WritePlan

pytestmark = pytest.mark.usefixtures("own_printer")

PRINTED = {"version": 1, "format": "standard", "language": "en", "locked": 0}


@pytest.fixture
def settings(peopled_home: tuple[Path, Cast], tmp_path: Path) -> Settings:
    return copy_home(peopled_home[0], tmp_path / "copy")


@contextmanager
def inside(settings: Settings) -> Iterator[None]:
    """As if in a request: the lock is let go at the end."""
    with running_app(open_app(settings)) as app, app.app_context():
        yield


@pytest.fixture
def reference(settings: Settings, cast: Cast) -> str:
    with inside(settings):
        return db.session.get_one(Case, cast.case_id).head.reference


def caseapp_plan(settings: Settings, reference: str, file: Path, *more: str) -> Result:
    words = ["plan", "--case", reference, "--to", str(file), *more]
    return CliRunner().invoke(main, words, env=environment_of(settings))


def printed(settings: Settings) -> list[dict[str, object]]:
    with inside(settings):
        query = select(AuditEntry).where(AuditEntry.kind == "plan_printed")
        return [json.loads(entry.detail) for entry in db.session.scalars(query)]


def test_a_plan_is_written_into_the_file_and_audited(
    settings: Settings, reference: str, write_plan: WritePlan, tmp_path: Path
) -> None:
    with inside(settings):
        write_plan(home="I go to my aunt.")
    done = caseapp_plan(settings, reference.lower(), tmp_path / "my-plan.pdf")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "my-plan.pdf").read_bytes().startswith(b"%PDF")
    assert printed(settings) == [PRINTED]


def test_nobody_else_on_the_machine_can_read_the_file(
    settings: Settings, reference: str, write_plan: WritePlan, tmp_path: Path
) -> None:
    with inside(settings):
        write_plan(home="I go to my aunt.")
    file = tmp_path / "my-plan.pdf"
    assert caseapp_plan(settings, reference, file).exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_unsafe_copy_names_the_reasons_that_would_let_it_out(
    settings: Settings, reference: str, write_plan: WritePlan, tmp_path: Path
) -> None:
    with inside(settings):
        write_plan(copy_is_safe=False)
    file = tmp_path / "my-plan.pdf"
    refused = caseapp_plan(settings, reference, file)
    assert refused.exit_code == 1
    assert "--copy-reason read_together" in refused.stderr
    assert not file.exists()
    assert printed(settings) == []
    done = caseapp_plan(settings, reference, file, "--copy-reason", "office_file")
    assert done.exit_code == 0, done.output
    assert printed(settings) == [{**PRINTED, "copy_reason": "office_file"}]


def test_a_reason_says_that_a_copy_is_not_safe_whatever_the_plan_says(
    settings: Settings, reference: str, write_plan: WritePlan, tmp_path: Path
) -> None:
    with inside(settings):
        write_plan()
    file = tmp_path / "my-plan.pdf"
    refused = caseapp_plan(settings, reference, file, "--copy-reason", "made_up")
    assert (refused.exit_code, file.exists(), printed(settings)) == (1, False, [])
    assert "--copy-reason read_together" in refused.stderr


@pytest.mark.parametrize("form", ["easy_read", "easy-read"])
def test_format_language_and_password_are_kept_to_and_audited(
    settings: Settings, reference: str, write_plan: WritePlan, tmp_path: Path, form: str
) -> None:
    with inside(settings):
        write_plan()
    file, secret = tmp_path / "my-plan.pdf", tmp_path / "secret.txt"
    secret.write_text("lantern orchard ١٢\nnot this line", encoding="utf-8")
    how = ("--format", form, "--language", "ar", "--password-file", str(secret))
    done = caseapp_plan(settings, reference, file, *how)
    assert done.exit_code == 0, done.output
    assert printed(settings) == [{**PRINTED, "format": "easy_read", "language": "ar", "locked": 1}]
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(file)
    with pikepdf.open(file, password="lantern orchard ١٢") as pdf:
        assert pdf.encryption.bits == 256
        assert str(pdf.Root.Lang) == "ar"


@pytest.mark.parametrize("secret", [b"short", b"", b"\xff\xfe\xfa\xfb\xff\xfe\xfa\xfb", b"x" * 128])
def test_a_password_that_nobody_should_rely_on_is_refused_and_not_repeated(
    settings: Settings, reference: str, write_plan: WritePlan, tmp_path: Path, secret: bytes
) -> None:
    with inside(settings):
        write_plan()
    file, password_file = tmp_path / "my-plan.pdf", tmp_path / "secret.txt"
    password_file.write_bytes(secret)
    refused = caseapp_plan(settings, reference, file, "--password-file", str(password_file))
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert not file.exists()
    assert "short\n" not in refused.stderr
    assert printed(settings) == []


def test_a_childs_plan_without_words_for_children_holds_our_own(
    settings: Settings, reference: str, write_plan: WritePlan, tmp_path: Path
) -> None:
    with inside(settings):
        write_plan()
    file = tmp_path / "my-plan.pdf"
    assert caseapp_plan(settings, reference, file, "--format", "child").exit_code == 0
    assert "It is not your fault." in words_on(file.read_bytes())


def test_what_is_in_the_way_is_one_plain_line(
    settings: Settings, reference: str, write_plan: WritePlan, tmp_path: Path
) -> None:
    file = tmp_path / "my-plan.pdf"
    none_yet = caseapp_plan(settings, reference, file)
    with inside(settings):
        write_plan()
    no_case = caseapp_plan(settings, "ZZZZ-ZZZZ", file)
    no_folder = caseapp_plan(settings, reference, tmp_path / "none" / "my-plan.pdf")
    no_language = caseapp_plan(settings, reference, file, "--language", "cy")
    assert [one.exit_code for one in (none_yet, no_case, no_folder, no_language)] == [1, 1, 1, 2]
    assert "no safety plan yet" in none_yet.stderr
    assert "no case with this reference" in no_case.stderr
    assert "cannot be written" in no_folder.stderr
    assert "'cy' is not one of 'en', 'ar'" in no_language.stderr
    for one in (none_yet, no_case, no_folder):
        assert one.stderr.count("\n") == 1
    assert not file.exists()
