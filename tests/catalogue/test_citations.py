"""Citations: four styles, hostile titles, and names that are not turned around."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.citations import Cited, Genre, Maker, Style, citation, inverted
from dam.catalogue.dates import parse_date

URL = "https://photographs.example.org/p/k3x"
ARCHIVE = "Caspian Photo Archive"


def cited(*names: str, title: str = "Bridge at first light", date: str = "March 2018", **others):
    makers = tuple(map(Maker, names))
    return Cited("k3x", URL, ARCHIVE, makers, title, parse_date(date) if date else None, **others)


ONE = cited("Sander Klootwijk")


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            Style.CHICAGO,
            f"Klootwijk, Sander. Bridge at first light. March 2018. Photograph. {ARCHIVE}. {URL}",
        ),
        (Style.MLA, f"Klootwijk, Sander. Bridge at first light. March 2018. {ARCHIVE}, {URL}."),
        (
            Style.APA,
            f"Klootwijk, S. (2018, March). Bridge at first light [Photograph]. {ARCHIVE}. {URL}",
        ),
        (
            Style.BIBTEX,
            (
                "@misc{k3x,\n"
                "  author       = {Klootwijk, Sander},\n"
                "  title        = {{Bridge at first light}},\n"
                "  year         = {2018},\n"
                f"  howpublished = {{Photograph, {ARCHIVE}}},\n"
                f"  url          = {{{URL}}}\n"
                "}"
            ),
        ),
    ],
)
def test_each_style_is_written_as_its_handbook_says(style, expected):
    assert citation(ONE, style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (Style.CHICAGO, f"Photograph. {ARCHIVE}. {URL}"),
        (Style.MLA, f"Photograph. {ARCHIVE}, {URL}."),
        (Style.APA, f"[Photograph]. (n.d.). {ARCHIVE}. {URL}"),
    ],
)
def test_what_is_not_known_is_left_out(style, expected):
    assert citation(cited(title="", date=""), style) == expected


@pytest.mark.parametrize(
    ("style", "count", "expected"),
    [
        (Style.CHICAGO, 2, "Alba, Ann, and Bo Berg."),
        (Style.CHICAGO, 3, "Alba, Ann, Bo Berg, and Cy Carr."),
        (Style.CHICAGO, 7, "Alba, Ann, Bo Berg, Cy Carr, et al."),
        (Style.MLA, 2, "Alba, Ann, and Bo Berg."),
        (Style.MLA, 3, "Alba, Ann, et al."),
        (Style.APA, 2, "Alba, A., & Berg, B. (2018"),
        (Style.APA, 3, "Alba, A., Berg, B., & Carr, C. (2018"),
    ],
)
def test_several_makers_are_listed_as_the_style_lists_them(style, count, expected):
    names = ("Ann Alba", "Bo Berg", "Cy Carr", "Di Dorn", "Ed Ek", "Flo Fry", "Gus Gray")
    assert citation(cited(*names[:count]), style).startswith(expected)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2018", "(2018)"),
        ("5 March 2018", "(2018, March 5)"),
        ("c. 1936", "(ca. 1936)"),
        ("1930s", "(1930s)"),
        ("September 27 to November 10, 2020", "(27 September \N{EN DASH} 10 November 2020)"),
        ("", "(n.d.)"),
    ],
)
def test_apa_says_the_date_as_exactly_as_it_is_known(date, expected):
    assert f"Klootwijk, S. {expected}. " in citation(
        cited("Sander Klootwijk", date=date), Style.APA
    )


@pytest.mark.parametrize(
    ("name", "expected", "reason"),
    [
        ("Sander Klootwijk", ("Klootwijk", "Sander"), "the last word is the family's"),
        ("Jan van der Berg", ("van der Berg", "Jan"), "small words go with it"),
        ("Klootwijk, Sander", ("Klootwijk", "Sander"), "turned already"),
        ("Jean-Luc Moulène", ("Moulène", "Jean-Luc"), "a hyphen holds a name together"),
        ("Айдан Ахмедова", ("Ахмедова", "Айдан"), "other alphabets have capitals too"),
        ("Nadar", None, "one word"),
        ("Əli Həsən oğlu", None, "a patronymic at the end is no family name"),
        ("Associated Press", None, "no person"),
        ("Unknown photographer", None, "nobody"),
        ("Studio Harcourt", None, "no person"),
        ("ნინო ბერიძე", None, "an alphabet without capitals does not show which is which"),
        ("رضا دقتی", None, "nor does this one"),
        ("Martin King, Jr.", None, "no family name after this comma"),
        ("Magnum / Reuters", None, "two in one"),
        ("", None, "nothing"),
    ],
)
def test_names_are_turned_around_only_where_they_show_how(name, expected, reason):
    assert inverted(name) == expected, reason


def test_a_body_that_is_known_as_one_keeps_its_name():
    body = Cited("k3x", URL, ARCHIVE, (Maker("Black Star", person=False),), "Bridge")
    assert citation(body, Style.CHICAGO).startswith("Black Star. Bridge.")
    assert citation(body, Style.APA).startswith("Black Star. (n.d.). Bridge")
    assert "author       = {{Black Star}}" in citation(body, Style.BIBTEX)


def test_a_series_says_that_it_is_one():
    whole = cited("Sander Klootwijk", title="Rivers", date="", genre=Genre.SERIES)
    assert "Rivers [Photographs]" in citation(whole, Style.APA)


def test_a_title_that_ends_a_sentence_gets_no_second_stop():
    assert "Who is there? March" in citation(cited(title="Who is there?"), Style.CHICAGO)


HOSTILE = "}\n@string{x = 5} \\input{/etc/passwd} 100% & #1_a^b~c $d$ \u2028<script>"


def test_a_hostile_title_stays_a_title_in_bibtex():
    entry = citation(cited("Ann} and {Bo", title=HOSTILE), Style.BIBTEX)
    assert braces_balance(entry)
    assert entry.count("\n") == 6
    assert r"\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{}" in entry
    assert r"100\% \& \#1\_a\textasciicircum{}b\textasciitilde{}c \$d\$" in entry


def braces_balance(entry: str) -> bool:
    """Whether each brace is closed in its order, as BibTeX counts them, escaped or not."""
    depth = 0
    for sign in re.findall(r"[{}]", entry):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


@given(st.text(max_size=80), st.text(max_size=40))
def test_no_title_and_no_name_breaks_a_citation(title, name):
    made = cited(name, title=title)
    for style in Style:
        text = citation(made, style)
        assert URL in text and ARCHIVE in text
        if style is Style.BIBTEX:
            assert braces_balance(text)
            assert text.startswith("@misc{k3x,\n") and text.endswith("\n}")
        else:
            assert len(text.splitlines()) == 1
