"""The meeting pack as a reader finds it in the page's HTML."""

import re

from tests.desk.logged_in import log_in

FORM = re.compile(r'<details class="decide">.*?</details>', re.DOTALL)
FIELD = re.compile(r'<input type="hidden" name="(version|last_seq|next)" value="([^"]*)"')
POINT = re.compile(r'<section class="agenda-point" id="(\w+)">\s*<h2>[^<]+<b>(\d+)</b>')


def address(item):
    return f"/desk/lists/{item.list.slug}/pack/"


def page(client, item, person):
    log_in(client, person)
    response = client.get(address(item))
    assert response.status_code == 200
    return response.content.decode()


def points(html):
    """Return the count in each point's heading, in the order of the page."""
    return {key: int(count) for key, count in POINT.findall(html)}


def hidden(html, nth=0):
    """Return what a form of the page gives back beside what is typed."""
    return dict(FIELD.findall(FORM.findall(html)[nth]))
