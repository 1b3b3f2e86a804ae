"""How far people agree, and how far what they say tells groups apart: published measures, on plain sequences.

A rating is a number, exact or as a person wrote it, or None if somebody gave none. Missing ratings are left out item
by item, never the whole person. Everything is computed in exact fractions, so that neither the order of people nor
rounding can change a result; None stands where a measure is not defined.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from math import isqrt, lcm
from operator import mul

from readiness.bank.fields import exact

Rating = int | float | Fraction | None
"""What somebody answered; None if nothing was."""

Exact = int | Fraction
"""A rating to compute with: whole numbers stay whole, as sums of them take a hundredth of the time."""

_FEW = 2
"""What a variance takes at the least: people, items or groups."""
_DIGITS = 10**12
"""How finely a square root is taken, which can't be exact."""


def mean(ratings: Iterable[Rating]) -> Fraction | None:
    """Return the mean; None if nobody gave a rating."""
    given = _given(ratings)
    return _mean(given) if given else None


def standard_deviation(ratings: Iterable[Rating]) -> Fraction | None:
    """Return the standard deviation of a sample, √(Σ (x − x̄)² / (n − 1)), 0 or more; None below two ratings.

    The root is right to twelve decimals.
    """
    given = _given(ratings)
    return _root(_variance(given)) if len(given) >= _FEW else None


def r_wg(ratings: Iterable[Rating], options: int) -> Fraction | None:
    """Return within-group agreement on one item: 1 where all say the same, 0 where they might as well have drawn lots.

    r_wg = 1 − s² / σ²_EU, with σ²_EU = (A² − 1) / 12, the variance of answers spread evenly over A ``options`` that lie
    one apart (James, Demaree and Wolf 1984, for one item); s² is the sample's, over n − 1. From 0 to 1: where
    s² is larger than σ²_EU, as when people fall into two camps, r_wg is set to 0, as the authors advise.

    None below two ratings; 1 without variance. Raises ValueError below two options.
    """
    share = variance_share(ratings, options)
    return None if share is None else max(Fraction(0), 1 - share)


def variance_share(ratings: Iterable[Rating], options: int) -> Fraction | None:
    """Return s² / σ²_EU of ``r_wg``, 0 or more; None below two ratings. Raises ValueError below two options."""
    given, null = _given(ratings), _null(options)
    return _variance(given) / null if len(given) >= _FEW else None


def r_wg_j(ratings_by_item: Iterable[Iterable[Rating]], options: int | Sequence[int]) -> Fraction | None:
    """Return within-group agreement on several items that ask about one thing, from 0 to 1.

    r_wg(j) = J(1 − x) / (J(1 − x) + x), where x is the mean over the J items of s² / σ²_EU (James, Demaree and Wolf
    1984, for several items; they have one σ²_EU for all, and ``options`` may give each item's own A). It grows with J
    alone, so compare it only over the same items. Where x is larger than 1 it is set to 0.

    An item below two ratings is left out; people may have rated different items. None where no item is left; 1 without
    variance. Raises ValueError below two options, or if there is not one number of options for each item.
    """
    items = [*ratings_by_item]
    counts = [options] * len(items) if isinstance(options, int) else options
    found = [variance_share(item, count) for item, count in zip(items, counts, strict=True)]
    return r_wg_j_of([share for share in found if share is not None])


def r_wg_j_of(shares: Sequence[Fraction]) -> Fraction | None:
    """Return the same of items by their ``variance_share``; None if there is none."""
    if not shares:
        return None
    mean_share = _mean(shares)
    agreed = max(Fraction(0), 1 - mean_share) * len(shares)
    return agreed / (agreed + mean_share)


def average_deviation(ratings: Iterable[Rating]) -> Fraction | None:
    """Return how far ratings lie from their mean, on average, in the ratings' own unit: 0 where all say the same.

    AD = Σ |x − x̄| / n (Burke, Finkelstein and Dusig 1999). Burke and Dunlap (2002) hold that people agree where it is
    at most A / 6, with A options that lie one apart. At most half of what lies between the lowest and highest rating.

    None below two ratings: one person agrees with nobody.
    """
    given = _given(ratings)
    if len(given) < _FEW:
        return None
    total, counts = Fraction(sum(given)), Counter[Exact](given)
    apart = sum((count * abs(len(given) * rating - total) for rating, count in counts.items()), Fraction(0))
    return apart / len(given) ** 2


def icc1(groups: Iterable[Iterable[Rating]]) -> Fraction | None:
    """Return how much of the variance of single ratings lies between groups, such as the teams people are in.

    ICC(1) = (MSB − MSW) / (MSB + (n₀ − 1) MSW), from a one-way analysis of variance with random groups (Shrout and
    Fleiss 1979, ICC(1, 1); Bliese 2000). Groups may differ in size: the group-size term is n₀ =
    (N − Σ nₖ² / N) / (K − 1), over K groups of nₖ, N in all (Blalock 1972 and Haggard 1958, in Bliese 2000); with equal
    groups it is their size.

    From −1 / (n₀ − 1), where groups are more alike than chance would have it, to 1. Groups of one count for what lies
    between groups; empty ones are left out. None below two groups, if no group has two ratings, or without variance.
    """
    found = _analysis(groups)
    if found is None:
        return None
    between, within, size = found
    total = between + (size - 1) * within
    return (between - within) / total if total else None


def icc2(groups: Iterable[Iterable[Rating]]) -> Fraction | None:
    """Return how reliably the groups' means tell groups apart.

    ICC(2) = (MSB − MSW) / MSB (Bliese 2000; Shrout and Fleiss 1979, ICC(1, k)). It needs no group-size term: means of
    larger groups tell more, and MSB holds that already. 1 at most, with no lower bound: below 0 the groups' means lie
    closer together than chance would have it.

    Groups as in ``icc1``. None below two groups, if no group has two ratings, or if all have the same mean.
    """
    found = _analysis(groups)
    if found is None or found[0] == 0:
        return None
    between, within, _ = found
    return (between - within) / between


def cronbach_alpha(rows: Iterable[Sequence[Rating]]) -> Fraction | None:
    """Return how consistently items measure one thing; ``rows`` holds a row for each person, a column for each item.

    alpha = k c̄ / (v̄ + (k − 1) c̄), where v̄ is the mean variance of the k items and c̄ the mean covariance of their pairs.
    It is Cronbach's (1951) k / (k − 1) · (1 − Σ sᵢ² / s²_total), for which each person must have rated all items; here
    each variance takes all who rated the item, and each covariance all who rated both.

    1 at most, with no lower bound. Items below two ratings are left out. None below two items, where no two items were
    rated by the same two people, without variance, or if what is missing leaves v̄ and c̄ at odds. Raises ValueError
    where rows differ in length.
    """
    columns = [list(column) for column in zip(*_whole(rows), strict=True)]
    items = [column for column in columns if len(_given(column)) >= _FEW]
    covariance = _mean_covariance(items)
    if covariance is None:
        return None
    variance = _mean([_variance(_given(item)) for item in items])
    total = variance + (len(items) - 1) * covariance
    return len(items) * covariance / total if total > 0 and covariance <= variance else None


def _given(ratings: Iterable[Rating]) -> list[Exact]:
    return [_exact(rating) for rating in ratings if rating is not None]


def _exact(rating: float | Fraction) -> Exact:
    return rating if isinstance(rating, int | Fraction) else exact(rating)


def _whole(rows: Iterable[Sequence[Rating]]) -> list[list[int | None]]:
    """Return the same ratings in a unit that makes them all whole: a ratio of variances is the same in any unit."""
    table = [[None if rating is None else _exact(rating) for rating in row] for row in rows]
    unit = lcm(*(rating.denominator for row in table for rating in row if rating is not None))
    return [[None if rating is None else int(rating * unit) for rating in row] for row in table]


def _mean(given: Sequence[Exact]) -> Fraction:
    return Fraction(sum(given), len(given))


def _squares(given: Sequence[Exact]) -> Fraction:
    """Return the sum of the squared distances from the mean: Σ x² − (Σ x)² / n."""
    return Fraction(len(given) * sum(rating * rating for rating in given) - sum(given) ** 2, len(given))


def _variance(given: Sequence[Exact]) -> Fraction:
    return _squares(given) / (len(given) - 1)


def _null(options: int) -> Fraction:
    if options < _FEW:
        raise ValueError("agreement takes at least two options")
    return Fraction(options**2 - 1, 12)


def _root(square: Fraction) -> Fraction:
    return Fraction(isqrt(int(square * _DIGITS**2)), _DIGITS)


def _mean_covariance(items: Iterable[Sequence[int | None]]) -> Fraction | None:
    """Return the mean covariance of all pairs of items that two people or more rated both; None if there is no pair.

    A covariance is (n Σ xy − Σ x Σ y) / (n (n − 1)) over the n who rated both.
    """
    # Items that the same people rated are added up first: sums tell as much as millions of pairs.
    by_raters: defaultdict[tuple[bool, ...], list[list[int]]] = defaultdict(list)
    for item in items:
        by_raters[tuple(rating is not None for rating in item)].append([rating or 0 for rating in item])
    summed = {who: [*map(sum, zip(*rated, strict=True))] for who, rated in by_raters.items()}
    pairs, products = 0, Counter[int]()
    for who, rated in by_raters.items():
        n = sum(who)
        pairs += len(rated) * (len(rated) - 1) // 2
        alone = sum(_products(n, one, one, who, who) for one in rated)
        products[n] += (_products(n, summed[who], summed[who], who, who) - alone) // 2
    bits = {who: sum(1 << at for at, rated in enumerate(who) if rated) for who in by_raters}
    for (one, firsts), (other, seconds) in combinations(summed.items(), 2):
        n = (bits[one] & bits[other]).bit_count()
        if n >= _FEW:
            pairs += len(by_raters[one]) * len(by_raters[other])
            products[n] += _products(n, firsts, seconds, one, other)
    total = sum((Fraction(product, n * (n - 1)) for n, product in products.items()), Fraction(0))
    return total / pairs if pairs else None


def _products(n: int, firsts: Sequence[int], seconds: Sequence[int], one: Sequence[bool], other: Sequence[bool]) -> int:
    """Return n Σ xy − Σ x Σ y over the n who gave both: ``one`` says who gave a first, ``other`` who a second."""
    # A missing rating is 0 here, so that a sum over all is a sum over those who gave both.
    together: int = sum(map(mul, firsts, seconds))
    alone: int = sum(map(mul, firsts, other)) * sum(map(mul, seconds, one))
    return n * together - alone


def _analysis(groups: Iterable[Iterable[Rating]]) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return the mean squares between and within groups, and the group-size term n₀; None if there are too few."""
    sized = [given for group in groups if (given := _given(group))]
    everybody = [rating for given in sized for rating in given]
    count, degrees = len(everybody), len(everybody) - len(sized)
    if len(sized) < _FEW or degrees < 1:
        return None
    middle = _mean(everybody)
    between = sum((len(given) * (_mean(given) - middle) ** 2 for given in sized), Fraction(0)) / (len(sized) - 1)
    within = sum((_squares(given) for given in sized), Fraction(0)) / degrees
    size = (count - Fraction(sum(len(given) ** 2 for given in sized), count)) / (len(sized) - 1)
    return between, within, size
