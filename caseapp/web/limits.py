"""How much one request may bring along, and where files rest that it brings."""

from typing import IO

from flask import Flask, Request

from caseapp.vault.spool import SealedSpool

MAX_FORM_BYTES = 1_000_000  # all answers of one page, as they are sent


class LimitedRequest(Request):
    """Werkzeug bounds the text of multipart forms alone; this bounds every body but an upload."""

    @property
    def max_content_length(self) -> int | None:
        if self.mimetype == "multipart/form-data":
            return super().max_content_length
        return self.max_form_memory_size

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value

    def _get_file_stream(self, *_about: object, **_of_it: object) -> IO[bytes]:
        """Every file of a form rests sealed, whichever page it is sent to."""
        self._spools = [*getattr(self, "_spools", ()), spool := SealedSpool()]
        return spool  # type: ignore[return-value] # the parser writes, seeks, hands it on

    def close(self) -> None:
        """At the end of each request; a body that was cut off has files that no field holds."""
        super().close()
        for spool in getattr(self, "_spools", ()):
            spool.close()


def install_limits(app: Flask) -> None:
    """A form with more text than MAX_FORM_MEMORY_SIZE bytes is refused before it is read."""
    if app.config["MAX_FORM_MEMORY_SIZE"] == app.default_config["MAX_FORM_MEMORY_SIZE"]:
        app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FORM_BYTES
    app.request_class = LimitedRequest
