"""The language a report speaks. Texts stand in English where they are used, and are looked up as they are shown.

Which language it is belongs to the work at hand, not to a value: it is set once around it (``speaking``), and holds for
whatever is called within. Everything of ours that a reader of a report sees goes through ``_`` or ``n_``, in templates
too; ``make words`` collects it.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

ENGLISH = "en-GB"

_catalogue: ContextVar[NullTranslations] = ContextVar("catalogue", default=NullTranslations())  # noqa: B039 — never changed
_tag: ContextVar[str] = ContextVar("tag", default=ENGLISH)
_draft: ContextVar[bool] = ContextVar("draft", default=False)
_untranslated: ContextVar[set[str] | None] = ContextVar("untranslated", default=None)
_BLANK = re.compile(r"\{(\w+)\}")


def _(message: str, **values: object) -> str:
    """Return ``message`` in the language that is spoken, with each ``{name}`` filled in."""
    words = _catalogue.get().gettext(_as_text(message))
    return _noted(_filled(words, values), untranslated=words == message)


def n_(one: str, many: str, count: int, **values: object) -> str:
    """Return the form that fits ``count``, which stands for ``{count}`` in it."""
    words = _catalogue.get().ngettext(_as_text(one), _as_text(many), count)
    return _noted(_filled(words, {"count": count, **values}), untranslated=words in (one, many))


def _as_text(words: object) -> str:
    # Templates of others can ask for anything: what is no text is found here, where their line is known.
    if isinstance(words, str):
        return words
    raise TypeError(f'_() and n_() take words in quotes, such as _("Plan"), and not {words}')


def N_(message: str) -> str:  # noqa: N802 — what tools that collect texts look for
    """Return ``message`` as it is: it is looked up where it is shown."""
    return message


def _filled(words: str, values: dict[str, object]) -> str:
    """Return ``words`` with its blanks filled: by name alone, so that a template can reach nothing through them."""
    return _BLANK.sub(lambda blank: str(values[blank[1]]), words) if values else words


def _noted(text: str, *, untranslated: bool) -> str:
    """Return ``text``; where it stands in English though another language is spoken, that is kept in mind."""
    kept = _untranslated.get()
    if untranslated and kept is not None:
        kept.add(text)
    return text


def in_english() -> frozenset[str]:
    """Return the texts that stand in English though another language is spoken, as far as they have come up."""
    return frozenset(_untranslated.get() or ())


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
def speaking(
    tag: str, catalogue: NullTranslations, *, draft: bool = False, english: Collection[str] = ()
) -> Iterator[None]:
    """Speak the language of ``catalogue`` within; ``tag`` is its name (BCP 47).

    ``draft``: other words are one too. ``english``: other texts that have no words in the language.
    """
    before = _catalogue.set(catalogue), _tag.set(tag), _draft.set(draft)
    noted = _untranslated.set(None if tag == ENGLISH else {*english})
    try:
        yield
    finally:
        _catalogue.reset(before[0])
        _tag.reset(before[1])
        _draft.reset(before[2])
        _untranslated.reset(noted)


def in_long(date: dt.date) -> str:
    """Return a date as it is written in a letter: 3 May 2027."""
    if spoken() == ENGLISH:
        return f"{date.day} {date:%B %Y}"
    from babel.dates import format_date

    return format_date(date, "d MMMM y", locale=spoken().replace("-", "_"))


def in_short(date: dt.date) -> str:
    """Return a date as it heads a column: May 2027."""
    if spoken() == ENGLISH:
        return f"{date:%b %Y}"
    from babel.dates import format_date

    return format_date(date, "MMM y", locale=spoken().replace("-", "_"))
