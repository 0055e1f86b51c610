"""The folder of a static edition: one run at a time, made aside, and put in place at the end.

Files are written into a folder beside the edition's own, inside it, and moved when all are there:
what is new first, then what changed, and last goes what isn't published any more. So no page links
to what isn't there yet, and no file is ever half. Nothing is executable, no link is followed.
"""

import fcntl
import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

MARK = ".edition"  # says whose the folder is, and by which run it was put in place
STAGED = ".edition-next"
SIGNATURE = "A static edition of the board, made by manage.py publish_site."
FILE_MODE, FOLDER_MODE = 0o644, 0o755
AT_ONCE = 500  # files that are made durable one by one; of more, the whole disk


class EditionError(Exception):
    """The edition can't be written; what is said tells why, and what to do."""


class Folder:
    """A folder that holds a static edition, and nothing else."""

    def __init__(self, path: Path):
        self.path, self.staged = path, path / STAGED
        self._safe: set[str] = set()

    @contextmanager
    def only_one(self) -> Iterator[None]:
        """Hold the folder for this run; refuse one that isn't ours or that another run holds."""
        try:
            if not self.path.is_dir():
                self.path.mkdir(parents=True)
                self.path.chmod(FOLDER_MODE)
            handle = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as failure:
            raise EditionError(
                _("%(path)s can’t be used: %(why)s. Name a folder that this account may write to.")
                % {"path": self.path, "why": failure.strerror}
            ) from failure
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._claim()
            yield
        except BlockingIOError as failure:
            raise EditionError(
                _("Another run is writing to %s. Wait until it has ended.") % self.path
            ) from failure
        finally:
            shutil.rmtree(self.staged, ignore_errors=True)
            os.close(handle)

    def _claim(self) -> None:
        """Refuse a folder that holds something that isn't an edition of ours."""
        if self.path.stat().st_mode & stat.S_IWOTH:
            raise EditionError(
                _("Everybody may write to %s. Take that right away: chmod o-w.") % self.path
            )
        present = os.listdir(self.path)
        if present and not self._mark():
            raise EditionError(
                _(
                    "%s isn’t empty and holds no edition. Name a folder of its own: what isn’t part"
                    " of the edition would be deleted there."
                )
                % self.path
            )
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise EditionError(
                _("This account may not write to %s. Give it the folder: chown.") % self.path
            )
        if not present:
            self.mark()
        shutil.rmtree(self.staged, ignore_errors=True)
        self.staged.mkdir(mode=0o700)

    def _mark(self) -> list[str]:
        try:
            said = self.path.joinpath(MARK)
            lines = said.read_text().splitlines() if not said.is_symlink() else []
        except (OSError, ValueError):
            return []
        return lines if lines[:1] == [SIGNATURE] else []

    def token(self) -> str:
        """Return by which run the edition was put in place."""
        return "".join(self._mark()[1:2])

    def mark(self) -> str:
        """Write that another run puts its files in place now; return its token.

        A run that breaks off afterwards is noticed by the next: nobody knows the token.
        """
        token = secrets.token_hex(8)
        self._write(self.staged.parent / f"{MARK}-new", f"{SIGNATURE}\n{token}\n".encode())
        os.replace(self.path / f"{MARK}-new", self.path / MARK)
        return token

    def stage(self, name: str, content: bytes) -> bool:
        """Keep a file for the edition aside; nothing, when it is there already with this content.

        Tell whether it is another than before.
        """
        place = self.staged / name
        if self._content(name) == content:
            place.unlink(missing_ok=True)  # of an earlier look, before something changed back
            return False
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        self._write(place, content)
        return True

    def _content(self, name: str) -> bytes | None:
        try:
            handle = os.open(self.path / name, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            return None
        with open(handle, "rb") as file:
            right = stat.S_IMODE(os.fstat(handle).st_mode) == FILE_MODE
            return file.read() if right else None

    @staticmethod
    def _write(place: Path, content: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        with open(os.open(place, flags, FILE_MODE), "wb") as file:
            os.fchmod(file.fileno(), FILE_MODE)
            file.write(content)

    def put_in_place(self, files: set[str], gone: Iterable[str]) -> tuple[int, int, str]:
        """Move those of the edition's files that are staged into it, then delete `gone`.

        Return how many are new or changed, how many went, and the token of this run.
        """
        staged = sorted(str(path.relative_to(self.staged)) for path in files_in(self.staged))
        staged = [name for name in staged if name in files]
        self._make_durable(staged)
        token = self.mark()
        for name in sorted(staged, key=lambda name: (self.path / name).exists()):
            self._folder(os.path.dirname(name))
            os.replace(self.staged / name, self.path / name)
        went = 0
        for name in gone:
            self._folder(os.path.dirname(name), make=False)
            try:
                os.unlink(self.path / name)
                went += 1
            except FileNotFoundError:
                continue
            self._tidy(os.path.dirname(name))
        return len(staged), went, token

    def _make_durable(self, staged: list[str]) -> None:
        """Let a power cut find whole files: their content first, then their names."""
        if len(staged) > AT_ONCE:
            os.sync()
            return
        for name in staged:
            handle = os.open(self.staged / name, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)

    def _folder(self, name: str, *, make: bool = True) -> None:
        """Make a folder of the edition where it isn't; never through a link."""
        if not name or name in self._safe:
            return
        self._folder(os.path.dirname(name), make=make)
        place = self.path / name
        if make and not place.is_symlink():
            place.mkdir(mode=FOLDER_MODE, exist_ok=True)
            place.chmod(FOLDER_MODE)  # whatever the umask says: a web server reads it
        if place.is_symlink():
            raise EditionError(
                _("%s is a link to another place. Remove it, and run this again.") % place
            )
        self._safe.add(name)

    def _tidy(self, name: str) -> None:
        """Remove the folders that have become empty."""
        while name:
            try:
                os.rmdir(self.path / name)
            except OSError:
                return
            self._safe.discard(name)
            name = os.path.dirname(name)

    def others(self, mine: set[str]) -> list[str]:
        """Return the files that lie in the folder and aren't part of the edition."""
        mine = mine | {MARK}
        found = (str(path.relative_to(self.path)) for path in files_in(self.path))
        return [name for name in found if name not in mine and not name.startswith(f"{STAGED}/")]


def files_in(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder and below it, links as such."""
    for root, folders, names in os.walk(folder):
        for name in names:
            yield Path(root, name)
        for name in folders:
            if (place := Path(root, name)).is_symlink():
                yield place
