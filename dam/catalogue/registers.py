"""Numbers of other people's registers, as they are typed or pasted, checked by their form."""

import re

from dam.catalogue.authorities import Identifier, Scheme
from dam.errors import Malformed

_FORMS = {
    Scheme.ULAN: re.compile(r"500\d{6}"),
    Scheme.VIAF: re.compile(r"[1-9]\d{0,21}"),
    Scheme.ISNI: re.compile(r"\d{15}[\dX]"),
    Scheme.WIKIDATA: re.compile(r"Q[1-9]\d{0,11}"),
    Scheme.GEONAMES: re.compile(r"[1-9]\d{0,9}"),
    Scheme.TGN: re.compile(r"[1-9]\d{6}"),
}
_EXAMPLES = {
    Scheme.ULAN: "500115493",
    Scheme.VIAF: "24604287",
    Scheme.ISNI: "0000 0001 2103 2683",
    Scheme.WIKIDATA: "Q9248",
    Scheme.GEONAMES: "587084",
    Scheme.TGN: "7011028",
}


class BadIdentifier(Malformed):
    """The text is no number of this register."""

    def __init__(self, scheme: Scheme, text: str) -> None:
        super().__init__(
            f"“{text[:60]}” is no number of {scheme.label}; they look like {_EXAMPLES[scheme]}."
        )


def read_identifiers(scheme: Scheme, text: str) -> tuple[Identifier, ...]:
    """Return the numbers in *text*, between semicolons; addresses of the register are read too.

    Raises:
        BadIdentifier: one of them has another form, or a wrong check digit.
    """
    parts = (part.strip() for part in text.split(";"))
    return tuple(Identifier(scheme, _number(scheme, part)) for part in parts if part)


def _number(scheme: Scheme, text: str) -> str:
    # What is copied from a browser is an address whose last part, but for a name, is the number.
    address = text.startswith(("http://", "https://"))
    parts = re.split(r"[/#?]", text)[3:] if address else [text]
    for part in parts:
        number = re.sub(r"[\s-]", "", part).upper()
        if _FORMS[scheme].fullmatch(number) and (scheme is not Scheme.ISNI or _checks(number)):
            return number
    raise BadIdentifier(scheme, text)


def _checks(isni: str) -> bool:
    """Whether the last sign is the check of ISO 7064 MOD 11-2 of the others."""
    total = 0
    for digit in isni[:15]:
        total = (total + int(digit)) * 2 % 11
    check = (12 - total) % 11
    return isni[15] == ("X" if check == 10 else str(check))
