"""A whole XMP packet as values: every property of it, known here or not."""

from dam.metadata.names import NAMESPACES, clark
from dam.metadata.rdf import CONTAINERS, RDF, XML_LANGUAGE, Node, members
from dam.metadata.values import Alternatives, Items, Link, Order, Properties, Structure, Value
from dam.metadata.xmp import parsed_properties

_SYNTAX = (RDF, f"{{{NAMESPACES['xml']}}}")
_HAS_EXTENSION = clark("xmpNote:HasExtendedXMP")


def read_packet(
    packet: bytes, extension: bytes | None = None
) -> tuple[Properties, tuple[str, ...]]:
    """Return all properties of a packet and of its extension, and what was wrong with them.

    Nothing is raised: a packet that is no XML, has a DOCTYPE, or is too large has no properties
    and a note. Of a property that is there twice the first counts.
    """
    found, note = parsed_properties(packet, None)
    notes = [note] if note else []
    nodes = dict(found)
    if extension is not None:
        further, note = parsed_properties(extension, None)
        nodes = {**further, **nodes}
        notes += [note] if note else []
        nodes.pop(_HAS_EXTENSION, None)
    wanted = ((name, node) for name, node in nodes.items() if not name.startswith(_SYNTAX))
    return {name: _value(node) for name, node in wanted}, tuple(notes)


def _value(node: Node) -> Value:
    if len(node.children) == 1 and node.children[0].tag in CONTAINERS:
        return _array(node.children[0])
    if f"{RDF}resource" in node.attributes and not node.children:
        return Link(node.attributes[f"{RDF}resource"])
    fields = tuple(
        (name, _value(member))
        for name, member in members(node).items()
        if not name.startswith(_SYNTAX) or name == f"{RDF}value"
    )
    return Structure(fields) if fields else node.raw_text


def _array(container: Node) -> Value:
    order = Order(container.tag.removeprefix(RDF))
    children = container.children
    if order is Order.ALTERNATIVE and any(XML_LANGUAGE in one.attributes for one in children):
        return Alternatives(
            tuple((one.attributes.get(XML_LANGUAGE, "x-default"), one.raw_text) for one in children)
        )
    return Items(order, tuple(_value(item) for item in children))
