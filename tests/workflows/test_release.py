"""Publishing from the desk asks for words first; a person may publish all the same, with reason."""

from dataclasses import replace

import pytest

from dam.catalogue.changes import Description
from dam.catalogue.people import Contributor
from dam.catalogue.stages import Stage, lacking
from dam.catalogue.text import Text, TextField
from dam.config import BadSetting, read_settings
from dam.records import log, register
from dam.rights.facts import Audience
from dam.workflows import ask, describe, release, review
from dam.workflows.release import KnownAlready, NoTerm, NotReady

DEFAULT = (("title", "caption"),)
STRICT = (("title",), ("alt",), ("creator",), ("date",), ("place",))


def caption(archive, one, words="A bridge.", language="az"):
    text = Text(TextField.CAPTION, language, words)
    describe.change(archive, one, lambda found: replace(found, texts=(text,)), "Rana")


def events(archive, one, verb):
    with archive.reading() as db:
        return [event for event in log.of_subject(db, "photograph", one) if event.verb == verb]


@pytest.mark.parametrize(
    ("description", "required", "count", "reason"),
    [
        (Description(), DEFAULT, 1, "neither of the two"),
        (Description((Text(TextField.TITLE, "en", "A"),)), DEFAULT, 0, "one of the two will do"),
        (Description((Text(TextField.CAPTION, "hy", "A"),)), DEFAULT, 0, "in any language"),
        (Description(), (), 0, "nothing is asked for"),
        (Description(), STRICT, 5, "each by itself"),
        (Description((Text(TextField.PLACE, "en", "Paris"),)), STRICT, 4, "a line of place"),
        (Description(contributors=(Contributor("R"),), date_text="?"), STRICT, 3, "two are there"),
    ],
)
def test_what_is_lacking_is_said_in_a_sentence_each(description, required, count, reason):
    found = lacking(description, required)
    assert len(found) == count, reason
    assert all(sentence.endswith("needed before publishing.") for sentence in found)


def test_the_setting_is_read_in_words():
    def read(text):
        return read_settings({"DAM_REQUIRED_TO_PUBLISH": text}).required_to_publish

    assert read_settings({}).required_to_publish == DEFAULT
    assert read("title or caption, alt,creator") == (("title", "caption"), ("alt",), ("creator",))
    assert read("") == ()
    with pytest.raises(BadSetting, match="DAM_REQUIRED_TO_PUBLISH must be words of title"):
        read("titel")


def test_publishing_refuses_until_what_is_needed_is_written(archive, darkroom):
    one = darkroom.photograph()
    assert review.work(archive, one).needed == lacking(Description(), DEFAULT)
    with pytest.raises(NotReady, match=r"no title and no caption.*say why"):
        release.release(archive, one, "Rana", all_the_same="  ")
    assert review.work(archive, one).stage is Stage.DRAFT
    assert events(archive, one, "recorded") == []
    caption(archive, one)
    release.release(archive, one, "Rana")
    assert review.work(archive, one).stage is Stage.PUBLISHED
    assert events(archive, one, "published all the same") == []


def test_who_publishes_all_the_same_says_why_and_it_is_recorded(archive, darkroom):
    one = darkroom.photograph()
    release.release(archive, one, "Rana", all_the_same="The press needs it today.")
    release.release(archive, one, "Nino", all_the_same="Again.")
    (event,) = events(archive, one, "published all the same")
    assert (event.actor, event.after) == ("Rana", "The press needs it today.")
    assert "no title and no caption" in event.before
    assert review.work(archive, one).stage is Stage.PUBLISHED


def test_the_command_line_publishes_what_a_person_said(archive, darkroom):
    assert review.work(archive, darkroom.photograph(public=True)).stage is Stage.PUBLISHED


def test_a_proposed_sensitivity_holds_back_until_it_is_reviewed(archive, darkroom):
    one = darkroom.photograph(rights="http://creativecommons.org/licenses/by/4.0/", public=True)
    assert ask.ask(archive, one, Audience.PUBLIC).decision.pack is not None
    with pytest.raises(NoTerm):
        release.propose_sensitivity(archive, one, (), "Rana")
    release.propose_sensitivity(archive, one, ("grief", "minor"), "Rana")
    assert ask.ask(archive, one, Audience.PUBLIC).decision.pack is None
    with archive.reading() as db:
        sensitivity = register.facts(db, [one])[one].sensitivity
    assert sensitivity.terms == ("grief", "minor")
    assert not sensitivity.reviewed
    with pytest.raises(KnownAlready):
        release.propose_sensitivity(archive, one, ("nudity",), "Rana")
