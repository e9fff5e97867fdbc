"""``dam audit --verify-log`` and ``dam events``."""

import json
import re

import pytest
from PIL import Image
from sqlalchemy import text


def draw(path, colour="red"):
    Image.new("RGB", (64, 48), colour).save(path)


@pytest.fixture
def photograph(dam, home, folder) -> str:
    draw(folder / "a.jpg")
    answer = dam("ingest", folder, "--rights", "CC BY 4.0", "--public", "--json")
    return answer.one("a.jpg")["id"]


def change(archive, statement):
    with archive.writing() as db:
        db.execute(text(statement))
        db.commit()


def test_a_log_that_nobody_touched_is_told_to_be_as_it_was_written(dam, photograph):
    answer = dam("audit", "--verify-log")
    assert answer.code == 0
    assert re.match(r"\d+ events, each as it was written\.\n", answer.out)
    [checkpoint] = re.findall(r"--against (\d+:[0-9a-f]{64})\n", answer.out)
    dam("withdraw", photograph, "--reason", "The family asked.")
    assert dam("audit", "--verify-log", "--against", checkpoint).code == 0


def test_one_changed_letter_is_told_with_its_event(dam, photograph, archive):
    change(archive, "UPDATE event_value SET actor = actor || 'x' WHERE event_id = 2")
    answer = dam("audit", "--verify-log")
    assert answer.code == 1
    assert answer.out == "Event 2: “actor” is not what was written.\n"
    assert answer.err == "The log is not as it was written: 1 faults.\n"


@pytest.mark.parametrize("words", ["17", "1:abc", "0" * 70])
def test_what_is_no_checkpoint_is_refused(dam, home, words):
    answer = dam("audit", "--verify-log", "--against", words)
    assert answer.code == 2
    assert "a number, a colon, and 64 digits" in answer.err


def test_events_leave_as_premis_in_json_ld(dam, photograph, archive):
    dam("withdraw", photograph, "--reason", 'The “family” <asked> \\ "now".')
    document = json.loads(dam("events").out)
    assert document["@context"]["premis"] == "http://www.loc.gov/premis/rdf/v3/"
    told = document["@graph"]
    [taken_in] = [one for one in told if one["@type"] == "eventType:ing"]
    assert taken_in["objectRole:sou"]["@id"].endswith(f"/p/{photograph}")
    assert taken_in["agentRole:imp"]["@type"] == "premis:Agent"
    assert taken_in["agentRole:imp"]["rdfs:label"]
    assert taken_in["prov:endedAtTime"].endswith("+00:00")
    last = told[-1]
    assert last["@type"] == "eventType:poa"
    assert 'after: The “family” <asked> \\ "now".' in last["premis:note"]
    assert [one["@id"].rpartition("/")[2] for one in told] == [
        str(number + 1) for number in range(len(told))
    ]


def test_events_of_one_photograph_leave_alone(dam, photograph, folder, tmp_path):
    draw(folder / "b.jpg", "blue")
    dam("ingest", folder / "b.jpg")
    file = tmp_path / "events.jsonld"
    assert dam("events", photograph, "--to", file).code == 0
    document = json.loads(file.read_text("utf-8"))
    assert {one["objectRole:sou"]["@id"].rpartition("/")[2] for one in document["@graph"]} == {
        photograph
    }


def test_an_archive_without_events_leaves_a_whole_document(dam, home):
    assert json.loads(dam("events").out)["@graph"] == []


def test_the_audit_tells_what_is_wrong_and_sums_it_up(dam, home, folder):
    draw(folder / "a.jpg")
    draw(folder / "b.jpg", "blue")
    dam("ingest", folder, "--public")
    answer = dam("audit")
    lines = answer.out.splitlines()
    assert answer.code == 0  # nothing of it is urgent
    assert len([one for one in lines if one.startswith("low     without-evidence ")]) == 2
    assert lines[-2:] == ["2 photographs, 2 findings:", "        2  low     Shown without evidence"]
    assert dam("audit", "--fail-on", "low").code == 1
    assert dam("audit", "--on", "2099-01-01", "--fail-on", "medium").code == 1
    before = dam("audit", "--as-of", "2020-01-01", "--fail-on", "low")
    assert (before.code, before.out) == (0, "0 photographs, and nothing is wrong.\n")


def test_the_audit_writes_a_file_and_keeps_one_that_is_there(dam, home, folder, tmp_path):
    draw(folder / "a.jpg")
    dam("ingest", folder, "--public")
    file = tmp_path / "audit.jsonl"
    answer = dam("audit", "--format", "jsonl", "--to", file, "--rule", "without-evidence")
    assert answer.code == 0 and "1 photographs, 1 findings:" in answer.err
    assert json.loads(file.read_text())["rule"] == "without-evidence"
    again = dam("audit", "--format", "csv", "--to", file)
    assert again.code == 2 and "there already" in again.err
    assert dam("audit", "--rule", "no-credit", "--format", "json").out == "[]\n"
