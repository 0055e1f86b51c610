"""What a real browser says about our pages as such."""

import pytest


@pytest.mark.parametrize("path", ["/", "/en/", "/admin/login/"])
def test_browser_has_nothing_to_complain_about(live_server, page, path):
    # The console is where a browser reports what the content security policy has stopped.
    complaints, hosts = [], set()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))

    response = page.goto(live_server.url + path)

    assert response.status == 200
    assert complaints == []
    assert hosts == {live_server.url.split("/")[2]}


def test_browser_reports_what_the_policy_stops(live_server, page):
    # The negative control: without a report there would be nothing to see above.
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(live_server.url)

    page.evaluate("document.body.setAttribute('style', 'color: red')")

    assert [text for text in complaints if "Content Security Policy" in text] == complaints
    assert complaints != []
