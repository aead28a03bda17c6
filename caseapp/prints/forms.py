"""What is asked before a plan is printed."""

from caseapp.web.forms import CodeRadios, Form


class CopyReasonForm(Form):
    """Why a plan is printed although it is not safe for the person to keep a copy."""

    copy_reason = CodeRadios(
        "Why do you print it?", "plan_copy_reason", required="Choose why you print it"
    )
