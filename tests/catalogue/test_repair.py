"""Proposals of repair: what is found, and what clean text is left alone."""

# ruff: noqa: RUF001 (other alphabets and typographic signs are what is tested)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.repair import Proposal, StaleProposal, apply, proposals


def repaired(text, language):
    """Accept everything, from the end so that the places stay right."""
    for proposal in reversed(proposals(text, language)):
        text = apply(text, proposal)
    return text


def misread(text, wrote, read):
    decoded = []
    for byte in text.encode(wrote):
        one = bytes([byte])
        decoded.append(one.decode(read, errors="ignore") or chr(byte))
    return "".join(decoded)


ENGLISH = [
    "his brother\u2019s body, and a brother",
    "a photographer\u2019s eye",
    "They don\u2019t know. We\u2019re here, I\u2019m not.",
    "the parents\u2019 room, where parents wait",
    "\u201cAhad\u201d, he cried",
    "Shusha \u2013 1992 \u2014 a city",
]


@pytest.mark.parametrize("text", ENGLISH)
@pytest.mark.parametrize(("wrote", "read"), [("cp1252", "mac_roman"), ("mac_roman", "cp1252")])
def test_english_read_in_the_other_encoding_is_repaired_whole(text, wrote, read):
    damaged = misread(text, wrote, read)
    assert damaged != text
    assert repaired(damaged, "en") == text
    assert repaired(damaged, "en-GB") == text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("brother\u2019s \u201cé\u201d £5 naïve Ærø 5°", "en"),
        ("Ağdam şəhərində gözləyir, Əliyev", "az"),
        ("Шуша был город", "ru"),
        ("Հայաստանի լուսանկար", "hy"),
        ("საქართველო", "ka"),
        ("東京 한국", "ja"),
        ("a family 😀", "en"),
        ("l\u2019été à Paris…", "fr"),
        ("une\u00a0photo", "fr"),
    ],
)
def test_utf_8_read_as_windows_1252_is_repaired_in_any_language(text, language):
    assert repaired(misread(text, "utf-8", "cp1252"), language) == text


def test_a_quote_that_lost_its_last_byte_is_proposed_with_less_confidence():
    (found,) = proposals("memory\u00e2\u20ac.", "en")
    assert (found.found, found.proposed, found.confidence) == ("\u00e2\u20ac", "\u201d", 0.7)


CLEAN = [
    ("es", "El país de Luís Solís: ¿así? Él dijo «sí» ñ y Ñ. Anís, París, maíz. «CAFÉ», JOSÉ’S"),
    ("is", "Þetta er íslenska: í Reykjavík, „SJÓ“ og ó, Ísafjörður. Ég á mér draum, SÍÐAST…"),
    ("az", "Xocalı faciəsi: Ağdam, Şuşa, Çıraqqala, İsmayıllı, gözəl. «Əliyevin ÖLÜMܻ"),
    ("pt", "AMANHÃ” e «IRMûs MAÇÃ. João não vê a avó. Õ"),
    ("cs", "Úžasný ÚŠTĚK, ÍŽE, Čeština – svatí, Ôsmy"),
    ("fr", "«ÉTÉ», « BEAUTÉ », voilà… l’île Ô, être à"),
    ("de", "„Äpfel“ Ä–Ö, Straße, MÜLLER’S"),
    ("vi", "Đây là tiếng Việt: đường phố, ảnh ở “Huế”…"),
    ("no", "Å\u00a0gjøre, 10 Å, Ærlig"),
    ("en", "Luís Solís of país met García, Davíd and Joaquím at NESCAFÉ™ and the CAFÉ’s “Ó”."),
    ("en", "Café…” she said; naïve façade, Brontë’s, “Málaga”"),
    ("en", "It’s a brother’s – and a sister’s — “own” room… ‘yes’ I’m sure."),
]


@pytest.mark.parametrize(("language", "text"), CLEAN)
def test_clean_text_is_left_alone(language, text):
    assert proposals(text, language) == ()


@pytest.mark.parametrize("language", ["es", "is", "az", "fr", "cs"])
def test_letters_of_other_languages_are_never_taken_for_signs(language):
    assert proposals("brotherís ìHelloî Shusha Ñ 1992 brotherÕs", language) == ()


def test_a_stem_that_the_source_knows_makes_it_surer():
    (alone,) = proposals("the photographerís", "en")
    (known,) = proposals("the photographerís", "en", frozenset({"photographer"}))
    assert alone.confidence < known.confidence


@pytest.mark.shared
def test_the_essay_holds_exactly_three_damaged_words(shared):
    text = (shared / "fixtures" / "essay" / "photo-essay.txt").read_text(encoding="utf-8")
    found = proposals(text, "en")
    assert [(one.found, one.proposed) for one in found] == [
        ("brotherís", "brother\u2019s"),
        ("memberís", "member\u2019s"),
        ("Azerbaijanís", "Azerbaijan\u2019s"),
    ]
    assert {one.confidence for one in found} == {0.95}
    assert {one.reason for one in found} == {"Windows-1252 was read as MacRoman here."}


@pytest.mark.shared
def test_the_film_page_is_clean(shared):
    text = (shared / "fixtures" / "essay" / "film-page.txt").read_text(encoding="utf-8")
    assert proposals(text, "en") == ()


def test_of_two_proposals_for_one_place_the_surer_is_made_first():
    text = "the brother: ìa brotherís roomî"
    assert [one.found for one in proposals(text, "en")] == ["brotherís"]
    once = repaired(text, "en")
    assert repaired(once, "en") == "the brother: “a brother’s room”"


def test_signs_that_are_no_utf_8_are_left_alone():
    assert proposals("voilà…»", "fr") == ()


def test_a_proposal_is_not_made_in_a_text_that_has_changed():
    proposal = Proposal(0, 9, "brotherís", "brother\u2019s", 0.9, "")
    with pytest.raises(StaleProposal, match="no longer stands there"):
        apply("sisterís", proposal)


@given(
    st.text(alphabet="aSts íÕìîñëÃ©â€™Âé\u00a0\x9d“”ÉÑ ", max_size=60),
    st.sampled_from(["en", "az"]),
)
def test_proposals_stand_in_order_and_apart(text, language):
    found = proposals(text, language)
    end = 0
    for proposal in found:
        assert end <= proposal.start < proposal.end
        assert text[proposal.start : proposal.end] == proposal.found != proposal.proposed
        assert 0 < proposal.confidence <= 1
        end = proposal.end
    repaired(text, language)
