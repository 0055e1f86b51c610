"""The backup's file: a tar archive whose last member is a manifest of SHA-256 hashes.

It is written and read as a stream, so that two gigabytes of photos take no memory. The age format
(pyrage) encrypts it in between, in a thread of its own, since its library pulls what tar pushes.
"""

import hashlib
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from threading import Thread
from typing import IO, Any

import pyrage
from django.utils.translation import gettext as _

from welfare.backup import BackupError

FORMAT = 1
MANIFEST = "manifest.json"
MAGIC = b"age-encryption.org/v1"
CHUNK = 2**20  # bytes
Manifest = dict[str, Any]


class Writer:
    """Adds members to an archive and remembers what they were."""

    def __init__(self, tar: tarfile.TarFile):
        self._tar, self.files = tar, dict[str, dict[str, Any]]()

    def add(self, name: str, place: Path) -> bool:
        """Add a file; return False when it isn't there (any more)."""
        try:
            source = place.open("rb")
        except FileNotFoundError:
            return False
        with source:
            about = os.fstat(source.fileno())
            hashing = _Hashing(source)
            self._tar.addfile(_member(name, about.st_size, about.st_mtime), hashing)
        self.files[name] = {"size": about.st_size, "sha256": hashing.sha256.hexdigest()}
        return True

    def finish(self, says: Manifest) -> None:
        """Write the manifest, which ends the archive."""
        manifest = {"format": FORMAT, **says, "files": self.files}
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        self._tar.addfile(_member(MANIFEST, len(text), 0), BytesIO(text))


@contextmanager
def writing(stream: IO[bytes]) -> Iterator[Writer]:
    """Yield the writer of an archive that goes into a stream."""
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        yield Writer(tar)


class _Hashing:
    """A file whose hash is known once it has been read."""

    def __init__(self, source: IO[bytes]):
        self._source, self.sha256 = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._source.read(size)
        self.sha256.update(content)
        return content


def _member(name: str, size: int, mtime: float) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, int(mtime), 0o600
    return member


def read(path: Path, key: str, put: Callable[[str, IO[bytes]], None] | None = None) -> Manifest:
    """Read a whole backup, compare it with its manifest, and return that.

    Each file is handed to `put`, by its name, before it is known to be right: believe none of them
    until this has returned. Raise `BackupError` where anything isn't as it was written.
    """
    found: dict[str, dict[str, Any]] = {}
    manifest: Manifest | None = None
    try:
        with _plain(path, key) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None or manifest is not None or not _is_ours(member.name):
                    raise BackupError(_damaged(path))
                if member.name == MANIFEST:
                    manifest = json.loads(content.read())
                    continue
                found[member.name] = _taken(member, content, put)
    except (tarfile.TarError, ValueError, EOFError) as broken:
        raise BackupError(_damaged(path)) from broken
    if manifest is None or manifest.get("files") != found:
        raise BackupError(_damaged(path))
    if manifest["format"] > FORMAT:
        sentence = _("%s was made by a newer version of this software. Restore it with that one.")
        raise BackupError(sentence % path)
    return manifest


def _taken(
    member: tarfile.TarInfo, content: IO[bytes], put: Callable[[str, IO[bytes]], None] | None
) -> dict[str, Any]:
    """Read a member to its end, hand it on, and return what it was."""
    hashing = _Hashing(content)
    if put:
        put(member.name, hashing)  # type: ignore[arg-type]
    while hashing.read(CHUNK):
        pass
    return {"size": member.size, "sha256": hashing.sha256.hexdigest()}


def _is_ours(name: str) -> bool:
    """Tell whether a name leads to nowhere but a folder that we unpack into."""
    parts = PurePosixPath(name).parts
    known = (parts[:1] in [("media",), ("ledger",)] and len(parts) > 1) or len(parts) == 1
    return known and not name.startswith("/") and ".." not in parts


def _damaged(path: Path) -> str:
    return _("%s is damaged, cut short or no backup of this site. Take another one.") % path


@contextmanager
def _plain(path: Path, key: str) -> Iterator[IO[bytes]]:
    """Open a backup as a plain stream, decrypted where it is encrypted."""
    with path.open("rb") as file:
        encrypted = file.read(len(MAGIC)) == MAGIC
        file.seek(0)
        if not encrypted:
            yield file
            return
        if not key:
            raise BackupError(_("%s is encrypted: set BACKUP_KEY to its key.") % path)
        with _decrypted(file, key, path) as stream:
            yield stream


@contextmanager
def _decrypted(file: IO[bytes], key: str, path: Path) -> Iterator[IO[bytes]]:
    identity = identity_of(key)
    reader, writer = os.pipe()
    failures: list[Exception] = []

    def decrypt() -> None:
        try:
            with os.fdopen(writer, "wb") as sink:
                pyrage.decrypt_io(file, sink, [identity])
        except Exception as failure:
            failures.append(failure)

    def look() -> None:
        thread.join()
        for failure in failures:
            if isinstance(failure, pyrage.DecryptError):
                sentence = _("BACKUP_KEY isn’t the key with which %s was encrypted.")
                raise BackupError(sentence % path) from failure
            raise BackupError(_damaged(path)) from failure

    thread = Thread(target=decrypt)
    thread.start()
    try:
        with os.fdopen(reader, "rb") as stream:
            yield stream
            while stream.read(CHUNK):
                pass
    except tarfile.TarError:
        look()  # what came was cut short, because the decryption failed
        raise
    finally:
        thread.join()
    look()


@contextmanager
def encrypted(out: IO[bytes], key: str) -> Iterator[IO[bytes]]:
    """Yield what to write into so that `out` gets it encrypted; `out` itself without a key."""
    if not key:
        yield out
        return
    recipient = identity_of(key).to_public()
    reader, writer = os.pipe()
    sink, failures = _Sink(out), list[Exception]()

    def encrypt() -> None:
        with os.fdopen(reader, "rb") as source:
            try:
                pyrage.encrypt_io(source, sink, [recipient])
            except Exception as failure:
                failures.append(sink.failure or failure)

    thread = Thread(target=encrypt)
    thread.start()
    try:
        with os.fdopen(writer, "wb") as stream:
            yield stream
    except BrokenPipeError:
        pass  # the thread failed, and says why
    finally:
        thread.join()
    for failure in failures:
        raise failure


class _Sink:
    """A file that remembers why it failed: pyrage passes on words only."""

    def __init__(self, out: IO[bytes]):
        self._out, self.failure = out, None

    def write(self, content: bytes) -> int:
        try:
            return self._out.write(content)
        except OSError as failure:
            self.failure = failure
            raise

    def flush(self) -> None:
        self._out.flush()


def identity_of(key: str):
    """Return the age key that BACKUP_KEY holds."""
    try:
        return pyrage.x25519.Identity.from_str(key)
    except pyrage.IdentityError as wrong:
        raise BackupError(
            _(
                "BACKUP_KEY is no age key (AGE-SECRET-KEY-1…). Make one with `manage.py backup"
                " --new-key`."
            )
        ) from wrong


def new_key() -> str:
    """Return a new key."""
    return str(pyrage.x25519.Identity.generate())
