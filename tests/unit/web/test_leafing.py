"""Which page of a long list an address asks for."""

import pytest
from flask import Flask

from caseapp.web.leafing import page_number


@pytest.mark.parametrize(
    ("asked", "page"),
    [("", 1), ("?page=3", 3), ("?page=9999999", 9_999_999), ("?page=0", 1), ("?page=-2", 1),
     ("?page=x", 1), ("?page=", 1), ("?page=10000000", 1), ("?page=%D9%A3", 1), ("?page=%00", 1)],
)  # fmt: skip
def test_what_is_no_page_of_a_list_is_its_first(gallery: Flask, asked: str, page: int) -> None:
    with gallery.test_request_context(f"/{asked}"):
        assert page_number() == page
