"""Many plans in one file: every page, every tag and every language of each is still there."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, NumberTree

from caseapp.documents.joining import join
from caseapp.documents.locking import lock
from caseapp.documents.plan_paper import plan_html
from caseapp.documents.rendering import render_pdf
from tests.unit.documents.conftest import faults, text_of
from tests.unit.documents.filled_plan import filled_plan
from tests.unit.documents.seen_page import pages_of

LANGUAGES = ("ar", "en", "so", "fa")
FORMS = ("easy_read", "standard", "pocket_card", "child")


@pytest.fixture(scope="module")
def plans() -> list[bytes]:
    papers = (filled_plan("domestic_abuse", language) for language in LANGUAGES)
    pairs = zip(papers, FORMS, strict=True)
    return [render_pdf(plan_html(paper, form)) for paper, form in pairs]


@pytest.fixture(scope="module")
def joined(plans: list[bytes]) -> bytes:
    return join(iter(plans))


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def test_the_whole_passes_pdf_ua(joined: bytes) -> None:
    assert faults(joined) == []


def test_every_page_is_there_in_order_with_its_words(plans: list[bytes], joined: bytes) -> None:
    assert pages_of(joined) == sum(map(pages_of, plans))
    assert text_of(joined).split() == " ".join(map(text_of, plans)).split()


def test_each_plan_keeps_its_language(joined: bytes) -> None:
    with opened(joined) as document:
        roots = list(document.Root.StructTreeRoot.K)
        assert [str(root.Lang) for root in roots] == list(LANGUAGES)
        assert {str(root.S) for root in roots} == {"/Document"}


def test_the_tags_of_each_are_all_there(plans: list[bytes], joined: bytes) -> None:
    def kinds(pdf: bytes) -> list[str]:
        with opened(pdf) as document:
            return sorted(str(each.S) for each in document.objects if _is_element(each))

    assert kinds(joined) == sorted(kind for pdf in plans for kind in kinds(pdf))


def _is_element(thing: pikepdf.Object) -> bool:
    return isinstance(thing, Dictionary) and thing.get("/Type") == Name.StructElem


def test_each_page_finds_the_tags_of_its_own_letters(joined: bytes) -> None:
    with opened(joined) as document:
        owners = NumberTree(document.Root.StructTreeRoot.ParentTree)
        numbers = [int(page.obj.StructParents) for page in document.pages]
        assert numbers == list(range(len(document.pages)))
        for page, number in zip(document.pages, numbers, strict=True):
            found = {element.Pg.objgen for element in owners[number].as_list()}
            assert found == {page.obj.objgen}


def test_every_tag_hangs_from_the_one_root(joined: bytes) -> None:
    with opened(joined) as document:
        root = document.Root.StructTreeRoot
        assert {element.P.objgen for element in root.K} == {root.objgen}
        roots = [each for each in document.objects if _is_root(each)]
        assert len(roots) == 1


def _is_root(thing: pikepdf.Object) -> bool:
    return isinstance(thing, Dictionary) and thing.get("/Type") == Name.StructTreeRoot


def test_one_neutral_bookmark_leads_to_each_plan(plans: list[bytes], joined: bytes) -> None:
    with opened(joined) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == ["1", "2", "3", "4"]
        assert not [item for item in outline.root if item.children]
        places = [item.destination for item in outline.root]
        starts = [document.pages.index(place[0]) for place in places if isinstance(place, Array)]
    assert starts == [sum(map(pages_of, plans[:n])) for n in range(4)]


def test_title_and_metadata_tell_nothing(joined: bytes) -> None:
    with opened(joined) as document:
        assert {key: str(value) for key, value in document.docinfo.items()} == {
            "/Title": "My plans"
        }
        assert document.Root.ViewerPreferences.DisplayDocTitle
        told = {name.rpartition("}")[2]: value for name, value in document.open_metadata().items()}
        assert told == {"title": "My plans", "part": "1"}


def test_what_finds_its_tags_by_itself_is_numbered_anew(plans: list[bytes]) -> None:
    with opened(plans[1]) as document:
        page = document.pages[0]
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], StructParent=len(document.pages)
        )
        page.obj.Annots = Array([document.make_indirect(link)])
        nums = document.Root.StructTreeRoot.ParentTree.Nums
        nums.extend(Array([len(document.pages), document.Root.StructTreeRoot.K[0]]))
        count, again = len(document.pages), io.BytesIO()
        document.save(again)
    with opened(join([again.getvalue(), again.getvalue()])) as whole:
        links = [page.obj.Annots[0] for page in whole.pages if "/Annots" in page.obj]
        assert [int(link.StructParent) for link in links] == [count, 2 * count + 1]
        owners = NumberTree(whole.Root.StructTreeRoot.ParentTree)
        found = [owners[int(link.StructParent)].objgen for link in links]
        assert found == [element.objgen for element in whole.Root.StructTreeRoot.K]


def test_names_that_a_plan_gives_to_its_tags_are_kept(plans: list[bytes]) -> None:
    with opened(plans[0]) as document:
        document.Root.StructTreeRoot.RoleMap = Dictionary(Chapter=Name.Sect)
        named = io.BytesIO()
        document.save(named)
    with opened(join([plans[1], named.getvalue(), plans[2]])) as whole:
        assert dict(whole.Root.StructTreeRoot.RoleMap) == {"/Chapter": Name.Sect}


def test_one_plan_alone_can_be_joined(plans: list[bytes]) -> None:
    assert text_of(join(plans[:1])) == text_of(plans[0])


def test_nothing_to_join_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to join"):
        join([])


def test_the_joined_plans_can_be_locked(joined: bytes) -> None:
    with pikepdf.open(io.BytesIO(lock(joined, "word")), password="word") as document:
        assert document.Root.MarkInfo.Marked
