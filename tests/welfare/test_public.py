import pytest
from django.contrib.sessions.models import Session

READING = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}


def headers(response, names):
    return {name: response.headers.get(name) for name in names}


def test_public_page_needs_no_database_and_no_session(client):
    # Without the mark django_db any query fails the test.
    response = client.get("/page/")

    assert response.status_code == 200
    assert response.wsgi_request.session.accessed is False
    assert response.wsgi_request.session.modified is False
    assert headers(response, READING) == READING
    assert response.cookies == {}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_public_page_can_only_be_read(client, method):
    client.handler.enforce_csrf_checks = True

    response = client.generic(method, "/page/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


@pytest.mark.django_db
def test_staff_and_strangers_get_the_same_bytes(client, admin_client):
    stranger, staff = client.get("/page/"), admin_client.get("/page/")

    assert staff.content == stranger.content
    assert dict(staff.headers) == dict(stranger.headers)
    assert staff.cookies == {}
    assert staff.wsgi_request.session.accessed is False


def test_broken_session_cookie_is_left_alone(client, settings):
    # Django would delete it, and say `Vary: Cookie`, on whatever page it comes with.
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"

    response = client.get("/page/")

    assert response.cookies == {}
    assert headers(response, READING) == READING


@pytest.mark.django_db
def test_public_view_cannot_tell_readers_apart(client):
    response = client.get("/nosy/")

    assert response.cookies == {}
    assert headers(response, READING) == READING


@pytest.mark.django_db
def test_nosy_view_is_noticed(client):
    # The negative control of the tests above: reading the session does show.
    response = client.get("/nosy/")

    assert response.wsgi_request.session.accessed is True
    assert Session.objects.count() == 1


@pytest.mark.parametrize("path", ["/none/", "/missing/"])
def test_missing_page_reads_no_session(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert response.wsgi_request.session.accessed is False
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
