"""A page of the site as a page of the edition: the same, but for where its links lead.

What needs the server leads to PUBLIC_URL; without it, to the edition's own page that says where to
go. A form becomes such a link. Large type is a style that the page itself switches.
"""

import re
from collections.abc import Callable
from html import escape, unescape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from welfare.edition.addresses import Addresses, address_of, file_of, relative
from welfare.http.content_negotiation import language_of

ELSEWHERE = "elsewhere/"  # behind the language: the page that says where to go
LINK = re.compile(r'(\s(?:href|src|action|data-next)=")([^"]*)"')
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.S)
ACTION = re.compile(r'<form\b[^>]*?\saction="([^"]*)"')
OTHER_TYPE = re.compile(r'<a\s+href="((?:/en)?/large/[^"]*)"\s*>([^<]*)</a>')
PICTURE_OF_CARD = re.compile(r'<meta property="og:image" content="([^"]*)">\s*')
IN_HEAD = re.compile(r'<link\s[^>]*\shref="([^"]*)"[^>]*>\s*')
AS_IT_IS = ("#", "data:", "mailto:", "tel:")
HTML, HEAD = "<html ", "</head>"
# A style's rule for large type, which then also holds where the fragment asks for it
LARGE_RULE = re.compile(r"(?<=[{}/;\n])([^{}/;]*\.large\b[^{}/;]*)\{")


class Rewriting:
    """How pages of an edition are made from pages of the site.

    `is_there` tells of a file that the site may yet lack, such as a PDF that the clock makes.
    """

    def __init__(self, addresses: Addresses, is_there: Callable[[str], bool]):
        self.addresses, self.is_there = addresses, is_there

    def page(self, html: str, address: str, static: Callable[[str], str]) -> tuple[str, set[str]]:
        """Return a page for the edition, and the addresses of the files that it leads to.

        `static` gives the address of a static file.
        """
        found: set[str] = set()

        def rewritten(text: str) -> str:
            return LINK.sub(lambda link: f'{link[1]}{target(link[2])}"', text)

        def target(link: str) -> str:
            return escape(self._target(unescape(link), address, found))

        html = PICTURE_OF_CARD.sub(lambda meta: _card(meta, target), html)
        html = OTHER_TYPE.sub(_switch, html)
        head, mark, body = html.partition(HEAD)
        head = IN_HEAD.sub(lambda link: link[0] if self._stays(link[1], address) else "", head)
        head = head.replace(HTML, f'{HTML}id="large" ', 1)
        head += f'  <link rel="stylesheet" href="{static("css/edition.css")}">\n'
        head += f'    <script src="{static("js/edition.js")}" defer></script>\n  '
        pieces, last = [rewritten(head + mark)], 0
        for form in FORM.finditer(body):
            pieces += [rewritten(body[last : form.start()])]
            pieces += [self._instead(form[0], address, found)]
            last = form.end()
        return "".join([*pieces, rewritten(body[last:])]), found

    def _target(self, link: str, address: str, found: set[str]) -> str:
        if link.startswith(AS_IT_IS):
            return link
        to, fragment = address_of(link, address)
        if not to:
            return link
        if not self._is_file(to):
            return self._at_the_site(to, fragment, address, found)
        found.add(to)
        return relative(file_of(to), file_of(address)) + _after(fragment)

    def _at_the_site(self, to: str, fragment: str, address: str, found: set[str]) -> str:
        """Return the link to what needs the server, or to the page that says where that is."""
        if settings.PUBLIC_URL:
            return settings.PUBLIC_URL + to + _after(fragment)
        elsewhere = elsewhere_from(address)
        found.add(elsewhere)
        return relative(file_of(elsewhere), file_of(address))

    def _instead(self, form: str, address: str, found: set[str]) -> str:
        """Return a link to where a form is filled in, which can't be done here."""
        action = ACTION.match(form)
        to, fragment = address_of(unescape(action[1]) if action else "", address)
        with translation.override(language_of(address)):
            words = gettext("Search on the plant’s own site")
        link = escape(self._at_the_site(to, fragment, address, found))
        return f'<p class="elsewhere"><a class="way" href="{link}">{escape(words)}</a></p>'

    def _is_file(self, to: str) -> bool:
        return bool(self.addresses.scope_of(to)) and self.is_there(to)

    def _stays(self, link: str, address: str) -> bool:
        """Tell whether a link of a page's head leads anywhere."""
        to, _fragment = address_of(unescape(link), address)
        return bool(settings.PUBLIC_URL) or not to or self._is_file(to)


def _card(meta: re.Match, target: Callable[[str], str]) -> str:
    """Return the picture by which other apps show a page; they fetch it from a full address."""
    return meta[0].replace(meta[1], target(meta[1])) if settings.PUBLIC_URL else ""


def _after(fragment: str) -> str:
    return f"#{fragment}" if fragment else ""


def elsewhere_from(address: str) -> str:
    """Return the address of the page that says where to go, in the language of a page."""
    return ("/en/" if address.startswith("/en/") else "/") + ELSEWHERE


def is_elsewhere(address: str) -> bool:
    return address in ("/" + ELSEWHERE, "/en/" + ELSEWHERE)


def elsewhere(address: str) -> str:
    """Return the page that says where to go for what the edition can't do."""
    with translation.override(language_of(address)):
        return render_to_string("edition/elsewhere.html", {"path": address})


def _switch(link: re.Match) -> str:
    """Return the links that switch the size of type, in place of one to another page."""
    with translation.override(language_of(link[1])):
        small = gettext("Small type")
    return (
        f'<a class="to-large" href="#large">{link[2]}</a>'
        f'<a class="to-small" href="#">{escape(small)}</a>'
    )


def style(css: str) -> str:
    """Return a style sheet in which large type can be asked for by the fragment, too."""

    def both(rule: re.Match) -> str:
        chosen = rule[1].strip()
        also = re.sub(r"\.large\b", "#large:target", chosen)
        return f"{rule[1].rstrip()}, {also} {{"

    return LARGE_RULE.sub(both, css)
