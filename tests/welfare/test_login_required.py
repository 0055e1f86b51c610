import pytest


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/desk/", "/account/login/?next=/desk/"),
        ("/en/desk/", "/en/account/login/?next=/en/desk/"),
    ],
)
def test_page_without_a_mark_needs_a_login(client, path, to):
    response = client.get(path)

    assert (response.status_code, response.headers["Location"]) == (302, to)


@pytest.mark.django_db
def test_person_with_a_login_gets_the_page(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("owner1"))

    assert client.get("/desk/").content == b"desk of owner1"


def test_page_with_a_mark_is_open(client):
    assert client.get("/page/").status_code == 200
