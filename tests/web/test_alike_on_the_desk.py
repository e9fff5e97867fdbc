"""Two that are alike are compared at the desk by plain forms, and pixels obey the decision."""

import io

import pytest
from browsers import PROGRAM, signed_in, work
from PIL import Image
from programs import program

from dam.catalogue.changes import Description
from dam.catalogue.text import Text, TextField
from dam.rights.facts import Audience
from dam.workflows import alike, clear, describe


@pytest.fixture
def send(archive, staff):
    """Send the same picture once more by the plain form, as another file."""
    picture = Image.effect_noise((12, 8), 90).resize((600, 400)).convert("RGB")

    def sent(name, kind, **fields):
        written = io.BytesIO()
        picture.save(written, kind)
        answer = staff.post(
            "/desk/upload", {"files": (io.BytesIO(written.getvalue()), name), **fields}
        )
        assert answer.status_code == 303
        work(archive)
        return answer.location

    return sent


@pytest.fixture
def pair(archive, send):
    """The identifiers of the one that came later and the one that was here."""
    send("print.png", "PNG")
    send("print.jpg", "JPEG")
    [waiting] = alike.waiting(archive, Audience.STAFF).pairs
    return waiting.pair.newer_id, waiting.pair.older_id


def chosen(staff, pair, choice, **revisions):
    fields = {"choice": choice, "newer_revision": 1, "older_revision": 1, **revisions}
    return staff.post("/desk/alike/{}/{}".format(*pair), fields)


def test_what_was_here_byte_for_byte_is_named_after_the_plain_form(staff, send, pair):
    location = send("again.png", "PNG")
    assert location == f"/desk/?done=here&here={pair[1]}"
    page = staff.get(location).text
    assert "Nothing was added; it was here already." in page
    assert f'<a href="/desk/p/{pair[1]}">print.png</a>' in page


def test_what_may_be_there_already_is_listed_compared_and_chosen_about(archive, staff, pair):
    address = "/desk/alike/{}/{}".format(*pair)
    for path in ("/desk/", "/desk/alike", "/desk/find", f"/desk/p/{pair[0]}", f"/desk/p/{pair[1]}"):
        assert ("/desk/alike" if path == "/desk/find" else address) in staff.get(path).text, path
    page = staff.get(address).text
    assert all(f"/iiif/3/{one}" in page for one in pair)
    assert "print.jpg" in page and "print.png" in page and "600 by 400 pixels" in page
    answer = chosen(staff, pair, "keep-both")
    assert (answer.status_code, answer.location) == (303, f"{address}?done=chosen")
    page = staff.get(answer.location).text
    assert "Staff kept both" in page and 'name="choice"' not in page
    assert address not in staff.get("/desk/alike").text
    assert "Kept both" in staff.get(f"/desk/p/{pair[0]}/events").text
    assert staff.post(f"{address}/undo").location == f"{address}?done=undone"
    assert address in staff.get("/desk/alike").text


def test_a_choice_over_what_somebody_else_saved_shows_both_again_and_does_nothing(
    archive, staff, pair
):
    words = Description(texts=(Text(TextField.TITLE, "en", "A bridge"),))
    describe.describe(archive, pair[1], 1, words, "Nino")
    answer = chosen(staff, pair, "skip")
    assert answer.status_code == 409
    assert "Nothing was done." in answer.text and "A bridge" in answer.text
    assert 'name="older_revision" value="2"' in answer.text
    assert chosen(staff, pair, "skip", older_revision=2).status_code == 303
    again = chosen(staff, pair, "keep-both", older_revision=2)
    assert again.status_code == 409 and "Staff has chosen" in again.text


@pytest.mark.parametrize("choice", ["", "none", "burn"])
def test_what_is_no_choice_is_refused(staff, pair, choice):
    answer = staff.client.post(
        "/desk/alike/{}/{}".format(*pair),
        data={"csrf_token": staff.token, "choice": choice},
        headers=PROGRAM,
    )
    assert answer.status_code == 400 and "Choose" in answer.json["detail"]


def test_pixels_of_a_withdrawn_photograph_are_shown_beside_no_other(archive, staff, browser, pair):
    newer, older = pair
    clear.publish_photographs(archive, [older], "Rana")
    clear.withdraw(archive, older, "The family asked.", "Rana")
    for path in ("/desk/", "/desk/alike", f"/desk/alike/{newer}/{older}"):
        page = staff.get(path).text
        assert f"/iiif/3/{older}" not in page and f"/iiif/3/{newer}" in page, path
    assert "It was withdrawn" in staff.get(f"/desk/alike/{newer}/{older}").text
    chosen(staff, pair, "skip")
    for path in ("/desk/", "/desk/alike", f"/desk/alike/{newer}/{older}", f"/desk/p/{newer}"):
        page = staff.get(path).text
        assert f"/iiif/3/{older}" not in page and f"/iiif/3/{newer}" not in page, path
    for one in pair:
        assert staff.get(f"/iiif/3/{one}_full/full/200,/0/default.jpg").status_code == 410
        assert browser.get(f"/iiif/3/{one}/info.json").status_code in {404, 410}
    assert browser.get(f"/p/{newer}").status_code == 404


def test_the_page_of_a_skipped_photograph_leads_to_the_one_that_stands_for_it(
    archive, staff, browser, pair
):
    clear.publish_photographs(archive, [pair[1]], "Rana")
    assert chosen(staff, pair, "skip").status_code == 303
    answer = browser.get(f"/p/{pair[0]}")
    assert (answer.status_code, answer.location) == (301, f"/p/{pair[1]}")
    refused = staff.post(f"/desk/p/{pair[0]}/publish")
    assert refused.status_code == 409 and "stands for this photograph" in refused.text


def test_what_changes_the_photograph_that_was_here_takes_an_editor(archive, app, staff, pair):
    address = "/desk/alike/{}/{}".format(*pair)
    for choice in ("new-version", "merge"):
        answer = chosen(staff, pair, choice)
        assert answer.status_code == 403 and "the role of editor" in answer.text
        assert (
            f'value="{choice}" aria-describedby="of-{choice}" disabled' in staff.get(address).text
        )
    editor = signed_in(archive, app, Audience.EDITOR)
    assert "disabled" not in editor.get(address).text
    assert chosen(editor, pair, "new-version").status_code == 303
    page = staff.get(address).text
    assert "Editor made the later one the new version" in page and "Undo this choice" not in page
    assert staff.post(f"{address}/undo").status_code == 403
    assert "Was given a new version" in staff.get(f"/desk/p/{pair[1]}/events").text
    assert editor.post(f"{address}/undo").status_code == 303


def test_an_earlier_version_is_shown_to_rights_managers_alone(archive, app, staff, manager, pair):
    assert chosen(manager, pair, "new-version").status_code == 303
    work(archive)
    paths = (f"/desk/p/{pair[0]}", "/desk/alike/{}/{}".format(*pair), f"/p/{pair[0]}/master")
    for path in paths[:2]:
        assert f"/iiif/3/{pair[0]}" not in staff.get(path).text, path
        assert f"/iiif/3/{pair[0]}" in manager.get(path).text, path
    assert "It is an earlier version of" in staff.get(paths[1]).text
    assert staff.get(f"/iiif/3/{pair[0]}_full/full/200,/0/default.jpg").status_code in {401, 403}
    assert staff.get(paths[2]).status_code in {401, 403}
    for path, begins in ((paths[2], b"\x89PNG"), (f"/p/{pair[1]}/master", b"\xff\xd8")):
        with manager.get(path) as answer:
            assert answer.status_code == 200 and answer.data.startswith(begins), path


def test_programs_read_pairs_choose_once_and_undo(archive, app, pair):
    worker, editor = (program(archive, app, one) for one in (Audience.STAFF, Audience.EDITOR))
    one = "/alike/{}/{}".format(*pair)
    [listed] = worker.get("/alike").json["pairs"]
    assert listed == worker.get(one).json
    assert (listed["found_by"], listed["choice"], listed["degrees"]) == ("likeness", None, 0)
    assert [listed[side]["photograph"]["id"] for side in ("newer", "older")] == list(pair)
    assert all(listed[side]["photograph"]["image_service"] for side in ("newer", "older"))
    wanted = {"choice": "new-version", "newer_revision": 1, "older_revision": 1}
    assert worker.ask("POST", one, wanted).status_code == 403
    assert editor.ask("POST", one, wanted | {"older_revision": 7}).status_code == 409
    done = editor.ask("POST", one, wanted)
    assert (done.status_code, done.json["choice"]) == (200, "new-version")
    assert done.json["newer"]["photograph"]["image_service"] is None, "for rights managers"
    assert editor.ask("POST", one, wanted).status_code == 409
    assert worker.get("/alike").json == {"pairs": [], "next": None}
    assert worker.ask("POST", f"{one}/undo").status_code == 403
    assert editor.ask("POST", f"{one}/undo").json["choice"] is None
    assert editor.ask("POST", f"{one}/undo").status_code == 409
    assert worker.ask("POST", one, {"choice": "skip"}).status_code == 400
    assert worker.get("/alike/{1}/{0}".format(*pair)).status_code == 404


def test_programs_are_shown_no_pixel_of_a_withdrawn_photograph_beside_its_copy(archive, app, pair):
    clear.withdraw(archive, pair[1], "The family asked.", "Rana")
    worker = program(archive, app, Audience.STAFF)
    one = "/alike/{}/{}".format(*pair)
    [listed] = worker.get("/alike").json["pairs"]
    for told in (listed, worker.get(one).json):
        assert told["older"]["photograph"]["image_service"] is None
        assert told["older"]["photograph"]["downloads"] == {}
    wanted = {"choice": "skip", "newer_revision": 1, "older_revision": 1}
    done = worker.ask("POST", one, wanted).json
    assert done["newer"]["photograph"]["image_service"] is None, "it is the same picture"
