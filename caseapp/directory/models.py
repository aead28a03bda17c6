"""A service that people can be referred to. Public knowledge, so nothing of it is sealed."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.database import Base, PlainBase

NEED, AREA, LANGUAGE, ACCESS = KINDS = ("need", "area", "language", "access")


class ServiceTag(PlainBase):
    """One thing that a service is found by: a need it meets, an area, a language, an access."""

    __tablename__ = "service_tags"
    # With the label, so that the names in use are read from the index alone.
    __table_args__ = (Index("ix_service_tags_kind_code", "kind", "code", "label"),)

    service_id: Mapped[UUID] = mapped_column(ForeignKey("services.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    code: Mapped[str] = mapped_column(String(100), primary_key=True)
    label: Mapped[str] = mapped_column(String(100))


class Service(Base):
    """One service of one organisation. It is closed and never deleted: old referrals name it."""

    __tablename__ = "services"
    __table_args__ = (Index("ix_services_is_open_name", "is_open", "folded_name"),)

    name: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str] = mapped_column(String(200))
    folded_name: Mapped[str] = mapped_column(String(500))  # of both, for finding and sorting
    description: Mapped[str] = mapped_column(Text)
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    sexes: Mapped[str] = mapped_column(String(10))  # female, male, or empty for everybody
    eligibility: Mapped[str] = mapped_column(Text)
    takes_from_outside: Mapped[bool | None]  # None: not known
    waiting_time: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(254))
    url: Mapped[str] = mapped_column(String(500))
    last_checked_on: Mapped[date | None]
    is_open: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str] = mapped_column(String(200))  # empty: typed in here

    tags: Mapped[list[ServiceTag]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by=ServiceTag.label
    )


class DirectoryImport(Base):
    """What a file or an address brought, read and waiting to be looked at."""

    __tablename__ = "directory_imports"

    source: Mapped[str] = mapped_column(String(200))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    asked_on: Mapped[date]
    entries: Mapped[bytes] = mapped_column(LargeBinary)
    seen: Mapped[bytes] = mapped_column(LargeBinary(32))  # the directory as the preview showed it
    is_done: Mapped[bool] = mapped_column(default=False)
