"""Which licences Creative Commons has published: codes, versions and ports.

Facts from the index of creativecommons/cc-legal-tools-data (``docs/rdf/index.rdf``). The list is
closed on purpose: a URI that no lawyer ever wrote must not become somebody's permission.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licence:
    """One licence: ``by-nc``, ``3.0``, ``de``; *port* is empty where it is for the world."""

    code: str
    version: str
    port: str = ""

    @property
    def path(self) -> str:
        """What follows ``creativecommons.org/`` in its URI."""
        port = f"{self.port}/" if self.port else ""
        return f"licenses/{self.code}/{self.version}/{port}"


CODES = ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd")

# Version 1.0 spelt this one the other way round, and that spelling is its identifier still.
CODES_OF_1_0 = ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nd-nc")

# These were withdrawn by Creative Commons; works under them exist, and a person must look.
RETIRED_CODES = frozenset(
    {"nc", "nd", "sa", "nd-nc", "nc-sa", "sampling", "sampling+", "nc-sampling+", "devnations"}
    | {"publicdomain"}
)

# What people write behind the number of a licence that has no port.
SCOPE_WORDS: Mapping[str, str] = {
    "1.0": "generic",
    "2.0": "generic",
    "2.5": "generic",
    "3.0": "unported",
    "4.0": "international",
}

_PORTS: Mapping[str, str] = {
    "1.0": "fi il nl",
    "2.0": "at au be br ca cl de es fr hr it jp kr nl pl tw uk za",
    "2.1": "au ca es jp",
    "2.5": (
        "ar au bg br ca ch cn co dk es hr hu il in it mk mt mx my nl pe pl pt scotland se si tw za"
    ),
    "3.0": (
        "am at au az br ca ch cl cn cr cz de ec ee eg es fr ge gr gt hk hr ie igo it lu nl no nz "
        "ph pl pr pt ro rs sg th tw ug us ve vn za"
    ),
    "4.0": "",
}


def licences() -> Iterator[Licence]:
    """Yield every licence, oldest version first, the one for the world before its ports."""
    for version, ports in _PORTS.items():
        for code in CODES_OF_1_0 if version == "1.0" else CODES:
            if version != "2.1":  # there never was a 2.1 without a port
                yield Licence(code, version)
            for port in ports.split():
                yield Licence(code, version, port)
