"""Uploads in pieces, as tus 1.0.0 says; sentences of the protocol are quoted."""

import base64
import io
from datetime import timedelta

import pytest
from browsers import signed_in
from PIL import Image

from dam.records import log, queue, uploads
from dam.rights.facts import Audience
from dam.web.application import create_app
from dam.workflows import jobs
from dam.workflows import uploads as workflow

TUS = {"Tus-Resumable": "1.0.0"}


def picture(colour: str = "olive", size: tuple[int, int] = (40, 30)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def words(**pairs: str) -> str:
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in pairs.items())


class Sender:
    """A client of the protocol over a signed-in browser."""

    def __init__(self, browser) -> None:
        self.browser = browser
        self.token = {"X-CSRFToken": browser.read_token("/desk/")}

    def ask(self, method: str, path: str, **more):
        headers = {**TUS, **self.token, **more.pop("headers", {})}
        return self.browser.client.open(path, method=method, headers=headers, **more)

    def begin(self, size: int, name: str = "a.png", **more: str):
        headers = {"Upload-Length": str(size), "Upload-Metadata": words(filename=name, **more)}
        return self.ask("POST", "/desk/uploads", headers=headers)

    def send(self, path: str, offset: int, body: bytes, **headers: str):
        headers = {
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
            **headers,
        }
        return self.ask("PATCH", path, headers=headers, data=body)


@pytest.fixture
def sender(staff) -> Sender:
    return Sender(staff)


def test_the_service_says_what_it_speaks(sender):
    answer = sender.ask("OPTIONS", "/desk/uploads")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "termination",
        "expiration",
    }
    assert int(answer.headers["Tus-Max-Size"]) > 0


def test_a_file_sent_in_pieces_becomes_a_photograph(archive, sender):
    content = picture()
    begun = sender.begin(len(content), path="trip/one.png", series="Aghdam")
    assert begun.status_code == 201
    place = begun.headers["Location"]
    for start in range(0, len(content), 50):
        piece = content[start : start + 50]
        answer = sender.send(place, start, piece)
        assert answer.status_code == 204
        assert answer.headers["Upload-Offset"] == str(start + len(piece))
    told = sender.ask("GET", place).json
    assert told["state"] == "taken in" and told["path"] == "trip/one.png"
    with archive.reading() as db:
        events = log.of_subject(db, "photograph", told["id"])
    assert {event.actor for event in events} == {"Staff"}
    assert [event.after for event in events if event.field == "series"] == ["Aghdam"]
    assert sender.ask("GET", "/desk/uploads").json == []


def test_an_interrupted_upload_goes_on_where_it_stopped(sender):
    content = picture("navy")
    place = sender.begin(len(content)).headers["Location"]
    sender.send(place, 0, content[:70])
    # "The Server MUST always include the Upload-Offset header in the response for a HEAD request"
    head = sender.ask("HEAD", place)
    assert head.headers["Upload-Offset"] == "70"
    assert head.headers["Upload-Length"] == str(len(content))
    assert head.headers["Cache-Control"] == "no-store"
    [waiting] = sender.ask("GET", "/desk/uploads").json
    assert waiting["offset"] == 70 and waiting["state"] == "arriving"
    sender.send(place, 70, content[70:])
    assert sender.ask("GET", place).json["state"] == "taken in"


def test_a_piece_at_another_offset_is_a_conflict_and_changes_nothing(sender):
    # "If the offsets do not match, the Server MUST respond with the 409 Conflict status"
    content = picture("red")
    place = sender.begin(len(content)).headers["Location"]
    sender.send(place, 0, content[:30])
    assert sender.send(place, 10, content[10:]).status_code == 409
    assert sender.ask("HEAD", place).headers["Upload-Offset"] == "30"


@pytest.mark.parametrize(
    ("method", "headers", "status", "reason"),
    [
        ("POST", {"Tus-Resumable": "0.2.0", "Upload-Length": "5"}, 400, "another version"),
        ("POST", {"Upload-Length": "0"}, 400, "an empty file is no photograph"),
        ("POST", {"Upload-Length": "-5"}, 400, "a negative length"),
        ("POST", {"Upload-Length": "9" * 18}, 413, "beyond the limit of the archive"),
        ("POST", {"Upload-Length": "²"}, 400, "a digit that is no ASCII"),
        ("POST", {"Upload-Length": "5", "Upload-Metadata": "filename %%%"}, 400, "no base64"),
    ],
)
def test_what_is_not_the_protocol_is_refused(sender, method, headers, status, reason):
    answer = sender.ask(method, "/desk/uploads", headers=headers)
    assert answer.status_code == status, reason


def test_more_bytes_than_announced_are_refused(sender):
    place = sender.begin(10).headers["Location"]
    assert sender.send(place, 0, b"x" * 11).status_code == 413


def test_an_upload_is_its_owners_alone(archive, app, sender):
    place = sender.begin(100).headers["Location"]
    other = Sender(signed_in(archive, app, Audience.EDITOR, "Somebody else"))
    assert other.ask("HEAD", place).status_code == 404
    assert other.send(place, 0, b"x").status_code == 404
    assert other.ask("DELETE", place).status_code == 404
    assert other.ask("GET", "/desk/uploads").json == []
    assert sender.ask("HEAD", place).headers["Upload-Offset"] == "0"


def test_nobody_uploads_without_the_role_or_the_token(archive, app, browser):
    assert browser.get("/desk/uploads", headers={"Accept": "application/json"}).status_code == 401
    reader = Sender(signed_in(archive, app, Audience.STAFF))
    reader.token = {}
    assert reader.begin(100).status_code == 400  # no token: forged
    researcher = signed_in(archive, app, Audience.RESEARCHER)
    answer = researcher.client.post(
        "/desk/uploads",
        headers={**TUS, "X-CSRFToken": researcher.read_token("/sign-in"), "Upload-Length": "9"},
    )
    assert answer.status_code == 403


def test_an_upload_that_is_given_up_leaves_nothing(archive, sender):
    place = sender.begin(100).headers["Location"]
    sender.send(place, 0, b"x" * 40)
    assert sender.ask("DELETE", place).status_code == 204
    assert sender.ask("HEAD", place).status_code == 404
    assert not list((archive.settings.media / "incoming").rglob("*.*"))
    assert not list((archive.settings.media / "incoming" / "partial").iterdir())


def test_the_same_bytes_again_are_a_duplicate_and_wipe_nothing(sender):
    content = picture("teal")
    first = sender.begin(len(content), "first.png").headers["Location"]
    sender.send(first, 0, content)
    one = sender.ask("GET", first).json["id"]
    second = sender.begin(len(content), "first.png").headers["Location"]
    sender.send(second, 0, content)
    assert sender.ask("GET", second).json["duplicate_of"] == one


def test_the_same_name_again_with_other_bytes_is_a_new_photograph(sender):
    ids = set()
    for colour in ("gold", "gray"):
        content = picture(colour)
        place = sender.begin(len(content), "same.png").headers["Location"]
        sender.send(place, 0, content)
        ids.add(sender.ask("GET", place).json["id"])
    assert len(ids) == 2


def test_a_file_that_is_refused_says_why_at_its_own_address(sender):
    place = sender.begin(11, "note.jpg").headers["Location"]
    assert sender.send(place, 0, b"hello world").status_code == 204
    told = sender.ask("GET", place).json
    assert told["state"] == "refused" and told["reason"] and told["id"] is None


def _whole_but_not_taken_in(archive, content: bytes) -> str:
    """An upload of a process that was killed after its last byte arrived."""
    begun = workflow.begin(archive, "late.png", len(content), "Rana")
    archive.partials.append(begun.upload.id, 0, [content], most=len(content))
    return begun.upload.id


def test_a_process_that_died_before_it_took_a_file_in_is_gone_on_from(archive):
    content = picture("plum")
    upload_id = _whole_but_not_taken_in(archive, content)
    done = workflow.append(archive, upload_id, len(content), [], "Rana")
    assert done.outcome.state == "taken in"


def test_a_process_that_died_after_it_took_a_file_in_is_not_repeated(archive, clock):
    content = picture("pink")
    upload_id = _whole_but_not_taken_in(archive, content)
    workflow.finish(archive, upload_id)
    with archive.writing.begin() as db:  # as if the last transaction had not come to be
        row = db.get(uploads.UploadRow, upload_id)
        row.state, row.outcome, row.became = "arrived", "", ""
    clock.advance(minutes=6)
    with archive.reading() as db:
        assert queue.unfinished(db, archive.now())
    while jobs.run_one(archive):
        pass
    [done] = [workflow.progress(archive, upload_id, "Rana")]
    assert done.outcome.state == "taken in" and done.outcome.id


def test_what_nobody_goes_on_with_is_swept_after_the_days_that_were_set(archive, clock):
    stale = workflow.begin(archive, "a.png", 100, "Rana").upload.id
    clock.advance(days=archive.settings.upload_days - 1)
    fresh = workflow.begin(archive, "b.png", 100, "Rana").upload.id
    clock.advance(days=2)
    while jobs.run_one(archive):
        pass
    assert [one.upload.id for one in workflow.unfinished(archive, "Rana")] == [fresh]
    assert archive.partials.size(fresh) == 0
    with pytest.raises(workflow.UnknownUpload):
        workflow.progress(archive, stale, "Rana")


def test_scratch_files_of_a_killed_process_are_swept(archive, clock):
    left = archive.store.scratch(".zip")
    left.write_bytes(b"half a pack")
    clock.moment += timedelta(days=4000)  # the file is of the real today
    workflow.sweep(archive)
    assert not left.exists()


def test_the_app_is_whole_with_a_limit_of_its_own(open_archive):
    archive = open_archive(max_upload_bytes="500")
    sender = Sender(signed_in(archive, create_app(archive, b"k" * 32), Audience.STAFF))
    assert sender.begin(501).status_code == 413
    assert sender.ask("OPTIONS", "/desk/uploads").headers["Tus-Max-Size"] == "500"
