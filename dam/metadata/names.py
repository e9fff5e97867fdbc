"""Names of XMP properties: ``{namespace}local`` for parsers, ``prefix:local`` for people."""

import re
from collections.abc import Mapping
from typing import Final

RDF_NAMESPACE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACES: Final[Mapping[str, str]] = {
    "rdf": RDF_NAMESPACE,
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
    "xmpidq": "http://ns.adobe.com/xmp/Identifier/qual/1.0/",
    "stEvt": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
    "stRef": "http://ns.adobe.com/xap/1.0/sType/ResourceRef#",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "exifEX": "http://cipa.jp/exif/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "cc": "http://creativecommons.org/ns#",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
    "mwg-kw": "http://www.metadataworkinggroup.com/schemas/keywords/",
    "photomechanic": "http://ns.camerabits.com/photomechanic/1.0/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_PREFIXES = {namespace: prefix for prefix, namespace in NAMESPACES.items()}
_CLARK = re.compile(r"\{([^}]*)\}(.*)", re.DOTALL)


def clark(name: str) -> str:
    """Return ``prefix:local`` of a known prefix as ``{namespace}local``."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def prefixed(name: str) -> str:
    """Return ``{namespace}local`` with its usual prefix; an unknown namespace stays as it is."""
    found = _CLARK.fullmatch(name)
    if found is None or found[1] not in _PREFIXES:
        return name
    return f"{_PREFIXES[found[1]]}:{found[2]}"
