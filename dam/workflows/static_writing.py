"""What is being written of a site of files: which addresses it has, and what each becomes."""

import json
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from dam.errors import Unavailable
from dam.iiif import level_0
from dam.workflows.static_pages import file_of, link_to, named_in_style, with_links

_BROWSED = re.compile(r"/(photographs|series|creators|people|places|decades)(/[^/]+)?")
_PAGE = re.compile(r"/(p|embed)/(?P<id>\w+)")
_OF_ONE = re.compile(
    r"/manifests/3/(?P<id>\w+)/manifest\.json"
    r"|/p/(?P<photograph>\w+)/download"
    r"|/api/v1/photographs/(?P<record>\w+)(\.json|/dublin-core\.xml|/iptc\.json)"
)
_ALWAYS = re.compile(
    r"/static/dist/[^/]+|/iiif/3/\w+(/[^/]+){4}|/manifests/3/collection\.json"
    r"|/manifests/not-shown\.svg"
)
_COLLECTION_PAGE = re.compile(r"/manifests/3/collections/[^/]+")
_LICENCES = re.compile(r"[\w.-]+\.LEGAL\.txt")
_RECORDS = (".json", "/dublin-core.xml")


class ChangedMeanwhile(Unavailable):
    """What may be seen changed while it was written; nothing is kept of what was."""

    def __init__(self) -> None:
        super().__init__("What the public may see changed meanwhile; nothing was written. Again.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service answers to somebody of the public."""

    status: int
    media_type: str
    body: bytes


Ask = Callable[[str], Answer]


@dataclass(slots=True)
class StaticSite:
    """What is being written, and what still has to be."""

    ask: Ask
    root: Path
    address: str
    told: Callable[[int], None]
    manifests: dict[str, level_0.Json] = field(default_factory=dict)
    infos: dict[str, level_0.Json] = field(default_factory=dict)
    everything: bool = False
    waiting: deque[str] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)
    files: int = 0
    size_bytes: int = 0

    def get(self, path: str) -> Answer:
        """Return what is at *path*; raises ``ChangedMeanwhile`` where nothing is any more."""
        answer = self.ask(path)
        if answer.status != 200:
            raise ChangedMeanwhile
        return answer

    def write(self, file: str, body: bytes) -> None:
        """Write one file of the site."""
        target = self.root / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        self.files += 1
        self.size_bytes += len(body)
        self.told(self.files)

    def follow(self, path: str) -> str | None:
        """Return where links lead that led to *path*, and have it written; none: nowhere."""
        bare = urlsplit(path)._replace(fragment="").geturl()
        if self.address + bare in self.infos:
            return bare  # a service, whose files are written already
        page = self.is_page(bare)
        if not page and not self.is_file(bare):
            return None
        if bare not in self.seen:
            self.seen.add(bare)
            self.waiting.append(bare)
        fragment = urlsplit(path).fragment
        return link_to(file_of(bare, page=page)) + (f"#{fragment}" if fragment else "")

    def is_page(self, path: str) -> bool:
        """Whether it is a page that is written."""
        bare = urlsplit(path).path
        browsed = self.everything and _BROWSED.fullmatch(bare) is not None
        return bare == "/" or browsed or self._is_of_one(_PAGE, bare)

    def is_file(self, path: str) -> bool:
        """Whether it is a document or a picture that is written."""
        bare = urlsplit(path).path
        if _ALWAYS.fullmatch(bare) or self._is_of_one(_OF_ONE, bare):
            return True
        return self.everything and _COLLECTION_PAGE.fullmatch(bare) is not None

    def _is_of_one(self, pattern: re.Pattern[str], path: str) -> bool:
        found = pattern.fullmatch(path)
        return (
            found is not None and next(filter(None, found.groupdict().values())) in self.manifests
        )


def document(site: StaticSite, served: level_0.Json) -> bytes:
    """Return a document as it stands among files."""
    return json_bytes(_with_files(site, level_0.document(served, site.infos)))


def _with_files(site: StaticSite, value: object) -> object:
    """Return a document whose addresses are those of files; what has none is left out of lists."""
    match value:
        case dict():
            return {key: _with_files(site, one) for key, one in value.items()}
        case list():
            return [_with_files(site, one) for one in value if not _leads_nowhere(site, one)]
        case str() if value.startswith(f"{site.address}/") and _is_followed(value):
            found = site.follow(value.removeprefix(site.address))
            return value if found is None else site.address + found
    return value


def _is_followed(address: str) -> bool:
    """Whether a string is the address of a file, rather than a name of something in a document."""
    return address.endswith(("/download", *_RECORDS, ".jpg", ".svg")) or "/p/" in address


def _leads_nowhere(site: StaticSite, value: object) -> bool:
    """Whether an entry of a list names a document that is not among the files."""
    if not isinstance(value, dict) or "items" in value:
        return False
    if "format" not in value and value.get("type") not in {"Manifest", "Collection"}:
        return False
    address = str(value.get("id", ""))
    within = address.startswith(f"{site.address}/")
    return within and site.follow(address.removeprefix(site.address)) is None


def write_one(site: StaticSite, path: str) -> None:
    """Write what is at one address, with links that lead to files."""
    page = site.is_page(path)
    file = file_of(path, page=page)
    if (site.root / file).is_file():
        return
    answer = site.get(path)
    body = answer.body
    if page:
        body = with_links(body.decode(), site.address, site.follow).encode()
    elif answer.media_type == "application/json" and path.startswith("/manifests/"):
        body = document(site, json.loads(body))
    elif answer.media_type == "text/css":
        for name in named_in_style(body.decode()):
            site.follow(urljoin(path, name))
    elif path.endswith(".js"):
        # Other people's work is in it: its licences go where it goes.
        for name in (*_LICENCES.findall(body.decode()), "LICENSES.txt"):
            site.follow(urljoin(path, name))
    site.write(file, body)


def json_bytes(value: object) -> bytes:
    """Return a document as it is stored."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
