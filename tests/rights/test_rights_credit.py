import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.rights.credit import (
    FrameCredit,
    RequiredStatement,
    claims_copyright_in_public_domain,
    credit_line,
    frames_in_words,
    manifest_rights,
    required_statement,
    required_statement_of_series,
)
from dam.rights.statements import statement, statements

BY, CC0, PDM, INC = (statement(name) for name in ("CC BY 4.0", "cc0", "PDM", "InC"))
DISCLAIMER = "The views are those of the authors."


@pytest.mark.parametrize(
    ("creators", "credit", "source", "known", "line", "reason"),
    [
        (("A",), " Photo by A for B ", None, BY, "Photo by A for B", "given: to the letter"),
        (("A", "B"), None, None, BY, "Photo: A / B, CC BY 4.0", "composed, with the licence"),
        (("A",), "", "Agency", BY, "Photo: A / Agency, CC BY 4.0", "with the source"),
        (("A",), None, "A", INC, "Photo: A", "one who is both is named once"),
        (("A",), None, None, INC, "Photo: A", "no licence to name"),
        (("A",), None, None, None, "Photo: A", "no statement on record"),
        (("A",), None, None, PDM, "Photo: A", "credit is asked for in the public domain"),
        ((), None, "Agency", CC0, "Photo: Agency", "only the source is known"),
        ((" ",), None, None, BY, "CC BY 4.0", "nobody is known"),
        ((), None, None, INC, "", "nothing is known"),
        ((), "© 1992 A", None, INC, "© 1992 A", "a notice of a work in copyright"),
        ((), "© 1992 A", None, PDM, "1992 A", "a false claim is not repeated"),
        ((), "Copyright (c) A / B", None, CC0, "A / B", "in letters too"),
    ],
)
def test_credit_line_names_whom_it_is_owed_to(creators, credit, source, known, line, reason):
    assert credit_line(creators, credit, known, source=source) == line, reason


@given(st.text(), st.sampled_from([CC0, PDM]))
def test_no_copyright_sign_stands_on_the_public_domain(credit, known):
    assert "©" not in credit_line(("A",), credit, known)


@given(st.text(min_size=1).filter(str.strip), st.sampled_from([BY, INC, None]))
def test_given_credit_is_kept_to_the_letter(credit, known):
    assert credit_line(("A",), credit, known) == credit.strip()


def test_copyright_sign_on_a_public_domain_work_is_a_finding():
    assert claims_copyright_in_public_domain("© A", PDM)
    assert claims_copyright_in_public_domain("(C) A", CC0)
    assert not claims_copyright_in_public_domain("© A", INC)
    assert not claims_copyright_in_public_domain("© A", None)
    assert not claims_copyright_in_public_domain("Photo: A", PDM)


def test_required_statement_of_a_licence_is_the_credit_with_it():
    assert required_statement("Photo: A, CC BY 4.0", BY) == RequiredStatement(
        label={"en": ("Credit",)}, value={"none": ("Photo: A, CC BY 4.0",)}
    )


@pytest.mark.parametrize(
    ("credit", "known", "notices", "value", "reason"),
    [
        ("Photo by A", BY, (), ("Photo by A", "CC BY 4.0"), "a given credit names no licence"),
        ("", BY, (), ("CC BY 4.0",), "nobody is known"),
        ("Photo: A", INC, (), ("Photo: A", "In Copyright"), "in copyright"),
        ("Photo: A", None, (), ("Photo: A",), "no statement"),
        ("Photo: A", INC, (DISCLAIMER,), ("Photo: A", "In Copyright", DISCLAIMER), "a funder's"),
        ("Photo: A", CC0, (DISCLAIMER,), (DISCLAIMER,), "required of CC0 too"),
    ],
)
def test_required_statement_says_what_must_be_shown(credit, known, notices, value, reason):
    required = required_statement(credit, known, notices=notices)
    assert required is not None
    assert required.value == {"none": value}, reason


@pytest.mark.parametrize(
    ("credit", "known", "reason"),
    [
        ("Photo: A", CC0, "asked for, not required"),
        ("Photo: A", PDM, "asked for, not required"),
        ("", None, "nothing to say"),
    ],
)
def test_nothing_is_forced_where_nothing_is_required(credit, known, reason):
    assert required_statement(credit, known) is None, reason


def test_required_statement_speaks_the_languages_asked_for():
    required = required_statement("Photo: A", INC, languages=("en", "fr"))
    assert required is not None
    assert required.value == {
        "en": ("Photo: A", "In Copyright"),
        "fr": ("Photo: A", "Protégé par le droit d'auteur"),
    }


@pytest.mark.parametrize(
    ("positions", "words"),
    [
        ([7], "Frame 7"),
        ([1, 2, 3, 7], "Frames 1\N{EN DASH}3, 7"),
        ([2, 1], "Frames 1\N{EN DASH}2"),
        ([9, 4, 6], "Frames 4, 6, 9"),
        ([3, 3], "Frame 3"),
    ],
)
def test_frames_are_named_in_runs(positions, words):
    assert frames_in_words(positions) == words


def test_series_lists_each_credit_and_licence_by_frame():
    mixed = required_statement_of_series(
        [
            FrameCredit(1, "Photo: A, CC BY 4.0", BY),
            FrameCredit(2, "Photo: A, CC BY 4.0", BY),
            FrameCredit(3, "Photo: B", INC),
            FrameCredit(4, "", CC0),
            FrameCredit(5, "Photo: A, CC BY 4.0", BY),
            FrameCredit(6, "", None),
        ],
        notices=(DISCLAIMER,),
    )
    assert mixed is not None
    assert mixed.value["none"] == (
        "Frames 1\N{EN DASH}2, 5: Photo: A, CC BY 4.0",
        "Frame 3: Photo: B, In Copyright",
        "Frame 4: CC0 1.0",
        "Frame 6: no credit on record",
        DISCLAIMER,
    )


def test_series_of_one_credit_says_it_once():
    frames = [FrameCredit(position, "Photo: A", INC) for position in (1, 2, 3)]
    assert required_statement_of_series(frames) == required_statement("Photo: A", INC)


def test_series_in_the_public_domain_forces_nothing():
    frames = [FrameCredit(1, "Photo: A", CC0), FrameCredit(2, "Photo: B", PDM)]
    assert required_statement_of_series(frames) is None
    assert required_statement_of_series([]) is None


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "Photo: A"]), st.sampled_from([*statements()[:40], None])),
        min_size=1,
        max_size=12,
    )
)
def test_no_owed_credit_is_lost_in_a_series(frames):
    numbered = [FrameCredit(n, credit, known) for n, (credit, known) in enumerate(frames, 1)]
    required = required_statement_of_series(numbered)
    shown = "\n".join(required.value["none"]) if required else ""
    for credit, known in frames:
        if known is not None and not known.public_domain:
            assert credit in shown
            assert known.label() in shown


@pytest.mark.parametrize(
    ("known", "uri", "reason"),
    [
        ([BY, BY], BY.uri, "all the same"),
        ([BY, CC0], None, "several licences"),
        ([BY, None], None, "one frame has none"),
        ([None], None, "nothing on record"),
        ([], None, "no frames"),
    ],
)
def test_manifest_has_rights_only_where_they_hold_for_every_frame(known, uri, reason):
    assert manifest_rights(known) == uri, reason
