import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.templatetags.static import static
from django.test import Client

OURS = "css/base.css"


@pytest.fixture
def collected(settings, tmp_path):
    """Collect the static files as `make run` does, and return a client of the site."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "welfare.storage.OwnFilesCompressed"},
    }
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", interactive=False, verbosity=0)
    return Client()


def test_static_file_is_named_by_its_content_and_kept_for_ever(collected):
    address = static(OURS)

    response = collected.get(address, headers={"accept-encoding": "br"})
    response.getvalue()  # reads the file to its end, which closes it

    assert address == f"/static/{staticfiles_storage.hashed_files[OURS]}"
    assert address != f"/static/{OURS}"
    assert response.status_code == 200
    assert response.headers["Content-Encoding"] == "br"
    assert "immutable" in response.headers["Cache-Control"]


def test_only_our_own_files_are_compressed(collected, settings, tmp_path):
    compressed = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*.br")}
    ours = {path.name for path in (settings.BASE_DIR / "static").iterdir()}

    assert (tmp_path / "admin/css/base.css").exists()
    assert (tmp_path / "ninja/swagger-ui.css").exists()
    assert compressed <= ours
    assert {"css", "js"} <= compressed
