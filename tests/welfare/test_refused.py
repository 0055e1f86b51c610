import pytest

CASES = [
    ("/refused/", 403, "The list has no leader.\nAppoint one."),
    ("/conflict/", 409, "Someone else changed this item."),
]


@pytest.mark.parametrize(("path", "status", "sentence"), CASES)
@pytest.mark.django_db
def test_refusal_is_a_page_with_the_sentence(client, path, status, sentence):
    response = client.get(path)

    assert response.status_code == status
    assert response.context["sentence"] == sentence
    for line in sentence.splitlines():
        assert line in response.content.decode()


@pytest.mark.parametrize(("path", "status", "sentence"), CASES)
def test_refusal_is_json_to_a_program(client, path, status, sentence):
    response = client.get(path, headers={"accept": "application/json"})

    assert (response.status_code, response.json()) == (status, {"sentence": sentence})
