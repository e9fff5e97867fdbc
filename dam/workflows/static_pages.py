"""Pages of the service as files: which file an address becomes, and links that lead to files."""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import urlsplit

Resolve = Callable[[str], str | None]
"""From an address within the service to that of its file, or none where there is no file."""

_TAG = re.compile(r"<(link|a|img|script|dam-viewer|meta|iframe)\b[^>]*>")
_ATTRIBUTE = re.compile(r'\s(href|src|srcset|data-service|content)="([^"]*)"')
_URL_IN_STYLE = re.compile(r"url\(\"?'?([^\"')]+)\"?'?\)")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
_ENDINGS = {"/download": ".jpg"}


def file_of(address: str, *, page: bool) -> str:
    """Return the path of the file for an address of the service, relative to the site's root.

    A page is the index of a directory, so that its address stays as it was; what stands behind a
    question mark becomes a directory in it.
    """
    parts = urlsplit(address)
    path = parts.path.strip("/")
    if page:
        asked = _NOT_IN_NAMES.sub("-", parts.query).strip("-")
        return "/".join(part for part in (path, asked, "index.html") if part)
    for tail, ending in _ENDINGS.items():
        if parts.path.endswith(tail):
            return f"{path}{ending}"
    return path


def link_to(file: str) -> str:
    """Return how links lead to a file: a page by its directory."""
    return f"/{file.removesuffix('index.html')}"


def with_links(html: str, address: str, resolve: Resolve) -> str:
    """Return a page whose links and pictures are those of the files.

    *address* is where the site stands; what begins with it, or with a slash, is within. A link
    that leads to no file is no link any more, and what is only told to programs is left out.
    """

    def in_tag(match: re.Match[str]) -> str:
        tag, lost = match[1], False

        def in_attribute(found: re.Match[str]) -> str:
            nonlocal lost
            name, value = found[1], unescape(found[2])
            changed = _changed(name, value, address, resolve)
            if changed is None:
                lost = lost or name != "content"
                return "" if name != "content" else found[0]
            return f' {name}="{escape(changed)}"'

        text = _ATTRIBUTE.sub(in_attribute, match[0])
        return "" if lost and tag in {"link", "script"} else text

    return _TAG.sub(in_tag, html)


def _changed(name: str, value: str, address: str, resolve: Resolve) -> str | None:
    if name == "srcset":
        parts = [part.rsplit(" ", 1) for part in value.split(", ")]
        mapped = [(_one(url, address, resolve), size) for url, size in parts]
        return ", ".join(f"{url} {size}" for url, size in mapped if url is not None)
    if name == "content" and not value.startswith(f"{address}/iiif/"):
        return value
    return _one(value, address, resolve)


def _one(value: str, address: str, resolve: Resolve) -> str | None:
    if value.startswith(f"{address}/"):
        found = resolve(value.removeprefix(address))
        return None if found is None else address + found
    if value.startswith("/") and not value.startswith("//"):
        found = resolve(value)
        return None if found is None else urlsplit(address).path + found
    return value


def named_in_style(css: str) -> tuple[str, ...]:
    """Return the files that a style sheet names, as it names them."""
    found = (name for name in _URL_IN_STYLE.findall(css) if not name.startswith("data:"))
    return tuple(dict.fromkeys(found))
