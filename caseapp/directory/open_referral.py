"""What we know of the shape of Open Referral UK 3.0.

Source of the field names: the schemata of the Open Referral UK profile 3.0 (service, organization,
service_area, service_at_location, location, accessibility, language, contact, phone, attribute,
taxonomy_term), and of the Human Services Data Specification 3.0 for wait_time, languages and
eligibility_description. Fields that we do not know are left out.
"""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Raw, Struct

STATUSES = {"active", "inactive", "defunct", "temporarily closed"}
MOST_WORDS = 20_000

Line = Annotated[str, Meta(max_length=2000)]
Words = Annotated[str, Meta(max_length=MOST_WORDS)]
Age = Annotated[float, Meta(ge=0, le=150)]
Few = Meta(max_length=200)


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


class Page(Struct, frozen=True):
    """A page of an answer to /services; total_pages tells whether there are more."""

    contents: list[Raw]
    total_pages: Annotated[int, Meta(ge=0, le=1_000_000)] = 1
    page_number: Annotated[int, Meta(ge=0, le=1_000_000)] = 1
