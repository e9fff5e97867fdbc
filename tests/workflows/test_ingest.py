"""Files come in: each format, duplicates, refusals, crashes; nothing is lost, nothing half done."""

import hashlib
import os

import pytest
from imaging.made_pictures import png_that_declares, psd
from PIL import Image

from dam.catalogue.sheet import read_sheet
from dam.iiif.geometry import Extent
from dam.records import catalogue, log, refused
from dam.records import proposals as repairs
from dam.records import series as series_rows
from dam.records.refused import UnknownRefusedFile
from dam.storage import keys
from dam.workflows import ingest, jobs
from dam.workflows.batch import Options, make_batch
from dam.workflows.ingest import State


def stored(archive, photograph_id):
    with archive.reading() as db:
        return catalogue.photograph(db, photograph_id)


def count(archive):
    with archive.reading() as db:
        return catalogue.count_all(db)


def files_below(directory):
    return sorted(path for path in directory.rglob("*") if path.is_file())


def masters(archive):
    return files_below(archive.settings.media / "masters")


def kept_aside(archive):
    with archive.reading() as db:
        return refused.newest(db)


def nothing_is_left_over(archive):
    return files_below(archive.settings.media / "incoming") == []


FORMATS = (
    ("a.jpg", {"quality": 90}, "image/jpeg"),
    ("gray.jpg", {"mode": "L"}, "image/jpeg"),
    ("cmyk.jpg", {"mode": "CMYK"}, "image/jpeg"),
    ("progressive.jpg", {"progressive": True}, "image/jpeg"),
    ("a.png", {}, "image/png"),
    ("alpha.png", {"mode": "RGBA"}, "image/png"),
    ("palette.png", {"mode": "P"}, "image/png"),
    ("a.tif", {}, "image/tiff"),
    ("lzw.tif", {"compression": "tiff_lzw"}, "image/tiff"),
    ("a.webp", {}, "image/webp"),
    ("a.avif", {}, "image/avif"),
    ("a.gif", {}, "image/gif"),
    ("a.jp2", {}, "image/jp2"),
)


@pytest.mark.parametrize(
    ("name", "options", "media_type"), FORMATS, ids=[row[0] for row in FORMATS]
)
def test_picture_of_each_format_becomes_a_photograph(archive, darkroom, name, options, media_type):
    path = darkroom.picture(name, **options)
    [outcome] = darkroom.take(path)
    assert outcome.state is State.TAKEN_IN
    darkroom.work()
    assert ingest.settled(archive, outcome).state is State.READY
    found = stored(archive, outcome.id)
    assert found.master.media_type == media_type
    assert found.master.extent == Extent(96, 64)
    assert [pack.recipe for pack in found.packs] == ["full"]
    assert archive.store.path(found.master.key).read_bytes() == path.read_bytes()
    assert found.master.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert nothing_is_left_over(archive)


def test_photoshop_document_becomes_a_photograph(archive, darkroom):
    path = darkroom.directory / "a.psd"
    path.write_bytes(psd(Image.new("RGB", (40, 30), (1, 2, 3))))
    [outcome] = darkroom.take(path)
    darkroom.work()
    assert ingest.settled(archive, outcome).state is State.READY
    assert stored(archive, outcome.id).master.extent == Extent(40, 30)


def test_picture_that_lies_on_its_side_has_the_extent_that_people_see(archive, darkroom):
    exif = Image.Exif()
    exif[0x0112] = 6
    photograph_id = darkroom.take(darkroom.picture("a.jpg", exif=exif))[0].id
    darkroom.work()
    found = stored(archive, photograph_id)
    assert found.master.extent == found.packs[0].extent == Extent(64, 96)


def test_photograph_is_a_draft_unless_it_is_published(archive, darkroom):
    darkroom.photograph()
    with archive.reading() as db:
        assert catalogue.count_published(db) == 0


def test_arrival_is_an_event_that_names_who_and_which_bytes(archive, darkroom, clock):
    photograph_id = darkroom.photograph(by="Nino")
    with archive.reading() as db:
        events = log.of_subject(db, "photograph", photograph_id)
    taken_in = events[-1]
    assert (taken_in.verb, taken_in.actor, taken_in.at) == ("taken in", "Nino", clock.moment)
    assert taken_in.after == stored(archive, photograph_id).master.sha256


def test_duplicate_says_so_and_changes_nothing(archive, darkroom):
    path = darkroom.picture("a.png")
    [first] = darkroom.take(path)
    darkroom.work()
    before, epoch = stored(archive, first.id), archive.epoch.value
    [again] = darkroom.take(path, credit="Another credit", public=True, series="A series")
    assert again.state is State.DUPLICATE
    assert again.id == again.duplicate_of == first.id
    assert first.id in again.reason and "nothing was changed" in again.reason
    assert stored(archive, first.id) == before
    assert archive.epoch.value == epoch
    assert jobs.unfinished(archive) == 0
    assert len(masters(archive)) == 1 and nothing_is_left_over(archive)


def test_the_same_bytes_under_two_names_in_a_batch_are_one_photograph(archive, darkroom):
    path = darkroom.picture("a.png")
    copy = darkroom.directory / "copy.png"
    copy.write_bytes(path.read_bytes())
    first, second = darkroom.take(path, copy)
    assert (first.state, second.state) == (State.TAKEN_IN, State.DUPLICATE)
    assert second.duplicate_of == first.id


def damaged(darkroom, name="bad.jpg"):
    path = darkroom.picture(name, size=(400, 300))
    path.write_bytes(path.read_bytes()[:-200])
    return path


def test_refused_file_is_kept_aside_with_its_reason_and_the_rest_goes_in(archive, darkroom):
    good, bad, other = darkroom.picture("a.png"), damaged(darkroom), darkroom.picture("b.png")
    outcomes = darkroom.take(good, bad, other)
    assert [outcome.state for outcome in outcomes] == [
        State.TAKEN_IN,
        State.REFUSED,
        State.TAKEN_IN,
    ]
    [kept] = kept_aside(archive)
    assert (kept.id, kept.name, kept.reason) == (
        outcomes[1].refused_id,
        "bad.jpg",
        outcomes[1].reason,
    )
    assert archive.store.path(kept.key).read_bytes() == bad.read_bytes()
    assert count(archive) == 2 and nothing_is_left_over(archive)


REFUSALS = (
    ("empty.jpg", b"", "is empty", "there is nothing in it"),
    ("note.jpg", b"Only words.", "a text file", "it is no picture, whatever it is called"),
    ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC", "it is only the head of one"),
    ("huge.png", png_that_declares(90_000, 90_000), "at most", "it declares too many pixels"),
)


@pytest.mark.parametrize(("name", "content", "words", "reason"), REFUSALS)
def test_file_that_is_no_master_is_refused_in_words(
    archive, darkroom, name, content, words, reason
):
    path = darkroom.directory / name
    path.write_bytes(content)
    [outcome] = darkroom.take(path)
    assert outcome.state is State.REFUSED, reason
    assert words in outcome.reason
    assert str(archive.settings.home) not in outcome.reason
    assert len(kept_aside(archive)) == 1


def test_stranger_in_a_folder_is_skipped_and_not_kept(archive, darkroom):
    path = darkroom.directory / "credits.csv"
    path.write_text("filename,credit\n", encoding="utf-8")
    [outcome] = darkroom.take(path, skip_strangers=True)
    assert outcome.state is State.SKIPPED
    assert kept_aside(archive) == () and files_below(archive.settings.media / "refused") == []
    assert nothing_is_left_over(archive)


def test_stranger_that_calls_itself_a_picture_is_refused_and_kept_in_a_folder_too(
    archive, darkroom
):
    path = darkroom.directory / "frame.JPG"
    path.write_text("These are the words of a mistake.\n", encoding="utf-8")
    [outcome] = darkroom.take(path, skip_strangers=True)
    assert outcome.state is State.REFUSED and "text" in outcome.reason
    assert len(kept_aside(archive)) == 1


def test_damaged_picture_in_a_folder_is_kept_aside(archive, darkroom):
    [outcome] = darkroom.take(damaged(darkroom), skip_strangers=True)
    assert outcome.state is State.REFUSED
    assert len(kept_aside(archive)) == 1


def test_refused_bytes_are_kept_aside_once_and_count_their_tries(archive, darkroom):
    path = damaged(darkroom)
    [first], [second] = darkroom.take(path), darkroom.take(path)
    assert first.refused_id == second.refused_id
    [kept] = kept_aside(archive)
    assert kept.tries == 2
    assert len(files_below(archive.settings.media / "refused")) == 1
    assert nothing_is_left_over(archive)


def test_file_that_is_still_refused_stays_when_it_is_tried_again(archive, darkroom):
    [outcome] = darkroom.take(damaged(darkroom))
    again = ingest.try_again(archive, outcome.refused_id, "Nino")
    assert (again.state, again.refused_id) == (State.REFUSED, outcome.refused_id)
    [kept] = kept_aside(archive)
    assert kept.tries == 2 and archive.store.exists(kept.key)


def refused_for_its_size(open_archive, darkroom):
    """An archive whose limit has been raised since it refused a file."""
    strict = open_archive(max_pixels="100")
    darkroom.archive = strict
    [outcome] = darkroom.take(darkroom.picture("a.png"))
    assert outcome.state is State.REFUSED
    darkroom.archive = open_archive()
    return darkroom.archive, outcome


def test_file_that_can_be_taken_in_now_goes_in_and_is_no_longer_aside(open_archive, darkroom):
    archive, outcome = refused_for_its_size(open_archive, darkroom)
    again = ingest.try_again(archive, outcome.refused_id, "Nino")
    assert again.state is State.TAKEN_IN
    assert stored(archive, again.id).original_name == "a.png"
    assert kept_aside(archive) == () and files_below(archive.settings.media / "refused") == []
    with pytest.raises(UnknownRefusedFile):
        ingest.try_again(archive, outcome.refused_id, "Nino")


def test_refused_file_that_came_in_by_another_way_is_no_longer_aside(open_archive, darkroom):
    archive, outcome = refused_for_its_size(open_archive, darkroom)
    [again] = darkroom.take(darkroom.directory / "a.png")
    assert again.state is State.TAKEN_IN
    assert ingest.try_again(archive, outcome.refused_id, "Nino").state is State.DUPLICATE
    assert kept_aside(archive) == ()


def test_refused_file_is_not_lost_when_it_fails_for_another_reason(open_archive, darkroom):
    archive, outcome = refused_for_its_size(open_archive, darkroom)
    # Where the master should go there is a file: nothing can be written there.
    (archive.settings.media / "masters").write_bytes(b"")
    assert ingest.try_again(archive, outcome.refused_id, "Nino").state is State.FAILED
    [kept] = kept_aside(archive)
    assert archive.store.exists(kept.key)


def test_file_beyond_the_limit_of_bytes_is_refused_and_leaves_nothing(open_archive, darkroom):
    darkroom.archive = open_archive(max_upload_bytes="100")
    [outcome] = darkroom.take(darkroom.picture("a.tif"))
    assert outcome.state is State.REFUSED and "100 bytes" in outcome.reason
    assert nothing_is_left_over(darkroom.archive)


def test_file_that_cannot_be_read_fails_and_the_rest_goes_in(archive, darkroom):
    gone, good = darkroom.directory / "gone.jpg", darkroom.picture("a.png")
    outcomes = darkroom.take(gone, good)
    assert [outcome.state for outcome in outcomes] == [State.FAILED, State.TAKEN_IN]
    assert "cannot be read" in outcomes[0].reason
    assert nothing_is_left_over(archive)


def test_store_that_cannot_be_written_fails_each_file_and_stops_nothing(archive, darkroom):
    (archive.settings.media / "masters").write_bytes(b"")
    outcomes = darkroom.take(darkroom.picture("a.png"), darkroom.picture("b.png"))
    assert [outcome.state for outcome in outcomes] == [State.FAILED, State.FAILED]
    assert "media directory cannot be written" in outcomes[0].reason
    assert count(archive) == 0


def test_master_that_a_crash_left_without_a_row_is_taken_up(archive, darkroom):
    path = darkroom.picture("a.png")
    received = archive.store.receive([path.read_bytes()], max_bytes=1 << 20)
    archive.store.keep(received.path, keys.master(received.sha256))
    [outcome] = darkroom.take(path)
    assert outcome.state is State.TAKEN_IN
    darkroom.work()
    assert ingest.settled(archive, outcome).state is State.READY
    assert len(masters(archive)) == 1 and nothing_is_left_over(archive)


def test_file_whose_name_is_no_text_is_taken_in(archive, darkroom):
    """On Linux a name is bytes; those that are no UTF-8 come as lone surrogates."""
    path = darkroom.picture("a.png")
    odd = path.with_name(os.fsdecode(b"caf\xe9\n.png"))
    path.rename(odd)
    [outcome] = darkroom.take(odd)
    assert outcome.state is State.TAKEN_IN
    assert stored(archive, outcome.id).original_name == "caf .png"


def test_refused_file_whose_name_is_no_text_is_kept_aside(archive, darkroom):
    path = darkroom.directory / os.fsdecode(b"caf\xe9.jpg")
    path.write_bytes(b"Only words.")
    [outcome] = darkroom.take(path)
    assert outcome.state is State.REFUSED
    assert kept_aside(archive)[0].name == "caf.jpg"


def test_damage_that_shows_only_when_it_is_decoded_is_told_when_the_jobs_have_run(
    archive, darkroom
):
    path = darkroom.picture("a.png", size=(300, 300))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8] = b"\xff" * 8
    path.write_bytes(bytes(content))
    [outcome] = darkroom.take(path)
    darkroom.work()
    settled = ingest.settled(archive, outcome)
    assert settled.state in {State.FAILED, State.REFUSED}
    assert "damaged" in settled.reason


def test_outcome_before_the_jobs_have_run_is_not_ready(archive, darkroom):
    [outcome] = darkroom.take(darkroom.picture("a.png"))
    settled = ingest.settled(archive, outcome)
    assert settled.state is State.FAILED and "not made yet" in settled.reason


def series_of(archive, title):
    with archive.reading() as db:
        return series_rows.series(db, series_rows.series_titled(db, title))


def test_files_of_a_batch_stand_in_their_series_in_order(archive, darkroom):
    paths = [darkroom.picture(f"{number}.png") for number in range(3)]
    outcomes = darkroom.take(*paths, series="Aghdam")
    assert series_of(archive, "Aghdam").frames == tuple(outcome.id for outcome in outcomes)


def test_later_batch_goes_on_in_the_same_series(archive, darkroom):
    [first] = darkroom.take(darkroom.picture("a.png"), series="Aghdam")
    [second] = darkroom.take(darkroom.picture("b.png"), series="Aghdam")
    assert series_of(archive, "Aghdam").frames == (first.id, second.id)
    with archive.reading() as db:
        assert len(series_rows.all_series(db)) == 1


def test_new_series_is_an_event(archive, darkroom):
    darkroom.take(darkroom.picture("a.png"), series="Aghdam")
    with archive.reading() as db:
        [event] = log.of_subject(db, "series", series_rows.series_titled(db, "Aghdam"))
    assert (event.verb, event.actor, event.after) == ("added", "Rana", "Aghdam")


def test_damaged_words_wait_as_proposals(archive, darkroom):
    rows = [["a.jpg", "The memberís family waits."]]
    sheet = read_sheet(["filename", "caption"], rows)
    [outcome] = darkroom.take(darkroom.picture("a.jpg"), sheet=sheet)
    with archive.reading() as db:
        found = repairs.open_proposals(db, outcome.id)
    assert [(each.field, each.found) for each in found] == [("caption", "memberís")]


def test_bytes_come_in_from_any_source_of_pieces(archive, darkroom):
    content = darkroom.picture("a.png").read_bytes()
    pieces = (content[start : start + 7] for start in range(0, len(content), 7))
    batch = make_batch(Options(by="Rana"), ["a.png"], None, None)
    assert ingest.take_in(archive, "a.png", pieces, batch).state is State.TAKEN_IN


def test_arrival_is_known_to_every_worker_at_once(archive, darkroom):
    before = archive.epoch.value
    darkroom.take(darkroom.picture("a.png"))
    assert archive.epoch.value != before
