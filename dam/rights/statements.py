"""The rights statements and licences that may stand in IIIF's ``rights``, and what each allows.

Twelve statements of RightsStatements.org and the tools of Creative Commons, each named by its
``http`` URI: that spelling is the identifier (Presentation API 3.0, ``rights``), whatever a
browser shows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from dam.errors import Malformed
from dam.rights.creative_commons import RETIRED_CODES, SCOPE_WORDS, Licence, licences
from dam.rights.statement_labels import RIGHTS_STATEMENT_LABELS
from dam.rights.use_in_words import RIGHTS_STATEMENT_USES, licence_use, public_domain_use

_LONGEST_QUOTED = 80


class UnknownRightsUri(Malformed):
    """What was written names no licence or rights statement that is known here."""

    def __init__(self, written: str, advice: str) -> None:
        self.written = written
        self.advice = advice
        shown = written.strip()
        if len(shown) > _LONGEST_QUOTED:
            shown = shown[:_LONGEST_QUOTED] + "…"
        super().__init__(f"“{shown}” {advice}" if shown else f"The rights {advice}")


class Family(StrEnum):
    """Whose vocabulary a statement belongs to."""

    RIGHTS_STATEMENTS = "rightsstatements"
    CREATIVE_COMMONS = "creative-commons"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Statement:
    """One licence or rights statement: its URI and what it says about use.

    *permits_showing* is true where the statement alone lets everybody see the photograph;
    *public_domain* is true where no copyright is claimed anywhere (CC0, Public Domain Mark).
    """

    uri: str
    family: Family
    code: str
    version: str
    use_in_words: str
    labels: Mapping[str, str] = field(hash=False, compare=False)
    jurisdiction: str = ""
    permits_showing: bool = False
    requires_attribution: bool = False
    noncommercial: bool = False
    sharealike: bool = False
    no_derivatives: bool = False
    public_domain: bool = False

    def label(self, language: str = "en") -> str:
        """Its name in *language* (BCP 47), or in English where it has none there."""
        primary = language.split("-", maxsplit=1)[0].lower()
        for tag in (language, primary):
            if tag in self.labels:
                return self.labels[tag]
        kindred = (
            text for tag, text in self.labels.items() if tag.split("-", maxsplit=1)[0] == primary
        )
        return next(kindred, self.labels["en"])

    @property
    def human_url(self) -> str:
        """Where a person reads what it means, as an https link."""
        if self.family is Family.LOCAL:
            return self.uri
        return self.uri.replace("http://", "https://", 1).replace(".org/vocab/", ".org/page/", 1)


def statement(uri: str) -> Statement:
    """Return the statement that *uri*, or a short name such as ``CC BY 4.0``, stands for.

    Raises:
        UnknownRightsUri: it stands for none.
    """
    return _STATEMENTS[normalise(uri)]


def normalise(uri: str) -> str:
    """Return the exact ``http`` URI for any usual spelling of a licence or rights statement.

    Taken are https and ``www.``, deeds, legal codes and pages for people, a missing last slash,
    and short names as people write them into sheets: ``CC BY 4.0``, ``cc0``, ``PDM``, ``InC``.

    Raises:
        UnknownRightsUri: it names none, or could mean several.
    """
    if uri in _STATEMENTS:
        return uri
    address = _ADDRESS.fullmatch(uri.strip())
    found = _BY_PATH.get(_path(address)) if address else _BY_NAME.get(_folded(uri))
    if found is None:
        raise UnknownRightsUri(uri, _advice(uri, address))
    return found


_ADDRESS = re.compile(
    r"(?:https?:)?(?://)?(?:www\.)?(?P<host>creativecommons|rightsstatements)\.org"
    r"(?P<path>/[^?#]*)?(?:[?#].*)?",
    re.IGNORECASE,
)
_PAGE_OF_LICENCE = re.compile(r"(?:deed|legalcode|rdf)(?:[.-].*)?")


def _path(address: re.Match[str]) -> str:
    parts = [part for part in (address["path"] or "").lower().split("/") if part]
    if address["host"].lower() == "rightsstatements":
        same = {"page": "vocab", "data": "vocab"}
        parts[:1] = [same.get(part, part) for part in parts[:1]]
    elif parts and _PAGE_OF_LICENCE.fullmatch(parts[-1]):
        parts.pop()
    return "/".join(parts)


def _folded(name: str) -> str:
    return re.sub(r"[\s_\u2013-]+", "-", name.strip().lower())


def _advice(written: str, address: re.Match[str] | None) -> str:
    return _advice_on_address(address) if address else _advice_on_name(written.strip())


def _advice_on_address(address: re.Match[str]) -> str:
    parts = _path(address).split("/")
    if address["host"].lower() == "rightsstatements":
        return (
            "is none of the twelve rights statements; write "
            "http://rightsstatements.org/vocab/InC/1.0/ or another of them."
        )
    if parts[0] == "licenses" and RETIRED_CODES.intersection(parts[1:2]):
        return "was retired by Creative Commons; ask the rights holder which licence holds now."
    return (
        "is no licence of Creative Commons; write "
        "http://creativecommons.org/licenses/by/4.0/ or another of them."
    )


def _advice_on_name(written: str) -> str:
    if not written:
        return "are missing; write a licence such as CC BY 4.0, or InC for “In Copyright”."
    if _folded(written) in _NAMES_WITHOUT_VERSION:
        return f"does not say which version; write it with its number, such as {written} 4.0."
    if _folded(written) in _NAMES_OF_THE_PUBLIC_DOMAIN:
        return (
            "can mean two things; write PDM for a work whose copyright has ended, or CC0 for one "
            "whose holder gave it up."
        )
    return (
        "is no rights statement known here; write a URI of Creative Commons or "
        "RightsStatements.org, or a short name such as CC BY 4.0 or InC."
    )


_NAMES_OF_THE_PUBLIC_DOMAIN = frozenset({"public-domain", "publicdomain", "pd"})


def _creative_commons() -> Iterator[Statement]:
    for licence in licences():
        words = licence.code.split("-")
        yield Statement(
            uri=f"http://creativecommons.org/{licence.path}",
            family=Family.CREATIVE_COMMONS,
            code=licence.code.upper(),
            version=licence.version,
            jurisdiction=licence.port,
            labels=MappingProxyType({"en": _licence_label(licence)}),
            use_in_words=licence_use(licence.code),
            permits_showing=True,
            requires_attribution=True,
            noncommercial="nc" in words,
            sharealike="sa" in words,
            no_derivatives="nd" in words,
        )
    for code, path, label in (
        ("CC0", "zero", "CC0 1.0"),
        ("PDM", "mark", "Public Domain Mark 1.0"),
    ):
        yield Statement(
            uri=f"http://creativecommons.org/publicdomain/{path}/1.0/",
            family=Family.CREATIVE_COMMONS,
            code=code,
            version="1.0",
            labels=MappingProxyType({"en": label}),
            use_in_words=public_domain_use(code),
            permits_showing=True,
            public_domain=True,
        )


def _licence_label(licence: Licence) -> str:
    port = licence.port.title() if licence.port == "scotland" else licence.port.upper()
    return f"CC {licence.code.upper()} {licence.version} {port}".rstrip()


def _rights_statements() -> Iterator[Statement]:
    # None of the twelve is a ground for showing: some say that copyright holds, some that nobody
    # knows, and those that deny copyright do so for one country or name another restriction.
    for code, labels in RIGHTS_STATEMENT_LABELS.items():
        yield Statement(
            uri=f"http://rightsstatements.org/vocab/{code}/1.0/",
            family=Family.RIGHTS_STATEMENTS,
            code=code,
            version="1.0",
            labels=MappingProxyType(dict(labels)),
            use_in_words=RIGHTS_STATEMENT_USES[code],
            noncommercial=code.endswith("-NC"),
        )


_STATEMENTS: Mapping[str, Statement] = MappingProxyType(
    {known.uri: known for known in (*_rights_statements(), *_creative_commons())}
)


def statements() -> tuple[Statement, ...]:
    """Every statement that is known here, for lists to choose from."""
    return tuple(_STATEMENTS.values())


def _paths() -> Iterator[tuple[str, str]]:
    for uri in _STATEMENTS:
        path = uri.split(".org/", 1)[1].rstrip("/").lower()
        yield path, uri
        yield path.replace("by-nd-nc", "by-nc-nd"), uri


def _names() -> Iterator[tuple[str, str]]:
    for known in _STATEMENTS.values():
        if known.family is Family.RIGHTS_STATEMENTS:
            names = [known.code, known.label("en")]
        elif known.public_domain:
            long = {"CC0": "CC Zero", "PDM": "Public Domain Mark"}[known.code]
            names = [known.code, long, f"{known.code} 1.0", f"{long} 1.0"]
            names += [f"CC {name}" for name in names if not name.startswith("CC")]
            names += [f"{name} Universal" for name in names if name == "CC0 1.0"]
        else:
            names = [known.label("en")]
            if not known.jurisdiction:
                names.append(f"{known.label('en')} {SCOPE_WORDS[known.version]}")
        for name in names:
            yield _folded(name), known.uri
            yield _folded(name).replace("by-nd-nc", "by-nc-nd"), known.uri


_BY_PATH: Mapping[str, str] = MappingProxyType(dict(_paths()))
_BY_NAME: Mapping[str, str] = MappingProxyType(dict(_names()))
_NAMES_WITHOUT_VERSION = frozenset(
    f"cc-{known.code.lower()}" for known in _STATEMENTS.values() if known.requires_attribution
)
