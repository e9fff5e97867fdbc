"""What is chosen about two that are alike: done once, told in the log, undone to the letter."""

import pytest
from PIL import Image

from dam.errors import Conflict, NotFound
from dam.records import catalogue, desk, log, moved, pairs
from dam.records import series as series_rows
from dam.records.pairs import Choice
from dam.rights.facts import Audience, Step
from dam.workflows import alike, ask, clear, find, ingest, merge, release
from dam.workflows.alike import Chooser, Seen

CC_BY = "http://creativecommons.org/licenses/by/4.0/"
STAFF = Chooser("Leyla", Audience.STAFF)


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
    choose(archive, pair, Choice.KEEP_BOTH, Chooser("Nino", Audience.EDITOR))
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
