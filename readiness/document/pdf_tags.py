"""Puts right what WeasyPrint leaves out of a PDF's tags, just before the file is written.

Clauses are those of ISO 14289-1 (PDF/UA-1). It is done in WeasyPrint's own objects before they are written: that needs
no library that reads the file back.
"""

from collections.abc import Iterator
from typing import Any

from readiness.document.mark_english import LANGUAGE
from readiness.language import ENGLISH, in_english, spoken


def mend_tags(document: Any, pdf: Any) -> None:  # noqa: ANN401 — neither library has types
    """Make the tags say what the page means, where WeasyPrint's do not.

    Tables (7.5), lists (7.6), what stands in English in another language (7.2), groups (7.1), what stands in the
    margins (7.1 and 7.8), and links (7.18.1 and 7.18.5).
    """
    import pydyf

    translated = spoken() != ENGLISH
    elements = {
        obj.number: obj for obj in pdf.objects if isinstance(obj, pydyf.Dictionary) and obj.get("Type") == "/StructElem"
    }
    for element in tuple(elements.values()):
        if element["S"] == "/Table":
            _mend_table(element, elements)
        elif element["S"] == "/LI":
            _mend_item(element, elements, pdf)
        elif element["S"] == "/Link" and translated and all(isinstance(kid, int) for kid in element["K"]):
            element["S"], element["Lang"] = "/Span", pydyf.String(LANGUAGE)  # no link: ``in_english`` marked it
    _mend_groups(pdf, elements)
    _mend_margins(pdf, elements)
    _mend_links(document, pdf)
    if translated:
        _mark_links(pdf, elements)


def _mend_links(document: Any, pdf: Any) -> None:  # noqa: ANN401 — neither library has types
    """Say in each link's description where it leads (7.18.5), and have links printed as they are seen (7.18.1).

    WeasyPrint's description is the name of the target, which means nothing to a reader: the heading there does.
    """
    import pydyf

    titles = dict[str, str]()
    for page in document.pages:
        headings = sorted((y, label) for _, label, (_, y), _ in page.bookmarks)
        for name, (_, top, *_) in page.anchors.items():
            below = [label for y, label in headings if y >= top - 1]
            titles.setdefault(name, below[0] if below else "")  # a part that goes on has its name on every page
    for link in pdf.objects:
        if isinstance(link, pydyf.Dictionary) and link.get("Subtype") == "/Link":
            link["F"] = 4
            name = link["Dest"].string if "Dest" in link else ""
            if titles.get(name):
                link["Contents"] = pydyf.String(titles[name])


def _mark_links(pdf: Any, elements: dict[int, Any]) -> None:  # noqa: ANN401 — pydyf has no types
    """Say which links lead to a heading in English, whose words they are (7.2)."""
    import pydyf

    objects = {obj.number: obj for obj in pdf.objects}
    english = in_english()
    for element in elements.values():
        if element.get("S") == "/Link":
            ends = (objects[_number(kid)] for kid in element["K"] if _number(kid))
            links = [objects[_number(end["Obj"])] for end in ends if end.get("Type") == "/OBJR"]
            if any("Contents" in link and link["Contents"].string in english for link in links):
                element["Lang"] = pydyf.String(LANGUAGE)


def _mend_table(table: Any, elements: dict[int, Any]) -> None:  # noqa: ANN401 — pydyf has no types
    """Give each header cell its scope (7.5). A table without header cells is there for its looks: it becomes blocks."""
    parts = list(_parts(table, elements))
    if not any(part["S"] == "/TH" for part in parts):
        for part in (table, *parts):
            part["S"] = "/Div"
            part.pop("A", None)
        return
    for row in parts:
        if row["S"] != "/TR":
            continue
        cells = _children(row, elements)
        scope = "/Column" if all(cell["S"] == "/TH" for cell in cells) else "/Row"
        for cell in cells:
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = scope


def _mend_item(item: Any, elements: dict[int, Any], pdf: Any) -> None:  # noqa: ANN401 — pydyf has no types
    """Put all that an item says into its body (7.6), as WeasyPrint does for items without a label."""
    import pydyf

    loose = [child for child in _children(item, elements) if child["S"] not in ("/Lbl", "/LBody")]
    if not loose:
        return
    kept = {"Type": "/StructElem", "S": "/LBody", "Pg": item["Pg"], "P": item.reference}
    body = pydyf.Dictionary({**kept, "K": pydyf.Array(child.reference for child in loose)})
    pdf.add_object(body)
    elements[body.number] = body
    for child in loose:
        child["P"] = body.reference
        item["K"].remove(child.reference)
    item["K"].append(body.reference)


def _parts(element: Any, elements: dict[int, Any]) -> Iterator[Any]:  # noqa: ANN401 — pydyf has no types
    """Yield the row groups, rows and cells of a table, but nothing that stands in its cells."""
    for child in _children(element, elements):
        yield child
        if child["S"] not in ("/TH", "/TD"):
            yield from _parts(child, elements)


def _mend_groups(pdf: Any, elements: dict[int, Any]) -> None:  # noqa: ANN401 — pydyf has no types
    """Say of marked content that it stands in a group, which has numbers of its own (7.1; ISO 32000-1, 14.7.4).

    WeasyPrint draws what is not opaque as a group, and tags it as if it stood in the page itself.
    """
    import pydyf

    objects = {obj.number: obj for obj in pdf.objects}
    pages = [objects[_number(reference)] for reference in pdf.page_references]
    contents = [objects[_number(page["Contents"])] for page in pages]
    numbers = objects[_number(objects[_number(pdf.catalog["StructTreeRoot"])]["ParentTree"])]["Nums"]
    page_of = {id(_tags(stream)): at for at, stream in enumerate(contents)}
    of_pages = {stream.number for stream in contents}
    for group in pdf.objects:
        if group.number in of_pages or id(_tags(group)) not in page_of:
            continue
        on_page = numbers[2 * page_of[id(_tags(group))] + 1]
        owners = pydyf.Array()
        for mark in group.stream:
            if isinstance(mark, dict) and "MCID" in mark:
                owner = elements[_number(on_page[mark["MCID"]])]
                kids = owner["K"]
                said = {"Type": "/MCR", "Pg": owner["Pg"], "Stm": group.reference, "MCID": len(owners)}
                kids[kids.index(mark["MCID"])] = pydyf.Dictionary(said)
                on_page[mark["MCID"]], mark["MCID"] = "null", len(owners)
                owners.append(owner.reference)
        if owners:
            group.extra["StructParents"] = len(numbers) // 2
            numbers += [len(numbers) // 2, owners]


def _mend_margins(pdf: Any, elements: dict[int, Any]) -> None:  # noqa: ANN401 — pydyf has no types
    """Turn the marked content that WeasyPrint tags, but leaves out of the tree of tags, into artifacts (7.1, 7.8)."""
    objects = {obj.number: obj for obj in pdf.objects}
    root = objects[_number(pdf.catalog["StructTreeRoot"])]
    reached = set[int]()
    waiting = _children(root, elements)
    while waiting:
        element = waiting.pop()
        reached.add(element.number)
        waiting += _children(element, elements)
    left = {number: element for number, element in elements.items() if number not in reached}
    for element in left.values():
        page = objects[_number(objects[_number(element["Pg"])]["Contents"])]
        for kid in element["K"]:
            if isinstance(kid, int):
                _make_artifact(page.stream, kid)
            elif isinstance(kid, dict):
                _make_artifact(objects[_number(kid["Stm"])].stream, kid["MCID"])
        element.clear()  # freeing it would do, but then pydyf misplaces every object after it
    numbers = objects[_number(root["ParentTree"])]["Nums"]
    for on_page in numbers[1::2]:
        if isinstance(on_page, list):
            on_page[:] = ["null" if _number(kid) in left else kid for kid in on_page]


def _tags(stream: object) -> object:
    """Return the tags that WeasyPrint has kept with a stream: a group shares those of its page."""
    return vars(stream).get("_tags")


def _make_artifact(stream: list[Any], number: int) -> None:
    backwards = range(len(stream) - 1, -1, -1)  # margins are drawn last
    at = next(at for at in backwards if isinstance(stream[at], dict) and stream[at].get("MCID") == number)
    stream[at - 1 : at + 2] = ["/Artifact", b"BMC"]


def _children(element: Any, elements: dict[int, Any]) -> list[Any]:  # noqa: ANN401 — pydyf has no types
    """Return the elements right below ``element``."""
    return [elements[number] for kid in element["K"] if (number := _number(kid)) in elements]


def _number(reference: object) -> int:
    """Return the number of the object that ``reference`` points to; 0 if it is no reference."""
    if isinstance(reference, int):
        return 0
    number, _, rest = (reference.decode() if isinstance(reference, bytes) else str(reference)).partition(" ")
    return int(number) if rest == "0 R" and number.isdecimal() else 0
