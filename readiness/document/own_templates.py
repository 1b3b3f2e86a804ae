"""Files and blocks in a folder of somebody's own templates that change nothing, as ours have no place for them."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from jinja2 import Environment, TemplateError, nodes

from readiness.document.templates import html_environment
from readiness.errors import InputError, Place
from readiness.resources import REPORT_TEMPLATES
from readiness.theme.theme import Part

MOST_FILES = 1_000
MOST_CHARACTERS = 400_000
"""Of all templates that are looked through; all of ours have 30,000. Beyond, rendering tells what is wrong."""
_MOST_EXTENDED = 20
"""Templates that extend one another, in a row."""
_SHEETS = ("style.css", "print.css", "browser.css", "screen.css", "dark.css", "own.css")
_LIKE = 0.7
"""How much a name must be like one of ours to be taken for a slip."""


def unused(folder: Path) -> Iterator[str]:
    """Yield a sentence on each template and Jinja block that overrides nothing, with its place and the nearest name.

    What can't be read is left out: rendering names it. So is all beyond MOST_FILES and MOST_CHARACTERS.
    """
    known = {*_ours(), *_sections(), *_SHEETS}
    files = sorted(islice((each for each in folder.rglob("*") if each.is_file()), MOST_FILES))
    own = {path.relative_to(folder).as_posix(): path for path in files}
    parsed = _Parsed(html_environment(folder.resolve()))
    used = parsed.used([name for name in own if name in known])
    for name, path in own.items():
        tree = used.get(name)
        if tree is not None:
            yield from _blocks(Place(str(path)), tree, parsed)
        if name in known or name in used or path.suffix not in {".j2", ".css", ".html"} or parsed.left < 0:
            continue
        near = get_close_matches(name, sorted(known), n=1, cutoff=_LIKE)
        if near or path.suffix != ".html":
            meant = f' Did you mean "{near[0]}"?' if near else ""
            yield f"{path}: This takes the place of no template of ours, so it is not used.{meant}"


class _Parsed:
    """Templates that were parsed, each once. ``left``: how many characters may still be; below 0 if there were more."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._trees: dict[str, nodes.Template | None] = {}
        self.left = MOST_CHARACTERS

    def tree(self, name: str) -> nodes.Template | None:
        """Return a template of the person's, or ours; None if it can't be read, or would be too much."""
        if name not in self._trees:
            self._trees[name] = self._parse(name)
        return self._trees[name]

    def _parse(self, name: str) -> nodes.Template | None:
        if self._environment.loader is None or self.left < 0:
            return None
        try:
            source, _file, _unchanged = self._environment.loader.get_source(self._environment, name)
            self.left -= len(source)
            return self._environment.parse(source) if self.left >= 0 else None
        except (TemplateError, InputError):
            return None

    def used(self, names: Iterable[str]) -> Mapping[str, nodes.Template | None]:
        """Return the templates with these names, and all that they include, import or extend."""
        found: dict[str, nodes.Template | None] = {}
        waiting = [*names]
        while waiting:
            name = waiting.pop()
            if name not in found:
                tree = found[name] = self.tree(name) if name.endswith(".j2") else None
                waiting += _referenced(tree) if tree else ()
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


def _blocks(place: Place, tree: nodes.Template, parsed: _Parsed) -> Iterator[str]:
    """Yield a sentence on each block that no template has that this one extends. Its own lie within others."""
    there = _blocks_above(tree, parsed)
    if there is None:
        return
    for block in _outer_blocks(tree):
        if block.name not in there:
            near = get_close_matches(block.name, sorted(there), n=1)
            known = ", ".join(sorted(there)) or "none"
            todo = f'Did you mean "{near[0]}"?' if near else f"Its blocks are: {known}."
            yield (
                f"{Place(place.file, block.lineno)}: The template that this one extends has no block "
                f'"{block.name}", so it is not used. {todo}'
            )


def _outer_blocks(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outer_blocks(child)


def _blocks_above(tree: nodes.Template, parsed: _Parsed) -> set[str] | None:
    """Return the names of the blocks of all templates that this one extends; None if it extends none that is known."""
    names: set[str] | None = None
    for _ in range(_MOST_EXTENDED):
        above = next((node.template for node in tree.find_all(nodes.Extends)), None)
        parent = parsed.tree(above.value) if isinstance(above, nodes.Const) else None
        if parent is None:
            break
        names = (names or set()) | {block.name for block in parent.find_all(nodes.Block)}
        tree = parent
    return names
