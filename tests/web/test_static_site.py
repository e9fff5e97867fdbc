"""A site of plain files holds what the public may see, and every address in it has its file."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browsers import STATES, describe_as, new_photograph, published, title_of, work

from dam.catalogue.people import creators
from dam.catalogue.text import Text, TextField
from dam.cli.asking import public_service
from dam.records import log
from dam.workflows import clear, static_site
from dam.workflows.static_site import (
    AddressNeeded,
    ChangedMeanwhile,
    DirectoryTaken,
    NothingPublic,
    Wanted,
)

ADDRESS = "https://files.example.org/archive"


def write(archive, target: Path, *identifiers: str, address: str = ADDRESS):
    ask = public_service(archive, address)
    return static_site.write(archive, Wanted(address, identifiers), target, ask, "Rana")


@pytest.fixture(scope="module")
def whole(exhibition, tmp_path_factory):
    """The whole exhibition as files."""
    target = tmp_path_factory.mktemp("whole") / "site"
    written = write(exhibition.archive, target)
    assert written.files == len([one for one in target.rglob("*") if one.is_file()])
    return target


def texts(root: Path) -> dict[str, str]:
    """Every page and document of a site."""
    return {
        str(one.relative_to(root)): one.read_text("utf-8")
        for one in root.rglob("*")
        if one.suffix in {".html", ".json", ".xml"} and one.is_file()
    }


_ATTRIBUTE = re.compile(r'\s(?:href|src|data-service|action)="([^"]+)"')
_SRCSET = re.compile(r'\ssrcset="([^"]+)"')
_ID = re.compile(r'"id":"(https://files[^"]+)"')
_NAMES_WITHOUT_FILES = re.compile(r"/(canvas|range)(/|$)|/iiif/3/\w+$|/archive/$")


def addresses(name: str, text: str):
    """The addresses within the site that a page or a document names, without its address."""
    if name.endswith(".html"):
        found = [unescape(one) for one in _ATTRIBUTE.findall(text)]
        found += [part.split(" ")[0] for one in _SRCSET.findall(text) for part in one.split(", ")]
    else:
        found = [one for one in _ID.findall(text) if not _NAMES_WITHOUT_FILES.search(one)]
    for one in found:
        if one.startswith(ADDRESS):
            yield one.removeprefix(ADDRESS)
        elif one.startswith("/"):
            assert one.startswith("/archive/"), f"{name} leads out of the site by {one}"
            yield one.removeprefix("/archive")


def file_at(root: Path, address: str) -> Path:
    parts = urlsplit(address)
    assert not parts.query, f"{address} asks a service"
    found = root / unquote(parts.path).strip("/")
    if re.fullmatch(r"/iiif/3/\w+", parts.path):
        return found / "info.json"
    return found / "index.html" if found.is_dir() else found


def test_every_address_in_it_has_its_file(whole):
    seen = 0
    for name, text in texts(whole).items():
        for address in addresses(name, text):
            assert file_at(whole, address).is_file(), f"{name} names {address}"
            seen += 1
    assert seen > 200


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_it_holds_what_the_public_may_see_and_nothing_else(exhibition, whole, state):
    one = exhibition.ids[state.name]
    assert (whole / f"p/{one}/index.html").is_file() is state.listed
    assert (whole / f"manifests/3/{one}/manifest.json").is_file() is state.listed
    assert (whole / f"iiif/3/{one}/info.json").is_file() is (state.pixels == 200)
    assert (whole / f"iiif/3/{one}").exists() is (state.pixels == 200), "not one pixel"
    said = [name for name, text in texts(whole).items() if title_of(state.name) in text]
    assert bool(said) is state.listed, said
    assert not [name for name, text in texts(whole).items() if one in text and not state.listed]


def test_nothing_in_it_asks_for_a_service(whole):
    for name, text in texts(whole).items():
        for word in (
            "/search",
            "/sign-in",
            "/oembed",
            "/desk",
            "/share",
            '/api/v1/"',
            '<form method="get',
        ):
            assert word not in text, f"{name} has {word}"


def test_its_image_services_are_of_level_0_and_have_what_they_list(exhibition, whole):
    base = whole / "iiif/3" / exhibition.ids["public"]
    info = json.loads((base / "info.json").read_text())
    assert (info["profile"], info["id"]) == ("level0", f"{ADDRESS}/iiif/3/{base.name}")
    assert not {"extraFormats", "extraFeatures", "extraQualities", "maxArea"} & info.keys()
    for size in info["sizes"]:
        assert (base / f"full/{size['width']},{size['height']}/0/default.jpg").is_file()
    served = public_service(exhibition.archive, ADDRESS)(
        f"/iiif/3/{base.name}/full/max/0/default.jpg"
    )
    assert (base / "full/max/0/default.jpg").read_bytes() == served.body
    text = (whole / f"manifests/3/{base.name}/manifest.json").read_text()
    assert "level2" not in text


def test_one_photograph_is_a_site_of_its_own(exhibition, tmp_path):
    one, other = exhibition.ids["capped"], exhibition.ids["public"]
    write(exhibition.archive, tmp_path / "one", one)
    root = tmp_path / "one"
    assert (root / "index.html").read_text() == (root / f"p/{one}/index.html").read_text()
    collection = json.loads((root / "manifests/3/collection.json").read_text())
    assert [item["id"].split("/")[-2] for item in collection["items"]] == [one]
    assert not (root / "photographs").exists()
    for name, text in texts(root).items():
        assert f"/p/{other}" not in text, name
        for address in addresses(name, text):
            assert file_at(root, address).is_file(), f"{name} names {address}"


def test_a_series_brings_those_of_its_frames_that_may_be_told(exhibition, tmp_path):
    write(exhibition.archive, tmp_path / "series", exhibition.series_id)
    for state in STATES:
        page = tmp_path / "series/p" / exhibition.ids[state.name] / "index.html"
        assert page.is_file() is state.listed, state.name


@pytest.mark.parametrize("state", ["draft", "hidden", "withdrawn"])
def test_what_is_not_public_is_refused_and_nothing_is_left(exhibition, tmp_path, state):
    with pytest.raises(NothingPublic):
        write(exhibition.archive, tmp_path / "site", exhibition.ids[state])
    assert list(tmp_path.iterdir()) == []


def test_a_site_is_written_where_nothing_is_and_knows_its_address(exhibition, tmp_path):
    (tmp_path / "site").mkdir()
    with pytest.raises(DirectoryTaken):
        write(exhibition.archive, tmp_path / "site")
    with pytest.raises(AddressNeeded):
        write(exhibition.archive, tmp_path / "other", address="")


def test_what_is_withdrawn_while_it_is_written_is_in_no_site(archive, tmp_path):
    one = new_photograph(archive, 1)
    describe_as(archive, one, Text(TextField.TITLE, "en", "Gone"), contributors=creators(["R."]))
    clear.record(archive, one, published(), "tests")
    work(archive)
    ask = public_service(archive, ADDRESS)

    def ask_and_withdraw(path: str):
        answer = ask(path)
        if path == f"/embed/{one}":
            clear.withdraw(archive, one, "by request", "rita")
        return answer

    with pytest.raises(ChangedMeanwhile):
        static_site.write(
            archive, Wanted(ADDRESS, (one,)), tmp_path / "site", ask_and_withdraw, "Rana"
        )
    assert not [path for path in tmp_path.iterdir() if "site" in path.name]


def test_who_took_it_out_is_recorded(exhibition, whole):
    with exhibition.archive.reading() as db:
        event = log.of_subject(db, "photograph", exhibition.ids["public"])[0]
    assert (event.verb, event.after) == ("exported", ADDRESS)
    assert event.actor == "Rana"
