"""Where an act leads back to: the page of the desk from which somebody came."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Place:
    """A page of the desk to go back to."""

    address: str
    label: str


PLACES = {
    "desk:desk": gettext_lazy("My desk"),
    "desk:queue": gettext_lazy("My desk"),
    "desk:pack": gettext_lazy("Meeting pack"),
}


def place_of(request) -> Place | None:
    """Return the page of the desk that a request names as the one it came from, or None."""
    address = request.POST.get("next") or request.GET.get("next", "")
    try:
        parts = urlsplit(address)
        name = resolve(parts.path).view_name
    except (ValueError, Resolver404):
        return None
    if parts.scheme or parts.netloc or name not in PLACES:
        return None
    return Place(address, str(PLACES[name]))


def way_back(request) -> str:
    """Return the address of the page from which somebody came; "" where none is named."""
    place = place_of(request)
    return place.address if place else ""
