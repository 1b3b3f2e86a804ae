"""The data of a report, and the answers it is made from."""

from collections.abc import Callable

from readiness.report.model import AnswerView, Report

Reports = Callable[[str], Report]


def answers(report: Report) -> list[AnswerView]:
    return sorted((answer for domain in report.domains for answer in domain.answers), key=lambda a: a.number)
