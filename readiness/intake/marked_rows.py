"""Rows that a survey program marks as no answers: not finished, refused, a test, or spam.

A mark that is a yes or a no has to be one of the words known for it: any other could mean either.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from readiness.errors import Problem
from readiness.intake.columns import Layout, SurveyColumn
from readiness.intake.tables import TableRow
from readiness.intake.vendor import Aside, RowRule
from readiness.text import short
from readiness.xlsx_reader import cell_text

_DAY = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}\b.*", re.DOTALL)
"""A day, with a time or not: some programs write when somebody finished, in place of a yes."""


@dataclass(frozen=True, slots=True)
class MarkedRows:
    """The rules of one table's program for rows that are no answers, each with its columns, if there are any."""

    layout: Layout
    rules: tuple[tuple[RowRule, tuple[SurveyColumn, ...]], ...]

    @classmethod
    def of(cls, layout: Layout, *, count_unfinished: bool) -> Self:
        """Return the rules for a table; without those for unfinished rows if these count."""
        rules = [rule for rule in layout.vendor.asides if not (count_unfinished and rule.reason is Aside.UNFINISHED)]
        found = [(rule, tuple(layout.own_columns(rule.columns))) for rule in rules]
        return cls(layout, tuple((rule, columns) for rule, columns in found if columns))

    def aside(self, row: TableRow) -> Aside | None:
        """Return why a row is no answer; None if it may be one."""
        for rule, columns in self.rules:
            if rule.applies([cell_text(row.cell(column.at)) for column in columns]):
                return rule.reason
        return None

    def problems(self, row: TableRow) -> Iterator[Problem]:
        """Yield the marks that should be a yes or a no, and are neither."""
        for rule, columns in self.rules:
            for column in columns if rule.opposite else ():
                cell = row.cell(column.at)
                text = cell_text(cell)
                is_known = isinstance(cell, dt.date) or _DAY.fullmatch(text) is not None or rule.knows(text)
                if text and not is_known:
                    what = f'"{short(text)}" under "{short(column.heading)}" is neither yes nor no'
                    todo = "Write yes or no, so that it is known if these answers count."
                    yield Problem(what, todo, self.layout.table.place(row.number, column.at))
