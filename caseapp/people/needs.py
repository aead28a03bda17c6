"""What the needs of a person mean for whoever talks with them, in a few plain words."""

from collections.abc import Iterable, Sequence

from caseapp.people.models import FlagHead, NeedsFlag
from caseapp.reference import UnknownCode, entry, label_of

SLCN, HELPS, DISABILITY = "slcn", "communication_need", "disability"
LASTS = {
    True: "Lasts 12 months or more",
    False: "Lasts less than 12 months",
    None: "Not asked how long it lasts",
}
SHORT = 160  # letters of a hint on every page; the whole of it stands with the person's needs


def current_flags(flags: Iterable[NeedsFlag]) -> list[NeedsFlag]:
    """Those that have not ended; speech, language and learning come first."""
    living = [flag for flag in flags if not flag.head.ended_on and flag.head.code != "none"]
    return sorted(living, key=lambda flag: flag.head.list_name != SLCN)


def needs_in_words(current: Sequence[NeedsFlag]) -> tuple[str, ...]:
    """Each need once, with how sure we are of it."""
    heads = [flag.head for flag in current if flag.head.list_name != HELPS]
    return tuple(dict.fromkeys(need_in_words(head) for head in heads))


def need_in_words(head: FlagHead) -> str:
    label = label_of(head.list_name, head.code)
    is_sure = head.list_name != SLCN
    return label if is_sure else f"{label} ({label_of('slcn_status', head.status)})"


def how_far(head: FlagHead) -> str:
    """How sure we are of a need, or how long a disability lasts and how far it limits them: both
    decide whether it counts as one."""
    if head.list_name == SLCN:
        return label_of("slcn_status", head.status)
    if head.list_name != DISABILITY or head.code == "none":
        return ""
    limits = label_of("disability_limits", head.limits).lower() if head.limits else "not asked"
    return f"{LASTS[head.long_lasting]}. Limits them day to day: {limits}."


def how_to_talk(current: Sequence[NeedsFlag]) -> tuple[str, ...]:
    """How this person wants to be spoken and written to: what they asked for, then what is known
    to help them, or else what commonly helps with such a need."""
    asked = [flag for flag in current if flag.head.list_name == HELPS]
    speech = [flag for flag in current if flag.head.list_name == SLCN]
    hints = [label_of(HELPS, flag.head.code) for flag in asked]
    hints += [_shortened(flag.body.what_helps) for flag in (*asked, *speech)]
    hints += [_reminder(flag.head) for flag in speech if not flag.body.what_helps]
    return tuple(dict.fromkeys(filter(None, hints)))


def _reminder(head: FlagHead) -> str:
    try:
        return entry(head.list_name, head.code).attributes.get("reminder", "")
    except UnknownCode:
        return ""


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHORT else words[:SHORT].rsplit(" ", 1)[0] + "…"
