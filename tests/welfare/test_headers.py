import pytest

PROTECTIVE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
CONTENT_SECURITY_POLICY = {
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "font-src 'none'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
STATIC_FILE = "/static/admin/css/base.css"
ANSWERS = [
    ("GET", "/page/", 200),
    ("POST", "/page/", 405),
    ("GET", "/page", 301),
    ("GET", "/desk/", 302),
    ("GET", "/none/", 404),
    ("GET", "/missing/", 404),
    ("GET", "/broken/", 500),
    ("GET", "/refused/", 403),
    ("GET", "/conflict/", 409),
    ("POST", STATIC_FILE, 405),
]


def headers(response, names):
    return {name: response.headers.get(name) for name in names}


def policy(response):
    return set(response.headers["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_is_protected(visitor, method, path, status):
    response = visitor.generic(method, path)
    response.getvalue()  # reads a static file to its end, which closes it

    assert response.status_code == status
    assert headers(response, PROTECTIVE) == PROTECTIVE
    assert policy(response) == CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("path", [STATIC_FILE, "/static/admin/js/theme.js"])
def test_part_of_a_page_carries_only_what_protects_it(visitor, path):
    response = visitor.get(path)
    response.getvalue()

    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert set(response.headers) & {*PROTECTIVE, "Content-Security-Policy"} == {
        "X-Content-Type-Options",
        "Cross-Origin-Resource-Policy",
    }


@pytest.mark.parametrize("https", [True, False])
def test_wrong_host_is_refused_and_protected(visitor, settings, https):
    settings.SECURE_SSL_REDIRECT = https

    response = visitor.get("/page", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert headers(response, PROTECTIVE) == PROTECTIVE
    assert policy(response) == CONTENT_SECURITY_POLICY
    assert b"evil" not in response.content


def test_unchanged_answer_is_protected(visitor):
    etag = visitor.get("/page/").headers["ETag"]

    response = visitor.get("/page/", headers={"if-none-match": etag})

    assert response.status_code == 304
    assert headers(response, PROTECTIVE) == PROTECTIVE
    assert policy(response) == CONTENT_SECURITY_POLICY


def test_redirect_to_https_is_protected_and_not_kept(visitor, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = visitor.get("/page/")

    assert (response.status_code, response.headers["Location"]) == (
        301,
        "https://testserver/page/",
    )
    assert headers(response, PROTECTIVE) == PROTECTIVE
    assert response.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("path", ["/none/", "/missing/", "/broken/", "/desk/", "/refused/"])
def test_answer_that_is_not_public_is_kept_nowhere(visitor, path):
    response = visitor.get(path)

    assert response.headers["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_page_of_a_person_is_kept_nowhere(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("office"))

    response = client.get("/desk/")

    assert response.content == b"desk of office"
    assert response.headers["Cache-Control"] == "no-store, private"
