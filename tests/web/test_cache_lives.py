"""No copy of an answer lives longer than what was decided about it, however long that took."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from browsers import CC_BY, CC_ZERO, CNE, KEY, Browser, new_photograph, published, work
from PIL import Image
from walking import addresses, readable

from dam.records.register import NewRecord, RecordKind
from dam.rights import decision as rights
from dam.rights.facts import Audience
from dam.rights.life import Life, shortest
from dam.web.application import create_app, create_service
from dam.workflows import ask, clear, merge
from dam.workflows.draw import Work

END = datetime(2027, 3, 20, tzinfo=UTC)
DAY = 86_400
BEFORE = (DAY + 1, DAY, DAY - 0.5, 301, 300, 299.5, 60, 59.3, 1, 0.4, 0)

# What caches may keep although it ends with no decision, and why.
ENDLESS = {
    "/static/dist/<path:name>": "scripts, styles and fonts",
    "/manifests/not-shown.svg": "a fixed picture that shows none",
    "/api/v1/openapi.json": "a description of operations",
    "/robots.txt": "a fixed text",
    "/sitemap.xml": "how many parts the sitemap has",
    "/activity/collection.json": "how many pages the stream has",
}
BOUNDED = {
    "/iiif/<any('2', '3'):version>/<path:rest>",
    "/manifests/<any('3', '2'):version>/<identifier>/manifest.json",
    "/manifests/<any('3', '2'):version>/collection.json",
    "/search/<any('3', '2'):version>/<identifier>",
    "/search/<any('3', '2'):version>/<identifier>/complete",
    "/activity/page-<int:page>.json",
    "/ark:/<naan>/<path:name>",
    "/ark:<naan>/<path:name>",
    "/p/<identifier>/download",
    "/api/v1/photographs/<identifier>.json",
    "/api/v1/photographs/<identifier>/dublin-core.xml",
    "/api/v1/photographs/<identifier>/iptc.json",
}


def life_of(answer) -> int | None:
    """Seconds that caches may keep it, or None where none may."""
    said = answer.headers.get("Cache-Control", "")
    found = re.search(r"max-age=(\d+)", said)
    if found is None or "no-store" in said or "private" in said:
        assert "no-store" in said or "private" in said or answer.status_code in {302, 303}, (
            answer.request.path,
            answer.status,
            said,
        )
        return None
    return int(found[1])


@pytest.fixture
def ends(monkeypatch) -> Callable[[datetime], None]:
    """Let every decision that is made from now on change at a moment, and not after it."""

    def at(end: datetime) -> None:
        def decide(facts, audience, purpose, moment, policy):
            found = rights.decide(facts, audience, purpose, moment, policy)
            return replace(found, until=end if moment < end else None)

        monkeypatch.setattr(ask, "decide", decide)

    return at


def test_no_copy_of_any_answer_outlives_its_decision(exhibition, ends, clock, ticks):
    """Each address is asked of one service again and again, as its end comes near."""
    ends(END)
    archive = replace(exhibition.archive, now=clock, ticks=ticks)
    app, reader = create_app(archive, KEY), Browser(create_service(archive, KEY))
    kept = set()
    for rule in readable(app):
        for path in addresses(rule, exhibition):
            for seconds in BEFORE:
                clock.moment = END - timedelta(seconds=seconds)
                ticks.seconds += 0.7
                life = life_of(reader.get(path))
                if life is None:
                    continue
                kept.add(rule)
                fits = rule in ENDLESS or seconds == 0 or life <= seconds
                assert fits, f"{path} may be kept {life} s and ends in {seconds} s"
    assert kept >= BOUNDED


def test_a_manifest_that_is_kept_here_is_never_handed_out_for_longer(
    exhibition, ends, clock, ticks
):
    ends(END)
    archive = replace(exhibition.archive, now=clock, ticks=ticks)
    reader = Browser(create_service(archive, KEY))
    path = f"/manifests/3/{exhibition.series_id}/manifest.json"
    for tenths in range(30, 0, -1):
        clock.moment = END - timedelta(seconds=tenths / 10)
        ticks.seconds += 0.1
        assert life_of(reader.get(path)) <= tenths / 10


@pytest.mark.parametrize("audience", Audience)
def test_what_is_of_several_lives_as_long_as_the_shortest(audience, exhibition):
    early, late = END - timedelta(days=1), END
    assert shortest(300, []) == Life(300)
    assert shortest(300, [Life(DAY)]) == Life(300)
    assert shortest(300, [Life(DAY, late), Life(60)]) == Life(60, late)
    assert shortest(300, [Life(DAY, late), Life(DAY, early)]) == Life(300, early)
    asked = ask.ask(exhibition.archive, exhibition.ids["public"], audience)
    assert asked.life.seconds == (DAY if audience is Audience.PUBLIC else 0)


def test_a_redirect_of_a_merged_photograph_lives_no_longer_than_the_other(
    archive, ends, clock, service
):
    old, new = (new_photograph(archive, number) for number in (1, 2))
    clear.record(archive, new, published(), "tests")
    merge.merge(archive, old, new, "Rana")
    ends(END)
    clock.moment = END - timedelta(seconds=7.5)
    answer = Browser(service).get(f"/p/{old}")
    assert answer.status_code == 301
    assert life_of(answer) == 7


@dataclass
class Slowly:
    """Drawing as the archive does it, while something else happens each time."""

    drawing: object
    meanwhile: Callable[[], None]
    drawn: list[str] = field(default_factory=list)

    def picture(self, work: Work, gone: Callable[[], bool]) -> bytes:
        body = self.drawing.picture(work, gone)
        self.drawn.append(work.key)
        self.meanwhile()
        return body


@dataclass
class Studio:
    """A photograph of the public and a service that draws slowly."""

    one: str
    archive: object
    slowly: Slowly

    def get(self, path: str):
        return Browser(create_service(self.archive, KEY)).get(path.format(self.one))


@pytest.fixture
def studio(archive, ticks):
    """A maker of studios, each of another photograph, by what happens while a picture is drawn."""
    numbers = count(10)

    def open_(meanwhile: Callable[[str], None]) -> Studio:
        one = new_photograph(archive, next(numbers))
        clear.record(archive, one, published(CC_ZERO), "tests")
        work(archive)
        slowly = Slowly(archive.drawing, lambda: meanwhile(one))
        return Studio(one, replace(archive, ticks=ticks, drawing=slowly), slowly)

    return open_


DRAWN = (
    "/iiif/3/{}/0,0,24,16/12,8/0/default.jpg",
    "/iiif/2/{}/full/50,/90/gray.png",
    "/p/{}/download",
)
# The whole of a small photograph is a stored tile; at half its area it has to be drawn.
DOWNLOADS = {"max_image_area": "2000"}


@pytest.fixture
def archive(open_archive):
    return open_archive(**DOWNLOADS)


@pytest.mark.parametrize("path", DRAWN)
@pytest.mark.parametrize("seconds", [25, 20.5, 86_405])
def test_no_copy_of_a_picture_that_took_long_to_draw_outlives_its_decision(
    studio, ends, clock, ticks, path, seconds
):
    def twenty_seconds_pass(_):
        clock.advance(seconds=20)
        ticks.seconds += 20

    found = studio(twenty_seconds_pass)
    ends(END)
    clock.moment = END - timedelta(seconds=seconds)
    answer = found.get(path)
    assert answer.status_code == 200
    assert life_of(answer) <= seconds - 20
    assert len(found.slowly.drawn) == 1


@pytest.mark.parametrize("path", DRAWN)
def test_a_picture_that_is_withdrawn_while_it_is_drawn_does_not_leave(studio, archive, path):
    found = studio(lambda one: clear.withdraw(archive, one, "the donor asked", "tests"))
    answer = found.get(path)
    assert answer.status_code == 410
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(found.slowly.drawn) == 1


@pytest.mark.parametrize("path", DRAWN)
def test_a_picture_that_is_withdrawn_elsewhere_while_it_is_drawn_does_not_leave(
    studio, archive, ticks, monkeypatch, path
):
    """Another host cannot raise the counter of this one; after a second it is asked again."""

    def withdrawn_elsewhere(one):
        with monkeypatch.context() as patched:
            patched.setattr(type(archive.epoch), "advance", lambda _: None)
            clear.withdraw(archive, one, "the donor asked", "tests")
        ticks.seconds += 1

    assert studio(withdrawn_elsewhere).get(path).status_code == 410


@pytest.mark.parametrize("path", DRAWN)
def test_a_picture_whose_decision_ends_while_it_is_drawn_does_not_leave(
    studio, monkeypatch, clock, path
):
    """A grant that ends at a moment is what the rules will know; here it is played."""
    found = studio(lambda _: clock.advance(seconds=2))

    def decide(facts, audience, purpose, moment, policy):
        if moment >= END:
            facts = replace(facts, statement=replace(facts.statement, uri=CNE))
        decided = rights.decide(facts, audience, purpose, moment, policy)
        return replace(decided, until=END if moment < END else None)

    monkeypatch.setattr(ask, "decide", decide)
    clock.moment = END - timedelta(seconds=1)
    assert found.get(path).status_code == 403


def test_a_picture_that_is_capped_while_it_is_drawn_is_drawn_from_the_smaller_pack(studio, archive):
    def capped(one):
        clear.record(archive, one, [NewRecord(RecordKind.CAP, number=30)], "tests")

    def capped_and_cut(one):
        capped(one)
        work(archive)

    answer = studio(once(capped_and_cut)).get("/iiif/3/{}/full/10,/0/gray.png")
    assert answer.status_code == 200
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert picture.size == (10, 7), "of 30 by 20"
    larger = studio(once(capped_and_cut)).get("/iiif/3/{}/full/50,/0/gray.png")
    assert larger.status_code == 400, "it has no such pixels any more"
    assert studio(capped).get(DRAWN[0]).status_code == 403, "its smaller pack is being cut"


def once(meanwhile):
    """Let it happen the first time only."""
    left = [meanwhile]
    return lambda one: left.pop()(one) if left else None


@pytest.mark.parametrize("path", [DRAWN[0], DRAWN[2]])
def test_a_picture_whose_licence_changes_while_it_is_drawn_says_the_new_one(studio, archive, path):
    def another_licence(one):
        clear.record(archive, one, [NewRecord(RecordKind.STATEMENT, CC_BY)], "tests")

    found = studio(once(another_licence))
    answer = found.get(path)
    assert answer.status_code == 200
    assert CC_BY.encode() in answer.data
    assert CC_ZERO.encode() not in answer.data
    assert len(set(found.slowly.drawn)) == 1, "the same picture, which is kept meanwhile"


@pytest.mark.parametrize("path", DRAWN)
def test_the_rights_of_another_photograph_change_nothing(studio, archive, path):
    other = new_photograph(archive, 4)
    found = studio(lambda _: clear.record(archive, other, published(), "tests"))
    assert found.get(path).status_code == 200
    assert len(found.slowly.drawn) == 1


@pytest.mark.parametrize("path", DRAWN)
def test_rights_that_change_all_the_time_are_waited_out_by_the_client(studio, archive, path):
    caps = iter(range(40, 90))

    def another_cap(one):
        clear.record(archive, one, [NewRecord(RecordKind.CEILING, "download")], "tests")
        clear.record(archive, one, [NewRecord(RecordKind.STATEMENT, CC_BY)], str(next(caps)))

    found = studio(another_cap)
    answer = found.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert len(found.slowly.drawn) == 3
