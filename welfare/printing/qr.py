"""QR codes of our short addresses, as SVG for a document or a page.

An address in capitals fits into the alphanumeric mode: 25 modules a side instead of 29, which a
phone still reads when the paper is worn. The short address is therefore answered in capitals too.
"""

from io import BytesIO

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

QUIET = 4  # modules of white around a code, which the standard asks for
LONGEST = 60  # letters of an address


def short_address(code: str) -> str:
    """Return the short address in full, for readers of the language that is active."""
    chinese = (get_language() or settings.LANGUAGE_CODE).startswith("zh")
    path = reverse("short", args=["i" if chinese else "e", code])
    return settings.SITE_URL + path


def page_address(name: str, *args: object) -> str:
    """Return the address in full of a page, for readers of the language that is active."""
    return settings.SITE_URL + reverse(name, args=args)


def qr(code: str, *, level: str, size: float) -> dict:
    """Return the QR code of a short address for a template, in capitals."""
    return qr_of(short_address(code).upper(), level=level, size=size)


def qr_of(address: str, *, level: str, size: float) -> dict:
    """Return the QR code of an address for a template: its SVG, and its width in mm.

    `size` is that of the code itself, in mm; its white border comes on top.
    """
    made = _made(address, level)
    modules = made.symbol_size(border=0)[0]
    return {"svg": _svg(made), "mm": size * (modules + 2 * QUIET) / modules}


def qr_on_screen(code: str) -> str:
    """Return the QR code of a short address as an SVG that is as large as its place on a page."""
    return _svg(_made(short_address(code).upper(), "m"), omitsize=True)


def qr_of_address_on_screen(address: str) -> str:
    """Return the QR code of an address, in its own letters, as an SVG as large as its place."""
    return _svg(_made(address, "m"), omitsize=True)


def _made(address: str, level: str) -> segno.QRCode:
    return segno.make(address, error=level, micro=False, boost_error=False)


def _svg(made: segno.QRCode, **said: bool) -> str:
    file = BytesIO()
    made.save(file, kind="svg", border=QUIET, xmldecl=False, svgclass=None, lineclass=None, **said)
    return file.getvalue().decode()
