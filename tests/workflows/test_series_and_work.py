"""Series edited and undone, notices that frames inherit, review, comments, codes, templates."""

import json
from dataclasses import replace

import pytest

from dam.catalogue.changes import Description
from dam.catalogue.codes import Code, CodeKind
from dam.catalogue.fields import SeriesField
from dam.catalogue.notices import Notice, NoticeKind
from dam.catalogue.people import Contributor, PersonShown, Role
from dam.catalogue.places import read_place
from dam.catalogue.series_words import SeriesText
from dam.catalogue.stages import Stage
from dam.catalogue.templates import Template
from dam.catalogue.text import Text, TextField
from dam.records import codes, log, templates
from dam.records import series as series_rows
from dam.records.catalogue import UnknownPhotograph
from dam.records.templates import StoredTemplate
from dam.rights.facts import Audience
from dam.workflows import arrange, clear, describe, manifests, review
from dam.workflows.review import NoSuchComment, NotInWork

FUNDING = Notice(NoticeKind.FUNDING, "en", "Made with money of the fund.")
VIEWS = Notice(NoticeKind.DISCLAIMER, "en", "The views are those of the author.")


@pytest.fixture
def essay(archive, darkroom):
    """A series of two public photographs, as (series, first, second)."""
    by = "http://creativecommons.org/licenses/by/4.0/"
    one, two = (
        darkroom.photograph(series="Aghdam", rights=by, public=True, credit=credit)
        for credit in ("Reza", "Ali")
    )
    with archive.reading() as db:
        (place,) = series_rows.places_of(db, one)
    return place.series_id, one, two


def stored(archive, series_id):
    with archive.reading() as db:
        return series_rows.series(db, series_id)


def edit(archive, series_id, **what):
    found = stored(archive, series_id)
    after = replace(found.description, **what)
    return arrange.arrange(archive, series_id, found.revision, after, "Rana")


def manifest(archive, identifier):
    return json.loads(manifests.manifest(archive, identifier, Audience.PUBLIC).text)


def shown(document):
    return [text for texts in document["requiredStatement"]["value"].values() for text in texts]


def test_what_a_series_must_show_is_in_its_manifest_and_in_that_of_each_frame(archive, essay):
    series_id, one, two = essay
    edit(archive, series_id, notices=(FUNDING, VIEWS))
    for identifier in essay:
        texts = shown(manifest(archive, identifier))
        assert texts.count(FUNDING.text) == texts.count(VIEWS.text) == 1
    whole = manifest(archive, series_id)
    assert all(FUNDING.text in shown(canvas) for canvas in whole["items"])
    assert "Reza" in shown(manifest(archive, one))
    assert "Ali" in shown(manifest(archive, two))


def test_what_one_photograph_must_show_is_not_said_of_the_others(archive, essay):
    _, one, two = essay
    describe.change(archive, one, lambda words: replace(words, notices=(VIEWS,)), "Rana")
    assert VIEWS.text in shown(manifest(archive, one))
    assert VIEWS.text not in shown(manifest(archive, two))


def test_series_is_edited_in_languages_and_order_and_undone(archive, essay, darkroom):
    series_id, one, two = essay
    before = stored(archive, series_id).description
    title = SeriesText(SeriesField.SERIES_TITLE, "az", "Ağdam")
    edit(archive, series_id, texts=(*before.texts, title), frames=(two, one))
    found = stored(archive, series_id)
    assert found.frames == (two, one)
    assert manifest(archive, series_id)["label"] == {"en": ["Aghdam"], "az": ["Ağdam"]}
    with archive.reading() as db:
        fields = {event.field for event in log.of_subject(db, "series", series_id)}
    assert {"series title", "frames"} <= fields
    arrange.undo(archive, series_id, "Nino")
    assert stored(archive, series_id).description == before
    with pytest.raises(arrange.NothingToUndo):
        arrange.undo(archive, series_id, "Nino")
    darkroom.work()


def test_frame_that_is_taken_out_of_a_series_no_longer_owes_what_it_must_show(archive, essay):
    series_id, one, two = essay
    edit(archive, series_id, notices=(FUNDING,))
    edit(archive, series_id, frames=(one,))
    assert FUNDING.text not in shown(manifest(archive, two))


def test_series_is_not_overwritten_nor_given_what_is_no_photograph(archive, essay):
    series_id, one, _ = essay
    found = stored(archive, series_id)
    edit(archive, series_id, notices=(FUNDING,))
    with pytest.raises(series_rows.SeriesConflict):
        arrange.arrange(archive, series_id, found.revision, found.description, "Nino")
    with pytest.raises(UnknownPhotograph):
        edit(archive, series_id, frames=(one, "nobody"))


def test_manifest_says_who_had_which_part_and_who_is_shown(archive, essay):
    _, one, _ = essay

    def more(words):
        return replace(
            words,
            texts=(*words.texts, Text(TextField.HEADLINE, "en", "War comes near")),
            contributors=(Contributor("Reza"), Contributor("Anna", Role.PRINTER)),
            people=(PersonShown("unidentified man, left"),),
            negative="12a",
            places=(read_place("Azerbaijan, Aghdam"),),
        )

    describe.change(archive, one, more, "Rana")
    rows = {
        row["label"]["en"][0]: [text for texts in row["value"].values() for text in texts]
        for row in manifest(archive, one)["items"][0]["metadata"]
    }
    assert rows["Headline"] == ["War comes near"]
    assert (rows["Creator"], rows["Printer"]) == (["Reza"], ["Anna"])
    assert rows["People shown"] == ["unidentified man, left"]
    assert rows["Negative number"] == ["12a"]


def test_review_is_a_state_until_the_rights_records_say_more(archive, darkroom):
    one = darkroom.photograph()
    assert review.work(archive, one).stage is Stage.DRAFT
    review.send_to_review(archive, one, "Rana")
    review.send_to_review(archive, one, "Rana")
    assert review.work(archive, one).stage is Stage.IN_REVIEW
    review.back_to_draft(archive, one, "Nino")
    with archive.reading() as db:
        events = [event for event in log.of_subject(db, "photograph", one) if event.verb == "moved"]
    assert [(e.actor, e.before, e.after) for e in events] == [
        ("Nino", "in review", "draft"),
        ("Rana", "draft", "in review"),
    ]
    review.send_to_review(archive, one, "Rana")
    clear.publish_photographs(archive, [one], "Rana")
    assert review.work(archive, one).stage is Stage.PUBLISHED
    with pytest.raises(NotInWork, match="published"):
        review.back_to_draft(archive, one, "Rana")
    clear.withdraw(archive, one, "The family asked.", "Rana")
    assert review.work(archive, one).stage is Stage.WITHDRAWN


def test_comments_are_kept_and_settled(archive, darkroom):
    one = darkroom.photograph()
    review.comment(archive, one, " Who is this?\r\n", "Rana")
    (said,) = review.work(archive, one).comments
    assert (said.author, said.words, said.settled_by) == ("Rana", "Who is this?", "")
    review.settle(archive, one, said.id, "Nino")
    assert review.work(archive, one).comments[0].settled_by == "Nino"
    with pytest.raises(NoSuchComment):
        review.settle(archive, one, said.id, "Nino")
    with pytest.raises(review.NothingSaid):
        review.comment(archive, one, " ", "Rana")
    with pytest.raises(review.TooLong):
        review.comment(archive, one, "x" * 4001, "Rana")


def test_codes_and_templates_are_kept(archive):
    template = Template("essay", Description((Text(TextField.CREDIT, "en", "C"),), keywords=("a",)))
    with archive.writing.begin() as db:
        codes.put_codes(db, [Code("MT", ("Margaret",), CodeKind.TEXT), Code("x", ("y", "z"))])
        codes.put_codes(db, [Code("mt", ("M. T.",))])
        templates.add(db, template)
        codes.remove_code(db, "X")
    with archive.reading() as db:
        assert codes.all_codes(db) == {"mt": Code("mt", ("M. T.",))}
        assert templates.all_templates(db) == (StoredTemplate(template, 1),)
    with archive.writing.begin() as db:
        templates.remove(db, "essay")
        assert templates.all_templates(db) == ()
