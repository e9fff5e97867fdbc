"""Passages of a text in which the words stand that are looked for."""

import pytest

from dam.catalogue.quoting import Quote, beginnings, quotes
from dam.catalogue.search_words import read

QUOTED = (
    ("The mill at Łódź.", "lodz ", ["Łódź"], "folded as the index folds"),
    ("The mill, the weavers", "weav", ["weavers"], "the last word may go on"),
    ("The mill, the weavers", '"weav"', [], "what is quoted may not"),
    ("A mill. Another mill.", "mill", ["mill", "mill"], "each place"),
    ("A mill in Baku", "baku mill", ["mill", "Baku"], "all words, in the order of the text"),
    ("A mill", "mill baku", [], "all or nothing"),
    ("A mill in Baku", "mill -baku", [], "an unwanted word"),
    ("Old man, 1992", '"man 1992"', ["man, 1992"], "a phrase across a sign"),
    ("Ağdam şəhəri", "agdam seheri ", ["Ağdam", "şəhəri"], "Azerbaijani without its letters"),
    ("東京の朝", "京の", ["京の"], "a script without spaces"),
    ("O\u2019Brien", "o'brien", ["O\u2019Brien"], "an apostrophe"),
    ("A mill", "", [], "nothing was asked"),
)


@pytest.mark.parametrize(("text", "asked", "expected", "reason"), QUOTED)
def test_what_is_quoted(text, asked, expected, reason):
    assert [quote.exact for quote in quotes(text, read(asked))] == expected, reason


def test_quote_and_its_surroundings_are_as_written():
    text = "One, two. " * 20 + "The Mill! " + "Three, four. " * 20
    [quote] = quotes(text, read("mill"))
    assert quote.before + quote.exact + quote.after in text
    assert len(quote.before) <= 60 and len(quote.after) <= 60
    assert quotes("The Mill!", read("mill")) == (Quote("The ", "Mill", "!"),)


def test_words_that_begin_so():
    assert list(beginnings("Ağdam, Aghdam and Agdere", "AG")) == ["ağdam", "aghdam", "agdere"]
    assert list(beginnings("Ağdam", "two words")) == []
