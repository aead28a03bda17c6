"""Small real files of each kind that we take, made here, and the sending of one."""

import io
import struct
import zipfile
import zlib

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.visits import hidden_fields

ANSWERS = {
    "description": "Letter from the housing office",
    "given_by": "The person",
    "is_third_party": "no",
}

CONTENT_TYPE = "multipart/form-data; boundary=cut"


def pdf(text: str = "A letter") -> bytes:
    body = "1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"
    return f"%PDF-1.4\n% {text}\n{body}\n%%EOF\n".encode()


def png(filler: bytes = b"") -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"tEXt", b"x\0" + filler) + rows + chunk(b"IEND", b"")
    )


def jpeg() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\xff\xd9"


def heic() -> bytes:
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 40


def mp3() -> bytes:
    return b"ID3\x03\x00\x00\x00\x00\x00\x0a" + b"\x00" * 10 + b"\xff\xfb\x90\x00" + b"\x00" * 60


def mp4(brand: bytes = b"isom") -> bytes:
    return b"\x00\x00\x00\x20ftyp" + brand + b"\x00\x00\x02\x00isomiso2avc1mp41" + b"\x00" * 40


def archive(entries: dict[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as sink:
        for name, content in entries.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            sink.writestr(name, content, how)
    return made.getvalue()


def docx(**more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<d/>", **more})


def xlsx() -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"})


def odt() -> bytes:
    mark = b"application/vnd.oasis.opendocument.text"
    return archive({"mimetype": mark, "content.xml": b"<c/>"}, stored=("mimetype",))


def multipart(fields: dict[str, str], name: str, content: bytes) -> bytes:
    """A body by hand: a test client would keep a long one in a temporary file of its own."""
    lines = [
        f'--cut\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields.items()
    ]
    about = f'--cut\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return b"".join([*lines, about.encode(), content, b"\r\n--cut--\r\n"])


def send_file(
    client: FlaskClient, cast: Cast, name: str, content: bytes, **answers: str
) -> TestResponse:
    """Fetch the form, choose the file, send it."""
    path = f"/cases/{cast.case_id}/files/new"
    fields = {**hidden_fields(client.get(path)), **ANSWERS, **answers}
    body = multipart(fields, name, content)
    return client.post(path, data=body, content_type=CONTENT_TYPE)
