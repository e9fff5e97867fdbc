"""A site of plain files: what the public may see, as any web host can serve it.

The service itself is asked for every page, document and picture as somebody of the public asks,
so that each is decided as always; what it answers is written with links that lead to files.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dam.errors import Conflict, Malformed, NotFound
from dam.iiif import level_0
from dam.iiif.presentation_source import collection_path, manifest_path, page_path
from dam.records import log
from dam.rights.facts import Audience
from dam.workflows import ask as decisions
from dam.workflows.archive import Archive
from dam.workflows.static_pages import file_of
from dam.workflows.static_writing import (
    Ask,
    ChangedMeanwhile,
    StaticSite,
    document,
    json_bytes,
    write_one,
)


class DirectoryTaken(Conflict):
    """There is something where the site is to be written."""

    def __init__(self) -> None:
        super().__init__("There is something of that name already; name a directory that is not.")


class AddressNeeded(Malformed):
    """A site of files has to know where it will stand: manifests name themselves in full."""

    def __init__(self) -> None:
        super().__init__("Say with --url where the site will stand, such as https://example.org/a.")


class NothingPublic(NotFound):
    """What was asked for is not public, or there is nothing public."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"“{identifier}” is no public photograph or series; nothing was written."
            if identifier
            else "Nothing is public yet; nothing was written."
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written: those photographs and series, or without any all that is public.

    *address* is where the site will stand, without a slash at its end.
    """

    address: str
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written."""

    photographs: int
    files: int
    size_bytes: int


def write(
    archive: Archive,
    wanted: Wanted,
    target: Path,
    ask: Ask,
    by: str,
    told: Callable[[int], None] = lambda _files: None,
) -> Written:
    """Write the site aside, look once more whether all of it may be seen, and name it *target*.

    Raises:
        AddressNeeded, DirectoryTaken, NothingPublic, ChangedMeanwhile
    """
    if not wanted.address:
        raise AddressNeeded
    if target.exists():
        raise DirectoryTaken
    aside = target.with_name(f".{target.name}.{archive.new_id()}")
    aside.mkdir(parents=True)
    try:
        site = StaticSite(ask, aside, wanted.address, told, everything=not wanted.identifiers)
        _read_manifests(site, wanted.identifiers)
        before = _decided(archive, site)
        _write_pictures(site)
        _write_documents(site, wanted.identifiers)
        _write_pages(site, wanted.identifiers)
        if _decided(archive, site) != before:
            raise ChangedMeanwhile
        _record(archive, before, wanted.address, by)
        aside.rename(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Written(len(before), site.files, site.size_bytes)


def _read_manifests(site: StaticSite, identifiers: Sequence[str]) -> None:
    """Read the manifests of what is wanted, of the frames of its series too."""
    named = list(identifiers) or list(_in_collection(site, collection_path()))
    for one in identifiers:
        if site.ask(manifest_path(one)).status != 200:
            raise NothingPublic(one)
    if not named:
        raise NothingPublic("")
    for one in named:
        _read_manifest(site, one)
    for one in [frame for served in site.manifests.values() for frame in _frames(served)]:
        _read_manifest(site, one)


def _read_manifest(site: StaticSite, identifier: str) -> None:
    if identifier not in site.manifests:
        site.manifests[identifier] = json.loads(site.get(manifest_path(identifier)).body)


def _in_collection(site: StaticSite, path: str) -> Iterator[str]:
    """Yield what a collection lists, and the collections in it."""
    for item in json.loads(site.get(path).body).get("items", ()):
        below = str(item["id"]).removeprefix(site.address)
        if item["type"] == "Collection":
            yield from _in_collection(site, below)
        else:
            yield below.split("/")[-2]


def _frames(manifest: level_0.Json) -> list[str]:
    """Return the photographs of a manifest; that of one photograph has its identifier."""
    paths = (str(canvas["id"]).split("/") for canvas in manifest["items"])
    return [path[-2] if path[-1] == "canvas" else path[-1] for path in paths]


def _decided(archive: Archive, site: StaticSite) -> dict[str, object]:
    """Return what the public's decision about each photograph lets out."""
    photographs = {frame for one in site.manifests.values() for frame in _frames(one)}
    with archive.reading() as db:
        asked = decisions.ask_in(db, archive, sorted(photographs), Audience.PUBLIC)
    return {
        one: (each.told_of, each.decision.step, each.decision.pack) for one, each in asked.items()
    }


def _write_pictures(site: StaticSite) -> None:
    """Write each image service as files of level 0."""
    for service in dict.fromkeys(level_0.services(list(site.manifests.values()))):
        base = service.removeprefix(site.address)
        served = json.loads(site.get(f"{base}/info.json").body)
        site.infos[service] = level_0.info(served)
        site.write(f"{base[1:]}/info.json", json_bytes(site.infos[service]))
        for tail, asked in level_0.tails(level_0.pyramid_of(served)):
            site.write(f"{base[1:]}/{tail}", site.get(f"{base}/{asked}").body)


def _write_documents(site: StaticSite, identifiers: Sequence[str]) -> None:
    for one, served in site.manifests.items():
        site.write(manifest_path(one)[1:], document(site, served))
    if identifiers:
        site.write(collection_path()[1:], document(site, _collection(site, identifiers)))


def _collection(site: StaticSite, identifiers: Sequence[str]) -> level_0.Json:
    """Return a collection of what was chosen, in that order."""
    top = json.loads(site.get(collection_path()).body)
    kept = ("id", "type", "label", "thumbnail")
    items = [{key: site.manifests[one].get(key) for key in kept} for one in identifiers]
    items = [{key: value for key, value in item.items() if value} for item in items]
    return {**{key: value for key, value in top.items() if key != "items"}, "items": items}


def _write_pages(site: StaticSite, identifiers: Sequence[str]) -> None:
    """Write the entrance and all that it leads to, and whatever those pages are made of."""
    for one in site.manifests:
        site.follow(page_path(one))
        site.follow(f"/embed/{one}")
    if site.everything:
        site.follow("/")
    while site.waiting:
        write_one(site, site.waiting.popleft())
    if identifiers:
        first = file_of(page_path(identifiers[0]), page=True)
        site.write("index.html", (site.root / first).read_bytes())


def _record(archive: Archive, photographs: Iterable[str], address: str, by: str) -> None:
    """Write who took what out: copies on another host cannot be called back."""
    now = archive.now()
    with archive.writing.begin() as db:
        for one in sorted(photographs):
            log.write(
                db,
                log.Event(
                    at=now,
                    actor=by,
                    verb="exported",
                    subject_kind="photograph",
                    subject_id=one,
                    after=address,
                ),
            )
