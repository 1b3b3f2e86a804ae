"""The language a report speaks. Texts stand in English where they are used, and are looked up as they are shown.

Which language it is belongs to the work at hand, not to a value: it is set once around it (``speaking``), and holds for
whatever is called within. Everything of ours that a reader of a report sees goes through ``_`` or ``n_``, in templates
too; ``make words`` collects it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

ENGLISH = "en-GB"

_catalogue: ContextVar[NullTranslations] = ContextVar("catalogue", default=NullTranslations())  # noqa: B039 — never changed
_tag: ContextVar[str] = ContextVar("tag", default=ENGLISH)
_draft: ContextVar[bool] = ContextVar("draft", default=False)
_BLANK = re.compile(r"\{(\w+)\}")


def _(message: str, **values: object) -> str:
    """Return ``message`` in the language that is spoken, with each ``{name}`` filled in."""
    return _filled(_catalogue.get().gettext(message), values)


def n_(one: str, many: str, count: int, **values: object) -> str:
    """Return the form that fits ``count``, which stands for ``{count}`` in it."""
    return _filled(_catalogue.get().ngettext(one, many, count), {"count": count, **values})


def N_(message: str) -> str:  # noqa: N802 — what tools that collect texts look for
    """Return ``message`` as it is: it is looked up where it is shown."""
    return message


def _filled(words: str, values: dict[str, object]) -> str:
    """Return ``words`` with its blanks filled: by name alone, so that a template can reach nothing through them."""
    return _BLANK.sub(lambda blank: str(values[blank[1]]), words) if values else words


def spoken() -> str:
    """Return the tag of the language that is spoken (BCP 47)."""
    return _tag.get()


def drafted() -> bool:
    """Return whether the words that are spoken are a draft that nobody has reviewed.

    Its catalogue says so in the header that names its translators, the one that tools for translators show and keep:
    ``Language-Team: Welsh (draft)``.
    """
    return _draft.get() or _catalogue.get().info().get("language-team", "").endswith("(draft)")


@contextmanager
def speaking(tag: str, catalogue: NullTranslations, *, draft: bool = False) -> Iterator[None]:
    """Speak the language of ``catalogue`` within; ``tag`` is its name (BCP 47). ``draft``: other words are one too."""
    before = _catalogue.set(catalogue), _tag.set(tag), _draft.set(draft)
    try:
        yield
    finally:
        _catalogue.reset(before[0])
        _tag.reset(before[1])
        _draft.reset(before[2])
