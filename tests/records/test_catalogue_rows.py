"""Photographs and their words, packs, series, canvases and events, as they are kept."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from stored_rows import NOON, add_photograph, pack

from dam.catalogue.captions import Caption, CaptionSource
from dam.catalogue.changes import Description, KeywordsIn
from dam.catalogue.datelines import RelationKind
from dam.catalogue.dates import parse_date
from dam.catalogue.notices import Notice, NoticeKind
from dam.catalogue.people import Contributor, PersonShown, Region, Role, creators
from dam.catalogue.places import Locality, PlaceName, PlaceRole, Relation
from dam.catalogue.repair import Proposal as Repair
from dam.catalogue.text import Text, TextField
from dam.iiif.geometry import Extent
from dam.records import canvases, catalogue, epochs, log, proposals, refused, series
from dam.records.canvases import Canvas
from dam.records.catalogue import RevisionConflict, UnknownPhotograph
from dam.records.log import Event
from dam.records.refused import UnknownRefusedFile
from dam.records.series import UnknownSeries
from dam.records.values import RefusedFile

WORDS = Description(
    texts=(
        Text(TextField.CAPTION, "en", "A man waits.\n\nHe has a coffin."),
        Text(TextField.CAPTION, "az-Cyrl", "Бир киши"),
        Text(TextField.TITLE, "en", "Aghdam"),
    ),
    contributors=creators(["Reza", "Ali", "Reza the younger"]),
    keywords=("war", "Karabakh"),
    date_text="February 1992",
    accession="2027.1",
)


def test_photograph_is_read_as_it_was_written(db):
    add_photograph(db, description=WORDS)
    db.expire_all()
    found = catalogue.photograph(db, "abc")
    assert found.description == WORDS
    assert (found.revision, found.created_at) == (1, NOON)
    assert found.date == parse_date("February 1992")
    assert found.master.extent == Extent(4000, 3000)
    assert found.master.size_bytes == 5_000_000_000
    assert found.master.notes == ("It lies on its side.",)
    assert found.packs == ()


def test_unknown_photograph_says_so(db):
    for ask in (
        lambda: catalogue.photograph(db, "nobody"),
        lambda: catalogue.check_revision(db, "nobody", 1),
        lambda: catalogue.describe(db, "nobody", WORDS),
    ):
        with pytest.raises(UnknownPhotograph):
            ask()


def test_several_photographs_come_in_the_order_asked_for_without_unknown_ones(db):
    for one in ("a", "b", "c"):
        add_photograph(db, one)
    found = catalogue.photographs(db, ["c", "nobody", "a"])
    assert [one.id for one in found] == ["c", "a"]


WRITTEN_DATES = (
    *("1992", "1992-02", "1992-02-25", "February 1992", "25 February 1992", "c. 1936", "1930s"),
    *(
        "1914-1918",
        "September 27 \N{EN DASH} November 10, 2020",
        "before 1900",
        "after 1945",
        "19th century",
    ),
    *("1992?", "spring 1968", "1960 or 1961", "unknown", "44 BC"),
)


@pytest.mark.parametrize("written", WRITTEN_DATES)
def test_date_is_the_same_when_it_is_read_back(db, written):
    add_photograph(db, description=Description(date_text=written))
    db.expire_all()
    found = catalogue.photograph(db, "abc")
    assert found.date == parse_date(written)
    assert found.description.date_text == written


def test_words_that_replace_others_may_have_their_place(db):
    add_photograph(db, description=WORDS)
    other = Description(
        texts=(Text(TextField.CAPTION, "en", "Another caption."),),
        contributors=creators(["Ali"]),
        keywords=("war",),
    )
    assert catalogue.describe(db, "abc", other) == 2
    db.flush()
    db.expire_all()
    found = catalogue.photograph(db, "abc")
    assert (found.description, found.revision, found.date) == (other, 2, None)


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
LANGUAGES = st.sampled_from(["en", "az", "ka"])
FRACTIONS = st.floats(0.01, 0.5)
REGIONS = st.none() | st.builds(Region, FRACTIONS, FRACTIONS, FRACTIONS, FRACTIONS)
NAMES = st.lists(st.builds(PlaceName, TEXTS), max_size=3).map(tuple)
RELATIONS = st.none() | st.builds(Relation, st.sampled_from(RelationKind), NAMES)
PLACES = st.builds(Locality, NAMES, RELATIONS, st.sampled_from(PlaceRole))
CAPTIONS = st.builds(Caption, LANGUAGES, TEXTS, TEXTS, TEXTS, TEXTS)
DESCRIPTIONS = st.builds(
    Description,
    texts=st.dictionaries(
        st.tuples(st.sampled_from(TextField), st.sampled_from(["en", "az", "ka"])), TEXTS
    ).map(lambda found: tuple(Text(*key, value) for key, value in found.items())),
    contributors=st.lists(st.builds(Contributor, TEXTS, st.sampled_from(Role)), max_size=4).map(
        tuple
    ),
    negative=st.none() | TEXTS,
    people=st.lists(st.builds(PersonShown, TEXTS, region=REGIONS), max_size=3).map(tuple),
    places=st.lists(PLACES, max_size=3).map(tuple),
    other_captions=st.lists(CAPTIONS, max_size=3).map(tuple),
    caption_sources=st.dictionaries(LANGUAGES, TEXTS).map(
        lambda found: tuple(CaptionSource(tag, by) for tag, by in found.items())
    ),
    notices=st.lists(
        st.builds(Notice, st.sampled_from(NoticeKind), LANGUAGES, TEXTS), max_size=3
    ).map(tuple),
    keywords_in=st.dictionaries(LANGUAGES, st.lists(TEXTS, max_size=3).map(tuple)).map(
        lambda found: tuple(KeywordsIn(tag, words) for tag, words in found.items())
    ),
    keywords=st.lists(TEXTS, max_size=4).map(tuple),
    date_text=st.none() | TEXTS,
    accession=st.none() | TEXTS,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(before=DESCRIPTIONS, after=DESCRIPTIONS)
def test_any_words_are_kept_and_replaced_to_the_letter(db, before, after):
    with db.begin_nested() as savepoint:
        add_photograph(db, description=before)
        assert catalogue.photograph(db, "abc").description == before
        catalogue.describe(db, "abc", after)
        db.flush()
        db.expire_all()
        assert catalogue.photograph(db, "abc").description == after
        savepoint.rollback()
    db.expire_all()


def test_edit_of_an_older_revision_is_a_conflict_that_names_both(db):
    add_photograph(db)
    catalogue.describe(db, "abc", WORDS)
    with pytest.raises(RevisionConflict) as caught:
        catalogue.check_revision(db, "abc", 1)
    assert (caught.value.mine, caught.value.theirs) == (1, 2)
    assert catalogue.check_revision(db, "abc", 2).description == WORDS


def test_bytes_are_held_by_one_photograph(db):
    add_photograph(db)
    assert catalogue.holder_of(db, "abc".ljust(64, "0")) == "abc"
    assert catalogue.holder_of(db, "f" * 64) is None


def test_second_photograph_of_the_same_bytes_is_refused_by_the_database(db):
    add_photograph(db, "abc")
    with pytest.raises(IntegrityError):
        add_photograph(db, "abc0")  # their hashes are the same


def test_newest_photographs_come_first(db):
    for hour, one in enumerate(("a", "b", "c")):
        add_photograph(db, one, now=NOON + timedelta(hours=hour))
    assert catalogue.all_ids(db) == ("c", "b", "a")
    assert catalogue.all_ids(db, offset=1, most=1) == ("b",)
    assert catalogue.count_all(db) == 3


def test_pack_of_a_recipe_is_kept(db):
    add_photograph(db)
    assert catalogue.put_pack(db, "abc", pack(), 123, NOON) == ()
    db.flush()
    assert catalogue.packs(db, "abc") == (pack(),)
    assert catalogue.photograph(db, "abc").pack("full") == pack()
    assert catalogue.photograph(db, "abc").pack("capped-1000") is None


def test_rebuilt_pack_names_the_one_that_it_replaces(db):
    add_photograph(db)
    catalogue.put_pack(db, "abc", pack("old"), 123, NOON)
    catalogue.put_pack(db, "abc", pack("other", "capped-1000"), 123, NOON)
    assert catalogue.put_pack(db, "abc", pack("new"), 123, NOON) == (pack("old").key,)
    db.flush()
    assert {found.digest for found in catalogue.packs(db, "abc")} == {"new", "other"}


def test_pack_that_is_the_same_object_replaces_nothing(db):
    add_photograph(db)
    catalogue.put_pack(db, "abc", pack(), 123, NOON)
    assert catalogue.put_pack(db, "abc", pack(), 123, NOON) == ()


def add_series(db, series_id="s", title="Aghdam", now=NOON):
    series.add_series(db, series_id, title=title, language="en", introduction="Intro.", now=now)
    db.flush()


def put(db, photograph_id, position=None, series_id="s"):
    add_photograph(db, photograph_id)
    series.add_frame(db, series_id, photograph_id, position)
    db.flush()
    db.expire_all()


def frames(db, series_id="s"):
    return series.series(db, series_id).frames


def test_frames_stand_in_the_order_of_their_positions(db):
    add_series(db)
    for photograph_id, position in (("a", 3), ("b", 1), ("c", 2)):
        put(db, photograph_id, position)
    assert frames(db) == ("b", "c", "a")


def test_frame_without_a_free_position_goes_to_the_end(db):
    add_series(db)
    for photograph_id, position in (("a", 2), ("b", 2), ("c", None), ("d", 0), ("e", -1), ("f", 1)):
        put(db, photograph_id, position)
    assert frames(db) == ("f", "a", "b", "c", "d", "e")


def test_photograph_stands_in_a_series_once_and_stays_where_it_is(db):
    add_series(db)
    put(db, "a", 1)
    put(db, "b", 2)
    series.add_frame(db, "s", "a", 9)
    db.flush()
    db.expire_all()
    assert frames(db) == ("a", "b")
    assert series.series(db, "s").revision == 3


def test_photograph_knows_where_it_stands(db):
    add_series(db, "s", "Aghdam")
    add_series(db, "t", "Khojaly", now=NOON + timedelta(hours=1))
    put(db, "a", 4)
    series.add_frame(db, "t", "a", None)
    db.flush()
    assert [
        (place.series_id, place.series_title, place.position) for place in series.places_of(db, "a")
    ] == [
        ("s", "Aghdam", 4),
        ("t", "Khojaly", 1),
    ]


def test_oldest_series_of_a_title_is_found(db):
    add_series(db, "new", now=NOON + timedelta(hours=1))
    add_series(db, "old", now=NOON)
    assert series.series_titled(db, "Aghdam") == "old"
    assert series.series_titled(db, "aghdam") is None
    assert [one.id for one in series.all_series(db)] == ["new", "old"]


def test_unknown_series_says_so(db):
    with pytest.raises(UnknownSeries):
        series.series(db, "nobody")


def test_canvas_is_replaced_by_photograph_and_manifest(db):
    canvases.store(db, "m", [Canvas("a", "1", "one"), Canvas("b", "1", "two")])
    canvases.store(db, "other", [Canvas("a", "9", "not this")])
    canvases.store(db, "m", [Canvas("a", "2", "three")])
    db.flush()
    assert canvases.of_manifest(db, "m") == {
        "a": Canvas("a", "2", "three"),
        "b": Canvas("b", "1", "two"),
    }
    canvases.forget(db, "m", "a")
    assert set(canvases.of_manifest(db, "m")) == {"b"}
    canvases.forget(db, "m")
    assert canvases.of_manifest(db, "m") == {}
    assert set(canvases.of_manifest(db, "other")) == {"a"}


def event(verb, group, field="caption", **more):
    return Event(NOON, "Rana", verb, "photograph", "abc", field, group_id=group, **more)


def test_events_are_read_as_they_were_written_newest_first(db):
    first = event("edited", "g", language="en", before="a", after="b")
    for each in (first, event("edited", "h")):
        log.write(db, each)
    db.flush()
    assert log.of_subject(db, "photograph", "abc") == (event("edited", "h"), first)
    assert log.of_subject(db, "photograph", "abc", most=1) == (event("edited", "h"),)
    assert log.of_subject(db, "series", "abc") == ()


def test_last_edit_is_the_newest_that_was_not_undone(db):
    for each in (
        event("edited", "one"),
        event("edited", "two", "title"),
        event("edited", "two", "caption"),
        event("recorded", "three"),
    ):
        log.write(db, each)
    db.flush()
    assert [each.field for each in log.last_edit(db, "abc")] == ["title", "caption"]
    log.write(db, event("undone", "four", reverses="two"))
    db.flush()
    assert [each.group_id for each in log.last_edit(db, "abc")] == ["one"]
    log.write(db, event("undone", "five", reverses="one"))
    db.flush()
    assert log.last_edit(db, "abc") == ()


def repair(found="brotherís", start=4):
    return Repair(
        start,
        start + len(found),
        found,
        "brother\N{RIGHT SINGLE QUOTATION MARK}s",
        0.9,
        "It is mojibake.",
    )


def test_open_repairs_of_a_text_are_replaced_and_settled_ones_stay(db):
    add_photograph(db)
    proposals.replace_proposals(db, "abc", "caption", "en", [repair(), repair("memberís", 20)])
    db.flush()
    first, _ = proposals.open_proposals(db)
    assert (first.found, first.proposed, first.start) == (
        "brotherís",
        "brother\N{RIGHT SINGLE QUOTATION MARK}s",
        4,
    )
    proposals.settle_proposal(db, first.id, "accepted")
    proposals.replace_proposals(db, "abc", "caption", "en", [repair("new", 1)])
    proposals.replace_proposals(db, "abc", "title", "en", [repair("title", 1)])
    db.flush()
    assert [each.found for each in proposals.open_proposals(db, "abc")] == ["new", "title"]
    assert proposals.open_proposals(db, "other") == ()


def refused_file(reason="It is damaged.", at=NOON, refused_id="r"):
    return RefusedFile(refused_id, "a.jpg", reason, f"refused/r/{refused_id}", 5, at, 1)


def test_refused_file_counts_its_tries_and_keeps_the_newest_reason(db):
    refused.keep(db, refused_file(), "0" * 64, "Rana")
    db.flush()
    refused.keep(db, refused_file("It is still damaged."), "0" * 64, "Nino")
    db.flush()
    found = refused.one(db, "r")
    assert (found.tries, found.reason) == (2, "It is still damaged.")
    assert refused.with_bytes(db, "0" * 64) == found
    assert refused.with_bytes(db, "1" * 64) is None


def test_refused_files_come_newest_first_and_can_be_forgotten(db):
    for hour, refused_id in enumerate(("old", "new")):
        at = NOON + timedelta(hours=hour)
        refused.keep(db, refused_file(at=at, refused_id=refused_id), refused_id, "Rana")
    db.flush()
    assert [file.id for file in refused.newest(db)] == ["new", "old"]
    refused.forget(db, "new")
    assert [file.id for file in refused.newest(db)] == ["old"]
    with pytest.raises(UnknownRefusedFile):
        refused.one(db, "new")


def test_epoch_of_the_database_counts_from_nothing(db):
    assert epochs.current(db) == 0
    for number in (1, 2, 3):
        epochs.advance(db)
        assert epochs.current(db) == number
