"""Rights that a file itself names are recorded where nobody says more, and it is told whence."""

import pytest
from PIL import Image, PngImagePlugin, TiffImagePlugin

from dam.catalogue.sheet import read_sheet
from dam.records import log, register
from dam.rights.facts import Audience, Publication, Step
from dam.workflows import ask

BY = "http://creativecommons.org/licenses/by/4.0/"
BY_SA = "http://creativecommons.org/licenses/by-sa/4.0/"
INC = "http://rightsstatements.org/vocab/InC/1.0/"
CNE = "http://rightsstatements.org/vocab/CNE/1.0/"
AGENCY = "https://agency.example/licences/77"


def xmp(*, web_statement: str = "", licence: str = "") -> bytes:
    statement = f"<xmpRights:WebStatement>{web_statement}</xmpRights:WebStatement>"
    link = f'<cc:license rdf:resource="{licence}"/>'
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:cc="http://creativecommons.org/ns#" '
        'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">'
        f"{statement if web_statement else ''}{link if licence else ''}"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def carrying(name: str, packet: bytes) -> dict[str, object]:
    """Options with which Pillow writes a packet into the format of that name."""
    if name.endswith(".png"):
        chunk = PngImagePlugin.PngInfo()
        chunk.add_itxt("XML:com.adobe.xmp", packet.decode())
        return {"pnginfo": chunk}
    if name.endswith(".tif"):
        directory = TiffImagePlugin.ImageFileDirectory_v2()
        directory[700] = packet
        directory.tagtype[700] = 1
        return {"tiffinfo": directory}
    return {"xmp": packet}


def facts(archive, photograph_id):
    with archive.reading() as db:
        return register.facts(db, [photograph_id])[photograph_id]


def statement(archive, outcome) -> str | None:
    recorded = facts(archive, outcome.id).statement
    return recorded and recorded.uri


def sheet_of(*rows: str):
    header, *lines = [row.split(",") for row in rows]
    return read_sheet(header, lines)


@pytest.fixture
def take(darkroom):
    """Take in a picture whose file says this of its rights."""

    def one(packet: bytes, name: str = "a.jpg", **options):
        path = darkroom.picture(name, **carrying(name, packet))
        return darkroom.take(path, **options)[0]

    return one


CLAIMS = [
    # WebStatement, cc:license, what is recorded, a part of the note, reason
    (BY, "", BY, BY, "a licence in xmpRights"),
    ("", BY_SA, BY_SA, BY_SA, "a licence in cc"),
    ("https://creativecommons.org/licenses/by/4.0/deed.de", "", BY, BY, "a page of that licence"),
    (BY, "https://www.creativecommons.org/licenses/by/4.0", BY, BY, "one licence, spelt twice"),
    ("https://rightsstatements.org/page/InC/1.0/", "", INC, INC, "a rights statement"),
    (AGENCY, BY, BY, BY, "the page of an agency beside a licence"),
    (AGENCY, "", None, AGENCY, "the page of an agency alone says nothing that is known"),
    (INC, BY, None, "several", "two that contradict each other"),
]


@pytest.mark.parametrize("claim", CLAIMS, ids=[row[-1] for row in CLAIMS])
def test_rights_that_the_file_names_are_recorded_with_a_note(archive, take, claim):
    web, licence, recorded, words, reason = claim
    outcome = take(xmp(web_statement=web, licence=licence))
    assert statement(archive, outcome) == recorded, reason
    assert any(words in note for note in outcome.notes), reason


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp"])
def test_rights_are_found_in_every_format_that_carries_xmp(archive, take, name):
    assert statement(archive, take(xmp(web_statement=BY), name)) == BY


def test_the_log_says_that_the_file_was_the_source(archive, clock, take):
    outcome = take(xmp(licence=BY), by="Nino")
    with archive.reading() as db:
        found = log.of_subject(db, "photograph", outcome.id)
    [read] = [event for event in found if event.verb == "read in the file"]
    assert (read.actor, read.at, read.field, read.after) == ("Nino", clock.moment, "rights", BY)
    [recorded] = [event for event in found if event.verb == "recorded"]
    assert (recorded.field, recorded.after) == ("statement", BY)


def test_rights_of_the_command_come_before_those_of_the_file(archive, take):
    outcome = take(xmp(web_statement=BY), rights=INC)
    assert statement(archive, outcome) == INC
    assert not any("file itself" in note for note in outcome.notes)


def test_rights_of_the_sheet_come_before_those_of_the_file(archive, take):
    sheet = sheet_of("filename,rights", f"a.jpg,{INC}")
    assert statement(archive, take(xmp(web_statement=BY), sheet=sheet)) == INC


def test_an_empty_cell_of_rights_leaves_those_of_the_file(archive, take):
    sheet = sheet_of("filename,rights,title", "a.jpg,,A title")
    assert statement(archive, take(xmp(web_statement=BY), sheet=sheet)) == BY


def test_rights_of_the_sheet_that_are_not_understood_leave_the_claim_of_the_file_out(archive, take):
    sheet = sheet_of("filename,rights", "a.jpg,all of them reserved")
    outcome = take(xmp(web_statement=BY), sheet=sheet, public=True)
    assert statement(archive, outcome) is None
    assert facts(archive, outcome.id).publication is Publication.DRAFT


def test_a_claim_of_the_file_publishes_nothing(archive, take):
    outcome = take(xmp(web_statement=BY))
    assert ask.ask(archive, outcome.id, Audience.PUBLIC).decision.step is Step.HIDDEN


def test_a_licence_of_the_file_is_the_ground_on_which_it_is_published(archive, take):
    outcome = take(xmp(web_statement=BY), public=True)
    found = facts(archive, outcome.id)
    assert (found.statement.uri, found.showing) == (BY, None)


def test_copyright_of_the_file_is_kept_beside_the_decision_to_show(archive, take):
    outcome = take(xmp(web_statement=INC), public=True)
    found = facts(archive, outcome.id)
    assert found.statement.uri == INC and found.showing is not None


def test_contradicting_claims_are_published_by_a_person_s_decision_only(archive, take):
    outcome = take(xmp(web_statement=INC, licence=BY), public=True)
    found = facts(archive, outcome.id)
    assert found.statement.uri == CNE and found.showing is not None


@pytest.mark.parametrize(
    "odd",
    ["javascript:alert(1)", "http://[", "https://x/" + "y" * 5000, "CC BY 4.0"],
)
def test_odd_claims_stop_nothing(archive, take, odd):
    outcome = take(xmp(web_statement=odd))
    assert outcome.id is not None and statement(archive, outcome) is None


def test_free_words_about_copyright_are_no_licence(archive, darkroom):
    exif = Image.Exif()
    exif[0x8298] = f"© Nino, {BY}"
    [outcome] = darkroom.take(darkroom.picture("words.jpg", exif=exif))
    assert statement(archive, outcome) is None
