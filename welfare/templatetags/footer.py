"""Template tags of the footer: where the activity office is found, and the site's filings."""

import re
from typing import NamedTuple

from django import template
from django.conf import settings

from items.words import OfficeContact

register = template.Library()

# Where the page's committee stands in its context, in this order.
PLACES = [
    "addressee",
    "page.addressee",
    "page.head",
    "board.head",
    "page.current",
    "page.shown.head",
]


@register.simple_tag(takes_context=True)
def office_contact(context) -> OfficeContact:
    """Return where the office of the page's committee is found; empty where there is none.

    A page of several committees is nobody's alone.
    """
    if "office" in context:
        return context["office"] or OfficeContact()
    for place in PLACES:
        if thing := reached(context, place):
            return thing.office
    return OfficeContact()


def reached(context, place):
    """Return what stands at a place such as "page.head"; None where there is no such thing."""
    first, *steps = place.split(".")
    thing = context.get(first)
    for step in steps:
        thing = getattr(thing, step, None)
    return thing


class Filing(NamedTuple):
    """A number under which the site is filed, and where anybody can look it up."""

    number: str
    address: str


@register.simple_tag
def filings() -> list[Filing]:
    """Return the numbers that a site in China has to show, each with the link it has to have."""
    found = []
    if settings.ICP_NUMBER:
        found.append(Filing(settings.ICP_NUMBER, "https://beian.miit.gov.cn/"))
    if settings.PUBLIC_SECURITY_NUMBER:
        digits = re.sub(r"\D", "", settings.PUBLIC_SECURITY_NUMBER)
        address = f"https://beian.mps.gov.cn/#/query/webSearch?code={digits}"
        found.append(Filing(settings.PUBLIC_SECURITY_NUMBER, address))
    return found
