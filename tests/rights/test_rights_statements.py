import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.errors import Malformed
from dam.rights.statements import (
    Family,
    UnknownRightsUri,
    normalise,
    statement,
    statements,
)

CC = "http://creativecommons.org/"
RS = "http://rightsstatements.org/vocab/"

NAME = "name the photographer and the licence"
SAME = "give what you make of it the same licence"

SPELLINGS = [
    (f"{CC}licenses/by/4.0/", f"{CC}licenses/by/4.0/", "already exact"),
    ("https://creativecommons.org/licenses/by/4.0/", f"{CC}licenses/by/4.0/", "https"),
    ("HTTPS://WWW.CreativeCommons.ORG/licenses/BY/4.0", f"{CC}licenses/by/4.0/", "case, www"),
    ("creativecommons.org/licenses/by/4.0", f"{CC}licenses/by/4.0/", "no scheme"),
    ("//creativecommons.org/licenses/by/4.0/", f"{CC}licenses/by/4.0/", "no scheme, slashes"),
    (f"{CC}licenses/by-sa/4.0/deed.az", f"{CC}licenses/by-sa/4.0/", "a deed"),
    (f"{CC}licenses/by-sa/4.0/deed", f"{CC}licenses/by-sa/4.0/", "a deed without a language"),
    (f"{CC}licenses/by/3.0/de/legalcode", f"{CC}licenses/by/3.0/de/", "a legal code of a port"),
    (f"{CC}licenses/by/4.0/legalcode.hy#s3", f"{CC}licenses/by/4.0/", "a fragment"),
    (f"{CC}licenses/by/4.0/?ref=chooser-v1", f"{CC}licenses/by/4.0/", "a query"),
    (f"{CC}licenses/by-nc-nd/1.0/", f"{CC}licenses/by-nd-nc/1.0/", "1.0 spelt it the other way"),
    (f"{CC}publicdomain/zero/1.0/legalcode", f"{CC}publicdomain/zero/1.0/", "CC0"),
    (f"{CC}publicdomain/mark/1.0/deed.en", f"{CC}publicdomain/mark/1.0/", "the mark"),
    ("https://rightsstatements.org/page/InC/1.0/?language=de", f"{RS}InC/1.0/", "page for people"),
    ("https://rightsstatements.org/vocab/inc-ow-eu/1.0", f"{RS}InC-OW-EU/1.0/", "case of the code"),
    ("CC BY 4.0", f"{CC}licenses/by/4.0/", "a short name"),
    (" cc-by-nc-sa-3.0 ", f"{CC}licenses/by-nc-sa/3.0/", "with dashes and spaces"),
    ("CC BY NC ND 4.0", f"{CC}licenses/by-nc-nd/4.0/", "with spaces only"),
    ("CC BY 4.0 International", f"{CC}licenses/by/4.0/", "as the licence calls itself"),
    ("CC BY 3.0 AZ", f"{CC}licenses/by/3.0/az/", "a port"),
    ("cc0", f"{CC}publicdomain/zero/1.0/", "CC0"),
    ("CC0 1.0 Universal", f"{CC}publicdomain/zero/1.0/", "CC0 in full"),
    ("PDM", f"{CC}publicdomain/mark/1.0/", "the mark"),
    ("Public Domain Mark", f"{CC}publicdomain/mark/1.0/", "the mark in full"),
    ("InC", f"{RS}InC/1.0/", "a code"),
    ("noc-us", f"{RS}NoC-US/1.0/", "a code in lower case"),
    ("Copyright Not Evaluated", f"{RS}CNE/1.0/", "a label"),
    ("In Copyright - Educational Use Permitted", f"{RS}InC-EDU/1.0/", "a label with a dash"),
]

REFUSED = [
    ("", "missing", "nothing written"),
    ("  ", "missing", "blank"),
    ("CC BY", "version", "no version"),
    ("cc-by-nc-nd", "version", "no version, with dashes"),
    ("public domain", "two things", "CC0 or the mark"),
    ("CC BY 4.0 DE", "no rights statement", "there are no ports of 4.0"),
    ("CC BY 2.1", "no rights statement", "there never was a 2.1 without a port"),
    (f"{CC}licenses/by/4.0/de/", "no licence", "there are no ports of 4.0"),
    (f"{CC}licenses/by/3.0/zz/", "no licence", "no such port"),
    (f"{CC}licenses/by/5.0/", "no licence", "no such version"),
    (f"{CC}licenses/sampling+/1.0/", "retired", "a retired licence"),
    (f"{CC}licenses/sa/1.0/", "retired", "a retired licence"),
    (f"{CC}", "no licence", "the front page"),
    ("https://rightsstatements.org/vocab/XYZ/1.0/", "twelve", "no such statement"),
    ("http://creativecommons.org.example.com/licenses/by/4.0/", "no rights", "another host"),
    ("https://example.com/creativecommons.org/licenses/by/4.0/", "no rights", "another host"),
    ("© 1992 Somebody", "no rights statement", "a notice is no licence"),
    ("All rights reserved", "no rights statement", "a notice is no licence"),
]


@pytest.mark.parametrize(("written", "uri", "reason"), SPELLINGS)
def test_usual_spelling_becomes_the_exact_http_uri(written, uri, reason):
    assert normalise(written) == uri, reason


@pytest.mark.parametrize(("written", "advice", "reason"), REFUSED)
def test_unknown_rights_are_refused_with_one_sentence_of_advice(written, advice, reason):
    with pytest.raises(UnknownRightsUri) as refused:
        normalise(written)
    assert isinstance(refused.value, Malformed)
    assert advice in str(refused.value), reason
    assert str(refused.value).endswith(".")
    assert refused.value.written == written


def test_long_unknown_rights_are_quoted_in_part():
    with pytest.raises(UnknownRightsUri) as refused:
        normalise("x" * 10_000)
    assert len(str(refused.value)) < 300


@given(st.text())
def test_any_text_is_a_known_uri_or_refused(text):
    try:
        uri = normalise(text)
    except UnknownRightsUri:
        return
    assert statement(uri).uri == uri


@given(st.sampled_from(statements()), st.sampled_from(["", "deed.fr", "legalcode", "deed.zh-hans"]))
def test_every_statement_is_found_from_the_link_for_people_and_from_its_name(known, page):
    assert normalise(known.uri) == known.uri
    assert normalise(known.human_url) == known.uri
    assert normalise(known.label()) == known.uri
    if known.family is Family.CREATIVE_COMMONS:
        assert normalise(known.human_url + page) == known.uri


def test_identifiers_are_http_and_links_for_people_are_https():
    for known in statements():
        assert known.uri.startswith("http://")
        assert known.uri.endswith("/")
        assert known.human_url.startswith("https://")
    assert statement("InC").human_url == "https://rightsstatements.org/page/InC/1.0/"
    assert statement("CC BY 4.0").human_url == "https://creativecommons.org/licenses/by/4.0/"


def test_every_uri_is_of_the_closed_form_that_iiif_names():
    licence = (
        r"licenses/by(-nc)?(-nd|-sa)?/(1\.0|2\.0|2\.1|2\.5|3\.0|4\.0)/(([a-z]{2,3}|scotland)/)?"
    )
    first = r"licenses/by-nd-nc/1\.0/([a-z]{2}/)?"
    form = re.compile(
        rf"http://(creativecommons\.org/({licence}|{first}|publicdomain/(zero|mark)/1\.0/)"
        r"|rightsstatements\.org/vocab/[A-Za-z-]+/1\.0/)"
    )
    assert all(form.fullmatch(known.uri) for known in statements())
    assert sum(known.family is Family.RIGHTS_STATEMENTS for known in statements()) == 12


def test_ports_end_with_version_3():
    assert all(not known.jurisdiction for known in statements() if known.version == "4.0")
    assert all(known.jurisdiction for known in statements() if known.version == "2.1")


@pytest.mark.shared
def test_labels_are_those_of_the_vocabulary(shared: Path):
    text = (shared / "fixtures/rightsstatements_labels.json").read_text(encoding="utf-8")
    vocabulary = {uri: known for uri, known in json.loads(text).items() if "collection" not in uri}
    ours = {
        known.uri: dict(known.labels)
        for known in statements()
        if known.family is Family.RIGHTS_STATEMENTS
    }
    assert ours == vocabulary


@pytest.mark.parametrize(
    ("name", "language", "label", "reason"),
    [
        ("InC", "en", "In Copyright", "English"),
        ("InC", "de-AT", "Urheberrechtsschutz", "a region falls back on its language"),
        ("CNE", "sv", "Upphovsrättslig status ej bedömts", "a language finds its region"),
        ("InC", "az", "In Copyright", "English where the vocabulary has no such language"),
        ("CC BY-NC-SA 3.0 DE", "de", "CC BY-NC-SA 3.0 DE", "a port"),
        ("cc0", "en", "CC0 1.0", "CC0"),
        ("PDM", "fr", "Public Domain Mark 1.0", "the mark"),
        ("CC BY 2.5 Scotland", "en", "CC BY 2.5 Scotland", "a port with a name"),
        ("CC BY 3.0 IGO", "en", "CC BY 3.0 IGO", "for organisations of states"),
    ],
)
def test_label_is_what_people_call_it(name, language, label, reason):
    assert statement(name).label(language) == label, reason


@pytest.mark.parametrize(
    ("name", "use", "reason"),
    [
        ("CC BY 4.0", f"You may share and adapt it, also commercially, if you {NAME}.", "BY"),
        (
            "CC BY-NC-ND 4.0",
            f"You may share it unchanged for purposes that are not commercial, if you {NAME}.",
            "NC and ND",
        ),
        (
            "CC BY-SA 4.0",
            f"You may share and adapt it, also commercially, if you {NAME} and {SAME}.",
            "SA",
        ),
        ("InC", "It is in copyright: to use it, ask the rights holder.", "no permission"),
    ],
)
def test_use_is_said_in_words(name, use, reason):
    assert statement(name).use_in_words == use, reason


def test_every_statement_says_in_one_sentence_how_it_may_be_used():
    for known in statements():
        assert known.use_in_words.endswith(".")
        assert ". " not in known.use_in_words


FLAGS = (
    *("permits_showing", "public_domain", "requires_attribution"),
    *("noncommercial", "sharealike", "no_derivatives"),
)


@pytest.mark.parametrize(
    ("name", "flags", "reason"),
    [
        ("CC BY 4.0", {"permits_showing", "requires_attribution"}, "BY"),
        (
            "CC BY-NC-SA 2.0",
            {"permits_showing", "requires_attribution", "noncommercial", "sharealike"},
            "NC and SA",
        ),
        (
            "CC BY-ND-NC 1.0",
            {"permits_showing", "requires_attribution", "noncommercial", "no_derivatives"},
            "the first version's order",
        ),
        ("cc0", {"permits_showing", "public_domain"}, "CC0"),
        ("PDM", {"permits_showing", "public_domain"}, "the mark"),
        ("InC", set(), "in copyright"),
        ("InC-NC", {"noncommercial"}, "a permission that is not for every embed"),
        ("NoC-NC", {"noncommercial"}, "a contract bounds it"),
        ("NoC-US", set(), "one country is not the world"),
    ],
)
def test_statement_says_what_it_permits_and_asks(name, flags, reason):
    known = statement(name)
    assert {flag for flag in FLAGS if getattr(known, flag)} == flags, reason
