"""What somebody could type so that a document fetches, opens or runs something, and who listens."""

from __future__ import annotations

import socket
from threading import Event, Thread

SECRET = "Zugvogel-4711"
# {web} is a listener on this machine, {file} a file that holds SECRET.
FETCHES = {
    "img-http": '<img src="{web}/a.png">',
    "img-file": '<img src="{file}">',
    "img-ftp": '<img src="ftp://127.0.0.1:{port}/a.png">',
    "img-data": "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\">",
    "img-relative": '<img src="a.png">',
    "img-network-path": '<img src="//127.0.0.1:{port}/a.png">',
    "img-absolute-path": '<img src="/etc/hostname">',
    "img-other-asset": '<img src="asset:../../config.py">',
    "img-asset-climbing": '<img src="asset:fonts/../../../config.py">',
    "img-asset-encoded": '<img src="asset:fonts/%2e%2e/%2e%2e/vendor/.stamp">',
    "img-asset-host": '<img src="asset://127.0.0.1:{port}/a.png">',
    "img-capital-letters": '<img src="FILE:///etc/hostname">',
    "link-stylesheet": '<link rel="stylesheet" href="{web}/a.css">',
    "link-stylesheet-file": '<link rel="stylesheet" href="{file}">',
    "link-attachment": '<link rel="attachment" href="{file}">',
    "a-attachment": '<a rel="attachment" href="{file}">x</a>',
    "base": '<base href="{web}/"><img src="a.png">',
    "object": '<object data="{file}"></object>',
    "embed": '<embed src="{web}/a.svg">',
    "style-import": '<style>@import "{web}/a.css";</style>',
    "style-import-file": "<style>@import url({file});</style>",
    "style-background": "<style>p {{ background: url({web}/a.png) }}</style><p>x</p>",
    "style-attribute": '<p style="background: url({web}/a.png)">x</p>',
    "style-content": "<style>p::before {{ content: url({web}/a.png) }}</style><p>x</p>",
    "style-list": "<ul style='list-style-image: url({web}/a.png)'><li>x</ul>",
    "style-border-image": '<p style="border: 1px solid; border-image-source: url({web}/a)">x</p>',
    "style-font-face": "<style>@font-face {{ font-family: x; src: url({web}/a.ttf) }}</style>",
    "style-font-file": "<style>@font-face {{ font-family: x; src: url({file}) }}</style>",
    "style-page": "<style>@page {{ background: url({web}/a.png) }}</style>",
    "style-page-margin": "<style>@page {{ @top-left {{ content: url({web}/a.png) }} }}</style>",
    "style-escaped": "<style>p {{ background: u\\72l({web}/a.png) }}</style><p>x</p>",
    "svg-image": '<svg width="9" height="9"><image href="{web}/a.png" width="9" height="9"/></svg>',
    "svg-image-file": '<svg width="9" height="9"><image href="{file}" width="9" height="9"/></svg>',
    "svg-foreign": "<svg><foreignObject><img src='about:x'></foreignObject></svg>",
    "closes-title": '</title><img src="{web}/a.png">',
    "closes-style": '</style></head><body><img src="{file}">',
    "closes-comment": '--><img src="{web}/a.png">',
    "closes-quote": '"><img src="{web}/a.png">',
}
# Asks WeasyPrint for what it does not do: nothing may be fetched, and it may print.
IGNORED = {
    "script": '<script src="{web}/a.js"></script>',
    "iframe": '<iframe src="{web}/"></iframe>',
    "refresh": '<meta http-equiv="refresh" content="0; url={web}/">',
    "font-local": '<style>@font-face {{ font-family: x; src: local("DejaVu Sans") }}</style>'
    '<p style="font-family: x">x</p>',
    "svg-use": '<svg width="9" height="9"><use href="{web}/a.svg#x"/></svg>',
    "svg-style": '<svg width="9" height="9"><style>@import "{web}/a.css";</style><g/></svg>',
    "srcset": '<img srcset="{web}/a.png 2x">',
    "video-poster": '<video poster="{web}/a.png"></video>',
    "background-attribute": '<table background="{web}/a.png"><tr><td>x</table>',
    "xml-stylesheet": '<?xml-stylesheet href="{web}/a.css"?>',
    "link-to-the-web": '<a href="{web}/">x</a>',
    "entity": '<!DOCTYPE x [<!ENTITY y SYSTEM "{file}">]><p>&y;</p>',
}
# What stands before a trick that breaks out of something.
BEFORE = {
    "closes-title": "<title>",
    "closes-style": "<style>p { color: red }",
    "closes-comment": "<title>t</title><!-- ",
    "closes-quote": '<title>t</title><p lang="',
}
# What another kind of program would do something with: here it is text like any other.
TYPED = {
    "template": "{{{{ config }}}} {{% include '/etc/hostname' %}} ${{7*7}} #{{7*7}}",
    "format": "{{day.__class__}} {{0}} %s %(day)s",
    "class-of-a-row": 'home" style="background: url({web}/a.png)',
    "asset-by-class": "home::before {{ background: url(asset:fonts/x) }}",
    "comment-of-css": "*/ @import url({web}/a.css); /*",
    "charset": "+ADw-img src=+ACI-{web}/a.png+ACI-+AD4-",
    "pdf-string": ") /A << /S /URI /URI ({web}/) >> (",
    "pdf-name": "endstream endobj 1 0 obj << /AA << /O << /S /JavaScript >> >> >>",
    "bidi": "\N{RIGHT-TO-LEFT OVERRIDE}<img src='{web}/a.png'>\N{POP DIRECTIONAL FORMATTING}",
    "nul": "<im\0g src='{web}/a.png'>",
}
NESTED_FLEX = "<div style='display: flex'>" * 25 + "x"


class Listener:
    """A web server that only notes that somebody came."""

    def __init__(self) -> None:
        self.visits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._stopping = Event()
        self._thread = Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            visitor, _ = self._socket.accept()
            with visitor:
                if self._stopping.is_set():
                    return
                self.visits += 1
                visitor.sendall(b"HTTP/1.0 404 No\r\n\r\n")

    def close(self) -> None:
        self._stopping.set()
        socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join()
        self._socket.close()


def filled(trick: str, listener: Listener, secret_file: str) -> str:
    web = f"http://127.0.0.1:{listener.port}"
    return trick.format(web=web, port=listener.port, file=secret_file)
