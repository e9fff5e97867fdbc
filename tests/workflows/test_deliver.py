"""Pixels leave: whose, from which pack, until when, and under which tag."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PIL import Image

from dam.errors import Forbidden, Gone, NotFound, Unavailable
from dam.iiif.geometry import Extent
from dam.iiif.image_request import ApiVersion, BadImageRequest
from dam.records import catalogue
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience
from dam.workflows import ask, clear, deliver, derive
from dam.workflows.ask import Unknown, Withdrawn, Withheld
from dam.workflows.deliver import BeingPrepared, SignInForFull

BY = "http://creativecommons.org/licenses/by/4.0/"
INC = "http://rightsstatements.org/vocab/InC/1.0/"
K = RecordKind
V2, V3 = ApiVersion.V2, ApiVersion.V3
WORK_HERE = [audience for audience in Audience if audience.works_here]
OUTSIDE = [audience for audience in Audience if not audience.works_here]


def record(archive, photograph_id, kind, text="", **value):
    clear.record(archive, photograph_id, [NewRecord(kind, text, **value)], "Rana")


@pytest.fixture
def free(darkroom):
    """A published photograph of 600 by 400 pixels under a licence."""
    return darkroom.photograph((600, 400), public=True, rights=BY)


@pytest.fixture
def capped(archive, darkroom, free):
    """The same, of which the public gets 300 pixels."""
    record(archive, free, K.CAP, number=300)
    darkroom.work()
    return free


def extent(archive, service_id, audience):
    return deliver.open_image(archive, service_id, audience).pack.extent


def delivery(archive, service_id, tail, version=V3, audience=Audience.PUBLIC):
    return deliver.find(archive, deliver.open_image(archive, service_id, audience), version, tail)


def drawn(archive, service_id, tail, version=V3):
    found = delivery(archive, service_id, tail, version)
    return Image.open(io.BytesIO(deliver.body(archive, found)))


def test_public_photograph_leaves_for_everybody(archive, free):
    for audience in Audience:
        assert extent(archive, free, audience) == Extent(600, 400)


def test_public_image_is_the_same_whoever_asks(archive, capped):
    """Its address is in caches; what it answers must not depend on who is signed in."""
    for audience in Audience:
        image = deliver.open_image(archive, capped, audience)
        assert image.pack.extent == Extent(300, 200)
        assert image.public


@pytest.mark.parametrize("audience", WORK_HERE)
def test_full_image_is_for_those_who_work_here(archive, capped, audience):
    image = deliver.open_image(archive, f"{capped}_full", audience)
    assert image.pack.extent == Extent(600, 400)
    assert not image.public
    assert image.asked.life.seconds == 0


def test_full_image_of_a_capped_photograph_is_refused_to_whoever_has_not_signed_in(archive, capped):
    with pytest.raises(SignInForFull) as caught:
        deliver.open_image(archive, f"{capped}_full", Audience.PUBLIC)
    assert caught.value.signing_in_helps
    assert isinstance(caught.value, Forbidden)


def test_whoever_has_signed_in_gets_no_more_there_than_the_decision_gives(archive, capped):
    image = deliver.open_image(archive, f"{capped}_full", Audience.RESEARCHER)
    assert image.pack.extent == Extent(300, 200)
    assert not image.public


def test_full_image_of_a_free_photograph_is_everybodys(archive, free):
    assert extent(archive, f"{free}_full", Audience.PUBLIC) == Extent(600, 400)


def test_thumbnail_is_all_that_leaves_below_that_ceiling(open_archive, darkroom):
    darkroom.archive = archive = open_archive(thumbnail_pixels="50")
    photograph_id = darkroom.photograph((600, 400), public=True, rights=BY)
    record(archive, photograph_id, K.CEILING, "thumbnail")
    darkroom.work()
    assert extent(archive, photograph_id, Audience.PUBLIC) == Extent(50, 33)


def test_nothing_leaves_before_the_pack_that_the_decision_names_exists(archive, darkroom, free):
    record(archive, free, K.CAP, number=300)
    with pytest.raises(BeingPrepared) as caught:
        deliver.open_image(archive, free, Audience.PUBLIC)
    assert isinstance(caught.value, Forbidden)
    darkroom.work()
    assert extent(archive, free, Audience.PUBLIC) == Extent(300, 200)


def test_photograph_that_has_just_come_in_is_being_prepared(archive, darkroom):
    [outcome] = darkroom.take(darkroom.picture("a.png"), public=True, rights=BY)
    with pytest.raises(BeingPrepared):
        deliver.open_image(archive, outcome.id, Audience.PUBLIC)


UNKNOWN = ("nobody", "nobody_full", "_full", "", "nobody_full_full")


@pytest.mark.parametrize("service_id", UNKNOWN)
@pytest.mark.parametrize("audience", Audience)
def test_unknown_image_is_not_found_for_anybody(archive, service_id, audience):
    with pytest.raises(NotFound):
        deliver.open_image(archive, service_id, audience)


def test_draft_is_unknown_outside_and_full_for_those_who_work_here(archive, darkroom):
    draft = darkroom.photograph((600, 400), rights=BY)
    for service_id in (draft, f"{draft}_full"):
        for audience in OUTSIDE:
            with pytest.raises(Unknown):
                deliver.open_image(archive, service_id, audience)
    assert extent(archive, f"{draft}_full", Audience.STAFF) == Extent(600, 400)


def test_photograph_without_a_ground_is_withheld_with_the_reason(archive, darkroom):
    photograph_id = darkroom.photograph(rights=INC)
    record(archive, photograph_id, K.PUBLICATION, "published")
    with pytest.raises(Withheld, match=r"“In Copyright” does not allow .* \(R-1\)") as caught:
        deliver.open_image(archive, photograph_id, Audience.PUBLIC)
    assert not caught.value.signing_in_helps


def test_signing_in_is_offered_where_the_policy_lets_researchers_see(archive, darkroom):
    from dam.rights.facts import Step

    open_to_researchers = replace(
        archive, policy=replace(archive.policy, researcher_step=Step.ZOOM)
    )
    photograph_id = darkroom.photograph(rights=INC)
    record(archive, photograph_id, K.PUBLICATION, "published")
    with pytest.raises(Withheld) as caught:
        deliver.open_image(open_to_researchers, photograph_id, Audience.PUBLIC)
    assert caught.value.signing_in_helps
    full = deliver.open_image(open_to_researchers, f"{photograph_id}_full", Audience.RESEARCHER)
    assert full.pack.extent == Extent(96, 64)


@pytest.mark.parametrize("audience", Audience)
def test_withdrawn_photograph_leaves_for_nobody(archive, clock, capped, audience):
    clear.withdraw(archive, capped, "A family asked.", "Rana")
    for service_id in (capped, f"{capped}_full"):
        with pytest.raises(Withdrawn) as caught:
            deliver.open_image(archive, service_id, audience)
        assert isinstance(caught.value, Gone)
        assert caught.value.at == clock.moment
        assert "family" not in str(caught.value)


def test_withdrawn_draft_stays_unknown(archive, darkroom):
    """A tombstone would say that something was here."""
    draft = darkroom.photograph()
    clear.withdraw(archive, draft, "A family asked.", "Rana")
    with pytest.raises(Unknown):
        deliver.open_image(archive, draft, Audience.PUBLIC)


def test_reinstated_photograph_leaves_again(archive, free):
    clear.withdraw(archive, free, "By mistake.", "Rana")
    clear.reinstate(archive, free, "It was a mistake.", "Rana")
    assert extent(archive, free, Audience.PUBLIC) == Extent(600, 400)


SECOND = timedelta(seconds=1)
EMBARGOES = (
    ("UTC", datetime(2027, 5, 12, tzinfo=UTC)),
    ("Europe/Vilnius", datetime(2027, 5, 11, 21, tzinfo=UTC)),
    ("America/New_York", datetime(2027, 5, 12, 4, tzinfo=UTC)),
)


@pytest.mark.parametrize(("timezone", "opens"), EMBARGOES)
def test_embargo_opens_at_midnight_where_the_archive_is(
    open_archive, darkroom, clock, timezone, opens
):
    darkroom.archive = archive = open_archive(timezone=timezone)
    photograph_id = darkroom.photograph(public=True, rights=BY)
    record(archive, photograph_id, K.EMBARGO, "plain", day=date(2027, 5, 12))
    clock.moment = opens - SECOND
    with pytest.raises(Withheld, match="embargo holds it until 12 May 2027"):
        deliver.open_image(archive, photograph_id, Audience.PUBLIC)
    assert ask.ask(archive, photograph_id, Audience.PUBLIC).decision.until == opens
    clock.moment = opens
    assert deliver.open_image(archive, photograph_id, Audience.PUBLIC).pack.recipe == "full"


@pytest.mark.parametrize("hold", ["donor", "court", "cultural"])
def test_other_restrictions_do_not_open_by_themselves(archive, clock, free, hold):
    record(archive, free, K.EMBARGO, hold, day=date(2027, 5, 12))
    clock.moment = datetime(2099, 1, 1, tzinfo=UTC)
    with pytest.raises(Withheld):
        deliver.open_image(archive, free, Audience.PUBLIC)


def test_no_copy_of_a_refusal_or_picture_outlives_the_next_change(archive, clock, free):
    record(archive, free, K.EMBARGO, "plain", day=date(2027, 5, 12))
    clock.moment = datetime(2027, 5, 11, 23, 59, 30, tzinfo=UTC)
    assert ask.ask(archive, free, Audience.PUBLIC).life.seconds_at(clock.moment) == 30


SPELLINGS = (
    (
        "the whole picture",
        [
            (V3, "full/max/0/default.jpg"),
            (V3, "full/600,400/0/default.jpg"),
            (V3, "full/600,/0/default.jpg"),
            (V3, "full/,400/0/default.jpg"),
            (V3, "full/pct:100/0/default.jpg"),
            (V3, "full/!600,400/0/default.jpg"),
            (V3, "0,0,600,400/max/0/default.jpg"),
            (V3, "pct:0,0,100,100/max/0/default.jpg"),
            (V3, "0,0,9999,9999/max/0/default.jpg"),
            (V3, "full/max/360/default.jpg"),
            (V2, "full/full/0/default.jpg"),
            (V2, "full/max/0/default.jpg"),
            (V2, "full/600,/0/default.jpg"),
        ],
    ),
    (
        "the first tile",
        [
            (V3, "0,0,512,400/512,400/0/default.jpg"),
            (V3, "0,0,512,400/512,/0/default.jpg"),
            (V3, "0,0,512,400/max/0/default.jpg"),
            (V3, "0,0,512,999/512,/0/default.jpg"),
            (V2, "0,0,512,400/512,/0/default.jpg"),
            (V2, "0,0,512,400/full/0/default.jpg"),
        ],
    ),
    (
        "a small gray one",
        [
            (V3, "full/60,40/0/gray.png"),
            (V3, "full/60,/0/gray.png"),
            (V3, "full/pct:10/0/gray.png"),
            (V3, "full/!60,60/0/gray.png"),
            (V2, "full/60,/0/gray.png"),
        ],
    ),
)


@pytest.mark.parametrize(("what", "tails"), SPELLINGS, ids=[row[0] for row in SPELLINGS])
def test_every_spelling_of_a_request_has_the_same_tag_and_bytes(archive, free, what, tails):
    found = [delivery(archive, free, tail, version) for version, tail in tails]
    assert {each.etag for each in found} == {found[0].etag}
    assert len({deliver.body(archive, each) for each in found}) == 1


def test_different_requests_have_different_tags(archive, free):
    tails = [
        "full/max/0/default.jpg",
        "full/max/0/gray.jpg",
        "full/max/0/default.png",
        "full/max/!0/default.jpg",
        "full/max/90/default.jpg",
        "full/300,200/0/default.jpg",
        "0,0,300,200/max/0/default.jpg",
    ]
    assert len({delivery(archive, free, tail).etag for tail in tails}) == len(tails)


def test_tag_changes_with_the_pack(archive, free):
    tail = "full/max/0/default.jpg"
    before = delivery(archive, free, tail).etag
    other_quality = replace(archive, settings=replace(archive.settings, jpeg_quality=30))
    derive.derive(other_quality, free, rebuild=True)
    assert delivery(archive, free, tail).etag != before


def test_tag_of_the_public_and_the_full_image_differ_where_their_pixels_do(archive, capped):
    public = delivery(archive, capped, "full/max/0/default.jpg")
    full = delivery(archive, f"{capped}_full", "full/max/0/default.jpg", audience=Audience.STAFF)
    assert public.etag != full.etag


def test_stored_tile_leaves_as_it_lies_in_the_pack(archive, free):
    found = delivery(archive, free, "0,0,512,400/512,400/0/default.jpg")
    assert found.stored is not None
    body = deliver.body(archive, found)
    assert len(body) == found.stored.length
    assert Image.open(io.BytesIO(body)).size == (512, 400)
    assert found.media_type == "image/jpeg"


def test_other_requests_are_drawn(archive, free):
    found = delivery(archive, free, "full/max/0/default.png")
    assert found.stored is None and found.media_type == "image/png"
    assert drawn(archive, free, "full/max/0/default.png").size == (600, 400)
    assert drawn(archive, free, "full/max/90/default.jpg").size == (400, 600)


MEDIA_TYPES = (
    *(("jpg", "JPEG", "image/jpeg"), ("png", "PNG", "image/png"), ("tif", "TIFF", "image/tiff")),
    *(("webp", "WEBP", "image/webp"), ("gif", "GIF", "image/gif"), ("avif", "AVIF", "image/avif")),
)


@pytest.mark.parametrize(("ending", "written", "media_type"), MEDIA_TYPES)
def test_format_is_what_its_media_type_says(archive, free, ending, written, media_type):
    tail = f"full/60,40/0/default.{ending}"
    assert drawn(archive, free, tail).format == written
    assert delivery(archive, free, tail).media_type == media_type


BEYOND = (
    "full/600,400/0/default.jpg",
    "full/301,/0/default.jpg",
    "300,0,300,200/max/0/default.jpg",
    "full/pct:101/0/default.jpg",
)


@pytest.mark.parametrize("tail", BEYOND)
def test_no_request_reaches_beyond_the_pack(archive, capped, tail):
    with pytest.raises(BadImageRequest):
        delivery(archive, capped, tail)


def test_enlarged_request_is_drawn_from_the_capped_pack_alone(archive, darkroom, capped):
    with archive.reading() as db:
        packs = {pack.recipe: pack for pack in catalogue.packs(db, capped)}
    archive.store.discard(packs["full"].key)
    assert drawn(archive, capped, "full/^600,400/0/default.jpg").size == (600, 400)


def test_picture_larger_than_the_limit_of_the_archive_is_refused(open_archive, darkroom):
    darkroom.archive = archive = open_archive(max_image_area="10000")
    photograph_id = darkroom.photograph((600, 400), public=True, rights=BY)
    with pytest.raises(BadImageRequest):
        delivery(archive, photograph_id, "full/600,400/0/default.jpg")
    assert drawn(archive, photograph_id, "full/60,40/0/default.jpg").size == (60, 40)


def test_pack_whose_file_is_missing_is_unavailable_and_not_unknown(archive, free):
    """Whoever harvests would forget a photograph that is not found."""
    with archive.reading() as db:
        [pack] = catalogue.packs(db, free)
    archive.store.discard(pack.key)
    with pytest.raises(Unavailable, match="makes them again"):
        deliver.open_image(archive, free, Audience.PUBLIC)


def test_decision_about_many_is_the_decision_about_each(archive, darkroom, free):
    draft = darkroom.photograph()
    with archive.reading() as db:
        found = ask.ask_in(db, archive, [draft, free, "nobody"], Audience.PUBLIC)
    assert list(found) == [draft, free, "nobody"]
    for photograph_id, asked in found.items():
        assert asked.decision == ask.ask(archive, photograph_id, Audience.PUBLIC).decision


def test_words_of_what_is_hidden_or_withdrawn_are_not_told(archive, darkroom, free):
    draft = darkroom.photograph()
    with pytest.raises(Unknown):
        ask.require_words(ask.ask(archive, draft, Audience.PUBLIC))
    ask.require_words(ask.ask(archive, free, Audience.PUBLIC))
    clear.withdraw(archive, free, "A family asked.", "Rana")
    with pytest.raises(Withdrawn):
        ask.require_words(ask.ask(archive, free, Audience.PUBLIC))
