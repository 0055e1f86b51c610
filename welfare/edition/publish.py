"""Write the static edition: every public page that a link leads to, or only what changed.

Pages are written by scope (`addresses`): of a list, a board, a committee, a place. A scope is
walked along its own links; where they lead out of it, the scope there is walked, too. What no scope
leads to any more is deleted at the end. While something changes during a run, what changed is
written once more before anything is put in place, so that the edition is of one moment.
"""

import errno
import gc
import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connections
from django.templatetags.static import static
from django.utils.translation import gettext as _

from welfare.edition import changes, state
from welfare.edition.addresses import ENTRIES, Addresses, file_of
from welfare.edition.asking import Site, body_of
from welfare.edition.folder import EditionError, Folder
from welfare.edition.pages import Rewriting, elsewhere, is_elsewhere, style
from welfare.edition.state import Scope, State

LOOKS = 5  # at the version, while it changes under the run
MANY = 40  # scopes from which on more than one process is worth its start
PDF = ".pdf"


class Outcome(NamedTuple):
    """What a run did."""

    pages: int  # of the whole edition, with photos and data
    written: int
    deleted: int
    dead: list[str]  # addresses that a page leads to, and where nothing is


class Walked(NamedTuple):
    """What a walk through a scope found."""

    scope: str
    pages: list[str]
    out: list[str]
    dead: list[str]


class Walker:
    """Walks through scopes and stages their files; each process has one."""

    def __init__(self, folder: Path, *, sheets: bool):
        self.folder, self.site = Folder(folder), Site()
        self.addresses = Addresses(sheets=sheets)
        self.rewriting = Rewriting(self.addresses, self.is_there)
        self.printed: dict[str, bytes | None] = {}  # PDFs of the scope, None for those not made

    def walk(self, scope: str, starts: list[str], known: set[str]) -> Walked:
        """Stage what a scope has from `starts` on, but what is known already."""
        self.printed.clear()
        waiting, seen = list(starts), {*starts, *known}
        pages: list[str] = []
        out: set[str] = set()
        dead: list[str] = []
        while waiting:
            address = waiting.pop()
            content, found = self._read(address)
            if content is None:
                dead.append(address)
                continue
            self.folder.stage(file_of(address), content)
            pages.append(address)
            for link in found:
                if self.scope_of(link) != scope:
                    out.add(link)
                elif link not in seen:
                    seen.add(link)
                    waiting.append(link)
        return Walked(scope, pages, sorted(out), dead)

    def scope_of(self, address: str) -> str:
        return changes.SITE if is_elsewhere(address) else self.addresses.scope_of(address)

    def is_there(self, address: str) -> bool:
        """Tell whether a file can be had now; pages are believed to be there."""
        if not address.endswith(PDF):
            return True
        if address not in self.printed:
            self.printed[address] = self._ask(address)
        return self.printed[address] is not None

    def _ask(self, address: str) -> bytes | None:
        response = self.site.get(address)
        body = body_of(response)
        if response.status_code >= 500 and not address.endswith(PDF):
            raise EditionError(
                _(
                    "The page %(address)s failed (%(status)s); the log says why."
                    " Nothing was changed."
                )
                % {"address": address, "status": response.status_code}
            )
        return body if response.status_code == 200 else None

    def _read(self, address: str) -> tuple[bytes | None, set[str]]:
        """Return a file of the edition, None where nothing is, and where it leads."""
        if is_elsewhere(address):
            return self._rewritten(elsewhere(address), address)
        content = self.printed.pop(address, None) or self._ask(address)
        if content is None:
            return None, set()
        if address.partition("?")[0].endswith("/"):
            return self._rewritten(content.decode(), address)
        if address.endswith(".css"):
            return style(content.decode()).encode(), set()
        return content, set()

    def _rewritten(self, html: str, address: str) -> tuple[bytes, set[str]]:
        page, found = self.rewriting.page(html, address, static)
        return page.encode(), found


_walker: Walker | None = None


def _begin(folder: Path, sheets: bool) -> None:
    """Give a process its walker."""
    global _walker
    _walker = Walker(folder, sheets=sheets)


def _walk(scope: str, starts: list[str], known: set[str]) -> Walked:
    assert _walker
    return _walker.walk(scope, starts, known)


class Publishing:
    """One run."""

    def __init__(
        self,
        folder: Path,
        *,
        sheets: bool = False,
        processes: int = 1,
        tell: Callable[[int, int], None] = lambda pages, waiting: None,
    ):
        self.folder, self.sheets, self.processes, self.tell = folder, sheets, processes, tell
        self.walker = Walker(folder, sheets=sheets)
        self.scopes: dict[str, Scope] = {}
        self.dead: set[str] = set()

    def run(self) -> Outcome:
        """Write what changed since the last run, or everything."""
        target = Folder(self.folder)
        with target.only_one(), _disk_said(self.folder):
            before = state.load(self.folder)
            known = bool(before.token) and before.token == target.token()
            made_by, number = state.made_by(sheets=self.sheets), state.revision()
            if known and (before.made_by, before.revision) == (made_by, number or -1):
                return Outcome(_count(before.scopes), 0, 0, [])
            old = _files(before.scopes)
            digests = changes.digests()
            dirty = changes.dirty(before.digests, digests) if known else None
            if before.made_by != made_by:
                dirty = None
            self.scopes = {} if dirty is None else before.scopes
            self._write(dirty)
            for _look in range(LOOKS):
                made_by, again = state.made_by(sheets=self.sheets), state.revision()
                if again == number and number:
                    break
                number, later = again, changes.digests()
                if later == digests:
                    break
                self._write(changes.dirty(digests, later))
                digests = later
            self._leave_out_what_nothing_leads_to()
            files = _files(self.scopes)
            gone = sorted(old - files) if known and dirty is not None else target.others(files)
            written, deleted, token = target.put_in_place(files, gone)
            now = State(made_by, number, digests, self.scopes, token)
            state.save(self.folder, now)
            return Outcome(len(files), written, deleted, sorted(self.dead))

    def _write(self, dirty: set[str] | None) -> None:
        """Stage the scopes that are dirty, and those that are new; all, where that is None."""
        kept = {} if dirty is None else {k: v for k, v in self.scopes.items() if k not in dirty}
        self.scopes = dict(kept)
        wanted: dict[str, set[str]] = defaultdict(set)
        self._want(ENTRIES, wanted)
        for scope in kept.values():
            self._want(scope.out, wanted)
        many = self.processes > 1 and (dirty is None or len(dirty) > MANY)
        with self._workers(many) as submit:
            self._work(wanted, submit)

    def _want(self, addresses: Iterable[str], wanted: dict[str, set[str]]) -> None:
        for address in addresses:
            scope = self.walker.scope_of(address)
            if address not in self._known(scope):
                wanted[scope].add(address)

    def _known(self, scope: str) -> set[str]:
        return set(self.scopes[scope].pages) if scope in self.scopes else set()

    def _work(self, wanted: dict[str, set[str]], submit: Callable[..., Future]) -> None:
        """Walk through what is wanted, and through what that leads to, until nothing is."""
        running: dict[Future, str] = {}
        asked: dict[str, set[str]] = {}
        while wanted or running:
            busy = set(running.values())
            for scope in [name for name in wanted if name not in busy]:
                starts = wanted.pop(scope) - asked.setdefault(scope, self._known(scope))
                if starts:
                    known = set(asked[scope])
                    asked[scope] |= starts
                    running[submit(scope, sorted(starts), known)] = scope
            done, _others = wait(running, return_when=FIRST_COMPLETED) if running else ((), ())
            for task in done:
                del running[task]
                self._take(task.result(), asked, wanted)
            self.tell(_count(self.scopes), len(wanted) + len(running))

    def _take(
        self, walked: Walked, asked: dict[str, set[str]], wanted: dict[str, set[str]]
    ) -> None:
        whole = self.scopes.setdefault(walked.scope, Scope())
        whole.pages += walked.pages
        whole.out = sorted({*whole.out, *walked.out})
        asked[walked.scope].update(walked.pages, walked.dead)
        self.dead.update(walked.dead)
        for address in walked.out:
            scope = self.walker.scope_of(address)
            if address not in asked.setdefault(scope, self._known(scope)):
                wanted[scope].add(address)

    @contextmanager
    def _workers(self, many: bool) -> Iterator[Callable[..., Future]]:
        """Give what walks through a scope: this process, or several beside it."""
        if not many:
            yield partial(_at_once, self.walker.walk)
            return
        connections.close_all()  # no process may speak on another's connection
        gc.freeze()  # what they share stays shared
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(
            self.processes, fork, initializer=_begin, initargs=(self.folder, self.sheets)
        ) as pool:
            try:
                yield lambda *task: pool.submit(_walk, *task)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _leave_out_what_nothing_leads_to(self) -> None:
        """Keep the scopes that the first page leads to, and of the assets those that are shown."""
        reached: set[str] = set(ENTRIES)
        waiting, alive = [changes.SITE], {changes.SITE}
        while waiting:
            scope = self.scopes.get(waiting.pop(), Scope())
            reached.update(scope.out)
            for name in {self.walker.scope_of(address) for address in scope.out} - alive:
                alive.add(name)
                waiting.append(name)
        self.scopes = {name: scope for name, scope in self.scopes.items() if name in alive}
        if assets := self.scopes.get("asset"):
            assets.pages = [address for address in assets.pages if address in reached]


def _at_once(work: Callable[..., Walked], *args: Any) -> Future:
    done: Future = Future()
    done.set_result(work(*args))
    return done


def _files(scopes: dict[str, Scope]) -> set[str]:
    return {file_of(address) for scope in scopes.values() for address in scope.pages}


def _count(scopes: dict[str, Scope]) -> int:
    return sum(len(scope.pages) for scope in scopes.values())


@contextmanager
def _disk_said(folder: Path) -> Iterator[None]:
    """Say in a sentence what the disk refused."""
    try:
        yield
    except OSError as failure:
        full = failure.errno in (errno.ENOSPC, errno.EDQUOT)
        sentence = (
            _("The disk of %(folder)s is full. Make room, and run this again: %(why)s.")
            if full
            else _("Writing to %(folder)s failed: %(why)s. Mend that, and run this again.")
        )
        why = failure.strerror or str(failure)
        raise EditionError(sentence % {"folder": folder, "why": why}) from failure
