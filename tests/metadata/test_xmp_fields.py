"""XMP packets: the ways in which RDF writes a value, and what is refused."""

import pytest
from handmade_blocks import NAMESPACES, language_alternative, xmp
from hypothesis import given
from hypothesis import strategies as st

from dam.metadata.blocks import MAX_BLOCK_BYTES
from dam.metadata.xmp import XmpFields, read_xmp

REFUSED = XmpFields(notes=("The XMP holds what no XMP may hold and was not read.",))
DAMAGED = XmpFields(notes=("The XMP is damaged and was not read.",))


@pytest.mark.parametrize(
    ("properties", "fields", "reason"),
    [
        ("<photoshop:Credit>Reza</photoshop:Credit>", {"credit": "Reza"}, "simple"),
        (
            f"<dc:title>{language_alternative(x_default='A', az='B')}</dc:title>",
            {"titles": (("x-default", "A"), ("az", "B"))},
            "language alternative",
        ),
        ("<dc:title>A</dc:title>", {"titles": (("x-default", "A"),)}, "no alternative"),
        (
            (
                "<dc:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li/><rdf:li>B</rdf:li></rdf:Seq>"
                "</dc:creator>"
            ),
            {"creators": ("A", "B")},
            "an empty item says nothing",
        ),
        ("<dc:subject>war</dc:subject>", {"keywords": ("war",)}, "one value without its bag"),
        (
            '<cc:license rdf:resource="http://creativecommons.org/licenses/by/4.0/"/>',
            {"licences": ("http://creativecommons.org/licenses/by/4.0/",)},
            "a URI as resource",
        ),
        (
            (
                '<photoshop:Source rdf:parseType="Resource"><rdf:value>Agency</rdf:value>'
                "<dc:type>x</dc:type></photoshop:Source>"
            ),
            {"source": "Agency"},
            "a value with qualifiers",
        ),
        ("<xmpRights:Marked>True</xmpRights:Marked>", {"marked": True}, "marked"),
        ("<xmpRights:Marked>false</xmpRights:Marked>", {"marked": False}, "not marked"),
        ("<xmpRights:Marked>perhaps</xmpRights:Marked>", {"marked": None}, "no truth value"),
        (
            (
                '<ext:LocationCreated><rdf:Bag><rdf:li rdf:parseType="Resource"><ext:City>Aghdam'
                "</ext:City><ext:CountryName>Azerbaijan</ext:CountryName></rdf:li></rdf:Bag>"
                "</ext:LocationCreated>"
            ),
            {"places_created": ("Azerbaijan, Aghdam",)},
            "a structure as parseType Resource, largest first",
        ),
        (
            (
                '<ext:LocationShown><rdf:Bag><rdf:li><rdf:Description ext:City="Aghdam"/></rdf:li>'
                "</rdf:Bag></ext:LocationShown>"
            ),
            {"places_shown": ("Aghdam",)},
            "a structure as nested description",
        ),
        (
            '<ext:LocationShown><rdf:Bag><rdf:li ext:City="Aghdam"/></rdf:Bag></ext:LocationShown>',
            {"places_shown": ("Aghdam",)},
            "a structure as attributes",
        ),
        (
            "<photoshop:City>A</photoshop:City><photoshop:City>B</photoshop:City>",
            {"city": "A"},
            "of a repeated property the first",
        ),
        ("<dc:coverage><dc:title>A</dc:title></dc:coverage>", {}, "inside another property"),
        ("<photoshop:Credit>A &lt; B &amp; C</photoshop:Credit>", {"credit": "A < B & C"}, "XML"),
    ],
)
def test_values_are_read_in_every_form_that_rdf_allows(properties, fields, reason):
    assert read_xmp(xmp(properties)) == XmpFields(**fields), reason


def test_attributes_are_a_shorthand_for_simple_properties():
    packet = xmp("", 'photoshop:City="Aghdam" photoshop:DateCreated="1992-02"')
    assert read_xmp(packet) == XmpFields(city="Aghdam", date_created="1992-02")


def test_packet_may_be_rdf_without_its_wrapper():
    packet = f"<rdf:RDF {NAMESPACES}><rdf:Description photoshop:City='Aghdam'/></rdf:RDF>"
    assert read_xmp(packet.encode()).city == "Aghdam"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_packet_is_read_in_any_unicode(codec):
    packet = xmp("<photoshop:City>Ağdam</photoshop:City>").decode()
    assert read_xmp(packet.replace("\ufeff", "").encode(codec)).city == "Ağdam"


def test_padding_around_the_packet_is_no_fault():
    packet = b"\n" + xmp("<photoshop:City>Aghdam</photoshop:City>") + b" \n\0\0"
    assert read_xmp(packet).city == "Aghdam"


def test_extension_fills_what_the_main_packet_leaves_out():
    main = xmp("<photoshop:City>Aghdam</photoshop:City>")
    extension = xmp("<photoshop:City>Baku</photoshop:City><photoshop:State>S</photoshop:State>")
    fields = read_xmp(main, extension)
    assert (fields.city, fields.state) == ("Aghdam", "S")
    assert read_xmp(main, b"<broken").notes == DAMAGED.notes


BOMB = (
    b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"""
)
OUTSIDE = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>"""


@pytest.mark.parametrize(
    ("packet", "answer", "reason"),
    [
        (BOMB, REFUSED, "entities that multiply"),
        (OUTSIDE, REFUSED, "an entity from a file"),
        (b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x/>', REFUSED, "an outside DOCTYPE"),
        (b"<x>" * 100 + b"</x>" * 100, REFUSED, "deeper than 64"),
        (b"<x>" + b"<y/>" * 200_001 + b"</x>", REFUSED, "more than 200 000 elements"),
        (b"<x>&unknown;</x>", DAMAGED, "an entity that is not defined"),
        (xmp("")[:-40], DAMAGED, "cut off"),
        (b"", DAMAGED, "empty"),
        (b"\xff\xfe\xfd", DAMAGED, "no text"),
        (
            bytes(MAX_BLOCK_BYTES + 1),
            XmpFields(notes=("The XMP is larger than 16 MB and was not read.",)),
            "too large",
        ),
        (b'<?xml version="1.0" encoding="nonsense"?><x/>', XmpFields(), "XMP is Unicode anyway"),
    ],
)
def test_packet_that_no_writer_makes_is_refused_with_a_note(packet, answer, reason):
    assert read_xmp(packet) == answer, reason


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_read_without_an_exception(packet):
    assert isinstance(read_xmp(packet), XmpFields)


names = st.sampled_from(
    [
        "dc:title",
        "dc:creator",
        "rdf:Alt",
        "rdf:Bag",
        "rdf:li",
        "rdf:value",
        "rdf:Description",
        "ext:LocationShown",
        "ext:City",
        "rdf:RDF",
    ]
)
attributes = st.sampled_from(
    ["", ' xml:lang="az"', ' rdf:parseType="Resource"', ' rdf:resource="http://x"', ' dc:title="t"']
)
trees = st.recursive(
    st.sampled_from(["", "text", "&#233;", " "]),
    lambda inner: st.builds(
        lambda name, more, children: f"<{name}{more}>{''.join(children)}</{name}>",
        names,
        attributes,
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@given(trees)
def test_any_tree_of_rdf_is_read_without_an_exception_or_a_note(tree):
    assert read_xmp(xmp(tree)).notes == ()
