"""Open Referral UK JSON: what is taken over, what is refused and why, and there and back again."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseapp.directory.entries import Entry
from caseapp.directory.feeds import LARGEST, MOST, FeedProblem, read_feed
from caseapp.directory.writing import write_feed
from tests.unit.directory.entries import fed, make_entry


def read(*services: dict[str, Any]) -> tuple[Entry, ...]:
    return read_feed(json.dumps(list(services)).encode())


def problems(data: bytes) -> str:
    with pytest.raises(FeedProblem) as caught:
        read_feed(data)
    return "\n".join(caught.value.lines)


def test_a_service_in_full_is_taken_over_by_its_fields() -> None:
    (entry,) = read(
        fed(
            description="Talking",
            minimum_age=12,
            maximum_age=100,
            assured_date="2026-01-02",
            wait_time="6 weeks",
            url="https://example.org/counselling",
            service_areas=[{"id": "x", "name": "Kensington"}],
            languages=[{"id": "x", "name": "Somali", "code": "so"}],
            contacts=[{"id": "x", "name": "A", "phones": [{"id": "x", "number": "020 7946 0000"}]}],
            service_at_locations=[
                {
                    "location": {
                        "accessibility": [{"description": "Step-free, with induction loops"}]
                    }
                }
            ],
            attributes=[{"id": "x", "taxonomy_term": {"name": "Counselling", "taxonomy": "other"}}],
        )
    )
    assert entry == Entry(
        id=UUID(int=7),
        name="Community counselling",
        organisation="Example Trust",
        description="Talking",
        minimum_age=12,
        maximum_age=100,
        last_checked_on=date(2026, 1, 2),
        waiting_time="6 weeks",
        url="https://example.org/counselling",
        phone="020 7946 0000",
        needs=("referral_kind/counselling",),
        areas=("Kensington",),
        languages=("Somali",),
        access=("wheelchair", "hearing_loop"),
    )


def test_what_we_do_not_know_is_left_out() -> None:
    (entry,) = read(fed(funding=[{"id": "x"}], cost_options="free", surprise={"deep": [1]}))
    assert entry.name == "Community counselling"


@pytest.mark.parametrize("wrap", [
    lambda service: service,
    lambda service: [service],
    lambda service: {"contents": [service], "total_pages": 1, "page_number": 1},
])  # fmt: skip
def test_one_service_a_list_and_a_page_are_read_alike(wrap: Any) -> None:
    (entry,) = read_feed(b"\xef\xbb\xbf" + json.dumps(wrap(fed())).encode())
    assert entry.id == UUID(int=7)


@pytest.mark.parametrize(
    ("service", "reason"),
    [
        ({"status": "open"}, "its status is none of the standard"),
        ({"id": "seven"}, "id"),
        ({"name": 7}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "\u200b \x00"}, "it has no name"),
        ({"minimum_age": 30, "maximum_age": 20}, "minimum age is above"),
        ({"minimum_age": 1e300}, "minimum_age"),
        ({"minimum_age": "12"}, "minimum_age"),
        ({"assured_date": "yesterday"}, "is no date"),
        ({"url": "javascript:alert(1)"}, "does not begin with https://"),
        ({"languages": [{"name": "x"}] * 201}, "languages"),
        ({"description": "x" * 20_001}, "description"),
        ({"service_areas": {"name": "x"}}, "service_areas"),
    ],
)
def test_a_faulty_service_is_refused_with_its_number_and_reason(
    service: dict[str, Any], reason: str
) -> None:
    told = problems(json.dumps([fed(), fed(UUID(int=9), **service)]).encode())
    assert told.startswith("Service 2: ")
    assert reason in told


def test_the_first_faults_are_named_and_the_rest_counted() -> None:
    told = problems(json.dumps([fed(UUID(int=n), name=1) for n in range(30)]).encode())
    assert told.count("Service") == 20
    assert told.endswith("and 10 more")


def test_an_id_that_stands_there_twice_is_refused() -> None:
    assert "more than once" in problems(json.dumps([fed(), fed()]).encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"7", b"{", b"[" * 100_000, b'{"contents":' * 5000, b"\xff\xfe{}", b"<html>",
     b'{"contents": 7}', b'[{"id"', b"PK\x03\x04", b"[NaN]"],
)  # fmt: skip
def test_what_is_no_list_of_services_is_refused_kindly(data: bytes) -> None:
    assert problems(data)


def test_an_empty_list_and_one_too_large_are_refused() -> None:
    assert "no service" in problems(b"[]")
    assert "too large" in problems(b" " * (LARGEST + 1))
    assert "more than 10,000" in problems(b"[" + b"{}," * MOST + b"{}]")


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_whatever_is_not_active_is_closed(status: str) -> None:
    assert not read(fed(status=status))[0].is_open


def test_what_was_written_is_read_again_as_it_was() -> None:
    entries = (
        make_entry(),
        make_entry(is_open=False, sexes="female", takes_from_outside=False, needs=("slcn/autism",)),
        Entry(id=UUID(int=1), name="Bare", organisation="Ours"),
    )
    assert read_feed(write_feed(entries)) == entries


def test_what_is_written_has_the_fields_that_the_standard_requires() -> None:
    page = json.loads(write_feed([make_entry()]))
    assert {"total_items", "total_pages", "page_number", "size", "first_page", "last_page",
            "empty", "contents"} == page.keys()  # fmt: skip
    (service,) = page["contents"]
    assert {"id", "name", "status"} <= service.keys()
    assert {"id", "name"} <= service["organization"].keys()
    assert all("id" in each for each in service["attributes"])


@given(st.binary(max_size=400))
def test_no_bytes_at_all_do_more_than_be_refused(data: bytes) -> None:
    with pytest.raises(FeedProblem):
        read_feed(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=15,
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a slow machine draws slowly
@given(st.dictionaries(st.sampled_from(sorted(Entry.__struct_fields__) + ["contacts", "status",
       "attributes", "organization", "service_areas", "service_at_locations"]), JSON))  # fmt: skip
def test_any_json_in_any_field_is_read_or_refused(facts: dict[str, Any]) -> None:
    data = json.dumps([{**fed(), **facts}]).encode(errors="surrogatepass")
    try:
        found = read_feed(data)
    except FeedProblem:
        return
    assert len(found) == 1
