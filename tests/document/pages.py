"""Documents as pages, and what is found in them."""

from xml.etree import ElementTree as ET

from readiness.document.blocks import Block, Document, Heading, Points
from readiness.document.html import document_html
from readiness.document.tables import Column, of_words
from tests.report.services import SOBER

Node = ET.Element
SMALL = Document("Then and now", ["It went up.", Heading("Parts", 2), Points(["One.", "Two."])], kicker="Comparison")


def page(document: Document, *, screen: bool = True) -> Node:
    """Return the page, read as XML; that it can be is part of what is stated here."""
    html = document_html(document, SOBER, "/* style */" if screen else "")
    assert html.startswith("<!DOCTYPE html>\n")
    return ET.fromstring(html.partition("\n")[2])  # noqa: S314 — our own page


def part(*blocks: Block, screen: bool = True) -> Node:
    """Return what a page says of the blocks."""
    found = page(Document("Title", blocks), screen=screen).find(".//div[@class='loose']")
    assert found is not None
    return found


def words(*headings: str) -> tuple[Column, ...]:
    return tuple(of_words(*headings))


def said(node: Node) -> str:
    return " ".join("".join(node.itertext()).split())


def every(node: Node, tag: str, **attributes: str) -> list[Node]:
    wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return [each for each in node.iter(tag) if all(each.get(name) == value for name, value in wanted.items())]


def styled(node: Node, style: str) -> list[Node]:
    """Return the elements that have the style among their classes."""
    return [each for each in node.iter() if style in (each.get("class") or "").split()]


def cells(row: Node) -> list[str]:
    return [said(cell) for cell in row]
