import pytest


@pytest.mark.parametrize(
    ("path", "language"), [("/page/", "zh-hans"), ("/en/page/", "en"), ("/en/none/", "en")]
)
def test_language_comes_from_the_path(client, path, language):
    response = client.get(path)

    assert response.headers["Content-Language"] == language


def test_view_speaks_the_language_of_the_path(client):
    assert client.get("/page/").content.startswith(b"zh-hans ")
    assert client.get("/en/page/").content.startswith(b"en ")


@pytest.mark.parametrize("path", ["/page/", "/none/"])
def test_language_comes_from_nothing_else(client, settings, path):
    plain = client.get(path)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    asked = client.get(path, headers={"accept-language": "en"})

    assert asked.content == plain.content
    assert asked.headers["Content-Language"] == "zh-hans"
    assert "Accept-Language" not in asked.headers.get("Vary", "")


@pytest.mark.parametrize("path", ["/zh-hans/page/", "/zh/page/", "/fr/page/", "/en-gb/page/"])
def test_address_has_no_second_name(client, path):
    assert client.get(path).status_code == 404
