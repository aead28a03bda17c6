import stat
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from jinja2 import UndefinedError

from caseapp.web.presentation import bytecode_cache


def drawn(gallery: Flask, source: str, **given: object) -> str:
    with gallery.test_request_context("/"):
        return render_template_string(source, **given)


def test_a_misspelt_name_in_a_template_is_an_error_and_not_a_blank(gallery: Flask) -> None:
    with pytest.raises(UndefinedError):
        drawn(gallery, "{{ persn }}")


def test_typed_text_is_escaped_and_keeps_its_lines_and_direction(gallery: Flask) -> None:
    assert drawn(gallery, "{{ text | typed }}", text="<b>\nسلام") == (
        '<div class="app-typed" dir="auto">&lt;b&gt;\nسلام</div>'
    )
    assert drawn(gallery, "{{ none | typed }}") == ""


def test_codes_are_shown_in_words(gallery: Flask) -> None:
    assert drawn(gallery, '{{ "female" | label_of("sex") }}') == "Female"
    assert drawn(gallery, '{{ none | label_of("sex") }}') == ""
    assert drawn(gallery, '{{ ["stammer", "autism"] | labels_of("slcn") }}') == "Stammer, Autism"


def test_an_asset_that_is_not_there_has_no_mark_and_breaks_no_page(gallery: Flask) -> None:
    assert drawn(gallery, '{{ asset("nothing.css") }}') == "/static/nothing.css"


def test_compiled_templates_rest_only_where_nobody_else_can_write(tmp_path: Path) -> None:
    assert bytecode_cache(tmp_path, is_virtual=True) is not None
    folder = tmp_path / "var" / "templates"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert bytecode_cache(tmp_path, is_virtual=False) is None


def test_where_no_folder_can_be_made_pages_are_compiled_at_each_start(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in the way")
    assert bytecode_cache(tmp_path, is_virtual=True) is None


def test_what_is_not_recorded_is_said_and_nought_is_not_taken_for_it(gallery: Flask) -> None:
    page = drawn(
        gallery,
        '{% from "components/summary_list.html" import summary_list %}'
        '{{ summary_list([("Ward", none), ("Score", 0), ("Needs", [])]) }}',
    )
    assert page.count("Not recorded") == 2
    assert ">0</dd>" in page


def test_names_stand_apart_from_the_text_around_them(client: FlaskClient) -> None:
    page = client.get("/components").text
    assert "<bdi>Layla-Marie حداد Haddad of the Very Long Surname</bdi>" in page


def test_a_chart_says_in_words_what_its_bars_show(client: FlaskClient) -> None:
    page = client.get("/components").text
    assert 'role="img"' in page
    assert "<desc" in page
    chart = page[page.index('<svg class="app-chart') : page.index("</figure>")]
    assert chart.count("fewer than 5") == 2


def test_pages_of_a_list_keep_the_rest_of_the_address(client: FlaskClient) -> None:
    page = client.get("/components").text
    assert 'href="/components?order=name&amp;page=6"' in page
    assert 'aria-label="Page 5" aria-current="page"' in page
