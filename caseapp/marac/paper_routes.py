"""The referral on paper, for the coordinator of the meeting."""

from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.documents.marac_paper import FILE_NAME, MaracPaper, marac_html
from caseapp.documents.printer import printer
from caseapp.documents.problems import DocumentProblem
from caseapp.marac.blueprint import bp
from caseapp.marac.models import MaracReferral
from caseapp.marac.referral_routes import find_referral, show
from caseapp.reference import label_of
from caseapp.web.gate import current_actor

CANNOT_PRINT = 503
SECTIONS = (
    ("Who is in danger", "person"),
    ("Address", "address"),
    ("How to reach them safely", "safe_contact"),
    ("Why this is for the MARAC", "reasons"),
    ("What they need, and what helps", "needs"),
    ("What the person wants", "wishes"),
    ("The last 12 months", "incidents"),
    ("Before that", "history"),
    ("Risks, and what could set them off", "risks"),
    ("Children in the household", "children"),
    ("The alleged perpetrator", "perpetrator"),
    ("Agencies that know the family", "agencies"),
    ("Who speaks for them", "advocate"),
)


@bp.get("/cases/<uuid:case_id>/marac/<uuid:referral_id>/referral.pdf")
@opens_case(Permission.SEE_PERPETRATORS)
def print_referral(case: Case, referral_id: UUID) -> ResponseReturnValue:
    referral = find_referral(case, referral_id)
    note_act(
        Kind.MARAC_PRINTED,
        case,
        current_actor(),
        Permission.SEE_PERPETRATORS,
        subject_id=referral.id,
    )
    paper = paper_of(referral)
    db.session.commit()  # now, and not after the response: no lock is held while it is printed
    try:
        pdf = printer.print(marac_html(paper))
    except DocumentProblem as problem:
        return show(case, referral, status=CANNOT_PRINT, problem=str(problem))
    headers = {"Content-Disposition": f'inline; filename="{FILE_NAME}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def paper_of(referral: MaracReferral) -> MaracPaper:
    head, body = referral.head, referral.body
    criteria = "; ".join(label_of("marac_criterion", code) for code in head.criteria)
    types = "; ".join(label_of("violence_type", code) for code in head.violence_types)
    return MaracPaper(
        referred_on=head.referred_on,
        facts=(
            ("Reasons", criteria),
            ("New or repeat", "Repeat" if head.is_repeat else "New"),
            ("DASH score", "Not known" if head.dash_score is None else str(head.dash_score)),
            ("Types of violence", types),
            ("Agreed to this referral", label_of("sharing_consent", body.consent)),
            ("Knows about it", "Yes" if body.victim_aware else "No"),
        ),
        sections=tuple(
            (heading, getattr(body, name)) for heading, name in SECTIONS if getattr(body, name)
        ),
    )
