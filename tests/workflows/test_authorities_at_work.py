"""Authority records at work: linked as words are written, merged, taken apart, searched."""

from dataclasses import replace

import pytest

from dam.catalogue.authorities import (
    Authority,
    AuthorityKind,
    AuthorityName,
    Identifier,
    Scheme,
    new_authority,
)
from dam.catalogue.changes import ChangedMeanwhile, Description
from dam.catalogue.essay import read_essay
from dam.catalogue.people import Contributor, PersonShown, creators
from dam.catalogue.places import read_place
from dam.records import authorities as rows
from dam.records import catalogue, links, log
from dam.workflows import authorities, describe
from dam.workflows.authorities import CannotMerge, MergedAway, NothingToUndo, NotMerged

ESSAY = """
Azerbaijan, Karabakh, Aghdam, February 1992
A man waits.

Azerbaijan, Karabakh, Agdam, February 1992
A woman waits.

Azerbaijan, Road between Khojaly and Ağdam, March 1992
A road.

Azerbaijan, Karabakh, Southern Village, 1992
A house.
"""


def words(archive, one):
    with archive.reading() as db:
        return catalogue.photograph(db, one).description


def named(archive, name, kinds=rows.AGENTS):
    with archive.reading() as db:
        return rows.named(db, kinds, name)


def save(archive, one, **what):
    with archive.reading() as db:
        found = catalogue.photograph(db, one)
    return describe.describe(
        archive, one, found.revision, replace(found.description, **what), "Nino"
    )


def test_spellings_of_a_place_are_united_when_an_essay_is_taken_in(archive, darkroom):
    paths = [darkroom.picture(f"{n}.png") for n in range(4)]
    outcomes = darkroom.take(*paths, essay=read_essay(ESSAY))
    found = [words(archive, outcome.id) for outcome in outcomes]
    (aghdam,) = named(archive, "Aghdam", rows.PLACES)
    ends = [found[0].places[0].path[-1], found[1].places[0].path[-1]]
    ends.append(found[2].places[0].relation.places[1])
    assert [end.words for end in ends] == ["Aghdam", "Agdam", "Ağdam"], "as published"
    assert {end.place_id for end in ends} == {aghdam.id}
    assert {name.name for name in aghdam.names} == {"Aghdam", "Agdam"}
    village = found[3].places[0].path[-1]
    assert (village.words, village.place_id) == ("Southern Village", "")
    with archive.reading() as db:
        names = [rows.authority(db, one).authority.name() for one in rows.ancestors(db, aghdam.id)]
    assert names == ["Karabakh", "Azerbaijan"]


@pytest.mark.shared
def test_the_essay_of_twenty_frames_names_each_place_once(archive, darkroom, shared):
    text = (shared / "fixtures" / "essay" / "photo-essay.txt").read_text(encoding="utf-8")
    essay = read_essay(text)
    paths = [darkroom.picture(f"{n:02}.png") for n in range(20)]
    found = [words(archive, one.id) for one in darkroom.take(*paths, essay=essay)]
    linked = {
        name.words: name.place_id for one in found for place in one.places for name in place.names
    }
    assert linked["Aghdam"] == linked["Agdam"] != ""
    for spelling in ("Ağdam", "Aghdam", "Agdam"):
        named_so = {one.id for one in named(archive, spelling, rows.PLACES)}
        assert named_so == {linked["Aghdam"]}
    assert linked["Southern Village"] == ""


def test_place_of_the_same_sound_elsewhere_is_another_place(archive, darkroom):
    essay = ESSAY + "\nGeorgia, Aghdam, 1993\nElsewhere.\n"
    paths = [darkroom.picture(f"{n}.png") for n in range(5)]
    darkroom.take(*paths, essay=read_essay(essay))
    assert len(named(archive, "Aghdam", rows.PLACES)) == 2


def test_byline_of_a_new_photograph_is_linked_to_one_record(archive, darkroom):
    from dam.catalogue.sheet import read_sheet

    paths = [darkroom.picture(f"{n}.png") for n in range(2)]
    sheet = read_sheet(
        ["filename", "creator", "people"],
        [["0.png", "Reza", "Anna; unidentified man"], ["1.png", "REZA", ""]],
    )
    first, second = darkroom.take(*paths, sheet=sheet)
    (reza,) = named(archive, "Reza")
    assert words(archive, first.id).contributors == (Contributor("Reza", agent_id=reza.id),)
    assert words(archive, second.id).contributors == (Contributor("REZA", agent_id=reza.id),)
    (anna,) = named(archive, "Anna")
    assert anna.kind is AuthorityKind.PERSON
    assert words(archive, first.id).people == (
        PersonShown("Anna", anna.id),
        PersonShown("unidentified man"),
    )


def test_what_is_typed_is_linked_and_makes_no_record(archive, darkroom):
    one = darkroom.photograph()
    reza = authorities.create(archive, new_authority("", AuthorityKind.PERSON, "Reza"), "Rana")
    save(archive, one, contributors=creators(["reza", "Re"]))
    assert words(archive, one).contributors == (
        Contributor("reza", agent_id=reza),
        Contributor("Re"),
    )
    assert named(archive, "Re") == ()


def test_name_of_two_records_is_never_guessed(archive, darkroom):
    one = darkroom.photograph()
    for _ in range(2):
        authorities.create(archive, new_authority("", AuthorityKind.PERSON, "Reza"), "Rana")
    save(archive, one, people=(PersonShown("Reza"), PersonShown("Anna")))
    left = describe.file_names(archive, one, "Rana")
    assert [name.words for name in left] == ["Reza"]
    assert [bool(person.agent_id) for person in words(archive, one).people] == [False, True]


@pytest.fixture
def two(archive, darkroom):
    """Two records of one man, each named by a photograph."""
    ids = [
        authorities.create(
            archive,
            Authority("", AuthorityKind.PERSON, (AuthorityName(name, "en"),), numbers),
            "Rana",
        )
        for name, numbers in (
            ("Reza Deghati", ()),
            ("Reza", (Identifier(Scheme.WIKIDATA, "Q1"),)),
        )
    ]
    photographs = [darkroom.photograph(), darkroom.photograph()]
    save(archive, photographs[0], contributors=creators(["Reza Deghati"]))
    save(
        archive,
        photographs[1],
        contributors=creators(["Reza"]),
        people=(PersonShown("Reza"),),
    )
    return *ids, *photographs


def test_merged_record_says_what_took_its_place_and_its_links_go_there(archive, two):
    kept, gone, first, second = two
    assert authorities.merge(archive, gone, kept, "Rana") == 2
    assert words(archive, second).contributors == (Contributor("Reza", agent_id=kept),)
    assert words(archive, second).people == (PersonShown("Reza", kept),)
    with archive.reading() as db:
        assert rows.redirects(db, [gone]) == {gone: kept}
        assert rows.authorities(db, [gone])[gone].id == kept
        assert links.photographs_naming(db, kept) == tuple(sorted((first, second)))
        assert links.count_uses(db, kept) == 3
    found = authorities.one(archive, kept).authority
    assert [name.name for name in found.names] == ["Reza Deghati", "Reza"]
    assert found.identifiers == (Identifier(Scheme.WIKIDATA, "Q1"),)
    assert named(archive, "Reza") == (found,)


def test_merge_that_is_undone_leaves_everything_as_it_was(archive, two):
    kept, gone, first, second = two

    def state():
        return (
            words(archive, first),
            words(archive, second),
            authorities.one(archive, kept).authority,
            authorities.one(archive, gone).authority,
        )

    before = state()
    authorities.merge(archive, gone, kept, "Rana")
    assert authorities.undo_merge(archive, gone, "Nino") == 2
    assert state() == before
    with archive.reading() as db:
        verbs = [event.verb for event in log.of_subject(db, "authority", gone)]
    assert verbs == ["separated", "merged", "added"]
    with pytest.raises(NotMerged):
        authorities.undo_merge(archive, gone, "Nino")
    authorities.merge(archive, gone, kept, "Rana")
    authorities.undo_merge(archive, gone, "Nino")
    assert state() == before, "a second time too"


def test_what_was_written_since_a_merge_stays_when_it_is_undone(archive, two):
    kept, gone, _, second = two
    authorities.merge(archive, gone, kept, "Rana")
    authorities.add_variant(archive, kept, AuthorityName("رضا", "fa"), "Rana")
    save(archive, second, contributors=creators(["Reza Deghati"]))
    assert authorities.undo_merge(archive, gone, "Nino") == 1
    assert words(archive, second).contributors == (Contributor("Reza Deghati", agent_id=kept),)
    names = [name.name for name in authorities.one(archive, kept).authority.names]
    assert names == ["Reza Deghati", "رضا"]


def test_edit_from_before_a_merge_can_be_undone_after_it(archive, two):
    kept, gone, _, second = two
    save(archive, second, contributors=())
    authorities.merge(archive, gone, kept, "Rana")
    describe.undo(archive, second, "Nino")
    assert words(archive, second).contributors == (Contributor("Reza", agent_id=kept),)


def test_form_that_was_opened_before_a_merge_links_what_took_the_place(archive, two):
    kept, gone, _, second = two
    opened = words(archive, second)
    authorities.merge(archive, gone, kept, "Rana")
    saved = save(archive, second, contributors=opened.contributors, people=opened.people)
    assert saved.changes == ()
    assert words(archive, second).contributors == (Contributor("Reza", agent_id=kept),)


def test_two_merges_are_undone_the_later_one_first(archive, two):
    kept, gone, *_ = two
    third = authorities.create(archive, new_authority("", AuthorityKind.AGENT, "R. D."), "Rana")
    authorities.merge(archive, gone, kept, "Rana")
    authorities.merge(archive, kept, third, "Rana")
    with archive.reading() as db:
        assert rows.redirects(db, [gone]) == {gone: third}
    with pytest.raises(MergedAway):
        authorities.undo_merge(archive, gone, "Rana")
    authorities.undo_merge(archive, kept, "Rana")
    authorities.undo_merge(archive, gone, "Rana")
    with archive.reading() as db:
        assert links.count_uses(db, gone) == 2


def test_records_that_cannot_be_one_are_not_merged(archive, two):
    kept, gone, *_ = two
    country = authorities.create(archive, new_authority("", AuthorityKind.PLACE, "Iran"), "Rana")
    town = authorities.create(
        archive, new_authority("", AuthorityKind.PLACE, "Tabriz", country), "Rana"
    )
    for one, into in ((kept, kept), (kept, country), (town, country), (country, town)):
        with pytest.raises(CannotMerge):
            authorities.merge(archive, one, into, "Rana")
    authorities.merge(archive, gone, kept, "Rana")
    with pytest.raises(MergedAway):
        authorities.rename(archive, gone, AuthorityName("X"), "Rana")


def test_smaller_places_go_with_the_larger_one_and_come_back(archive):
    def place(name, parent=""):
        return authorities.create(
            archive, new_authority("", AuthorityKind.PLACE, name, parent), "Rana"
        )

    karabakh, qarabag = place("Karabakh"), place("Qarabağ")
    town = place("Ağdam", qarabag)
    authorities.merge(archive, qarabag, karabakh, "Rana")
    assert authorities.one(archive, town).authority.parent_id == karabakh
    authorities.undo_merge(archive, qarabag, "Rana")
    assert authorities.one(archive, town).authority.parent_id == qarabag


def test_names_are_changed_and_the_change_taken_back(archive, two):
    kept, *_ = two
    before = authorities.one(archive, kept).authority
    authorities.rename(archive, kept, AuthorityName("Reza D.", "en"), "Rana")
    authorities.add_variant(archive, kept, AuthorityName("Рза", "ru"), "Rana")
    assert authorities.one(archive, kept).authority.name("en") == "Reza D."
    authorities.undo(archive, kept, "Nino")
    authorities.undo(archive, kept, "Nino")
    assert authorities.one(archive, kept).authority == before
    with pytest.raises(NothingToUndo):
        authorities.undo(archive, kept, "Nino")


def test_second_editor_of_a_record_is_told(archive, two):
    kept, *_ = two
    found = authorities.one(archive, kept)
    authorities.edit(archive, found.revision, replace(found.authority, note="First"), "Rana")
    with pytest.raises(rows.AuthorityConflict):
        authorities.edit(archive, found.revision, replace(found.authority, note="Second"), "Nino")
    assert authorities.one(archive, kept).authority.note == "First"


def test_names_are_found_by_how_any_of_their_words_begins(archive, two):
    found = authorities.search(archive, rows.AGENTS, "DEG")
    assert [(one.id, one.name) for one in found] == [(two[0], "Reza Deghati")]
    assert {one.id for one in authorities.search(archive, rows.AGENTS, "rez", "en")} == set(two[:2])
    assert authorities.search(archive, rows.PLACES, "rez") == ()
    assert (
        authorities.search(archive, rows.AGENTS, "%") == authorities.search(archive, (), "") == ()
    )


def test_undo_of_words_never_overwrites_another_link(archive, two):
    kept, gone, _, second = two
    save(archive, second, contributors=())
    save(archive, second, contributors=(Contributor("Reza", agent_id=kept),))
    describe.undo(archive, second, "Nino")
    assert words(archive, second).contributors == ()
    describe.undo(archive, second, "Nino")
    assert words(archive, second).contributors == (Contributor("Reza", agent_id=gone),)


def test_events_of_the_old_kind_are_still_undone(archive, darkroom, clock):
    one = darkroom.photograph()
    save(archive, one, contributors=creators(["Reza"]))
    describe.file_names(archive, one, "Rana")
    clock.advance(minutes=1)
    with archive.writing.begin() as db:
        event = log.Event(clock.moment, "Rana", "edited", "photograph", one, "creators")
        log.write(db, replace(event, before='["Ali"]', after='["Reza"]', group_id="old"))
    describe.undo(archive, one, "Nino")
    assert words(archive, one).creators == ("Ali",)
    with pytest.raises(ChangedMeanwhile):
        describe.undo(archive, one, "Nino")


def test_places_that_are_read_are_filed_when_that_is_asked_for(archive, darkroom):
    one = darkroom.photograph()
    save(archive, one, places=(read_place("Iran, near Tabriz"),))
    assert describe.file_names(archive, one, "Rana") == ()
    (tabriz,) = named(archive, "Tabriz", rows.PLACES)
    assert words(archive, one).places[0].relation.places[0].place_id == tabriz.id
    assert words(archive, one) != Description()
