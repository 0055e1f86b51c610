"""A run of publish_site: what it writes, deletes and refuses, and what a broken one leaves."""

import errno
import fcntl
import io
import os
import stat

import pytest
from django.core.management import CommandError, call_command

from items import actions
from items.models import Committee
from tests import factories
from tests.edition.conftest import dead_links, files_of, publish
from tests.factories import NOW
from tests.items.actions.acts import ACTS, fresh
from welfare.edition import folder as folders
from welfare.edition import publish as publishing
from welfare.edition import state
from welfare.edition.folder import MARK, STAGED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("watched_by_nobody")]
WRITERS = ["report_progress", "claim", "put_on_hold", "withdraw", "correct", "hand_over"]


@pytest.fixture
def item():
    return factories.item_at("in_progress")


@pytest.fixture
def site(tmp_path):
    return tmp_path / "site"


def refused(folder):
    with pytest.raises(CommandError) as said:
        call_command("publish_site", folder, processes=1)
    return str(said.value)


def test_second_run_writes_nothing(item, site):
    first = publish(site)
    before = files_of(site)

    again = publish(site)

    assert (first.written, first.deleted) == (len(before), 0)
    assert (again.pages, again.written, again.deleted) == (first.pages, 0, 0)
    assert files_of(site) == before


@pytest.mark.parametrize("verb", WRITERS)
def test_what_changed_is_written_as_if_everything_were(verb, site, tmp_path):
    act = ACTS[verb]
    item = act.ready()
    other = factories.published_item(list__committee=factories.Committee(slug="other"))
    publish(site)
    elsewhere = site / f"lists/{other.list.slug}/index.html"
    stood = elsewhere.stat().st_mtime_ns

    act(item)
    outcome = publish(site)
    publish(tmp_path / "anew")

    assert files_of(site) == files_of(tmp_path / "anew")
    assert outcome.written > 0
    assert elsewhere.stat().st_mtime_ns == stood


@pytest.mark.parametrize(
    "change",
    [
        lambda item: Committee.objects.filter(pk=item.list.committee_id).update(
            office_phone="0790-1"
        ),
        lambda item: factories.public_photo(item, words="施工现场"),
        lambda item: factories.issued_bulletin(item.list),
        lambda item: factories.another(item, measures=["换新"]) and None,
        lambda item: factories.published_item(list__slug="newcomer"),
    ],
    ids=["committee", "photo", "bulletin", "draft", "another list"],
)
def test_any_other_change_is_written_as_if_everything_were(change, item, site, tmp_path):
    publish(site)

    change(fresh(item))
    publish(site)
    publish(tmp_path / "anew")

    assert files_of(site) == files_of(tmp_path / "anew")
    assert dead_links(site) == []


def test_next_day_everything_is_looked_at(item, site, time_machine_day):
    publish(site)

    time_machine_day(1)
    outcome = publish(site)

    assert outcome.written > 10  # each page says as of which day it is
    assert "6月2日" in (site / f"lists/{item.list.slug}/index.html").read_text()


@pytest.fixture
def time_machine_day():
    import time_machine

    travels = []

    def travel(days):
        travels.append(time_machine.travel(NOW + factories.days(days), tick=False))
        travels[-1].start()

    yield travel
    for each in reversed(travels):
        each.stop()


def test_hidden_photo_is_gone(item, site):
    photo = factories.public_photo(item, words="施工现场")
    publish(site)
    assert len(list(site.glob(f"photos/{photo.stem}*"))) > 1

    actions.hide_photo(photo, by=factories.office_of(item), reason="拍到了人", now=NOW)
    outcome = publish(site)

    assert outcome.deleted > 1
    assert not list(site.glob("photos/*"))
    assert not [name for name, said in files_of(site).items() if photo.stem.encode() in said]


def put_up(item):
    """Put a draft list of an item's committee up for objections."""
    draft = factories.Item(
        list__committee=item.list.committee,
        list__slug="other",
        owner_post=item.owner_post,
        supervisor_post=item.supervisor_post,
    ).list
    Committee.objects.filter(pk=draft.committee_id).update(announces_lists=True)
    actions.put_up_list(fresh(draft), by=factories.office(draft.committee), now=NOW)
    return fresh(draft)


def take_down(draft):
    by = factories.office(draft.committee)
    actions.take_down_list(draft, by=by, reason="地点写错了", now=NOW)


def test_what_is_published_no_more_is_gone(item, site):
    draft = put_up(item)
    publish(site)
    assert (site / "lists/other/index.html").exists()

    take_down(draft)
    publish(site)

    assert not (site / "lists/other").exists()
    assert not (site / "en/lists/other").exists()
    assert (site / f"lists/{item.list.slug}/{item.number}/index.html").exists()
    assert b"lists/other" not in (site / "index.html").read_bytes()


def test_with_the_site_doors_lead_there(item, site, settings):
    settings.PUBLIC_URL = "https://board.example.com"
    publish(site)

    page = (site / f"en/lists/{item.list.slug}/index.html").read_text()

    there = f'href="https://board.example.com/en/lists/{item.list.slug}/find/#found"'
    assert there in page
    assert 'href="https://board.example.com/en/suggest/?to=' in page
    assert 'content="https://board.example.com/share/' in page
    assert not (site / "elsewhere").exists()
    assert dead_links(site) == []


@pytest.mark.slow
def test_sheets_are_written_on_demand(item, site):
    without = publish(site)
    assert not list(site.rglob("wall.pdf"))

    outcome = publish(site, sheets=True)

    assert outcome.pages > without.pages
    for name in ("wall.pdf", "handout.pdf", "cards.pdf", f"{item.number}/card.pdf"):
        for language in ("", "en/"):
            said = (site / f"{language}lists/{item.list.slug}/{name}").read_bytes()
            assert said.startswith(b"%PDF-")
    assert dead_links(site) == []
    assert publish(site).deleted == outcome.pages - without.pages


def test_nothing_is_executable_and_everything_is_readable(item, site):
    mask = os.umask(0o077)
    try:
        publish(site)
    finally:
        os.umask(mask)

    modes = {
        (place.is_dir(), stat.S_IMODE(place.stat().st_mode)) for place in [site, *site.rglob("*")]
    }
    assert modes == {(True, 0o755), (False, 0o644)}


def test_folder_with_other_things_is_refused(item, site):
    site.mkdir()
    (site / "thesis.doc").write_text("years of work")

    assert "thesis" not in refused(site)
    assert [path.name for path in site.iterdir()] == ["thesis.doc"]


def test_folder_that_only_says_so_is_refused(item, site, tmp_path):
    site.mkdir()
    (site / "thesis.doc").write_text("years of work")
    (tmp_path / "mark").write_text(folders.SIGNATURE)
    (site / MARK).symlink_to(tmp_path / "mark")

    assert str(site) in refused(site)


def test_place_that_is_no_folder_is_refused(item, tmp_path):
    (tmp_path / "file").write_text("")

    assert "file" in refused(tmp_path / "file")
    assert "below" in refused(tmp_path / "file" / "below")
    assert refused(f"/proc/{os.getpid()}/none")


def test_folder_that_everybody_may_write_to_is_refused(item, site):
    site.mkdir()
    site.chmod(0o777)

    assert "chmod" in refused(site)


def test_two_runs_at_once_are_refused(item, site):
    publish(site)
    before = files_of(site)
    handle = os.open(site, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)

    assert str(site) in refused(site)

    os.close(handle)
    assert files_of(site) == before
    publish(site)


def test_full_disk_leaves_the_edition_as_it_was(item, site, monkeypatch):
    publish(site)
    before, written = files_of(site), []
    ACTS["report_progress"](item)
    write = folders.Folder._write

    def full(place, content):
        written.append(place)
        if len(written) == 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(place, content)

    monkeypatch.setattr(folders.Folder, "_write", staticmethod(full))
    assert os.strerror(errno.ENOSPC) in refused(site)
    assert files_of(site) == before
    assert not (site / STAGED).exists()

    monkeypatch.undo()
    monkeypatch.setattr(state, "current_revision", lambda: 0)
    assert refused_or_not(site) == ""
    assert files_of(site) != before


def refused_or_not(site):
    said = io.StringIO()
    call_command("publish_site", site, processes=1, stdout=said, stderr=said)
    return said.getvalue()


def test_page_that_fails_leaves_the_edition_as_it_was(item, site, monkeypatch):
    publish(site)
    before = files_of(site)
    ACTS["report_progress"](item)

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("items.queries.claims_page", fail)
    sentence = refused(site)

    assert f"/lists/{item.list.slug}/claims/" in sentence
    assert files_of(site) == before


class Killed(BaseException):
    """The process ends here."""


def test_run_that_was_killed_while_it_moved_files_is_mended(item, site, tmp_path, monkeypatch):
    publish(site)
    ACTS["report_progress"](item)
    replace, moved = os.replace, []

    def killed(source, target):
        moved.append(target)
        if len(moved) == 4:
            raise Killed
        replace(source, target)

    monkeypatch.setattr(folders.os, "replace", killed)
    with pytest.raises(Killed):
        publish(site)
    monkeypatch.setattr(folders.os, "replace", replace)
    (site / "lists/left-by-nobody.html").write_text("old")

    publish(site)
    publish(tmp_path / "anew")

    assert files_of(site) == files_of(tmp_path / "anew")


def test_new_files_come_first_and_deletions_last(item, site, monkeypatch):
    factories.public_photo(item, words="施工现场")
    draft = put_up(item)
    publish(site)
    factories.public_photo(fresh(item), words="又一张")
    take_down(draft)
    order, replace, unlink = [], os.replace, os.unlink

    def replacing(source, target):
        if str(target).startswith(f"{site}/") and ".edition" not in str(target):
            order.append("change" if os.path.exists(target) else "new")
        replace(source, target)

    def unlinking(path, **how):
        if str(path).startswith(f"{site}/") and STAGED not in str(path):
            order.append("delete")
        unlink(path, **how)

    monkeypatch.setattr(folders.os, "replace", replacing)
    monkeypatch.setattr(folders.os, "unlink", unlinking)
    publish(site)

    assert set(order) == {"new", "change", "delete"}
    assert order == sorted(order, key=["new", "change", "delete"].index)


def test_no_link_is_followed_out_of_the_folder(item, site, tmp_path):
    publish(site)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("not ours")
    board = site / f"lists/{item.list.slug}"
    for path in sorted(board.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    board.rmdir()
    board.symlink_to(outside)
    page = site / "index.html"
    page.unlink()
    page.symlink_to(outside / "index.html")

    ACTS["report_progress"](item)
    assert str(board) in refused(site)
    assert (outside / "index.html").read_text() == "not ours"

    board.unlink()
    publish(site)
    assert not page.is_symlink()
    assert (outside / "index.html").read_text() == "not ours"


def test_what_changes_meanwhile_is_written_too(item, site, monkeypatch, tmp_path):
    walk, acted = publishing.Walker.walk, []

    def acting(self, scope, starts, known):
        found = walk(self, scope, starts, known)
        if scope.startswith("list:") and not acted:
            acted.append(scope)
            ACTS["report_progress"](fresh(item))
        return found

    monkeypatch.setattr(publishing.Walker, "walk", acting)
    publish(site)
    monkeypatch.setattr(publishing.Walker, "walk", walk)
    publish(tmp_path / "anew")

    assert acted
    assert files_of(site) == files_of(tmp_path / "anew")


def test_says_nothing_but_on_a_terminal(item, site, monkeypatch):
    assert refused_or_not(site) == ""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    call_command("publish_site", site, processes=1, stdout=shown, sheets=False)

    assert "0" in shown.getvalue()


def test_state_of_another_folder_is_not_taken_for_it(item, site, tmp_path):
    publish(site)
    before = files_of(site)
    for path in sorted(site.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()

    publish(site)

    assert files_of(site) == before
