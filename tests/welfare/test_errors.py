import pytest
from django.db import connection
from django.test import Client

# No test here has the mark django_db: an error page that asks the database fails.


@pytest.mark.parametrize("status", [400, 404, 500])
@pytest.mark.parametrize(("prefix", "language"), [("", "zh"), ("/en", "en")])
def test_error_page_speaks_the_language_of_the_path(visitor, status, prefix, language):
    path = {400: "/page", 404: "/none/", 500: "/broken/"}[status]
    host = "evil.example" if status == 400 else "localhost"

    response = visitor.get(prefix + path, headers={"host": host})

    assert response.status_code == status
    assert f'<html lang="{language}' in response.content.decode()


def test_500_needs_no_templates(visitor, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}]

    response = visitor.get("/broken/")

    assert response.status_code == 500
    assert "暂时打不开" in response.content.decode()


def test_form_from_elsewhere_gets_the_403_page():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/admin/login/")

    assert response.status_code == 403
    assert '<html lang="zh' in response.content.decode()


@pytest.mark.parametrize("path", ["/none/", "/missing/", "/broken/"])
def test_error_page_asks_nothing_of_the_database(visitor, django_db_blocker, path):
    with django_db_blocker.unblock(), connection.execute_wrapper(fail):
        assert b"<html" in visitor.get(path).content


def fail(execute, sql, params, many, context):
    raise AssertionError(f"asked the database: {sql}")
