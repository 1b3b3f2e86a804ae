"""Files and blocks in a folder of somebody's own templates that change nothing, as ours have no place for them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Self

from jinja2 import Environment, TemplateError, nodes

from readiness.document.templates import html_environment
from readiness.errors import InputError, Place
from readiness.opening import paths_below
from readiness.resources import REPORT_TEMPLATES
from readiness.text import closest, counted, near, short
from readiness.theme.theme import Part

MOST_FILES = 1_000
MOST_CHARACTERS = 400_000
"""Of all templates that are looked through; all of ours have 30,000. Beyond, rendering tells what is wrong."""
MOST_NAMED = 20
"""Of templates and blocks that are not used; more are only counted."""
_MOST_EXTENDED = 20
"""Templates that extend one another, in a row."""
_SHEETS = ("style.css", "print.css", "browser.css", "screen.css", "dark.css", "own.css")
_LIKE = 0.7
"""How much a name must be like one of ours to be taken for a slip."""


def unused(folder: Path) -> Iterator[str]:
    """Yield a sentence on each template and Jinja block that overrides nothing, with its place and the nearest name.

    From MOST_NAMED on, they are only counted. What can't be read is left out: rendering names it. So is all beyond
    MOST_FILES and MOST_CHARACTERS.
    """
    found = _unused(folder)
    yield from (sentence() for sentence in islice(found, MOST_NAMED))
    if more := sum(1 for _ in found):
        yield f"{folder}: {counted(more, 'more template or block is', 'more templates and blocks are')} not used."


def _unused(folder: Path) -> Iterator[Callable[[], str]]:
    """Yield how each sentence is made: the nearest name is only looked for if it is told."""
    known = {*_ours(), *_sections(), *_SHEETS}
    files = sorted(islice((each for each in paths_below(folder) if each.is_file()), MOST_FILES))
    own = {path.relative_to(folder).as_posix(): path for path in files}
    parsed = _Parsed(html_environment(folder.resolve()))
    used = parsed.used([name for name in own if name in known])
    for name, path in own.items():
        if template := used.get(name):
            yield from _blocks(Place(str(path)), template, parsed)
        if name in known or name in used or path.suffix not in {".j2", ".css", ".html"} or parsed.left < 0:
            continue
        if path.suffix != ".html" or closest(name, known, _LIKE):
            yield partial(_file_told, path, name, known)


def _file_told(path: Path, name: str, known: Iterable[str]) -> str:
    close = closest(name, known, _LIKE)
    meant = f' Did you mean "{close}"?' if close else ""
    return f"{path}: This takes the place of no template of ours, so it is not used.{meant}"


@dataclass(frozen=True, slots=True)
class _Template:
    """A template as it was parsed, once. ``outer``: the lines of the blocks that lie in no other, by their names."""

    blocks: frozenset[str]
    outer: Sequence[tuple[str, int]]
    extends: str | None
    referenced: Sequence[str]

    @classmethod
    def of(cls, tree: nodes.Template) -> Self:
        """Return the template that this is the tree of."""
        return cls(
            frozenset(block.name for block in tree.find_all(nodes.Block)),
            [(block.name, block.lineno) for block in _outer_blocks(tree)],
            next((_name(node.template) for node in tree.find_all(nodes.Extends)), None),
            [*_referenced(tree)],
        )


class _Parsed:
    """Templates that were parsed, each once. ``left``: how many characters may still be; below 0 if there were more."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._templates: dict[str, _Template | None] = {}
        self.left = MOST_CHARACTERS

    def template(self, name: str) -> _Template | None:
        """Return a template of the person's, or ours; None if it can't be read, or would be too much."""
        if name not in self._templates:
            self._templates[name] = self._parse(name)
        return self._templates[name]

    def _parse(self, name: str) -> _Template | None:
        if self._environment.loader is None or self.left < 0:
            return None
        try:
            source, _file, _unchanged = self._environment.loader.get_source(self._environment, name)
            self.left -= len(source)
            return _Template.of(self._environment.parse(source)) if self.left >= 0 else None
        except (TemplateError, InputError):
            return None

    def used(self, names: Iterable[str]) -> Mapping[str, _Template | None]:
        """Return the templates with these names, and all that they include, import or extend."""
        found: dict[str, _Template | None] = {}
        waiting = [*names]
        while waiting:
            name = waiting.pop()
            if name not in found:
                template = found[name] = self.template(name) if name.endswith(".j2") else None
                waiting += template.referenced if template else ()
        return found

    def above(self, template: _Template) -> Sequence[_Template]:
        """Return the templates that this one extends, as far as they are known."""
        found: list[_Template] = []
        while len(found) < _MOST_EXTENDED and template.extends is not None:
            parent = self.template(template.extends)
            if parent is None:
                break
            found.append(parent)
            template = parent
        return found


def _ours() -> Iterator[str]:
    for path in REPORT_TEMPLATES.rglob("*.html.j2"):
        yield path.relative_to(REPORT_TEMPLATES).as_posix()


def _sections() -> Iterator[str]:
    """Yield the names that a section's own template can have: "domain" is that of each part."""
    yield from (f"sections/{'domain' if part is Part.DOMAINS else part.value}.html.j2" for part in Part)


def _referenced(tree: nodes.Template) -> Iterator[str]:
    """Yield the names of the templates that a template includes, imports or extends, as far as they are written out."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        yield from (text.value for text in node.find_all(nodes.Const) if isinstance(text.value, str))


def _name(text: nodes.Expr) -> str | None:
    return text.value if isinstance(text, nodes.Const) and isinstance(text.value, str) else None


def _blocks(place: Place, template: _Template, parsed: _Parsed) -> Iterator[Callable[[], str]]:
    """Yield how to tell each block that no template has that this one extends. Its own lie within others."""
    above = parsed.above(template)
    for name, line in template.outer if above else ():
        if not any(name in each.blocks for each in above):
            yield partial(_block_told, Place(place.file, line), name, above)


def _block_told(place: Place, name: str, above: Sequence[_Template]) -> str:
    there = sorted({block for each in above for block in each.blocks})
    close = closest(name, there)
    todo = f'Did you mean "{short(close)}"?' if close else f"Its blocks are: {near(name, map(short, there)) or 'none'}."
    return f'{place}: The template that this one extends has no block "{short(name)}", so it is not used. {todo}'


def _outer_blocks(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outer_blocks(child)
