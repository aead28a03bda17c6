"""A locked plan opens with its password alone, and is then the same tagged plan."""

from __future__ import annotations

import io
import unicodedata
import zlib
from contextlib import suppress

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.documents.locking import LONGEST_PASSWORD, PasswordUnfit, lock, prepared
from caseapp.documents.plan_paper import plan_html
from caseapp.documents.rendering import render_pdf
from tests.unit.documents.conftest import faults, text_of
from tests.unit.documents.filled_plan import filled_plan

PASSWORD = "Käse 🧀 خبز"


@pytest.fixture(scope="module")
def plain() -> bytes:
    return render_pdf(plan_html(filled_plan("youth_violence", "ar"), "pocket_card"))


def unlocked(pdf: bytes, password: str) -> bytes:
    opened = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf), password=password) as document:
        document.save(opened)
    return opened.getvalue()


def test_it_opens_with_the_password_and_with_no_other(plain: bytes) -> None:
    locked = lock(plain, PASSWORD)
    for wrong in ("", "Käse", PASSWORD + "!", PASSWORD.lower()):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(locked), password=wrong)
    with pypdfium2.PdfDocument(locked, password=PASSWORD) as document:
        assert len(document) == 1


def test_it_is_locked_with_aes_of_256_bits_metadata_and_all(plain: bytes) -> None:
    with pikepdf.open(io.BytesIO(lock(plain, PASSWORD)), password=PASSWORD) as document:
        assert (document.encryption.R, document.encryption.bits) == (6, 256)
        methods = {document.encryption.stream_method, document.encryption.string_method}
        assert methods == {pikepdf.models.EncryptionMethod.aesv3}
        assert document.trailer.Encrypt.get("/EncryptMetadata", True)
        assert document.allow.accessibility


def test_nothing_of_the_plan_can_be_read_without_the_password(plain: bytes) -> None:
    before, after = readable(plain), readable(lock(plain, PASSWORD))
    for word in (b"/Title", b"pdfuaid", b"WeasyPrint", b"StructElem", b"/Font", b"beginbfchar"):
        assert word in before
        assert word not in after
    assert PASSWORD.encode() not in after


def readable(pdf: bytes) -> bytes:
    """The file, and all in it that is only compressed."""
    found = [pdf]
    for part in pdf.split(b"stream\n")[1:]:
        with suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(part))
    return b"\n".join(found)


def test_opened_it_is_the_same_tagged_plan(plain: bytes) -> None:
    again = unlocked(lock(plain, PASSWORD), PASSWORD)
    assert faults(again) == []
    assert text_of(again) == text_of(plain)
    with pikepdf.open(io.BytesIO(again)) as document:
        assert document.Root.Lang == "ar"
        assert document.Root.StructTreeRoot.K is not None


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_password_opens_what_it_locked_however_a_keyboard_composes_it(password: str) -> None:
    try:
        key = prepared(password)
    except PasswordUnfit:
        return
    for form in ("NFC", "NFD"):
        locked = lock(SMALL, unicodedata.normalize(form, password))
        with pikepdf.open(io.BytesIO(locked), password=key) as document:
            assert len(document.pages) == 1


def _small() -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(made)
    return made.getvalue()


SMALL = _small()


def test_a_letter_and_its_mark_typed_apart_open_it_too(plain: bytes) -> None:
    locked = lock(plain, unicodedata.normalize("NFD", "Zażółć"))
    with pypdfium2.PdfDocument(locked, password="Zażółć") as document:
        assert len(document) == 1


@pytest.mark.parametrize(
    "password", ["", "\u00ad", "a\x00b", "\n", "a" * (LONGEST_PASSWORD + 1), "خ" * 64]
)
def test_an_unfit_password_is_refused_and_not_quoted(plain: bytes, password: str) -> None:
    with pytest.raises(PasswordUnfit) as caught:
        lock(plain, password)
    assert not password or password not in str(caught.value)


def test_two_locks_with_one_password_share_no_key(plain: bytes) -> None:
    one, other = lock(plain, PASSWORD), lock(plain, PASSWORD)
    assert len({_file_key(one), _file_key(other)}) == 2


def _file_key(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf), password=PASSWORD) as document:
        return document.encryption.encryption_key
