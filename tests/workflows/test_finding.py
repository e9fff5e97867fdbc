"""Finding photographs: the same hits on SQLite and PostgreSQL, and no more than one may know."""

from dataclasses import replace
from datetime import timedelta

import pytest
from stored_rows import add_photograph

from dam.catalogue.authorities import Authority, AuthorityKind, AuthorityName
from dam.catalogue.captions import Caption
from dam.catalogue.changes import Description
from dam.catalogue.marks import MarkKind
from dam.catalogue.people import Contributor, PersonShown
from dam.catalogue.places import Locality, PlaceName
from dam.catalogue.text import Text, TextField
from dam.records import authorities, catalogue, register, search
from dam.records import series as series_rows
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience
from dam.workflows import authorities as authority_work
from dam.workflows import clear, find, index, review, saved_searches
from dam.workflows import work_lists as waiting
from dam.workflows.facets import USABLE_NOW

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"


def said(caption="", title="", language="en", **more):
    texts = [Text(TextField.CAPTION, language, caption), Text(TextField.TITLE, language, title)]
    return Description(texts=tuple(text for text in texts if text.value), **more)


PHOTOGRAPHS = {
    "lodz": said("Weavers at Łódź, the Straße to the mill", "The mill", date_text="1936"),
    "agdam": said("A man in Ağdam", "Bread", date_text="February 1992",
                  contributors=(Contributor("Reza", agent_id="reza"),),
                  places=(Locality((PlaceName("Azerbaijan", "az"), PlaceName("Ağdam", "ag"))),),
                  people=(PersonShown("unidentified man"),), keywords=("bread queue",)),
    "tehran": said("زنی در تهران، کتاب", "Ёлка", "fa", date_text="1930s", accession="AB-12/7"),
    "other": said("Nothing of note", "A road", date_text="12 May 1968",
                  other_captions=(Caption("en", "The Khojaly road", "", "notebook", ""),)),
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def archive(request, open_archive):
    if request.param == "sqlite":
        return open_archive()
    return open_archive(database_url=request.getfixturevalue("new_postgres")())


@pytest.fixture
def filled(archive):
    with archive.writing.begin() as db:
        for identifier, names, kind in (
            ("az", ("Azerbaijan", "Азербайджан"), AuthorityKind.PLACE),
            ("ag", ("Ağdam", "Aghdam"), AuthorityKind.PLACE),
            ("reza", ("Reza", "Reza Deghati"), AuthorityKind.PERSON),
        ):
            record = Authority(identifier, kind, tuple(map(AuthorityName, names)))
            if identifier == "ag":
                record = replace(record, parent_id="az")
            authorities.add(db, record, archive.now())
        for identifier, description in PHOTOGRAPHS.items():
            add_photograph(db, identifier, description)
    return archive


def found(archive, text="", *chosen, audience=Audience.STAFF, **more):
    result = find.find(archive, audience, find.Query(text, chosen, **more))
    if audience is Audience.STAFF:
        return [frame.told.photograph.id for frame in result.frames]
    return [told.photograph.id for told in result.told]


HITS = (
    ("lodz", {"lodz"}, "accents do not count"),
    ("Łódź", {"lodz"}, "nor do they have to be left out"),
    ("strasse", {"lodz"}, "ß is ss"),
    ("agdam", {"agdam"}, "ğ is g"),
    ("AĞDAM", {"agdam"}, "capitals do not count"),
    ("aghdam", {"agdam"}, "another name of the place's record"),
    ("азербайджан", {"agdam"}, "the larger place, in another script"),
    ("ёлка", {"tehran"}, "yo as it is written"),
    ("\u0435лка", {"tehran"}, "yo is ye"),  # noqa: RUF001
    ("كتاب", {"tehran"}, "the Arabic kaf for the Persian one"),
    ("wea", {"lodz"}, "the last word may go on"),
    ("wea mill", set(), "only the last"),
    ("man aghdam", {"agdam"}, "two words in two fields"),
    ('"at lodz"', {"lodz"}, "a phrase"),
    ('"lodz at"', set(), "in its order"),
    ('"mill the"', set(), "a phrase does not run from one text into another"),
    ("the -mill", {"other"}, "a minus excludes"),
    ("-mill", {"agdam", "tehran", "other"}, "a minus alone"),
    ("ab-12/7", {"tehran"}, "an accession number"),
    ("reza", {"agdam"}, "a byline"),
    ("deghati", {"agdam"}, "the name of the record, for staff"),
    ("khojaly", {"other"}, "a caption beside the preferred one, for staff"),
    ("1992", {"agdam"}, "a year"),
    ("bread queue", {"agdam"}, "a keyword"),
)


def test_both_engines_find_the_same(filled):
    for text, expected, reason in HITS:
        assert set(found(filled, text, exact=True)) == expected, (text, reason)


SLIPS = (
    ("lozd", {"lodz"}, "lodz", "two letters changed about"),
    ("weevers", {"lodz"}, "weavers", "one wrong letter"),
    ("azerbajan", {"agdam"}, "azerbaijan", "one missing"),
    ("azebajan", {"agdam"}, "azerbaijan", "two in a long word"),
)


@pytest.mark.parametrize(("text", "expected", "shown_for", "reason"), SLIPS)
def test_slip_of_the_pen_is_forgiven_and_said(filled, text, expected, shown_for, reason):
    result = find.find(filled, Audience.STAFF, find.Query(text))
    assert {one.told.photograph.id for one in result.frames} == expected, reason
    assert result.shown_for == shown_for
    assert found(filled, text, exact=True) == []
    assert set(find.ids(filled, Audience.STAFF, find.Query(text))) == expected


HOSTILE = (
    "", " ", '"', '""', '"""', "-", "--", '-"', "*", "a*", "NOT", "AND OR NOT", "NEAR(a b)", "a:b",
    "words: a", "^a", "(a", "a)", "a' OR 1=1 --", "'a':*", "a & b | !c <-> d", "\\", "\x00",
    "a\x00b", "%", "_", "{a}", "+a", "🙂", "🙂 lodz", "\ue001a", "\ue002deghati", "x" * 10_000,
    "a " * 5000, '"' * 5000, "- " * 5000, "\ud800", "\u202e", "١٩٩٢",
)  # fmt: skip


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.STAFF])
def test_no_text_is_refused(filled, audience):
    for text in HOSTILE:
        for order in (find.Order.BEST, find.Order.NEWEST):
            find.find(filled, audience, find.Query(text, order=order))
        list(find.ids(filled, audience, find.Query(text)))


def published(archive, identifier, *records):
    new = (NewRecord(RecordKind.STATEMENT, CC0), NewRecord(RecordKind.PUBLICATION, "published"))
    clear.record(archive, identifier, [*new, *records], "rita")


def test_public_finds_only_what_may_be_listed(filled):
    assert found(filled, "agdam", audience=Audience.PUBLIC) == []
    published(filled, "agdam")
    assert found(filled, "agdam", audience=Audience.PUBLIC) == ["agdam"]
    clear.record(filled, "agdam", [NewRecord(RecordKind.CEILING, "hidden")], "rita")
    assert found(filled, "agdam", audience=Audience.PUBLIC) == []


PROTECTED = (
    ("deghati", "agdam", "the record may hold the name that a byline hides"),
    ("khojaly", "other", "a caption that is not the preferred one is not on the page"),
    ("DSC_0001", "other", "the name of a file may name a person"),
)


@pytest.mark.parametrize(("text", "identifier", "reason"), PROTECTED)
def test_public_finds_nothing_by_words_that_it_may_not_read(filled, text, identifier, reason):
    published(filled, identifier)
    assert identifier in found(filled, text)
    for asked in (text, text[:5], text[:-1], f'"{text}"'):
        assert found(filled, asked, audience=Audience.PUBLIC) == [], reason
    excluded = found(filled, f"-{text}", audience=Audience.PUBLIC)
    assert excluded == [identifier], "nor can it be told by leaving out"


def test_public_is_proposed_no_word_of_what_it_may_not_see(filled):
    published(filled, "other")
    result = find.find(filled, Audience.PUBLIC, find.Query("weevers"))
    assert (result.shown_for, result.told) == ("", ())


def test_what_waits_for_a_review_is_not_found_by_the_public(filled):
    published(filled, "agdam", NewRecord(RecordKind.SENSITIVITY, "minor"))
    assert found(filled, "agdam", audience=Audience.PUBLIC) == []
    clear.record(filled, "agdam", [NewRecord(RecordKind.REVIEW, "seen")], "rita")
    assert found(filled, "agdam", audience=Audience.PUBLIC) == ["agdam"]


def test_public_cannot_narrow_by_states_and_gaps(filled):
    published(filled, "agdam")
    chosen = (MarkKind.GAP, "place")
    assert found(filled, "", chosen, audience=Audience.PUBLIC) == ["agdam"]
    result = find.find(filled, Audience.PUBLIC, find.Query())
    assert not {MarkKind.STATE, MarkKind.GAP} & {kind for kind, _ in result.facets}


def test_search_usable_now_follows_an_embargo_to_the_second(filled, clock):
    """What picture editors ask for: only what may be used now."""
    day = clock.moment.date() + timedelta(days=3)
    published(filled, "agdam", NewRecord(RecordKind.EMBARGO, "plain", day=day))
    usable = (MarkKind.USABLE, USABLE_NOW)
    assert found(filled, "", usable) == []
    clock.advance(days=3)
    assert found(filled, "", usable) == ["agdam"]


def facet(archive, kind, text="", audience=Audience.STAFF):
    result = find.find(archive, audience, find.Query(text))
    return {value.label: value.count for value in dict(result.facets).get(kind, ())}


def test_facets_count_hits_by_their_values(filled):
    assert facet(filled, MarkKind.DECADE) == {"1930": 2, "1960": 1, "1990": 1}
    assert facet(filled, MarkKind.PLACE) == {"Azerbaijan": 1, "Ağdam": 1}
    assert facet(filled, MarkKind.CREATOR, "agdam") == {"Reza": 1}
    assert facet(filled, MarkKind.GAP)["alt"] == 4
    assert set(found(filled, "", (MarkKind.DECADE, "1930"), (MarkKind.DECADE, "1990"))) == {
        "lodz", "tehran", "agdam",
    }  # fmt: skip


ORDERS = (
    (find.Order.DATE, ["agdam", "other", "lodz", "tehran"]),
    (find.Order.OLDEST, ["tehran", "lodz", "other", "agdam"]),
)


@pytest.mark.parametrize(("order", "expected"), ORDERS)
def test_order_of_dates_is_that_of_the_photographs(filled, order, expected):
    assert found(filled, order=order) == expected


def test_best_hit_has_the_word_in_its_title(filled):
    with filled.writing.begin() as db:
        catalogue.describe(db, "other", said("Nothing", "Weavers", date_text="1800"))
    assert found(filled, "weavers") == ["other", "lodz"]


def test_search_every_field_that_people_write(filled):
    """Creator, source and the like "not searchable" is what people complain of most."""
    fields = {field: f"word{number}" for number, field in enumerate(TextField)}
    texts = tuple(Text(field, "en", word) for field, word in fields.items())
    with filled.writing.begin() as db:
        catalogue.describe(db, "other", Description(texts=texts, negative="neg77"))
    for word in (*fields.values(), "neg77"):
        assert found(filled, f'"{word}"') == ["other"], word


def test_index_follows_the_transaction_of_each_change(filled):
    assert found(filled, "quarry", exact=True) == []
    with filled.writing.begin() as db:
        catalogue.describe(db, "lodz", said("A quarry"))
    assert found(filled, "quarry") == ["lodz"]
    assert found(filled, "weavers", exact=True) == [], "the old words are gone"
    authority_work.add_variant(filled, "ag", AuthorityName("Akna"), "rana")
    assert found(filled, "akna") == ["agdam"]
    with filled.writing.begin() as db:
        series_rows.add_series(db, "s1", title="Looms", language="en", introduction="Of wool",
                               now=filled.now())  # fmt: skip
        db.flush()
        series_rows.add_frame(db, "s1", "lodz", None)
    assert found(filled, "wool") == ["lodz"]
    assert found(filled, "", (MarkKind.SERIES, "s1")) == ["lodz"]


def test_transaction_that_fails_leaves_no_word_in_the_index(filled):
    def fail():
        with filled.writing.begin() as db:
            catalogue.describe(db, "lodz", said("A quarry"))
            db.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert found(filled, "quarry", exact=True) == []
    assert found(filled, "weavers") == ["lodz"]


def test_merge_of_places_moves_what_is_found(filled):
    with filled.writing.begin() as db:
        other = Authority("ak", AuthorityKind.PLACE, (AuthorityName("Akna"),))
        authorities.add(db, other, filled.now())
    authority_work.merge(filled, "ag", "ak", "rana")
    assert found(filled, "akna") == found(filled, "aghdam") == ["agdam"]
    assert found(filled, "", (MarkKind.PLACE, "ak")) == ["agdam"]
    authority_work.undo_merge(filled, "ag", "rana")
    assert found(filled, "akna", exact=True) == []


def work_lists(archive):
    return {one.value: one.count for one in waiting.work_lists(archive)}


def test_work_lists_count_what_waits(filled):
    review.send_to_review(filled, "lodz", "rana")
    review.comment(filled, "agdam", "Which year?", "rana")
    assert work_lists(filled) == {
        "caption": 0, "alt": 4, "damaged": 0, "place": 3, "date": 0, "inreview": 1, "comment": 1,
    }  # fmt: skip
    review.settle(filled, "agdam", 1, "rana")
    review.back_to_draft(filled, "lodz", "rana")
    after = work_lists(filled)
    assert (after["comment"], after["inreview"]) == (0, 0)


def test_index_built_anew_finds_the_same(filled):
    before = [found(filled, text) for text, *_ in HITS]
    index.empty(filled)
    assert found(filled, "lodz") == []
    assert index.fill(filled) == len(PHOTOGRAPHS)
    assert [found(filled, text) for text, *_ in HITS] == before
    assert index.fill(filled) == 0


def test_change_that_reaches_many_is_done_by_a_job(filled, monkeypatch, clock):
    from dam.workflows import jobs

    monkeypatch.setattr(index, "_AT_ONCE", 0)
    monkeypatch.setattr(index, "_PORTION", 1)
    authority_work.add_variant(filled, "ag", AuthorityName("Akna"), "rana")
    assert found(filled, "akna", exact=True) == []
    while jobs.run_one(filled):
        pass
    assert found(filled, "akna") == ["agdam"]


def test_counting_stops_and_ids_go_on(filled, monkeypatch):
    monkeypatch.setattr(find, "MOST", 2)
    monkeypatch.setattr(find, "_PORTION", 2)
    result = find.find(filled, Audience.STAFF, find.Query())
    assert (result.count, result.more) == (2, True)
    ids = list(find.ids(filled, Audience.STAFF, find.Query()))
    assert ids == ["agdam", "other", "lodz", "tehran"]


def test_saved_search_is_seen_by_its_owner_and_by_those_it_is_shared_with(archive):
    own = saved_searches.keep(archive, "Mine", "q=lodz", "rana", shared=False)
    saved_searches.keep(archive, "Ours", "q=agdam", "rana", shared=True)
    assert [one.name for one in saved_searches.seen_by(archive, "rana")] == ["Mine", "Ours"]
    assert [one.name for one in saved_searches.seen_by(archive, "olga")] == ["Ours"]
    with pytest.raises(saved_searches.NotYours):
        saved_searches.forget(archive, own, "olga")
    saved_searches.forget(archive, own, "rana")
    assert [one.name for one in saved_searches.seen_by(archive, "rana")] == ["Ours"]


def test_every_photograph_has_its_document(filled):
    with filled.reading() as db:
        assert search.not_indexed(db, 5) == ()
        assert register.newest(db, "lodz") == 0
