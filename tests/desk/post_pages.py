"""The posts at the desk as a reader finds them in the page's HTML."""

import re

from django.utils.timezone import localdate

from tests.desk.logged_in import log_in
from tests.items.actions.acts import fresh

POST = re.compile(r'<li class="post[^"]*">.*?</li>', re.DOTALL)
SEEN = re.compile(r'name="seen" value="(\d+)"')


def address(post):
    return f"/desk/posts/{post.pk}/appoint/"


def page(client, person, path="/desk/posts/"):
    log_in(client, person)
    return client.get(path)


def rows(client, person):
    """Return the rows of the page as words, in its order."""
    found = POST.findall(page(client, person).content.decode())
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row)).strip() for row in found]


def row_of(post, client, person):
    (found,) = [row for row in rows(client, person) if row.startswith(post.name)]
    return found


def seen(client, person, post):
    """Return the holding that the form of a post gives back."""
    return SEEN.search(page(client, person, address(post)).content.decode())[1]


def appoint(client, post, person, **said):
    typed = {"person": person.pk, "since": localdate(), "reason": "轮岗"}
    return client.post(address(post), typed | said)


def holder(post):
    return fresh(post).holder(localdate())


def alert(response):
    """Return what stands above the form."""
    return response.content.decode().partition('role="alert"')[2].partition("</div>")[0]
