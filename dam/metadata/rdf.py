"""The RDF of an XMP packet: its properties, and the values that a property may have.

Spec: XMP Part 1 (ISO 16684-1) §7. Only wanted properties are kept: the histories that programs
write into a packet can be a hundred times larger than what a person wrote.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from dam.metadata.fields import LanguageText

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
CONTAINERS = (f"{RDF}Alt", f"{RDF}Bag", f"{RDF}Seq")

# The largest packet seen has 9 000 elements and is 12 deep.
_MAX_ELEMENTS = 200_000
_MAX_DEPTH = 64


class TooMuchXml(ValueError):
    """The packet has more elements, or deeper ones, than any that was made in earnest."""


@dataclass(slots=True)
class Node:
    """An element: names are ``{namespace}local``, the text is what stands before its children."""

    tag: str
    attributes: Mapping[str, str]
    children: list["Node"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, without the blanks around it."""
        return self.raw_text.strip()

    @property
    def raw_text(self) -> str:
        """Its own text to the letter."""
        return "".join(self.pieces)


class PropertyCollector:
    """A target for an XML parser: gathers the *wanted* properties of all descriptions, or all.

    Raises:
        TooMuchXml: more than 200 000 elements, or deeper than 64.
    """

    def __init__(self, wanted: AbstractSet[str] | None) -> None:
        self._wanted = wanted
        self._properties: dict[str, Node] = {}
        self._open: list[Node] = []
        self._elements = 0
        self._depth = 0
        self._rdf_depth: int | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        self._depth += 1
        if self._elements > _MAX_ELEMENTS or self._depth > _MAX_DEPTH:
            raise TooMuchXml
        if self._open:
            node = Node(tag, attributes)
            self._open[-1].children.append(node)
            self._open.append(node)
        elif self._rdf_depth is None:
            self._rdf_depth = self._depth if tag == f"{RDF}RDF" else None
        elif self._depth == self._rdf_depth + 1:
            for name, value in attributes.items():
                if self._wants(name):
                    self._properties.setdefault(name, Node(name, {}, pieces=[value]))
        elif self._depth == self._rdf_depth + 2 and self._wants(tag):
            node = Node(tag, attributes)
            self._properties.setdefault(tag, node)
            self._open.append(node)

    def _wants(self, name: str) -> bool:
        return self._wanted is None or name in self._wanted

    def end(self, _tag: str) -> None:
        """An element ends."""
        if self._open:
            self._open.pop()
        elif self._depth == self._rdf_depth:
            self._rdf_depth = None
        self._depth -= 1

    def data(self, text: str) -> None:
        """A piece of text."""
        if self._open and not self._open[-1].children:
            self._open[-1].pieces.append(text)

    def close(self) -> Mapping[str, Node]:
        """The properties by their names; of a repeated one the first."""
        return self._properties


def items(node: Node | None) -> tuple[Node, ...]:
    """The members of a container, or the value itself as the only one."""
    if node is None:
        return ()
    if len(node.children) == 1 and node.children[0].tag in CONTAINERS:
        return tuple(node.children[0].children)
    return (node,)


def texts(node: Node | None) -> tuple[str, ...]:
    """The texts of a value, one or many; a URI counts as text, empty ones do not."""
    found = (_plain(item) for item in items(node))
    return tuple(text for text in found if text)


def alternatives(node: Node | None) -> tuple[LanguageText, ...]:
    """The texts of a language alternative; without a language they are ``x-default``."""
    return tuple(
        (item.attributes.get(XML_LANGUAGE, "x-default"), text)
        for item in items(node)
        if (text := _plain(item))
    )


def members(node: Node) -> Mapping[str, Node]:
    """The fields of a structure, in any of the three ways in which RDF writes one."""
    holder = node
    if len(node.children) == 1 and node.children[0].tag == f"{RDF}Description":
        holder = node.children[0]
    found = {name: Node(name, {}, pieces=[value]) for name, value in holder.attributes.items()}
    return found | {child.tag: child for child in holder.children}


def _plain(node: Node) -> str:
    """Text, URI, or the ``rdf:value`` of a value with qualifiers."""
    if resource := node.attributes.get(f"{RDF}resource"):
        return resource.strip()
    if node.text:
        return node.text
    qualified = members(node).get(f"{RDF}value")
    return "" if qualified is None else qualified.text
