"""A spreadsheet that a manager has brought in. Its columns are not chosen, so that nothing begins
in the background when somebody presses the button."""

import io
from uuid import UUID, uuid4

from caseapp.imports.bringing import bring_in, keep_file
from tests.cast import Cast

ROWS = "First name,Surname,DOB,Opened,Risk\nWren,Ashdown,27/3/2009,1 May 2026,High\n"


def bring_a_caseload(cast: Cast) -> dict[str, UUID]:
    """The id by its name in addresses: of the room, since the directory has imports too."""
    import_id = uuid4()
    head = keep_file("caseload.csv", io.BytesIO(ROWS.encode()))
    bring_in(import_id, head, cast.manager)
    return {"imports.import_id": import_id}
