"""The admin in a browser: nothing inline, so that the policy has nothing to stop."""

import pytest
from django.conf import settings
from django.test import Client

from items.models import ItemList, Person, Post

PAGES = ["", "items/person/", "items/person/add/", "items/unit/add/", "items/item/"]
PAGES += ["items/entry/", "items/post/{post}/change/", "items/itemlist/{list}/change/"]
PAGES += ["items/calendarday/", "items/calendarday/bring-in/", "items/verdictround/"]
PAGES += ["items/review/", "items/lookback/", "items/lookbackdraw/", "items/assessment/"]
PAGES += ["items/itemlist/{list}/history/", "items/itemlist/{list}/import/", "items/item/add/"]


@pytest.mark.parametrize("account", ["admin", "office"])
def test_policy_stops_nothing_on_the_admins_pages(page, live_server, published_demo, account):
    faults = []
    page.on("console", lambda said: said.type == "error" and faults.append((page.url, said.text)))
    page.on("pageerror", lambda error: faults.append((page.url, str(error))))
    client = Client()
    client.force_login(Person.objects.get(username=account))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
    page.context.add_cookies([cookie])
    keys = {"post": Post.objects.first().pk, "list": ItemList.objects.get().pk}

    for path in PAGES:
        for prefix in ("/admin/", "/en/admin/"):
            answer = page.goto(live_server.url + prefix + path.format(**keys))
            if answer.status == 403:
                faults = [fault for fault in faults if "403" not in fault[1]]

    assert faults == []
