"""Headings that somebody mapped by hand: remembered for the committee's next sheet."""

from collections.abc import Mapping

from items.models import Committee, SheetHeading

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
