"""Headings that somebody mapped by hand: remembered for the committee's next sheet."""

from collections.abc import Mapping

from items.models import Committee, ItemList, SheetHeading, SheetLayout

LONGEST = 200


def remember_headings(committee: Committee, mapped: Mapping[str, str]) -> None:
    """Remember the columns of headings; one that means no column is forgotten."""
    for heading, column in mapped.items():
        if len(heading) > LONGEST:
            continue  # no list writes it the same way twice
        if column:
            SheetHeading.objects.update_or_create(
                committee=committee, heading=heading, defaults={"column": column}
            )
        else:
            SheetHeading.objects.filter(committee=committee, heading=heading).delete()


def remember_layout(item_list: ItemList, title: str, headings: dict[str, str]) -> None:
    """Remember how the sheet looks that a list is first brought in with; no later one counts.

    `headings` gives the sheet's own heading by column, from left to right.
    """
    known = {"title": title[:200], "columns": [list(pair) for pair in headings.items()]}
    SheetLayout.objects.get_or_create(list=item_list, defaults=known)
