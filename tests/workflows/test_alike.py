"""What is chosen about two that are alike: done once, told in the log, undone to the letter."""

from dataclasses import replace

import pytest
from PIL import Image

from dam.catalogue.changes import Description
from dam.catalogue.text import Text, TextField
from dam.errors import Conflict, NotFound
from dam.records import carried, catalogue, desk, likenesses, log, moved, pairs
from dam.records import series as series_rows
from dam.records.pairs import Choice
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience, Step
from dam.workflows import (
    alike,
    ask,
    clear,
    derive,
    describe,
    find,
    ingest,
    merge,
    release,
    versions,
)
from dam.workflows.alike import Chooser, Seen

CC_BY = "http://creativecommons.org/licenses/by/4.0/"
STAFF = Chooser("Leyla", Audience.STAFF)
EDITOR = Chooser("Nino", Audience.EDITOR)


@pytest.fixture
def noise():
    return Image.effect_noise((12, 8), 90).resize((600, 400)).convert("RGB")


@pytest.fixture
def take(darkroom, noise):
    """Take the picture in once more, under a name and as another file; returns its photograph."""

    def taken(name, **options):
        path = darkroom.directory / name
        noise.save(path, quality=80)
        [outcome] = darkroom.take(path, **options)
        darkroom.work()
        assert outcome.state is ingest.State.TAKEN_IN, outcome
        return outcome.id

    return taken


@pytest.fixture
def pair(take):
    """The photograph that came later, and the one that was here, which is public in a series."""
    older = take("print.png", public=True, rights=CC_BY, series="Bridges")
    return take("print.jpg", series="Scans"), older


def seen(archive, pair):
    with archive.reading() as db:
        return Seen(*(catalogue.photograph(db, one).revision for one in pair))


def choose(archive, pair, choice, reader=STAFF):
    alike.choose(archive, pair, choice, seen(archive, pair), reader)


def frames(archive, title):
    with archive.reading() as db:
        return series_rows.series(db, series_rows.series_titled(db, title)).frames


def newest(archive, photograph_id):
    with archive.reading() as db:
        return log.of_subject(db, "photograph", photograph_id)[0]


def found(archive):
    hits = find.find(archive, Audience.STAFF, find.Query())
    return {frame.told.photograph.id for frame in hits.frames}


def state(archive, pair):
    """What lists, searches, series and the public know of the two."""
    with archive.reading() as db:
        listed = set(desk.in_order(db))
    return (
        listed & set(pair),
        found(archive) & set(pair),
        frames(archive, "Scans"),
        frames(archive, "Bridges"),
        [ask.ask(archive, one, Audience.PUBLIC).decision.step for one in pair],
        [ask.ask(archive, one, Audience.STAFF).decision.step for one in pair],
        alike.count(archive),
    )


def test_kept_both_is_remembered_and_never_asked_again(archive, pair, take):
    before = state(archive, pair)
    assert before[-1] == 1
    choose(archive, pair, Choice.KEEP_BOTH)
    assert state(archive, pair) == (*before[:-1], 0)
    event = newest(archive, pair[0])
    assert (event.actor, event.verb, event.after) == ("Leyla", "kept both", pair[1])
    with archive.writing.begin() as db:  # as when the same master is cut again
        looked = pairs.of_photograph(db, pair[0])
        assert [one.choice for one in looked] == [Choice.KEEP_BOTH]
    alike.undo(archive, *pair, STAFF)
    assert state(archive, pair) == before


def test_skipped_goes_aside_with_all_that_it_has_and_comes_back(archive, pair):
    newer, older = pair
    before = state(archive, pair)
    choose(archive, pair, Choice.SKIP)
    listed, hits, scans, bridges, public, staff, waiting = state(archive, pair)
    assert (listed, hits, scans, bridges) == ({older}, {older}, (), before[3])
    assert public == [Step.HIDDEN, before[4][1]] and staff == before[5] and waiting == 0
    assert merge.leads_to(archive, newer).id == older
    with archive.reading() as db:
        kept = catalogue.photograph(db, newer)
        assert moved.one(db, newer).how is moved.How.SKIPPED
    assert archive.store.path(kept.master.key).exists() and kept.packs
    with pytest.raises(release.StandsAside):
        release.release(archive, newer, "Leyla")
    alike.undo(archive, *pair, STAFF)
    assert state(archive, pair) == before
    assert newest(archive, newer).verb == "undid a choice"
    with pytest.raises(alike.NothingChosen):
        alike.undo(archive, *pair, STAFF)


def test_what_takes_the_one_that_stands_away_holds_for_what_went_aside(archive, pair):
    newer, older = pair
    choose(archive, pair, Choice.SKIP)
    clear.withdraw(archive, older, "The family asked.", "Rana")
    for audience in (Audience.STAFF, Audience.ADMINISTRATOR):
        assert ask.ask(archive, newer, audience).decision.step is Step.RECORD
    clear.reinstate(archive, older, "They allow it.", "Rana")
    assert ask.ask(archive, newer, Audience.STAFF).decision.step > Step.RECORD


def test_the_second_of_two_who_choose_is_told_and_nothing_is_done_twice(archive, pair):
    mine = seen(archive, pair)
    choose(archive, pair, Choice.KEEP_BOTH, EDITOR)
    with pytest.raises(alike.ChosenAlready, match="Nino"):
        alike.choose(archive, pair, Choice.SKIP, mine, STAFF)
    with archive.reading() as db:
        assert moved.one(db, pair[0]) is None


def test_nothing_is_chosen_over_words_that_were_not_seen(archive, pair):
    stale = seen(archive, pair)
    with archive.writing.begin() as db:
        catalogue.describe(db, pair[1], catalogue.photograph(db, pair[1]).description)
    with pytest.raises(catalogue.RevisionConflict):
        alike.choose(archive, pair, Choice.SKIP, stale, STAFF)
    assert alike.count(archive) == 1


def test_who_only_reads_chooses_nothing(archive, pair):
    for choice in alike.LEAST:
        with pytest.raises(alike.NotYours):
            choose(archive, pair, choice, Chooser("Reader", Audience.RESEARCHER))
    with pytest.raises(NotFound):
        choose(archive, pair[::-1], Choice.SKIP)


def test_of_three_that_are_alike_one_that_went_aside_is_asked_about_no_more(archive, pair, take):
    newest_id = take("print.tif")
    assert alike.count(archive) == 3
    choose(archive, pair, Choice.SKIP)
    assert [one.pair.newer_id for one in alike.waiting(archive, Audience.STAFF).pairs] == [
        newest_id
    ]
    with pytest.raises(Conflict):
        choose(archive, (newest_id, pair[0]), Choice.SKIP)
    choose(archive, (newest_id, pair[1]), Choice.SKIP)
    assert alike.count(archive) == 0


def test_what_followed_comes_back_with_it(archive, pair, take):
    third = take("print.tif")
    choose(archive, (third, pair[0]), Choice.SKIP)
    choose(archive, pair, Choice.SKIP)
    assert merge.leads_to(archive, third).id == pair[1]
    alike.undo(archive, *pair, STAFF)
    with archive.reading() as db:
        assert moved.successor(db, third) == pair[0]


def write(archive, photograph_id, title, keywords=()):
    words = Description(texts=(Text(TextField.TITLE, "en", title),), keywords=keywords)
    with archive.reading() as db:
        revision = catalogue.photograph(db, photograph_id).revision
    describe.describe(archive, photograph_id, revision, words, "Rana")


def whole(archive, pair):
    """All that is stored of the two, but for revisions and when packs were made."""
    with archive.reading() as db:
        found = [catalogue.photograph(db, one) for one in pair]
        said = [carried.claims(db, one) for one in pair]
        looks = [likenesses.one(db, one) for one in pair]
    return [replace(one, revision=0, packs=()) for one in found], said, looks


def packs(archive, photograph_id):
    with archive.reading() as db:
        return {pack.recipe: pack.digest for pack in catalogue.packs(db, photograph_id)}


def test_reupload_keeps_metadata_and_the_new_file_is_shown(archive, darkroom, pair):
    """A second upload never wipes words, crops, state or address (guardian/grid#524)."""
    newer, older = pair
    write(archive, older, "A bridge")
    before, said, looks = whole(archive, pair)
    mine, theirs = packs(archive, newer), packs(archive, older)
    choose(archive, pair, Choice.NEW_VERSION, EDITOR)
    darkroom.work()
    after, now_said, now_looks = whole(archive, pair)
    assert after[1].master == before[0].master and after[0].master == before[1].master
    assert (after[1].description, after[1].id) == (before[1].description, older)
    assert (after[1].original_name, after[0].original_name) == ("print.jpg", "print.png")
    assert now_said == said[::-1] and now_looks == looks[::-1]
    assert packs(archive, older)["full"] == mine["full"], "cut anew of the later file"
    assert packs(archive, newer)["full"] == theirs["full"]
    assert ask.ask(archive, older, Audience.PUBLIC).decision.step is Step.DOWNLOAD
    assert merge.leads_to(archive, newer).id == older
    assert frames(archive, "Bridges") == (older,) and frames(archive, "Scans") == (older,)
    made = [one.verb for one in log_of(archive, older)]
    assert "given a new version" in made


def log_of(archive, photograph_id):
    with archive.reading() as db:
        return log.of_subject(db, "photograph", photograph_id)


def test_the_earlier_version_is_for_rights_managers_alone_and_bound_as_the_photograph_is(
    archive, darkroom, pair
):
    newer, older = pair
    choose(archive, pair, Choice.NEW_VERSION, EDITOR)
    darkroom.work()
    steps = [ask.ask(archive, newer, one).decision.step for one in Audience]
    assert steps == [Step.HIDDEN] * 2 + [Step.RECORD] * 2 + [Step.MASTER] * 2
    clear.withdraw(archive, older, "The family asked.", "Rana")
    assert ask.ask(archive, newer, Audience.ADMINISTRATOR).decision.step is Step.RECORD


def test_a_new_version_is_undone_to_the_letter(archive, darkroom, pair):
    before, lists, cut = (
        whole(archive, pair),
        state(archive, pair),
        [packs(archive, o) for o in pair],
    )
    choose(archive, pair, Choice.NEW_VERSION, EDITOR)
    write(archive, pair[1], "Written since")
    alike.undo(archive, *pair, EDITOR)
    darkroom.work()
    after = whole(archive, pair)
    assert after[0][1].description.texts[0].value == "Written since", "no later word is lost"
    assert [one.master for one in after[0]] == [one.master for one in before[0]]
    assert after[1:] == before[1:] and state(archive, pair) == lists
    assert [packs(archive, one) for one in pair] == cut


def test_a_withdrawn_photograph_stays_withdrawn_with_its_new_version(archive, darkroom, pair):
    clear.withdraw(archive, pair[1], "The family asked.", "Rana")
    choose(archive, pair, Choice.NEW_VERSION, EDITOR)
    darkroom.work()
    for one in pair:
        for audience in Audience:
            assert ask.ask(archive, one, audience).decision.step <= Step.RECORD


def test_versions_are_undone_the_last_first(archive, darkroom, pair, take):
    third = take("print.tif")
    choose(archive, pair, Choice.NEW_VERSION, EDITOR)
    choose(archive, (third, pair[1]), Choice.NEW_VERSION, EDITOR)
    with pytest.raises(versions.LaterVersion):
        alike.undo(archive, *pair, EDITOR)
    alike.undo(archive, third, pair[1], EDITOR)
    alike.undo(archive, *pair, EDITOR)
    assert alike.count(archive) == 3


def test_a_new_version_that_lay_on_its_side_is_shown_as_the_photograph_was(
    archive, darkroom, noise, take
):
    older = take("print.png")
    path = darkroom.directory / "side.jpg"
    noise.rotate(-90, expand=True).save(path)
    [outcome] = darkroom.take(path)
    darkroom.work()
    pair = (outcome.id, older)
    choose(archive, pair, Choice.NEW_VERSION, EDITOR)
    darkroom.work()
    with archive.reading() as db:
        shown = catalogue.photograph(db, older)
    assert shown.description.turn == "270"
    extents = {pack.extent for pack in shown.packs} | {shown.master.extent}
    assert {(one.width, one.height) for one in extents} == {(600, 400)}
    alike.undo(archive, *pair, EDITOR)
    with archive.reading() as db:
        assert catalogue.photograph(db, older).description.turn is None


def test_a_pack_that_was_being_cut_of_the_earlier_master_is_let_go(
    archive, darkroom, pair, monkeypatch
):
    """The masters are exchanged while a job cuts: what it made names the wrong picture."""
    cutting = derive.likeness.of_packs

    def meanwhile(*given):
        monkeypatch.setattr(derive.likeness, "of_packs", cutting)
        choose(archive, pair, Choice.NEW_VERSION, EDITOR)
        return cutting(*given)

    mine = packs(archive, pair[0])
    monkeypatch.setattr(derive.likeness, "of_packs", meanwhile)
    derive.derive(archive, pair[1], rebuild=True)
    darkroom.work()
    assert packs(archive, pair[1])["full"] == mine["full"]
    with archive.reading() as db:
        assert all(
            archive.store.path(one.key).exists() for p in pair for one in catalogue.packs(db, p)
        )


def test_merge_unions_collections_and_words_and_keeps_what_was_there(archive, pair):
    """De-duplicating drops no album, keyword or caption (immich#12506)."""
    newer, older = pair
    write(archive, older, "A bridge", ("bridge",))
    write(archive, newer, "The road", ("road", "Bridge"))
    before = whole(archive, pair)[0]
    choose(archive, pair, Choice.MERGE, EDITOR)
    after = whole(archive, pair)[0]
    assert after[1].description.keywords == ("bridge", "road")
    assert after[1].description.texts == before[1].description.texts
    assert after[1].master == before[1].master and after[0] == before[0]
    assert frames(archive, "Scans") == (older,) and frames(archive, "Bridges") == (older,)
    alike.undo(archive, *pair, EDITOR)
    assert whole(archive, pair)[0] == before
    assert frames(archive, "Scans") == (newer,) and frames(archive, "Bridges") == (older,)


@pytest.mark.parametrize("choice", [Choice.NEW_VERSION, Choice.MERGE])
def test_what_holds_the_later_one_back_is_not_passed_over(archive, pair, choice):
    clear.record(archive, pair[0], [NewRecord(RecordKind.SENSITIVITY, "minor")], "Rana")
    before = state(archive, pair)
    with pytest.raises(versions.HeldBack):
        choose(archive, pair, choice, EDITOR)
    with pytest.raises(alike.NotYours):
        choose(archive, pair, choice)
    assert state(archive, pair) == before


def again(archive, darkroom, name):
    [outcome] = darkroom.take(darkroom.directory / name)
    assert outcome.state is ingest.State.DUPLICATE
    return outcome


def test_upload_of_trashed_offers_restore(archive, darkroom, pair):
    """What was taken away says so when it comes again, and who can bring it back (immich#25027)."""
    clear.withdraw(archive, pair[1], "The family asked.", "Rana")
    assert "a rights manager can reinstate it" in again(archive, darkroom, "print.png").reason
    clear.reinstate(archive, pair[1], "They allow it.", "Rana")
    choose(archive, pair, Choice.SKIP)
    skipped = again(archive, darkroom, "print.jpg")
    assert "can be undone" in skipped.reason and skipped.duplicate_of == pair[1]
    alike.undo(archive, *pair, STAFF)
    choose(archive, pair, Choice.NEW_VERSION, EDITOR)
    earlier = again(archive, darkroom, "print.png")
    assert f"an earlier version of {pair[1]}" in earlier.reason and earlier.duplicate_of == pair[1]
    assert again(archive, darkroom, "print.jpg").duplicate_of == pair[1]
