"""Frames are turned and linked, and one field is written to many and taken back as one step."""

import pytest

from dam.catalogue.codes import Code
from dam.errors import Malformed
from dam.iiif.geometry import Extent
from dam.records import catalogue, codes
from dam.rights.facts import Audience
from dam.workflows import derive, describe, desk, frames, understanding


def stored(archive, one):
    with archive.reading() as db:
        return catalogue.photograph(db, one)


def title(archive, one):
    texts = stored(archive, one).description.texts
    return next((text.value for text in texts if text.field == "title"), "")


def test_canvas_and_pack_turn_together_and_back(archive, darkroom):
    one = darkroom.photograph((600, 400), public=True)
    frames.turn(archive, one, 1, "Rana")
    assert stored(archive, one).master.extent == Extent(600, 400), "as its packs still show it"
    derive.derive(archive, one)
    turned = stored(archive, one)
    assert turned.master.extent == Extent(400, 600)
    assert {pack.extent for pack in turned.packs} == {Extent(400, 600)}
    describe.undo(archive, one, "Rana")
    derive.derive(archive, one)
    assert stored(archive, one).master.extent == Extent(600, 400)
    assert {pack.extent for pack in stored(archive, one).packs} == {Extent(600, 400)}


def test_a_back_is_shown_on_both_and_cannot_be_the_face_of_another(archive, darkroom):
    face, back, other = (darkroom.photograph() for _ in range(3))
    frames.link_back(archive, back, face, "Rana")
    view = desk.caption_view(archive, back, Audience.STAFF)
    assert view.recto is not None and view.recto.told.photograph.id == face
    [verso] = desk.caption_view(archive, face, Audience.STAFF).versos
    assert verso.told.photograph.id == back
    for one, recto in ((other, back), (face, other), (other, other)):
        with pytest.raises(frames.CannotBeItsBack):
            frames.link_back(archive, one, recto, "Rana")
    frames.link_back(archive, back, None, "Rana")
    assert not desk.caption_view(archive, face, Audience.STAFF).versos


def test_what_was_written_to_many_is_taken_back_but_where_it_was_edited_since(archive, darkroom):
    first, second, third = (darkroom.photograph() for _ in range(3))
    frames.write_fields(archive, [third], {"title@en": "Road"}, "Rana")
    step = frames.write_fields(archive, [first, second, third], {"title@en": "Road"}, "Rana")
    assert (step.written, step.left) == ((first, second), (third,))
    frames.write_fields(archive, [second], {"title@en": "Bridge"}, "Bela")
    back = frames.undo_group(archive, step.group, "Rana")
    assert (back.written, back.left) == ((first,), (second,))
    assert [title(archive, one) for one in (first, second, third)] == ["", "Bridge", "Road"]


def test_a_step_that_cannot_be_read_is_written_nowhere(archive, darkroom):
    one, two = darkroom.photograph(), darkroom.photograph()
    with pytest.raises(Malformed):
        frames.write_fields(archive, [one, two], {"date": "the spring of ninety"}, "Rana")
    assert stored(archive, one).description.date_text is None


def test_nothing_is_undone_twice_or_for_a_group_that_is_none(archive, darkroom):
    step = frames.write_fields(archive, [darkroom.photograph()], {"title@en": "Road"}, "Rana")
    back = frames.undo_group(archive, step.group, "Rana")
    for group in ("", "nope", back.group):
        with pytest.raises(describe.NothingToUndo):
            frames.undo_group(archive, group, "Rana")


def test_codes_of_texts_name_nobody(archive):
    with archive.writing.begin() as db:
        codes.put_codes(db, [Code("rd", ("on the road",))])
    [found] = understanding.all_codes(archive)
    assert (found.code.replacements, found.name) == (("on the road",), "")
