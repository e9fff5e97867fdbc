"""What the demo draws: sizes that an archive really has, and every state of rights."""

from dam.cli.drawing import PARTS, SCENES
from dam.workflows.demo import PICTURES


def test_demo_has_at_least_six_pictures_and_one_above_100_megapixels():
    assert len(PICTURES) >= 6
    assert max(scene.width * scene.height for scene in SCENES.values()) > 100_000_000


def test_every_picture_of_the_demo_can_be_drawn():
    assert set(PICTURES) <= set(SCENES) | set(PARTS)


def test_words_of_the_demo_are_in_three_languages():
    columns = {column for row in PICTURES.values() for column in row}
    languages = {column.partition("@")[2] or "en" for column in columns if "caption" in column}
    assert len(languages) >= 3


def test_demo_shows_several_licences_a_cap_and_something_without_rights():
    licences = {row["rights"] for row in PICTURES.values() if "rights" in row}
    assert len(licences) >= 4
    assert any("cap" in row for row in PICTURES.values())
    assert any("rights" not in row for row in PICTURES.values())
