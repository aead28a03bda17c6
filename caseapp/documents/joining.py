"""Makes one tagged PDF out of many, so that a screen reader reads it as it reads each of them."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, OutlineItem, Pdf, String

TITLE = "My plans"


def join(pdfs: Iterable[bytes]) -> bytes:
    """Return the pages of all `pdfs`, tagged PDFs of ours, as one, with a bookmark each: 1, 2, …

    Holds them once, besides the result. Raises ValueError where there are none.
    """
    with pikepdf.new() as whole:
        tree = whole.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array(),
                ParentTree=Dictionary(Nums=Array()),
                ParentTreeNextKey=0,
            )
        )
        starts = [_append(whole, tree, pdf) for pdf in pdfs]
        if not starts:
            raise ValueError("there is nothing to join")
        _introduce(whole, tree, starts)
        joined = io.BytesIO()
        whole.save(joined, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return joined.getvalue()


def _append(whole: Pdf, tree: Object, pdf: bytes) -> int:
    """Put one after the others; return the index of its first page."""
    start = len(whole.pages)
    with pikepdf.open(io.BytesIO(pdf)) as part:
        _renumber(part, int(tree.ParentTreeNextKey))
        whole.pages.extend(part.pages)
        # After the pages, so that the tags find the pages that were copied.
        _graft(tree, whole.copy_foreign(part.Root.StructTreeRoot), str(part.Root.Lang))
    return start


def _renumber(part: Pdf, offset: int) -> None:
    """Raise every number by which a page, or something on it, finds its tags."""
    for thing in part.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            for name in (Name.StructParents, Name.StructParent):
                if name in thing:
                    thing[name] = int(thing[name]) + offset


def _graft(tree: Object, tags: Object, language: str) -> None:
    """Move the tags of one PDF under the root of all, and keep the language that they are in."""
    for element in tags.K:
        element.P = tree
        element.Lang = String(language)
        tree.K.append(element)
    offset, entries = int(tree.ParentTreeNextKey), NumberTree(tags.ParentTree)
    for number, elements in entries.items():
        tree.ParentTree.Nums.append(offset + number)
        tree.ParentTree.Nums.append(elements)
    tree.ParentTreeNextKey = offset + max(entries, default=-1) + 1
    if Name.RoleMap in tags:
        tree.RoleMap = Dictionary({**dict(tree.get(Name.RoleMap, {})), **dict(tags.RoleMap)})


def _introduce(whole: Pdf, tree: Object, starts: list[int]) -> None:
    """Give the whole its tags, bookmarks and title: nothing that tells what or whose it is."""
    root = whole.Root
    root.StructTreeRoot = tree
    root.MarkInfo = Dictionary(Marked=True)
    root.Lang = tree.K[0].Lang
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with whole.open_outline() as outline:
        outline.root.extend(OutlineItem(str(n), start) for n, start in enumerate(starts, start=1))
    with whole.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = TITLE
        metadata["pdfuaid:part"] = "1"
