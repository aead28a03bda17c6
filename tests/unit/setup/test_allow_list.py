"""Only what the allow-list names leaves an npm package."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseapp.documents import fonts
from caseapp.documents.pictures import PICTURES
from caseapp.setup.allow_list import allowed_files
from caseapp.setup.assets import MAKERS, copy_allowed, state
from caseapp.setup.console import SetupProblem
from config import PROJECT

SHAPE = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M1 2Z" fill="currentColor"/></svg>'


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A node_modules with every allowed file in it."""
    folder = tmp_path / "node_modules"
    for source in allowed_files():
        (folder / source).parent.mkdir(parents=True, exist_ok=True)
        content = SHAPE if source.endswith(".svg") else "content"
        (folder / source).write_text(content, encoding="ascii")
    return folder


def copied(vendor: Path) -> set[str]:
    return {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()}


def test_nothing_beside_the_list_is_copied(packages: Path, tmp_path: Path) -> None:
    (packages / "govuk-frontend/dist/govuk/extra.js").write_text("stowaway", encoding="ascii")
    copy_allowed(packages, tmp_path / "vendor")
    assert copied(tmp_path / "vendor") == set(allowed_files().values())


def test_no_crest_and_no_gov_uk_typeface_is_on_the_list() -> None:
    assert not [path for path in allowed_files() if "/assets/" in path]


def test_no_two_files_land_on_one_name() -> None:
    targets = list(allowed_files().values())
    assert len(targets) == len(set(targets))


def test_every_face_of_the_paper_is_brought() -> None:
    assert {f"fonts/{face.file}" for face in fonts.FACES} <= set(allowed_files().values())


def test_a_file_that_a_package_no_longer_holds_is_named(packages: Path, tmp_path: Path) -> None:
    (packages / "govuk-frontend/dist/govuk/govuk-frontend.min.js").unlink()
    with pytest.raises(SetupProblem, match=r"govuk-frontend\.min\.js"):
        copy_allowed(packages, tmp_path / "vendor")


def test_a_link_out_of_the_package_is_refused(packages: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("of the machine", encoding="ascii")
    script = packages / "govuk-frontend/dist/govuk/govuk-frontend.min.js"
    script.unlink()
    script.symlink_to(secret)
    with pytest.raises(SetupProblem):
        copy_allowed(packages, tmp_path / "vendor")


def test_the_stylesheet_is_cleaned_on_its_way(packages: Path, tmp_path: Path) -> None:
    stylesheet = packages / "govuk-frontend/dist/govuk/govuk-frontend.min.css"
    stylesheet.write_text("body{font-family:GDS Transport,arial}", encoding="ascii")
    copy_allowed(packages, tmp_path / "vendor")
    copy = tmp_path / "vendor/govuk-frontend/govuk-frontend.min.css"
    assert "GDS" not in copy.read_text(encoding="ascii")


def test_every_picture_that_is_not_our_own_is_brought_with_its_licence() -> None:
    wanted = {f"pictures/{one.file}" for one in PICTURES.values() if not one.is_own}
    brought = {path for path in allowed_files().values() if path.startswith("pictures/")}
    assert brought == wanted | {"pictures/LICENSE"}


def test_a_picture_with_a_script_in_it_stops_the_set_up(packages: Path, tmp_path: Path) -> None:
    picture = packages / "healthicons/public/icons/svg/filled/objects/phone.svg"
    picture.write_text("<svg><script>alert(1)</script></svg>", encoding="ascii")
    with pytest.raises(SetupProblem, match=r"phone\.svg"):
        copy_allowed(packages, tmp_path / "vendor")


@pytest.mark.parametrize("name", MAKERS)
def test_a_change_of_what_the_assets_are_made_of_is_noticed(name: str, tmp_path: Path) -> None:
    for each in MAKERS:
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).write_text("as it was", encoding="ascii")
    before = state(tmp_path)
    assert state(tmp_path) == before
    (tmp_path / name).write_text("a picture more", encoding="ascii")
    assert state(tmp_path) != before


def test_all_that_the_assets_are_made_of_is_there() -> None:
    assert [name for name in MAKERS if not (PROJECT / name).is_file()] == []
    assert {"caseapp/documents/pictures.toml", "package-lock.json"} <= set(MAKERS)
