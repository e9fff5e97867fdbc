"""All that a file says is kept and named, whatever says it; hostile packets are refused."""

import tracemalloc

import pytest
from handmade_blocks import UTF8_DECLARED, ascii_entry, dataset, tiff, xmp
from hypothesis import given
from hypothesis import strategies as st

from dam.metadata.blocks import BlockKind, RawBlocks
from dam.metadata.exif import ExifFields
from dam.metadata.file_claims import MOST_CLAIMS, file_claims
from dam.metadata.iptc import IimFields
from dam.metadata.packet import read_packet
from dam.metadata.precedence import Order, Precedence, order_of
from dam.metadata.properties import BY_DATASET, BY_NAME, PROPERTIES
from dam.metadata.reconcile import reconcile
from dam.metadata.xmp import XmpFields


def of(**blocks):
    return [
        (claim.block, claim.name, claim.value, claim.language)
        for claim in file_claims(RawBlocks(**blocks))
    ]


def test_every_block_is_told_with_names_languages_and_places():
    packet = xmp(
        "<dc:title><rdf:Alt><rdf:li xml:lang='az'>Yol</rdf:li></rdf:Alt></dc:title>"
        "<ext:LocationShown><rdf:Bag><rdf:li rdf:parseType='Resource'><ext:City>Aghdam</ext:City>"
        "</rdf:li></rdf:Bag></ext:LocationShown><cc:license rdf:resource='http://x.example/'/>",
        'photoshop:Credit="Réza" xmlns:own="http://own.example/" own:Thing="kept"',
    )
    found = of(
        exif=tiff([ascii_entry(0x013B, b"Reza")]),
        iim=dataset(80, b"R\xe9za") + dataset(200, b"x"),
        xmp=packet,
    )
    assert found == [
        (BlockKind.EXIF, "Image.Artist", "Reza", ""),
        (BlockKind.IIM, "2:80", "Réza", ""),
        (BlockKind.IIM, "2:200", "x", ""),
        (BlockKind.XMP, "photoshop:Credit", "Réza", ""),
        (BlockKind.XMP, "{http://own.example/}Thing", "kept", ""),
        (BlockKind.XMP, "dc:title", "Yol", "az"),
        (BlockKind.XMP, "Iptc4xmpExt:LocationShown[1]/Iptc4xmpExt:City", "Aghdam", ""),
        (BlockKind.XMP, "cc:license", "http://x.example/", ""),
    ]


@pytest.mark.parametrize(
    ("encoded", "declared", "note", "reason"),
    [
        ("brother\u2019s \u2013 Réza".encode(), b"\x1b%G", "read as utf-8", "declared"),
        ("brother\u2019s \u2013 Réza".encode(), b"", "read as utf-8", "obeys UTF-8"),
        (
            "brother\u2019s \u2013 Réza".encode("cp1252"),
            b"",
            "Windows-1252",
            "reads like writing so",
        ),
        (
            "brother\u2019s \u2013 Réza".encode("mac_roman"),
            b"",
            "Mac Roman",
            "reads like writing so",
        ),
        (
            "brother\u2019s \u2013 Réza".encode("cp1252"),
            b"\x1b%G",
            "the one it names is wrong",
            "lies",
        ),
    ],
)
def test_how_the_character_set_was_decided_is_recorded_with_the_claim(
    encoded, declared, note, reason
):
    block = (dataset(90, declared, record=1) if declared else b"") + dataset(120, encoded)
    claim = file_claims(RawBlocks(iim=block))[-1]
    assert claim.value == "brother\u2019s \u2013 Réza", reason
    assert note in claim.note


@pytest.mark.parametrize(
    ("packet", "reason"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "an entity"),
        (
            b'<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;">]><l>&b;</l>',
            "a billion laughs",
        ),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "a file from outside"),
        (xmp("<dc:x>" * 5000 + "</dc:x>" * 5000), "nested too deeply"),
        (xmp("<dc:x/>" * 250_000), "more elements than any packet has"),
        (xmp("<dc:title>" + "x" * 100_000_000 + "</dc:title>"), "100 MB of text"),
        (b"\xff\xfe" + "<x".encode("utf-16-le"), "cut off"),
        (b"", "empty"),
    ],
)
def test_hostile_packet_has_no_properties_a_note_and_bounded_memory(packet, reason):
    tracemalloc.start()
    try:
        properties, notes = read_packet(packet)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert properties == {}, reason
    assert notes
    assert most < 128 * 1024 * 1024, reason


def test_claims_are_bounded_in_number_and_length():
    many = of(iim=b"".join(dataset(25, b"k") for _ in range(MOST_CLAIMS + 100)))
    assert len(many) == MOST_CLAIMS
    [long] = file_claims(RawBlocks(xmp=xmp(f"<dc:format>{'x' * 30_000}</dc:format>")))
    assert len(long.value) == 20_001
    assert long.note == "shortened"


@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=300))
def test_arbitrary_blocks_have_claims_that_can_be_stored(exif, iim, packet):
    for claim in file_claims(RawBlocks(exif=b"II*\0" + exif, iim=b"\x1c\2" + iim, xmp=packet)):
        assert "\0" not in claim.value
        claim.value.encode()


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=9))
def test_damage_in_a_good_block_is_never_raised(at, damage):
    packet = xmp("<dc:title><rdf:Alt><rdf:li xml:lang='az'>Yol</rdf:li></rdf:Alt></dc:title>")
    iim = UTF8_DECLARED + dataset(120, "Réza".encode(), extended=True)
    exif = tiff([ascii_entry(0x013B, b"Reza")], [ascii_entry(0x9003, b"1992:01:01 00:00:00")])
    hurt = [one[: at % len(one)] + damage + one[at % len(one) :] for one in (packet, iim, exif)]
    assert isinstance(file_claims(RawBlocks(xmp=hurt[0], iim=hurt[1], exif=hurt[2])), tuple)


def test_the_table_names_each_property_and_dataset_once():
    assert len(BY_NAME) == len(PROPERTIES)
    datasets = [one.iim for one in PROPERTIES if one.iim]
    assert len(datasets) == len(set(datasets)) == len(BY_DATASET)
    assert all(one.clark.startswith("{http") for one in PROPERTIES)


@pytest.mark.parametrize(
    ("by", "iim", "digest", "order", "reason"),
    [
        (Precedence.XMP, b"iim", b"x" * 16, Order(), "XMP first, whatever the digest"),
        (Precedence.MWG, None, None, Order(exif_first=True), "there is no IIM"),
        (Precedence.MWG, b"iim", None, Order(exif_first=True), "no digest"),
        (Precedence.MWG, b"iim", bytes(16), Order(exif_first=True), "a digest that was emptied"),
        (
            Precedence.MWG,
            b"iim",
            bytes.fromhex("4a7b58bcc9ed95e9c1a26e6da8f6ad13"),
            Order(exif_first=True, iim_first=True),
            "a digest of another block: IIM was changed last",
        ),
    ],
)
def test_digest_says_which_block_was_written_last(by, iim, digest, order, reason):
    assert order_of(by, iim, digest) == order, reason


def test_changed_iim_wins_unless_it_is_only_the_beginning_of_the_xmp():
    order = Order(exif_first=True, iim_first=True)
    whole = "a" * 3000
    for iim, answer in (("changed", "changed"), ("a" * 2000, whole)):
        found = reconcile(
            ExifFields(), IimFields(caption=iim), XmpFields(captions=(("en", whole),)), order=order
        )
        assert found.captions == (("en", answer),)
