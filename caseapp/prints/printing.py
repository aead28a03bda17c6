"""From a stored version to paper, in two steps: read and noted inside the transaction, printed
outside it, so that nobody waits for our paper."""

from caseapp.access.actors import Actor
from caseapp.cases.models import Case
from caseapp.cases.queries import find_case
from caseapp.clock import LOCAL
from caseapp.database import transaction
from caseapp.documents.plan_paper import PlanPaper, PlanSection, plan_html
from caseapp.documents.printer import printer
from caseapp.plans.models import Plan, PlanVersion, SectionWords
from caseapp.plans.queries import newest_version, plans_of
from caseapp.plans.rules import Section, sections_of
from caseapp.prints.actions import CopyNotSafe, take_out
from caseapp.reference import choices


class NoPlan(Exception):
    """This case has no safety plan yet."""


class NotPrinted(Exception):
    """The command line gets no PDF; the message is one plain line."""


def plan_pdf_for(reference: str, *, copy_reason: str = "") -> bytes:
    """The PDF of the newest plan of a case, for whoever holds the home's key. Audited.

    Raises NotPrinted, and DocumentProblem where the paper cannot be made.
    """
    case = find_case(reference)
    if case is None:
        raise NotPrinted("there is no case with this reference")
    try:
        with transaction():
            paper = read_newest_plan(case, None, copy_reason=copy_reason)
    except NoPlan:
        raise NotPrinted("this case has no safety plan yet") from None
    except CopyNotSafe:
        raise NotPrinted(f"a copy is not safe to keep: add {_copy_reasons()}") from None
    return print_plan(paper)


def read_newest_plan(case: Case, actor: Actor | None, *, copy_reason: str = "") -> PlanPaper:
    """The plan of the case that was written last; see read_plan. Raises NoPlan too."""
    plans = plans_of(case)
    if not plans:
        raise NoPlan
    return read_plan(case, plans[0], actor, copy_reason=copy_reason)


def read_plan(case: Case, plan: Plan, actor: Actor | None, *, copy_reason: str = "") -> PlanPaper:
    """The newest version as plain values, audited as taken out. Raises CopyNotSafe."""
    version = newest_version(plan)
    take_out(case, version, actor, copy_reason=copy_reason)
    return paper_of(plan, version)


def print_plan(paper: PlanPaper) -> bytes:
    """The PDF. Call it after the commit. Raises DocumentProblem."""
    return printer.print(plan_html(paper))


def paper_of(plan: Plan, version: PlanVersion) -> PlanPaper:
    written = {words.code: words for words in version.body.sections}
    return PlanPaper(
        kind=plan.head.kind,
        sections=tuple(
            _section(section, written.get(section.code))
            for section in sections_of(plan.head.kind, version.body.sections)
        ),
        prepared_on=version.head.written_at.astimezone(LOCAL).date(),
        review_on=version.head.review_on,
    )


def _section(section: Section, words: SectionWords | None) -> PlanSection:
    return PlanSection(
        heading=section.heading,
        prompt=section.prompt,
        picture=section.picture,
        own_words=words.own if words else "",
        worker_words=words.worker if words else "",
    )


def _copy_reasons() -> str:
    codes = [code for code, _ in choices("plan_copy_reason")]
    return f"--copy-reason {' or '.join(codes)}"
