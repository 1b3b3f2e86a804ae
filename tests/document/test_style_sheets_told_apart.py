"""Our style sheets ask for nothing that what is kept of a layout does not tell apart."""

import re
from collections.abc import Iterator
from typing import Any

import tinycss2
from cssselect2 import parser

from readiness.document.layout_memory import elements
from readiness.resources import REPORT_TEMPLATES

SHEETS = ("style.css", "print.css", "form/paper.css")

TOLD_APART = {"empty", "first-child", "last-child", "nth-child", "nth-last-child"}


def selectors() -> Iterator[tuple[str, tinycss2.ast.Node]]:
    """Yield each selector of our style sheets with its tree."""
    for name in SHEETS:
        rules = tinycss2.parse_stylesheet((REPORT_TEMPLATES / name).read_text("utf-8"), skip_comments=True)
        for rule in rules:
            if rule.type == "qualified-rule":
                for selector in parser.parse(rule.prelude):
                    yield tinycss2.serialize(rule.prelude), selector.parsed_tree


def parts(tree: object) -> Iterator[object]:
    """Yield all simple selectors of a tree, with the compounds that they stand in."""
    match tree:
        case parser.CombinedSelector():
            yield tree
            yield from parts(tree.left)
            yield from parts(tree.right)
        case parser.CompoundSelector():
            for simple in tree.simple_selectors:
                yield from parts(simple)
        case parser.NegationSelector():
            for negated in tree.selector_list:
                yield from parts(getattr(negated, "parsed_tree", negated))
        case _:
            yield tree


def last(tree: Any) -> object:
    """Return the compound that stands last in a tree."""
    return tree.right if isinstance(tree, parser.CombinedSelector) else tree


def pseudo_class(part: object) -> str | None:
    """Return the name of a pseudo-class, such as that of a place."""
    match part:
        case parser.PseudoClassSelector(name=str(name)) | parser.FunctionalPseudoClassSelector(name=str(name)):
            return name
    return None


def class_name(part: object) -> str | None:
    """Return the name of a class that a simple selector asks for."""
    return part.class_name if isinstance(part, parser.ClassSelector) else None


def test_our_style_sheets_look_no_further_than_elements_are_told_apart() -> None:
    found = set()
    for text, tree in selectors():
        for part in parts(tree):
            found.add(type(part).__name__)
            match part:
                case parser.CombinedSelector():
                    left, places = [*parts(last(part.left))], {*map(pseudo_class, parts(last(part.left)))}
                    assert getattr(part.left, "combinator", " ") in {" ", ">"}, text
                    if part.combinator in {" ", ">"}:
                        assert places <= {None, "last-child"}, text
                    else:
                        assert part is tree, text
                        assert places == {None}, text
                        assert part.combinator == "+" or {*map(class_name, left)} <= elements.EARLIER, text
                case parser.AttributeSelector():
                    assert part.lower_name not in elements.UNSEEN, text
                    assert not part.lower_name.startswith("data-"), text
                case parser.PseudoClassSelector():
                    assert part.name in TOLD_APART, text
                case parser.FunctionalPseudoClassSelector():
                    assert part.name in TOLD_APART, text
                    step, nth = tinycss2.nth.parse_nth(part.arguments)
                    furthest = elements.FROM_END if "last" in part.name else elements.FROM_START
                    assert step == 0, text
                    assert nth <= furthest, text
                case _:
                    assert isinstance(part, parser.ClassSelector | parser.LocalNameSelector), text
    assert found >= {"CombinedSelector", "AttributeSelector", "PseudoClassSelector", "FunctionalPseudoClassSelector"}


def test_our_style_sheets_have_no_length_that_depends_on_the_page() -> None:
    for name in SHEETS:
        text = (REPORT_TEMPLATES / name).read_text("utf-8")
        assert not re.search(r"\d(?:p?v(?:w|h|i|b|min|max))\b", text), name
        assert not re.search(r"^(?:html|body)[^{]*\{[^}]*overflow\s*:", text, re.MULTILINE), name
