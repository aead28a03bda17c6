"""What the pages about files ask."""

from caseapp.attachments.rules import BY_ENDING, LARGEST, MB
from caseapp.web.forms import FileChoice, Form, TextArea, TextLine, YesNo


class AttachmentForm(Form):
    file = FileChoice(
        "File",
        required="Choose a file",
        hint=f"PDF, Word, Excel, OpenDocument, plain text, a picture or a recording, up to"
        f" {LARGEST // MB} MB. Files are not checked for viruses",
        accept=",".join(BY_ENDING),
    )
    description = TextLine(
        "What is it?",
        required="Enter what the file is",
        hint="For example, letter from the housing office about the transfer",
        limit=200,
        width="two-thirds",
    )
    given_by = TextLine("Who gave it to us?", limit=200, width="two-thirds")
    is_third_party = YesNo(
        "Does it come from, or speak about, somebody other than the person?",
        required="Choose yes if somebody else’s information is in the file",
        hint="It has to be looked at before the person is given a copy of their record",
    )


class RemovalForm(Form):
    why = TextArea(
        "Why is it removed?",
        required="Enter why the file is removed",
        hint="For example, it belongs to another case",
        limit=500,
        rows=3,
    )
