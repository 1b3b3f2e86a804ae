"""Options that need not be typed: from ``readiness.toml``, in this folder or one above, and ``READINESS_…`` variables.

The command line wins, then the environment, then the file. Of two in one place, the one for fewer commands wins.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.cli.settings_names import (
    Context,
    Option,
    Program,
    find_settings,
    is_one,
    levels_of,
    not_used,
    options_of,
    read_settings,
    variable,
    working_folder,
)
from readiness.errors import InputError, Place, Problem
from readiness.text import closest

if TYPE_CHECKING:
    from readiness.bank.document import ParsedDocument

_FOLDERS = ("THEME", "BANK")
"""What an option takes that is a shipped name or a folder; others that are paths are known by their type."""
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


@dataclass(frozen=True, slots=True)
class OptionSetting:
    """The value of an option that was set elsewhere than on the command line, and where."""

    option: str
    value: object
    place: Place


_IN_USE: ContextVar[Mapping[str, OptionSetting]] = ContextVar("settings")


def was_set(option: str) -> bool:
    """Return whether the option's value, such as that of ``--theme``, was set elsewhere, and not typed.

    What is set for many commands must not stop one in which it can have no effect.
    """
    return option in _IN_USE.get({})


def placed(problem: Problem) -> Problem:
    """Return the problem with the place of the setting it is about, if it has no place yet."""
    if problem.place is not None:
        return problem
    place = _place_of(problem.what)
    return problem if place is None else Problem(problem.what, problem.todo, place, problem.command)


def placed_words(message: str) -> str:
    """Return the message after the place of the setting that it is about, if there is one."""
    place = _place_of(message)
    return message if place is None else f"{place}: {message}"


def _place_of(words: str) -> Place | None:
    about = (each for each in _IN_USE.get({}).values() if each.option in words or f'"{each.value}"' in words)
    return next((each.place for each in about), None)


@contextmanager
def applied(ctx: Context, *, helping: bool) -> Iterator[None]:
    """Let what is set elsewhere be the defaults of the command while its arguments are read.

    Raises InputError with all that is wrong in the file or the variables; not where only help is wanted.
    """
    options = options_of(ctx.command)
    found: Mapping[str, OptionSetting] = {}
    file, strange = find_settings(working_folder())
    try:
        found = _settings(ctx, options, file) if options else {}
    except InputError:
        if not helping:
            raise
    if strange and not helping:
        from readiness.cli.streams import notify

        notify(map(not_used, strange))
    ctx.default_map = {options[name].name: setting.value for name, setting in found.items()}
    yield
    sources = {name: ctx.get_parameter_source(options[name].name) for name in found}
    _IN_USE.set({setting.option: setting for name, setting in found.items() if _is_default(sources[name])})


def _is_default(source: object) -> bool:
    return getattr(source, "name", "") == "DEFAULT_MAP"


def _settings(ctx: Context, options: Mapping[str, Option], file: Path | None) -> dict[str, OptionSetting]:
    root, words = ctx.find_root().command, _words(ctx)
    # Messages name the file as a person here would type it.
    document = None if file is None else read_settings(Path(os.path.relpath(file)), root)
    found: dict[str, OptionSetting] = {}
    problems: list[Problem] = []
    for name, option in options.items():
        try:
            setting = _from_environment(root, words, name, option, ctx)
            if setting is None and document is not None:
                setting = _from_file(document, words, name, option, ctx)
        except InputError as error:
            problems += error.problems
        else:
            if setting is not None:
                found[name] = setting
    if problems:
        raise InputError(problems)
    return found


def _words(ctx: Context) -> tuple[str, ...]:
    """Return the words of the command, without the program's name."""
    words: list[str] = []
    while ctx.parent is not None:
        words.insert(0, ctx.info_name)
        ctx = ctx.parent
    return tuple(words)


def _from_environment(
    root: Program,
    words: Sequence[str],
    name: str,
    option: Option,
    ctx: Context,
) -> OptionSetting | None:
    for level in levels_of(words, name):
        named = variable((*words[:level], name))
        text = os.environ.get(named)
        if not text:
            continue
        if not is_one(root, words[:level], name):
            what = f"--{name} is not the same in every command"
            todo = f"Use {variable((words[0], name))}, so that it is plain for which command it is."
            raise InputError(Problem(what, todo, Place(named)))
        value: object = text
        if option.is_flag and text.casefold() in (*_YES, *_NO):
            value = text.casefold() in _YES
        elif option.multiple:
            value = [part.strip() for part in text.split(";") if part.strip()]
        return _checked(OptionSetting(f"--{name}", value, Place(named)), option, ctx)
    return None


def _from_file(
    document: "ParsedDocument",
    words: Sequence[str],
    name: str,
    option: Option,
    ctx: Context,
) -> OptionSetting | None:
    for level in levels_of(words, name):
        path = (*words[:level], name)
        found: object = document.data
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        if found is None or isinstance(found, dict):
            continue
        place = document.place(path)
        folder = Path(place.file).parent
        value = [str(each) for each in found] if isinstance(found, list) else found
        value = [value] if option.multiple and isinstance(value, str) else value
        if isinstance(value, str) and _is_path(option) and value != "-":
            there = folder / _from_home(value, place)
            # A shipped theme or bank has a name of its own; a folder of that name beside the file must be there.
            value = str(there) if option.metavar not in _FOLDERS or there.is_dir() else value
        return _checked(OptionSetting(f"--{name}", value, place), option, ctx)
    return None


def _from_home(path: str, place: Place) -> Path:
    """Return the path with its ``~`` as a folder. Raises InputError if nobody of that name has a home here."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        what = f'The home folder in "{path}" is not known on this computer'
        raise InputError(Problem(what, "Write the whole path, without ~.", place)) from None


def _is_path(option: Option) -> bool:
    return option.metavar in _FOLDERS or bool(option.type_descriptor.is_path)


def _checked(setting: OptionSetting, option: Option, ctx: Context) -> OptionSetting:
    """Return the setting. Raises InputError, with the nearest value there is, if the option does not take it."""
    from typer.exceptions import TyperException

    value, kind = setting.value, option.type_descriptor
    if option.is_flag:
        if isinstance(value, bool):
            return setting
        raise InputError(Problem(f"{setting.option} is either true or false", "Write true or false.", setting.place))
    if isinstance(value, list) is not bool(option.multiple) or isinstance(value, bool):
        todo = 'Write a list, such as ["one", "two"].' if option.multiple else "Write one value."
        raise InputError(Problem(f"{setting.option} does not take this value", todo, setting.place))
    try:
        option.process_value(ctx, value if isinstance(value, list) else str(value))
    except TyperException:
        choices = [str(getattr(choice, "value", choice)) for choice in kind.choices or ()]
        close = closest(str(value), choices)
        meant = f'Did you mean "{close}"? ' if close else ""
        known = "Write the name of a file or folder." if kind.is_path else "Write a number that it takes."
        known = f"Use one of: {', '.join(choices)}." if choices else known
        raise InputError(
            Problem(f'{setting.option} does not take "{value}"', f"{meant}{known}", setting.place)
        ) from None
    return setting if isinstance(value, list) else OptionSetting(setting.option, str(value), setting.place)
