"""A model's declaration: what would leave something unbound or unreadable is refused."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import MetaData, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from caseapp.vault.seal_plans import plan_of
from caseapp.vault.sealed_rows import SealedDocument, SealedRow
from tests.unit.vault.sealed_notes import Case, CaseHead, Note


def declare(columns: dict[str, Any], kinds: dict[str, Any], **declared: Any) -> type:
    """A sealed model with these columns and declarations, in a registry of its own."""

    class Base(DeclarativeBase):
        metadata = MetaData()

    fields: dict[str, Any] = {
        "__tablename__": "things", "__label__": "thing", "__key_owner__": "id",
        "__key_kind__": "case", "__bound_columns__": tuple(columns),
        "id": mapped_column(primary_key=True), "revision": mapped_column(),
        "head": SealedDocument(CaseHead), **columns, **declared,
    }  # fmt: skip
    annotations = {"id": Mapped[UUID], "revision": Mapped[int], **kinds}
    fields = {name: value for name, value in fields.items() if value is not ...}
    return type("Thing", (SealedRow, Base), {**fields, "__annotations__": annotations})


def test_a_plan_names_what_is_bound_and_whose_key_it_is() -> None:
    assert plan_of(Note).bound == ("case_id", "author_id")
    assert (plan_of(Note).has_own_key, plan_of(Case).has_own_key) == (False, True)
    assert plan_of(Note).documents.keys() == {"head", "body"}
    assert plan_of(Case).documents.keys() == {"head"}


def test_a_body_column_may_be_empty_only_where_there_is_no_body() -> None:
    assert not Note.__table__.c.sealed_body.nullable
    assert Case.__table__.c.sealed_body.nullable
    assert not Case.__table__.c.sealed_head.nullable
    assert not Case.__table__.c.row_seal.nullable


@pytest.mark.parametrize(
    "name", ["__label__", "__key_owner__", "__key_kind__", "__bound_columns__"]
)
def test_a_model_without_a_declaration_is_refused(name: str) -> None:
    with pytest.raises(TypeError, match=name):
        plan_of(declare({}, {}, **{name: ...}))


def test_a_model_without_a_head_is_refused() -> None:
    with pytest.raises(TypeError, match="head"):
        plan_of(declare({}, {}, head=...))


def test_a_key_owner_that_is_not_bound_is_refused() -> None:
    columns, kinds = {"case_id": mapped_column()}, {"case_id": Mapped[UUID]}
    model = declare(columns, kinds, __key_owner__="case_id", __bound_columns__=())
    with pytest.raises(TypeError, match="case_id names the key"):
        plan_of(model)


@pytest.mark.parametrize(
    "options",
    [{"server_default": "open"}, {"onupdate": "x"}, {"default": func.lower("OPEN")}],
    ids=["server default", "onupdate", "SQL default"],
)
def test_a_bound_column_that_the_database_fills_in_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="status is bound"):
        plan_of(declare({"status": mapped_column(**options)}, {"status": Mapped[str]}))


def test_a_bound_column_of_a_kind_that_changes_in_the_database_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        plan_of(declare({"score": mapped_column()}, {"score": Mapped[float]}))


def test_defaults_are_taken_from_values_and_functions() -> None:
    columns = {"one": mapped_column(default="open"), "two": mapped_column(default=uuid4)}
    plan = plan_of(declare(columns, {"one": Mapped[str], "two": Mapped[UUID]}))
    assert plan.defaults["one"]() == "open"
    assert isinstance(plan.defaults["two"](), UUID)
