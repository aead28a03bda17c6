"""The attacker has the whole disk, and knows whom to look for: every name, postcode and note."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config import PROJECT
from tests.attacks.byte_search import ByteSearch

CASES = int(os.environ.get("CASES_ON_DISK", "150"))
ENDS = 48  # characters at either end of a long text: a torn page would hold at least one


class Disk:
    """A demo home, what else the command left on the disk, and the truth that it told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "disk"
        self.truth = folder / "truth.jsonl"
        self.home = self.folder / "home"
        for name in ("tmp", "user"):
            (self.folder / name).mkdir(parents=True)

    def fill(self) -> None:
        words = ["--cases", str(CASES), "--seed", "7", "--truth", str(self.truth)]
        made = subprocess.run(
            [sys.executable, "-m", "caseapp.cli", "demo", *words],
            cwd=PROJECT,
            env={
                "PATH": os.environ["PATH"],
                "CASEAPP_HOME": str(self.home),
                "TMPDIR": str(self.folder / "tmp"),
                "HOME": str(self.folder / "user"),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        (self.folder / "output").write_text(made.stdout + made.stderr, encoding="utf-8")

    def told(self) -> list[dict[str, Any]]:
        lines = self.truth.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    disk = Disk(tmp_path_factory.mktemp("stolen"))
    disk.fill()
    return disk


@pytest.fixture(scope="module")
def search(disk: Disk) -> ByteSearch:
    return ByteSearch(word for told in disk.told() for word in secrets_of(told))


# What any leaflet or report says, and the codes of answers that hold no word of anybody.
OF_NOBODY = {"service", "figure", "action", "survey_response"}


def secrets_of(told: dict[str, Any]) -> Iterator[str]:
    """What nobody may find. Short words stand with the field that they would be stored in."""
    if told["kind"] == "user":
        yield from (told["name"], told["email"])
        return
    if told["kind"] in OF_NOBODY:
        return
    yield from secrets_of_person(told["person"])
    if told["kind"] == "incoming":
        yield told["summary"][:ENDS]
        return
    yield told["reference"]
    yield from secrets_of_household(told)
    texts = [text for note in told["notes"] for text in (note["fact"], note["opinion"])]
    texts += [incident["description"] for incident in told["incidents"]]
    texts += [judged["reasons"] for judged in told["risk"]]
    texts += [told["summary"], (told["closed"] or {}).get("note", "")]
    for version in (told["plan"] or {"versions": ()})["versions"]:
        texts += [words for section in version["sections"].values() for words in section.values()]
    yield from (end for text in texts if text for end in (text[:ENDS], text[-ENDS:]))
    yield from (i["crime_number"] for i in told["incidents"] if i["crime_number"])


def secrets_of_person(person: dict[str, Any]) -> Iterator[str]:
    yield f"{person['given_name']} {person['family_name']}".strip()
    for field in ("given_name", "family_name", "postcode", "phone", "email", "address", "alerts"):
        yield from (person[field], f'"{field}":"{person[field]}"') if person[field] else ()


def secrets_of_household(told: dict[str, Any]) -> Iterator[str]:
    """Who belongs to the person, and who is said to have done it."""
    for child in told["household"]:
        yield from (word for word in (child["name"], child["mash_reference"]) if word)
    for one in told["alleged"]:
        name = f"{one['given_name']} {one['family_name']}".strip()
        if one["recorded"] and name:
            yield f'"{name}"' if " " not in name else name
    yield from (task["what"][:ENDS] for task in told["tasks"])
    yield from (shared["what"][:ENDS] for shared in told["sharing"])


def test_no_name_postcode_or_note_is_found_in_any_byte_on_the_disk(
    disk: Disk, search: ByteSearch
) -> None:
    assert search.found_under(disk.folder) == {}


def test_the_same_search_finds_them_all_where_they_are_in_plain_sight(
    disk: Disk, search: ByteSearch
) -> None:
    cases = [told for told in disk.told() if told["kind"] == "case"]
    found = search.found_in(disk.truth.read_bytes())
    assert len(cases) == CASES
    for told in cases:
        assert {told["reference"], told["person"]["address"]} - {""} <= found
        assert all(note["fact"][-ENDS:] in found for note in told["notes"])


@pytest.mark.parametrize(
    "word", ["Sagal Warsame", "ወልደሥላሴ", "Zoë O'Malley-Okafor", "W10 5CK, flat"]
)
def test_the_search_sees_through_every_disguise(word: str) -> None:
    plain = word.encode()
    hidden = [
        plain,
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        plain.hex().encode(),
        plain.hex().upper().encode(),
        plain[::-1],
        word[::-1].encode(),
        word.casefold().encode(),
        json.dumps(word).encode(),
        *(b64encode(b"x" * lead + plain + b"tail") for lead in range(3)),
    ]
    search = ByteSearch([word, "somebody else"])
    for form in hidden:
        assert search.found_in(os.urandom(5_000) + form + os.urandom(5_000)) == {word}
    assert search.found_in(os.urandom(100_000)) == set()


def test_a_word_across_the_edge_of_two_chunks_is_found() -> None:
    edge = 1 << 22
    search = ByteSearch(["Sagal Warsame"])
    for start in range(edge - 14, edge + 2):
        assert search.found_in(b"\0" * start + b"Sagal Warsame" + b"\0" * 9) == {"Sagal Warsame"}
