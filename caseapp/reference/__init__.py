"""Code lists: the words and numbers that a record may hold, as versioned data."""

from caseapp.reference.code_lists import CodeList, Entry, ListProblem
from caseapp.reference.in_force import (
    UnknownCode,
    UnknownList,
    choices,
    code_list,
    entry,
    label_of,
    list_names,
)

__all__ = [
    "CodeList",
    "Entry",
    "ListProblem",
    "UnknownCode",
    "UnknownList",
    "choices",
    "code_list",
    "entry",
    "label_of",
    "list_names",
]
