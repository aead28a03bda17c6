"""Finding services: by need, area, language, access and place, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from caseapp.database import db
from caseapp.directory.models import ACCESS, AREA, LANGUAGE, NEED, Service, ServiceTag
from caseapp.vault.folding import fold_letters, fold_name

PAGE_SIZE = 25


@dataclass(frozen=True)
class ServicePage:
    """One page of what was found, and how many there are in all."""

    rows: Sequence[Service]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def find_service(service_id: UUID) -> Service | None:
    """Open or closed: an old referral may name one that has closed since."""
    return db.session.get(Service, service_id)


def services_for(
    *,
    need: str | None = None,
    area: str | None = None,
    language: str | None = None,
    accessible: str | None = None,
    outside: bool | None = None,
    age: int | None = None,
    text: str = "",
    include_closed: bool = False,
    page: int = 1,
) -> ServicePage:
    """Services that fit all that is asked, by name. `need` is list/code as in needs.py, `area` and
    `language` are names, `accessible` a code of service_access; `outside` True keeps those that
    take people from outside the borough."""
    query = select(Service)
    asked = (
        (NEED, need),
        (AREA, fold_letters(area or "")),
        (LANGUAGE, fold_letters(language or "")),
        (ACCESS, accessible),
    )
    for kind, code in asked:
        if code:
            query = query.where(Service.id.in_(_tagged(kind, code)))
    query = _narrowed(query, outside=outside, age=age, text=text, include_closed=include_closed)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    in_order = query.order_by(Service.folded_name, Service.id)
    rows = db.session.scalars(in_order.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    return ServicePage(rows, total, page)


def names_in_use() -> dict[str, list[str]]:
    """The areas and languages that some service has, each by its name, for the drop-down boxes."""
    query = select(ServiceTag.kind, ServiceTag.code, func.min(ServiceTag.label).label("label"))
    query = query.where(ServiceTag.kind.in_((AREA, LANGUAGE)))
    found: dict[str, list[str]] = defaultdict(list)
    for row in db.session.execute(query.group_by(ServiceTag.kind, ServiceTag.code)):
        found[row.kind].append(row.label)
    return {kind: sorted(found[kind]) for kind in (AREA, LANGUAGE)}


def services_by_id(ids: Sequence[UUID]) -> dict[UUID, Service]:
    """Those that are known, with their tags; 500 a query, since a database takes no more."""
    known: dict[UUID, Service] = {}
    for start in range(0, len(ids), 500):
        query = select(Service).where(Service.id.in_(ids[start : start + 500]))
        known |= {service.id: service for service in db.session.scalars(query)}
    return known


def every_service() -> Sequence[Service]:
    return db.session.scalars(select(Service).order_by(Service.folded_name, Service.id)).all()


def _tagged(kind: str, code: str) -> Select[Any]:
    return select(ServiceTag.service_id).where(ServiceTag.kind == kind, ServiceTag.code == code)


def _narrowed(
    query: Select[Any], *, outside: bool | None, age: int | None, text: str, include_closed: bool
) -> Select[Any]:
    if not include_closed:
        query = query.where(Service.is_open)
    if outside:
        query = query.where(Service.takes_from_outside.is_(True))
    if age is not None:
        query = query.where(
            or_(Service.minimum_age.is_(None), Service.minimum_age <= age),
            or_(Service.maximum_age.is_(None), Service.maximum_age >= age),
        )
    for word in fold_name(text).split()[:8]:
        query = query.where(Service.folded_name.contains(word, autoescape=True))
    return query
