"""Reading Open Referral UK 3.0: what fits is taken over, all else is refused with its reason.

Source of the field names: the schemata of the Open Referral UK profile 3.0 (service, organization,
service_area, service_at_location, location, accessibility, language, contact, phone, attribute,
taxonomy_term), and of the Human Services Data Specification 3.0 for wait_time, languages and
eligibility_description. Fields that we do not know are left out.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from caseapp.directory.entries import Entry, each_once
from caseapp.directory.needs import need_for
from caseapp.directory.terms import FEMALE, MALE, OUTSIDE, access_in, is_ours
from caseapp.web.typed_text import is_blank, many_lines, one_line

LARGEST = 20 * 1024 * 1024  # bytes
MOST = 10_000  # services
MOST_PROBLEMS = 20
MOST_WORDS = 20_000

Line = Annotated[str, Meta(max_length=2000)]
Words = Annotated[str, Meta(max_length=MOST_WORDS)]
Age = Annotated[float, Meta(ge=0, le=150)]
Few = Meta(max_length=200)


class FeedProblem(Exception):
    """Nothing is imported. `lines`: what is wrong, in plain words, service by service."""

    def __init__(self, *lines: str) -> None:
        super().__init__(lines[0])
        self.lines = lines


class Named(Struct, frozen=True):
    """An organisation, an area, a language or a term of a taxonomy."""

    name: Line | None = None
    code: Line | None = None
    term: Line | None = None
    taxonomy: Line | None = None
    service_area: Line | None = None
    term_uri: Line | None = None


class Attribute(Struct, frozen=True):
    taxonomy_term: Named | None = None


class Accessibility(Struct, frozen=True):
    description: Words | None = None
    details: Words | None = None
    accessibility: Words | None = None


class Location(Struct, frozen=True):
    name: Line | None = None
    accessibility: Annotated[tuple[Accessibility, ...], Few] = ()


class AtLocation(Struct, frozen=True):
    location: Location | None = None


class Phone(Struct, frozen=True):
    number: Line | None = None


class Contact(Struct, frozen=True):
    phones: Annotated[tuple[Phone, ...], Few] | None = None


class FedService(Struct, frozen=True):
    """One service as the standard writes it."""

    id: UUID
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    status: str
    organization: Named | None = None
    description: Words | None = None
    url: Annotated[str, Meta(max_length=500)] | None = None
    email: Annotated[str, Meta(max_length=254)] | None = None
    minimum_age: Age | None = None
    maximum_age: Age | None = None
    eligibility_description: Words | None = None
    wait_time: Line | None = None
    assured_date: Annotated[str, Meta(max_length=40)] | None = None
    service_areas: Annotated[tuple[Named, ...], Few] | None = None
    service_at_locations: Annotated[tuple[AtLocation, ...], Few] | None = None
    languages: Annotated[tuple[Named, ...], Few] | None = None
    contacts: Annotated[tuple[Contact, ...], Few] | None = None
    phones: Annotated[tuple[Phone, ...], Few] | None = None
    attributes: Annotated[tuple[Attribute, ...], Few] | None = None


STATUSES = {"active", "inactive", "defunct", "temporarily closed"}


class Page(Struct, frozen=True):
    """A page of an answer to /services; total_pages tells whether there are more."""

    contents: list[msgspec.Raw]
    total_pages: Annotated[int, Meta(ge=0, le=1_000_000)] = 1
    page_number: Annotated[int, Meta(ge=0, le=1_000_000)] = 1


_page = msgspec.json.Decoder(Page)
_list = msgspec.json.Decoder(list[msgspec.Raw])
_service = msgspec.json.Decoder(FedService)


def read_feed(data: bytes) -> tuple[Entry, ...]:
    """The services of a page, a list, or a single one. Raises FeedProblem."""
    return read_services(parts_of(data)[0])


def parts_of(data: bytes) -> tuple[list[msgspec.Raw], int]:
    """The services, not yet read, and how many pages there are in all. Raises FeedProblem."""
    if len(data) > LARGEST:
        raise FeedProblem(f"The file is too large: it can be up to {LARGEST // 1024**2} MB")
    data = data.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        if data.startswith(b"["):
            return _list.decode(data), 1
        if b'"contents"' in data:
            page = _page.decode(data)
            return page.contents, page.total_pages
        if data.startswith(b"{"):
            return [msgspec.Raw(data)], 1
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    raise FeedProblem(
        "This is not a list of services in Open Referral UK JSON. Nothing was imported"
    )


def read_services(parts: list[msgspec.Raw]) -> tuple[Entry, ...]:
    """Raises FeedProblem, which names the first faulty services."""
    if not parts:
        raise FeedProblem("There is no service in it")
    if len(parts) > MOST:
        raise FeedProblem(f"There are more than {MOST:,} services in it")
    entries: list[Entry] = []
    problems: list[str] = []
    for number, part in enumerate(parts, 1):
        try:
            entries.append(_entry(_service.decode(part)))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as fault:
            problems.append(f"Service {number}: {_in_words(fault)}")
    twice = [str(each) for each, n in Counter(e.id for e in entries).items() if n > 1]
    problems += [f"The id {each} stands there more than once" for each in twice]
    if problems:
        more = len(problems) - MOST_PROBLEMS
        shown = problems[:MOST_PROBLEMS] + ([f"and {more} more"] if more > 0 else [])
        raise FeedProblem(*shown)
    return tuple(entries)


def _entry(fed: FedService) -> Entry:
    if fed.status not in STATUSES:
        raise ValueError("its status is none of the standard")
    low, high = _whole(fed.minimum_age), _whole(fed.maximum_age)
    if low is not None and high is not None and low > high:
        raise ValueError("its minimum age is above its maximum age")
    name = one_line(fed.name)
    if is_blank(name):
        raise ValueError("it has no name")
    terms = [attribute.taxonomy_term for attribute in fed.attributes or ()]
    words = set(_codes(terms))
    return Entry(
        id=fed.id,
        name=name,
        organisation=one_line(_name_of(fed.organization))[:200],
        description=many_lines(fed.description or ""),
        minimum_age=low,
        maximum_age=high,
        sexes=next(
            (code for term, code in ((FEMALE, "female"), (MALE, "male")) if term in words), ""
        ),
        eligibility=many_lines(fed.eligibility_description or ""),
        takes_from_outside=OUTSIDE.get(next(iter(words & OUTSIDE.keys()), "")),
        waiting_time=one_line(fed.wait_time or "")[:200],
        phone=next(_phones(fed), "")[:60],
        email=one_line(fed.email or ""),
        url=_web_address(fed.url),
        last_checked_on=_day(fed.assured_date),
        is_open=fed.status == "active",
        needs=tuple(dict.fromkeys(filter(None, map(need_for, _codes(terms))))),
        areas=each_once(_areas(fed)),
        languages=each_once(_short(each.name or each.code) for each in fed.languages or ()),
        access=access_in(" ".join(_access_words(fed)), words),
    )


def _codes(terms: list[Named | None]) -> Iterator[str]:
    """Our own code where it is a term of ours; else the words that it is called by."""
    for term in filter(None, terms):
        ours, theirs = (term.term or term.code, term.name or term.term)
        yield ((ours if is_ours(term.taxonomy) else theirs) or "").strip()


def _name_of(organisation: Named | None) -> str:
    return (organisation.name or "") if organisation else ""


def _areas(fed: FedService) -> Iterator[str]:
    for area in fed.service_areas or ():
        yield _short(area.name or area.service_area)


def _phones(fed: FedService) -> Iterator[str]:
    found = [*(fed.phones or ())]
    found += [phone for contact in fed.contacts or () for phone in contact.phones or ()]
    for phone in found:
        number = one_line(phone.number or "")
        if number:
            yield number


def _access_words(fed: FedService) -> Iterator[str]:
    for place in fed.service_at_locations or ():
        for access in place.location.accessibility if place.location else ():
            yield from filter(None, (access.description, access.details, access.accessibility))


def _web_address(text: str | None) -> str:
    """Only what a browser opens as a page: a link of another kind could run something."""
    address = one_line(text or "")
    if address and not address.lower().startswith(("https://", "http://")):
        raise ValueError("its web address does not begin with https:// or http://")
    return address


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise ValueError("the date of its last check is no date") from None


def _whole(age: float | None) -> int | None:
    return None if age is None else int(age)


def _short(text: str | None) -> str:
    return one_line(text or "")[:100]


def _in_words(fault: Exception) -> str:
    """What msgspec says of a place, without what stood there."""
    if isinstance(fault, msgspec.ValidationError):
        return str(fault).replace("`", "").replace("$.", "").replace(" - at $", "")
    if isinstance(fault, msgspec.MsgspecError | UnicodeDecodeError | RecursionError):
        return "it is not valid JSON"
    return str(fault)
