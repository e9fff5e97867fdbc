"""Browsing names what the public may find, by the words of photographs that it may read."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from browsers import (
    CC_BY,
    KEY,
    Browser,
    behind_an_advisory,
    describe_as,
    new_photograph,
    published,
    work,
)

from dam import wiring
from dam.catalogue.authorities import (
    Authority,
    AuthorityKind,
    AuthorityName,
    Identifier,
    Scheme,
)
from dam.catalogue.people import Contributor, PersonShown
from dam.catalogue.places import Locality, PlaceName
from dam.catalogue.text import Text, TextField
from dam.config import read_settings
from dam.records import authorities, search
from dam.records.register import NewRecord, RecordKind
from dam.web.application import create_app
from dam.workflows import authorities as authority_work
from dam.workflows import clear, ways
from dam.workflows.archive import Archive
from dam.workflows.ways import Way

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)

RECORDS = (
    ("reza", AuthorityKind.PERSON, ("Reza Hidden",), ""),
    ("sara", AuthorityKind.PERSON, ("Sara Hidden",), ""),
    ("azer", AuthorityKind.PLACE, ("Azerbaijan",), ""),
    ("aghd", AuthorityKind.PLACE, ("Aghdam", "Агдам"), "azer"),
    ("shus", AuthorityKind.PLACE, ("Shusha",), "azer"),
)


DRAFT = [NewRecord(RecordKind.STATEMENT, CC_BY)]
MINOR = [*published(), NewRecord(RecordKind.SENSITIVITY, "minor")]
EMBARGO = [*published(), NewRecord(RecordKind.EMBARGO, "plain", day=date(2027, 4, 1))]
# State, its records, title, byline of Reza, words for Sara, place, day, series.
HUNG = (
    ("open", published(), "Open", "R. Known", "Sara", "Aghdam", "May 1992", "Two days"),
    ("embargo", EMBARGO, "Held", "R. Known", "Sara", "Aghdam", "1993", "Two days"),
    ("hard", behind_an_advisory(), "Hard", "Reza K.", "Sara", "Aghdam", "1975", "Two days"),
    ("minor", MINOR, "Unreviewed", "R. Minor", "Little Sara", "Shusha", "1961", "Unlisted series"),
    ("draft", DRAFT, "Draft", "R. Draft", "Secret Sara", "Shusha", "1951", "Draft series"),
)


def hang_one(archive, number, row):
    _, records, title, by, shown, place, day, series = row
    one = new_photograph(archive, number, series=series)
    describe_as(
        archive,
        one,
        Text(TextField.TITLE, "en", title),
        Text(TextField.PLACE, "en", f"Azerbaijan, {place}"),
        contributors=(Contributor(by, agent_id="reza"), Contributor(f"Studio {title}")),
        people=(PersonShown(shown, "sara"),),
        places=(Locality((PlaceName("Azerbaijan", "azer"), PlaceName(place, place[:4].lower()))),),
        date_text=day,
    )
    clear.record(archive, one, records, "tests")
    return one


@dataclass(frozen=True)
class Hung:
    """An archive with those photographs in it, and somebody of the public."""

    archive: Archive
    ids: dict[str, str]
    browser: Browser


def hang_all(archive):
    """Photographs of one photographer, each calling the same people by other words."""
    with archive.writing.begin() as db:
        for identifier, kind, names, parent in RECORDS:
            record = Authority(
                identifier,
                kind,
                tuple(AuthorityName(name, ("en", "ru")[n]) for n, name in enumerate(names)),
                identifiers=(Identifier(Scheme.GEONAMES, "587361"),) if parent else (),
                parent_id=parent,
            )
            authorities.add(db, record, archive.now())
    ids = {row[0]: hang_one(archive, n, row) for n, row in enumerate(HUNG)}
    work(archive)
    return Hung(archive, ids, Browser(create_app(archive, KEY)))


@pytest.fixture(scope="module")
def hung(tmp_path_factory):
    """Read only."""
    home = tmp_path_factory.mktemp("hung")
    place = wiring.open_place(read_settings({"DAM_HOME": str(home)}))
    wiring.prepare(place)
    yield hang_all(replace(wiring.build_archive(place), now=lambda: NOON))
    place.engine.dispose()


NOT_TO_BE_NAMED = (
    "Hidden", "R. Draft", "R. Minor", "Secret Sara", "Little Sara", "Shusha",
    "Studio Draft", "Studio Unreviewed", "Unlisted series", "Draft series", "1950", "1960",
)  # fmt: skip
SHOWN = ("Hard", "Held", "Open")
PAGES = ("/", "/series", "/creators", "/people", "/places", "/decades", "/creators/reza",
         "/people/sara", "/places/aghd", "/places/azer", "/decades/1990")  # fmt: skip


def test_no_page_of_browsing_names_what_the_public_may_not_find(hung):
    for path in PAGES:
        page = hung.browser.get(path)
        assert page.status_code == 200, path
        for words in NOT_TO_BE_NAMED:
            assert words not in page.text, (path, words)
        for state in ("draft", "minor"):
            assert hung.ids[state] not in page.text, path
        # What is withheld or stands behind an advisory is named, and no pixel of it is there.
        for state in ("embargo", "hard"):
            assert f"/iiif/3/{hung.ids[state]}/" not in page.text, path


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (Way.SERIES, [("Two days", 3)]),
        (Way.CREATORS, [("R. Known", 3), *((f"Studio {one}", 1) for one in SHOWN)]),
        (Way.PEOPLE, [("Sara", 3)]),
        (Way.PLACES, [("Aghdam", 3), ("Azerbaijan", 3)]),
        (Way.DECADES, [("1970", 1), ("1990", 2)]),
    ],
)  # fmt: skip
def test_counts_are_of_what_the_public_may_find(hung, way, expected):
    found = ways.entries(hung.archive, way).entries
    named = [(one.names[0][1], one.count) for one in found]
    if way is Way.CREATORS:  # by either of the two ways in which he is credited
        named[0] = ("R. Known", named[0][1]) if named[0][0] in {"R. Known", "Reza K."} else named[0]
    assert sorted(named) == expected


@pytest.mark.parametrize(
    ("path", "says", "lists"),
    [
        ("/creators/reza", ("R. Known", "Reza K.", "3 photographs"), ("open", "embargo", "hard")),
        ("/people/sara", ("Sara", "3 photographs"), ("open", "embargo", "hard")),
        ("/places/aghd", ("Aghdam", "Агдам", "Azerbaijan", "GeoNames"), ("open", "embargo")),
        ("/places/azer", ("Azerbaijan", 'href="/places/aghd"'), ("open", "hard")),
        ("/decades/1990", ("1990s", "2 photographs"), ("open", "embargo")),
    ],
)
def test_the_page_of_a_name_lists_its_photographs(hung, path, says, lists):
    page = hung.browser.get(path).text
    for words in says:
        assert words in page, words
    for state in lists:
        assert f'href="/p/{hung.ids[state]}"' in page, state


@pytest.mark.parametrize(
    "path",
    ["/places/shus", "/decades/1950", "/creators/nobody", "/people/reza", "/people/%00"],
)  # fmt: skip
def test_the_page_of_a_name_of_which_nothing_may_be_found_is_not_there(hung, path):
    assert hung.browser.get(path).status_code == 404


def test_names_on_the_page_of_a_photograph_lead_to_what_else_there_is(hung):
    page = hung.browser.get(f"/p/{hung.ids['open']}").text
    for address in ("/creators/reza", "/people/sara", "/places/aghd", "/places/azer"):
        assert f'href="{address}"' in page
    assert "/people/" not in hung.browser.get(f"/p/{hung.ids['minor']}").text, "it is in no index"


def test_long_lists_go_on_after_the_last_name(hung, monkeypatch):
    monkeypatch.setattr(ways, "PAGE", 2)
    first = ways.entries(hung.archive, Way.CREATORS)
    second = ways.entries(hung.archive, Way.CREATORS, first.after)
    assert [len(first.entries), len(second.entries), second.after] == [2, 2, ""]
    assert not {one.value for one in first.entries} & {one.value for one in second.entries}
    assert 'rel="next"' in hung.browser.get("/creators").text
    assert "From the beginning" in hung.browser.get(f"/creators?after={first.after}").text


def test_the_front_page_shows_pictures_that_need_no_word_before_them(hung):
    page = hung.browser.get("/").text
    assert f'href="/p/{hung.ids["open"]}"' in page
    assert f'href="/p/{hung.ids["hard"]}"' not in page
    assert f'href="/p/{hung.ids["embargo"]}"' not in page


def test_a_merged_place_leads_on_and_what_is_withdrawn_is_gone_from_every_page(archive):
    hung = hang_all(archive)
    authority_work.merge(archive, "aghd", "shus", "rita")
    answer = hung.browser.get("/places/aghd")
    assert (answer.status_code, answer.location) == (301, "/places/shus")
    for state in ("open", "hard", "embargo"):
        clear.withdraw(archive, hung.ids[state], "by request", "rita")
    for path in PAGES[:6]:
        page = hung.browser.get(path).text
        for words in ("Known", "Sara", "Aghdam", "Two days", "Studio Open"):
            assert words not in page, (path, words)
    assert hung.browser.get("/people/sara").status_code == 404


def test_the_list_that_was_the_front_page_is_still_found_by_its_pages(browser):
    answer = browser.get("/?page=1")
    assert (answer.status_code, answer.location) == (301, "/photographs?page=1")


def test_an_archive_without_photographs_has_a_front_page(browser):
    assert "No photograph is public yet." in browser.get("/").text
    assert "Nothing is public here yet." in browser.get("/places").text


def test_a_record_is_labelled_by_photographs_that_the_public_may_find(hung):
    with hung.archive.reading() as db:
        labels = search.labels(db, ["creza", "hsara"])
    assert labels["creza"] in {"R. Known", "Reza K."}
    assert labels["hsara"] == "Sara"
