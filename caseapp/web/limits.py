"""How much one request may bring along."""

from flask import Flask, Request

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


def install_limits(app: Flask) -> None:
    """A form with more text than MAX_FORM_MEMORY_SIZE bytes is refused before it is read."""
    if app.config["MAX_FORM_MEMORY_SIZE"] == app.default_config["MAX_FORM_MEMORY_SIZE"]:
        app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FORM_BYTES
    app.request_class = LimitedRequest
