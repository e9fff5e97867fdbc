"""Files leave with their words in them, for those whom the decision lets have them."""

import io
import json
from dataclasses import replace

import pytest
from PIL import Image

from dam.catalogue.changes import Description
from dam.catalogue.notices import Notice, NoticeKind
from dam.catalogue.people import Contributor, Role, creators, people
from dam.catalogue.places import Locality, PlaceName, PlaceRole
from dam.catalogue.text import Text, TextField
from dam.metadata.containers import raw_blocks
from dam.metadata.file_claims import file_claims
from dam.metadata.names import prefixed
from dam.metadata.packet import read_packet
from dam.metadata.reconcile import read_embedded
from dam.records import carried, catalogue
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience
from dam.workflows import clear, describe, download, export_file
from dam.workflows.ask import Unknown, Withdrawn, Withheld

BY = "http://creativecommons.org/licenses/by/4.0/"
SAID = Description(
    texts=(
        Text(TextField.TITLE, "en", "The road"),
        Text(TextField.CAPTION, "en", "A man on the road"),
        Text(TextField.CAPTION, "az", "Yolda bir kişi"),
        Text(TextField.PLACE, "en", "Azerbaijan, Karabakh, Aghdam"),
    ),
    contributors=creators(["Réza"]),
    keywords=("fog",),
    date_text="February 1992",
)


@pytest.fixture
def road(archive, darkroom):
    """A published photograph under a licence, taken in as a JPEG with words of its own."""
    exif = Image.Exif()
    exif[0x010E] = "What the camera said"
    path = darkroom.picture("road.jpg", (600, 400), exif=exif, comment=b"old comment")
    [outcome] = darkroom.take(path, public=True, rights=BY)
    darkroom.work()
    describe.describe(archive, outcome.id, 1, SAID, "Rana")
    return outcome.id


def downloaded(archive, photograph_id, audience):
    """The file that the route of downloads hands out."""
    found = download.picture(archive, photograph_id, lambda: audience)
    _, jpeg = download.finished(archive, found, lambda: audience, lambda: False)
    return jpeg


def words_of(data):
    return read_embedded(raw_blocks(data))


def test_what_the_file_said_is_kept_word_for_word_whatever_is_written_later(archive, road):
    with archive.reading() as db:
        blocks = carried.blocks(db, road)
        said = carried.claims(db, road)
        master = catalogue.photograph(db, road).master
    untouched = raw_blocks(archive.store.path(master.key).read_bytes())
    assert replace(untouched, notes=()) == blocks
    assert said == file_claims(untouched)
    assert ("Image.ImageDescription", "What the camera said") in [(c.name, c.value) for c in said]


def test_copy_of_the_master_has_todays_words_and_the_same_picture(archive, road):
    copy = export_file.master_copy(archive, road, Audience.RIGHTS_MANAGER)
    data = b"".join(copy.chunks())
    assert len(data) == copy.size_bytes
    assert b"".join(copy.chunks(100, 5000)) == data[100:5000]
    original = copy.path.read_bytes()
    assert data.endswith(original[original.index(b"\xff\xdb") :])
    answer = words_of(data)
    assert answer.captions == (("en", "A man on the road"), ("az", "Yolda bir kişi"))
    assert answer.rights_uris == (BY,)
    assert answer.date_text == "1992-02"
    assert answer.marked is True
    assert answer.notes == ()
    assert copy.name == f"{road}.jpg"
    assert copy.has_words


def test_copy_has_a_tag_of_its_own_after_every_edit(archive, road):
    first = export_file.master_copy(archive, road, Audience.RIGHTS_MANAGER)
    again = export_file.master_copy(archive, road, Audience.RIGHTS_MANAGER)
    describe.describe(archive, road, 2, replace(SAID, keywords=("dawn",)), "Rana")
    edited = export_file.master_copy(archive, road, Audience.RIGHTS_MANAGER)
    assert first.etag == again.etag != edited.etag


def test_download_is_drawn_in_full_with_the_words_that_may_be_read(archive, road):
    data = downloaded(archive, road, Audience.PUBLIC)
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (600, 400)
    answer = words_of(data)
    assert answer.titles == (("en", "The road"),)
    assert answer.creators == ("Réza",)
    assert answer.credit == "Photo: Réza, CC BY 4.0"
    found, _ = read_packet(raw_blocks(data).xmp)
    assert "What the camera said" not in json.dumps(str(found))


@pytest.mark.parametrize(
    ("audience", "master", "reason"),
    [
        (Audience.PUBLIC, False, "the master leaves for rights managers only"),
        (Audience.STAFF, False, "nor for staff"),
        (Audience.RIGHTS_MANAGER, True, "they may have all of it"),
    ],
)
def test_master_leaves_for_those_whom_the_decision_names(archive, road, audience, master, reason):
    if master:
        assert export_file.master_copy(archive, road, audience).size_bytes, reason
    else:
        with pytest.raises(Withheld):
            export_file.master_copy(archive, road, audience)


def test_nothing_leaves_of_what_may_not(archive, darkroom, road):
    draft = darkroom.photograph()
    with pytest.raises(Unknown):
        downloaded(archive, draft, Audience.PUBLIC)
    with pytest.raises(Unknown):
        export_file.sidecar(archive, draft, Audience.PUBLIC)
    clear.record(archive, road, [NewRecord(RecordKind.CAP, number=300)], "Rana")
    with pytest.raises(Withheld):
        downloaded(archive, road, Audience.PUBLIC)
    clear.withdraw(archive, road, "asked by the family", "Rana")
    for leave in (downloaded, export_file.sidecar):
        with pytest.raises(Withdrawn):
            leave(archive, road, Audience.PUBLIC)


def test_format_without_a_place_for_words_leaves_as_it_is_and_has_a_sidecar(archive, darkroom):
    [outcome] = darkroom.take(darkroom.picture("x.gif"), public=True, rights=BY, credit="Réza")
    darkroom.work()
    copy = export_file.master_copy(archive, outcome.id, Audience.RIGHTS_MANAGER)
    assert not copy.has_words
    assert b"".join(copy.chunks()) == copy.path.read_bytes()
    found, _ = read_packet(export_file.sidecar(archive, outcome.id, Audience.PUBLIC))
    assert "Réza" in found.values()


def test_iim_is_written_where_the_archive_says_so(archive, road):
    settings = replace(archive.settings, metadata_iim=True)
    for one, written in ((archive, False), (replace(archive, settings=settings), True)):
        blocks = raw_blocks(downloaded(one, road, Audience.PUBLIC))
        assert (blocks.iim is not None) is written
        assert (blocks.iim_digest is not None) is written
        assert read_embedded(blocks).notes == ()


def test_everything_that_the_catalogue_has_leaves_with_the_file(archive, road):
    said = replace(
        SAID,
        texts=(*SAID.texts, Text(TextField.HEADLINE, "en", "Fog over Aghdam")),
        contributors=(
            *SAID.contributors,
            Contributor("Leyla", Role.WRITER),
            Contributor("Max", Role.EDITOR),
        ),
        people=people(["Anna Petrova", "unidentified man, left"]),
        places=(Locality((PlaceName("Azerbaijan"), PlaceName("Shusha")), role=PlaceRole.SHOWN),),
        notices=(Notice(NoticeKind.FUNDING, "en", "Paid for by the fund"),),
    )
    describe.describe(archive, road, 2, said, "Rana")
    found, notes = read_packet(raw_blocks(downloaded(archive, road, Audience.PUBLIC)).xmp)
    assert notes == ()
    told = {prefixed(name): str(value) for name, value in found.items()}
    for name, words in (
        ("photoshop:Headline", "Fog over Aghdam"),
        ("photoshop:CaptionWriter", "Leyla"),
        ("Iptc4xmpExt:Contributor", "Leyla"),
        ("Iptc4xmpExt:Contributor", "http://id.loc.gov/vocabulary/relators/edt"),
        ("Iptc4xmpExt:PersonInImage", "Anna Petrova"),
        ("Iptc4xmpExt:LocationShown", "Shusha"),
        ("plus:OtherConstraints", "Paid for by the fund"),
    ):
        assert words in told[name], name
    assert "unidentified" not in str(told), "nobody's name"
