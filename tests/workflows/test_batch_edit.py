"""Batches: proposed, looked at, applied piece by piece, undone; conflicts told, not overwritten."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dam import wiring
from dam.catalogue.batch_edits import Action, Between, Instruction
from dam.catalogue.changes import ChangedMeanwhile, Description
from dam.catalogue.edit_fields import EditField, Target, read_target
from dam.catalogue.marks import MarkKind
from dam.catalogue.people import Contributor
from dam.catalogue.text import Text, TextField
from dam.iiif.geometry import Extent
from dam.records import catalogue, edit_batches, log
from dam.records import series as series_rows
from dam.records.batch_values import BatchState, ItemState
from dam.records.values import StoredMaster
from dam.workflows import batch_edit, describe, edits, jobs
from dam.workflows.choosing import Marked, Searched
from dam.workflows.find import Query

CREDIT = Instruction(Action.SET, Target(EditField.CREDIT, "en"), "Photo: Reza")


def described(archive, descriptions):
    """Photographs with these words and no pixels, which a batch does not look at."""
    made = []
    with archive.writing.begin() as db:
        for description in descriptions:
            one = archive.new_id()
            master = StoredMaster(f"m/{one}", one, 1, "image/png", Extent(1, 1), ())
            catalogue.add_photograph(
                db,
                one,
                original_name=f"{one}.png",
                description=description,
                master=master,
                now=archive.now(),
            )
            made.append(one)
    return made


def titled(count):
    return [
        Description(texts=(Text(TextField.TITLE, "en", f"Frame {n}"),), keywords=("war",))
        for n in range(count)
    ]


def words(archive, ids):
    with archive.reading() as db:
        found = edit_batches.words_of(db, ids)
    return [found[one].description for one in ids]


def proposed(archive, ids, instruction=CREDIT):
    batch_id = batch_edit.propose(archive, Marked(tuple(ids)), instruction, "Rana")
    assert batch_edit.plan(archive, batch_id)
    return batch_id


def work(archive):
    """Run the jobs of batches alone; what publishes needs pixels."""
    for batch_id in [one.id for one in batches(archive) if one.state is BatchState.APPLYING]:
        while state(archive, batch_id) is BatchState.APPLYING:
            batch_edit.run(archive, batch_id)


def batches(archive):
    with archive.reading() as db:
        return edit_batches.newest(db, offset=0, most=100)


def state(archive, batch_id):
    with archive.reading() as db:
        return edit_batches.one(db, batch_id).state


def counts(archive, batch_id):
    with archive.reading() as db:
        return {k: n for k, n in edit_batches.counts(db, [batch_id])[batch_id].items() if n}


def items(archive, batch_id, which=None):
    with archive.reading() as db:
        return edit_batches.items(db, batch_id, which, most=10_000)


def applied(archive, ids, instruction=CREDIT):
    batch_id = proposed(archive, ids, instruction)
    batch_edit.start(archive, batch_id, "Rana")
    work(archive)
    return batch_id


def undone(archive, batch_id):
    back = batch_edit.undo(archive, batch_id, "Nino")
    work(archive)
    return back


def test_a_preview_says_what_each_photograph_would_become_and_changes_nothing(archive):
    already = Description(texts=(Text(TextField.CREDIT, "en", "Photo: Reza"),))
    ids = described(archive, [*titled(2), already])
    before = words(archive, ids)
    batch_id = proposed(archive, [*ids, "nobody"])
    assert counts(archive, batch_id) == {
        ItemState.PLANNED: 2,
        ItemState.UNCHANGED: 1,
        ItemState.REFUSED: 1,
    }
    (change,) = items(archive, batch_id)[0].changes
    assert (change.field, change.before, change.after) == ("credit", None, "Photo: Reza")
    assert words(archive, ids) == before
    assert state(archive, batch_id) is BatchState.PROPOSED


def test_what_would_not_fit_is_told_for_each_photograph_and_stops_no_other(archive):
    full = Description(texts=(Text(TextField.TITLE, "en", "x" * 19_990),))
    ids = described(archive, [full, *titled(1)])
    long = Instruction(Action.APPEND, Target(EditField.TITLE, "en"), "y" * 20)
    batch_id = applied(archive, ids, long)
    assert counts(archive, batch_id) == {ItemState.REFUSED: 1, ItemState.APPLIED: 1}
    assert "20011 characters" in items(archive, batch_id, ItemState.REFUSED)[0].refusals[0].sentence


def test_applying_writes_one_edit_a_photograph_in_the_group_of_the_batch(archive):
    ids = described(archive, titled(3))
    batch_id = applied(archive, ids)
    for one, after in zip(ids, words(archive, ids), strict=True):
        assert Text(TextField.CREDIT, "en", "Photo: Reza") in after.texts
        with archive.reading() as db:
            (event,) = log.of_edit(db, one, batch_id)
        assert (event.actor, event.verb, event.after) == ("Rana", "edited", "Photo: Reza")


def test_a_frame_edited_after_the_preview_is_a_conflict_and_stays(archive):
    ids = described(archive, titled(3))
    batch_id = proposed(archive, ids)
    mine = (Text(TextField.TITLE, "en", "Mine"),)
    describe.change(archive, ids[1], lambda was: replace(was, texts=mine), "Ali")
    batch_edit.start(archive, batch_id, "Rana")
    work(archive)
    assert counts(archive, batch_id) == {ItemState.APPLIED: 2, ItemState.CONFLICT: 1}
    (conflict,) = items(archive, batch_id, ItemState.CONFLICT)
    assert conflict.photograph_id == ids[1] and "after the preview" in conflict.note
    assert words(archive, ids)[1].texts == (Text(TextField.TITLE, "en", "Mine"),)


def test_undo_of_a_batch_tells_of_frames_edited_since_and_keeps_them(archive):
    ids = described(archive, titled(3))
    before = words(archive, ids)
    batch_id = applied(archive, ids)
    theirs = (Text(TextField.CREDIT, "en", "Photo: Ali"),)
    describe.change(archive, ids[0], lambda was: replace(was, texts=theirs), "Ali")
    back = undone(archive, batch_id)
    assert counts(archive, back) == {ItemState.APPLIED: 2, ItemState.CONFLICT: 1}
    assert words(archive, ids)[0].texts == theirs
    assert words(archive, ids)[1:] == before[1:]
    with pytest.raises(batch_edit.NotNow):
        batch_edit.undo(archive, batch_id, "Nino")


def test_undoing_an_undo_brings_the_batch_back(archive):
    ids = described(archive, titled(2))
    batch_id = applied(archive, ids)
    after = words(archive, ids)
    back = undone(archive, batch_id)
    undone(archive, back)
    assert words(archive, ids) == after
    undone(archive, batch_id)
    assert all(not any(t.field == "credit" for t in one.texts) for one in words(archive, ids))


def test_any_single_edit_can_be_undone_and_a_later_one_of_the_field_is_a_conflict(archive):
    (one,) = described(archive, titled(1))
    first = applied(archive, [one])
    applied(archive, [one], Instruction(Action.APPEND, Target(EditField.KEYWORDS), "road"))
    edits.undo_edit(archive, one, first, "Nino")
    (after,) = words(archive, [one])
    assert after.keywords == ("war", "road")
    assert not any(text.field == "credit" for text in after.texts)
    with pytest.raises(edits.UndoneAlready):
        edits.undo_edit(archive, one, first, "Nino")
    with pytest.raises(edits.NoSuchEdit):
        edits.undo_edit(archive, one, "none", "Nino")
    second = applied(archive, [one])
    applied(archive, [one], replace(CREDIT, words="Photo: Ali"))
    with pytest.raises(ChangedMeanwhile, match="edited since"):
        edits.undo_edit(archive, one, second, "Nino")


def test_a_frame_undone_by_hand_is_left_alone_when_its_batch_is_undone(archive):
    ids = described(archive, titled(2))
    batch_id = applied(archive, ids)
    describe.undo(archive, ids[0], "Ali")
    assert counts(archive, undone(archive, batch_id)) == {
        ItemState.APPLIED: 1,
        ItemState.UNCHANGED: 1,
    }


def test_a_search_names_its_photographs(archive, darkroom):
    one = darkroom.photograph(series="Aghdam", credit="Reza")
    two = darkroom.photograph(credit="Ali")
    with archive.reading() as db:
        (place,) = series_rows.places_of(db, one)
    of_series = Query(chosen=((MarkKind.SERIES, place.series_id),))
    assert set(Searched(Query()).identifiers(archive)) == {one, two}
    assert Searched(of_series).identifiers(archive) == (one,)
    assert Searched(Query("Reza")).identifiers(archive) == (one,)


def test_nothing_chosen_is_refused(archive):
    with pytest.raises(batch_edit.Nobody):
        batch_edit.propose(archive, Marked(()), CREDIT, "Rana")


def test_a_discarded_batch_is_not_applied(archive):
    batch_id = proposed(archive, described(archive, titled(1)))
    batch_edit.discard(archive, batch_id)
    with pytest.raises(batch_edit.NotNow):
        batch_edit.start(archive, batch_id, "Rana")


def test_batch_success_means_visible(archive, darkroom):
    """A batch that says it was applied shows in the published manifest once its jobs are done."""
    by = "http://creativecommons.org/licenses/by/4.0/"
    one = darkroom.photograph(rights=by, public=True)
    batch_id = proposed(
        archive, [one], Instruction(Action.SET, read_target("caption", "en"), "Seen")
    )
    batch_edit.start(archive, batch_id, "Rana")
    darkroom.work()
    assert state(archive, batch_id) is BatchState.APPLIED
    published = archive.settings.manifests / "3" / one / "manifest.json"
    assert "Seen" in published.read_text(encoding="utf-8")


def test_kill9_mid_batch_resumes(archive, clock):
    """A worker that is killed leaves whole pieces; the next goes on, and none is applied twice."""
    clock.moment = wiring.clock()  # the worker that is killed lives by it
    ids = described(archive, titled(4 * batch_edit.PIECE))
    more = Instruction(Action.APPEND, Target(EditField.TITLE, "en"), "again")
    batch_id = proposed(archive, ids, more)
    batch_edit.start(archive, batch_id, "Rana")
    home = str(archive.settings.home)
    worker = subprocess.Popen(
        [sys.executable, "-m", "dam.jobs"],
        env={**os.environ, "DAM_HOME": home},
        stderr=subprocess.DEVNULL,
    )
    try:
        while counts(archive, batch_id).get(ItemState.APPLIED, 0) == 0:
            assert worker.poll() is None
            time.sleep(0.02)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    done = counts(archive, batch_id)[ItemState.APPLIED]
    assert done % batch_edit.PIECE == 0
    clock.advance(minutes=5)
    while state(archive, batch_id) is not BatchState.APPLIED:
        assert jobs.run_one(archive)
    assert counts(archive, batch_id) == {ItemState.APPLIED: len(ids)}
    titles = [one.texts[0].value for one in words(archive, ids)]
    assert titles == [f"Frame {n} again" for n in range(len(ids))]


plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
texts = st.builds(Text, st.sampled_from(TextField), st.sampled_from(["en", "az"]), plain)
descriptions = st.builds(
    Description,
    texts=st.lists(texts, max_size=3, unique_by=lambda t: (t.field, t.language)).map(tuple),
    contributors=st.lists(st.builds(Contributor, plain.filter(bool)), max_size=2).map(tuple),
    keywords=st.lists(plain.filter(bool), max_size=3, unique=True).map(tuple),
    date_text=st.sampled_from([None, "1992", "c. 1936"]),
)
targets = st.builds(
    lambda field, tag: Target(field, tag if field.in_language else ""),
    st.sampled_from([f for f in EditField if not f.by_lines]),
    st.sampled_from(["en", "az"]),
)


@st.composite
def instructions(draw):
    action, target = draw(st.sampled_from(Action)), draw(targets)
    source = draw(targets.filter(lambda one: one != target))
    return Instruction(
        action,
        target,
        draw(st.sampled_from(["war", "x; y", "Łódź", "1992"])),
        find=draw(st.sampled_from(["a", "0", "War", "1992"])),
        whole_words=draw(st.booleans()),
        match_case=draw(st.booleans()),
        between=draw(st.sampled_from(Between)),
        source=source,
        only_empty=draw(st.booleans()),
    )


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(descriptions, min_size=1, max_size=5), instructions())
def test_apply_then_undo_is_the_identity(archive, given_words, instruction):
    ids = described(archive, given_words)
    before = words(archive, ids)
    undone(archive, applied(archive, ids, instruction))
    assert words(archive, ids) == before


def _there_and_back(archive, count):
    ids = described(archive, titled(count))
    before = words(archive, ids)
    batch_id = applied(archive, ids)
    assert counts(archive, batch_id) == {ItemState.APPLIED: count}
    assert words(archive, ids) != before
    assert counts(archive, undone(archive, batch_id)) == {ItemState.APPLIED: count}
    assert words(archive, ids) == before


def test_apply_then_undo_is_the_identity_at_some_hundred_photographs(archive):
    _there_and_back(archive, 220)


@pytest.mark.large
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("count", [5000, 7000])
def test_bulk_edit_7000(archive, count):
    _there_and_back(archive, count)
