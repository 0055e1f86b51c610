"""The arithmetic of an assessment's votes: what doesn't add up, and the grade that follows.

All in integers; a column that the source lacks is None, and nothing is computed in its place.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from items.models.assessment import BALLOTS, VOTES
from items.states import Basis, Majority, Satisfaction

Figures = Mapping[str, int | None]
# What each column is called in a sentence, after its number
COUNTED: dict[str, Promise] = {
    "valid": pgettext_lazy("ballots", "valid"),
    "returned": pgettext_lazy("ballots", "returned"),
    "given": pgettext_lazy("ballots", "given out"),
    "present": pgettext_lazy("ballots", "present"),
    "members": pgettext_lazy("ballots", "members"),
}
# So many times the votes against so many times the basis, and whether an equal number is enough
SHARES = {Majority.HALF: (2, 1, False), Majority.TWO_THIRDS: (3, 2, True)}


def cast(figures: Figures) -> int | None:
    """Return how many voted, abstentions with them; None where no votes are known."""
    votes = [figures.get(name) for name in VOTES]
    if None in votes[:3]:
        return None
    return sum(vote or 0 for vote in votes)


def is_empty(figures: Figures) -> bool:
    """Tell whether no votes stand there."""
    return all(figures.get(name) is None for name in VOTES)


def faults(figures: Figures) -> list[str]:
    """Return what doesn't add up in the figures of one item, in sentences."""
    if is_empty(figures):
        return [*_not_within(figures), *_not_returned(figures, figures.get("valid"))]
    votes = cast(figures)
    if votes is None:
        return [
            _("Write how many were satisfied, basically satisfied and not, a 0 where nobody was.")
        ]
    found = [*_not_valid(figures, votes), *_not_returned(figures, votes)]
    if not found and figures.get("valid") is None:
        found = list(_not_ballots(figures, votes))
    return [*found, *_not_within(figures)]


def _not_valid(figures: Figures, votes: int) -> Iterator[str]:
    valid = figures.get("valid")
    if valid is not None and votes != valid:
        said = {"sum": sum_of(figures), "valid": valid}
        yield _("%(sum)s votes, but %(valid)s are valid. Both must be the same.") % said


def _not_returned(figures: Figures, valid: int | None) -> Iterator[str]:
    """Yield that valid and invalid votes aren't those that were returned."""
    invalid, returned = figures.get("invalid"), figures.get("returned")
    if valid is None or invalid is None or returned is None:
        return
    if valid + invalid != returned:
        said = {"valid": valid, "invalid": invalid, "returned": returned, "sum": valid + invalid}
        yield (
            _(
                "%(valid)s valid + %(invalid)s invalid = %(sum)s, but %(returned)s were returned."
                " Both must be the same."
            )
            % said
        )


def _not_ballots(figures: Figures, votes: int) -> Iterator[str]:
    """Yield why votes can't be checked, or aren't as many, where no column says how many count."""
    returned, given, present = (figures.get(name) for name in ("returned", "given", "present"))
    if returned is not None and figures.get("invalid") is not None:
        return  # checked above
    if returned is not None or given is not None:
        if votes != present:
            yield _("Write how many votes were valid, so that they can be checked.")
    elif present is None:
        yield _("Write how many were present, or how many votes were valid: they are checked.")
    elif votes != present:
        said = {"sum": sum_of(figures), "present": present}
        yield _("%(sum)s votes, but %(present)s were present. Both must be the same.") % said


def _not_within(figures: Figures) -> Iterator[str]:
    """Yield each column of the ballots that is larger than one that it belongs within."""
    known = [(name, n) for name in BALLOTS if (n := figures.get(name)) is not None]
    for (fewer, few), (more, many) in combinations(known, 2):
        if few > many:
            said = {"fewer": COUNTED[fewer], "few": few, "more": COUNTED[more], "many": many}
            yield _("%(few)s %(fewer)s is more than %(many)s %(more)s.") % said


def sum_of(figures: Figures) -> str:
    """Return the votes as a sum: "28 + 1 + 0 = 29"."""
    votes = [str(n) for name in VOTES if (n := figures.get(name)) is not None]
    return f"{' + '.join(votes)} = {cast(figures)}"


def grade_of(figures: Figures, majority: str, basis: str) -> Satisfaction | None:
    """Return the grade that the votes give by the rule; None where it can't be computed."""
    total = figures.get(Basis(basis))
    satisfied, basically = figures.get("satisfied"), figures.get("basically")
    if satisfied is None or basically is None or not total:
        return None
    if _reaches(satisfied, total, majority):
        return Satisfaction.SATISFIED
    if _reaches(satisfied + basically, total, majority):
        return Satisfaction.BASICALLY
    return Satisfaction.UNSATISFIED


def _reaches(votes: int, total: int, majority: str) -> bool:
    of_votes, of_total, equal = SHARES[Majority(majority)]
    left, right = of_votes * votes, of_total * total
    return left >= right if equal else left > right


def rule_sentence(majority: str, basis: str) -> str:
    """Return the rule of the grades, as it is printed."""
    return _(
        "“Satisfied” from %(majority)s of %(basis)s: “satisfied”. If not, but “satisfied” and"
        " “basically satisfied” together: “basically satisfied”. Otherwise: “not satisfied”."
    ) % {"majority": Majority(majority).label, "basis": Basis(basis).label}


def rule_in_short(majority: str, basis: str) -> str:
    """Return of whom which share gives the grade, as it stands beside one grade."""
    said = {"majority": Majority(majority).label, "basis": Basis(basis).label}
    return _("graded by %(majority)s of %(basis)s") % said
