"""Logging: lines without names or contents, as JSON where LOG_JSON=1, one a minute for each fault.

A record says what failed and where in the code, never what was sent: no path (it may hold a
token), no words of an exception (a database quotes the values that it refuses), no address.
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Timer
from types import TracebackType

from django.db import InterfaceError, OperationalError

EVERY = 60  # seconds between two lines about one kind of fault
ROOT = f"{Path(__file__).resolve().parent.parent}/"
# Where a request stands on the way through the site: its id, and whether it may be told at all.
request_id: ContextVar[str] = ContextVar("request_id", default="")
is_anonymous: ContextVar[bool] = ContextVar("is_anonymous", default=False)


def facts(record: logging.LogRecord) -> dict:
    """Return what a line says, in order; what is empty is left out."""
    request = getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    said = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": _message(record, request),
        "request": "" if is_anonymous.get() else request_id.get(),
        "method": getattr(request, "method", "") or "",
        "route": match.route if match else "",
        "status": getattr(record, "status_code", ""),
        "fault": _fault(record),
        "count": getattr(record, "count", ""),
        "trace": _trace(record),
    }
    return {name: value for name, value in said.items() if value not in ("", [])}


def _message(record: logging.LogRecord, request) -> str:
    """Return the message; of a request's record only what stands before its path or host."""
    message = record.getMessage()
    return re.split(r"[:(']", message)[0].strip() if request is not None else message


def _failure(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


def _fault(record: logging.LogRecord) -> str:
    """Return the exception's kind; its words only where they are the system's own."""
    failure = _failure(record)
    if isinstance(failure, OSError):
        return f"{type(failure).__name__}: {failure.strerror}"
    if isinstance(failure, OperationalError | InterfaceError):
        return f"{type(failure).__name__}: {str(failure).strip().splitlines()[0]}"
    return type(failure).__name__ if failure else ""


def _trace(record: logging.LogRecord) -> list[str]:
    """Return where in the code it failed, the outermost call first; causes come before."""
    if record.name.startswith("django.security"):
        return []  # about the request, not about our code
    lines: list[str] = []
    failure = _failure(record)
    while failure is not None:
        calls = traceback.extract_tb(failure.__traceback__)
        here = [f"{_short(call.filename)}:{call.lineno} {call.name}" for call in calls]
        lines = [*here, type(failure).__name__, *lines]
        failure = failure.__cause__ or (
            None if failure.__suppress_context__ else failure.__context__
        )
    return lines


def _short(filename: str) -> str:
    return filename.removeprefix(ROOT).rpartition("site-packages/")[2]


class JsonLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record):
        return json.dumps(facts(record), ensure_ascii=False)


class ShortLine(logging.Formatter):
    """A record as a line for people, with where it failed below it."""

    def format(self, record):
        said = facts(record)
        more = [str(said[key]) for key in ("method", "route", "fault") if key in said]
        number = f" [{said['request']}]" if "request" in said else ""
        line = f"{record.levelname} {record.name}{number}: {' '.join([said['message'], *more])}"
        return "\n  ".join([line, *said.get("trace", [])])


class AnonymousStays(logging.Filter):
    """Let nothing be logged of what workers send, but faults of the site."""

    def filter(self, record):
        return not is_anonymous.get() or record.levelno >= logging.ERROR


class OncePerMinute(logging.Filter):
    """Log a kind of fault once a minute in each process, and then how many more there were."""

    def __init__(self, every: float = EVERY):
        super().__init__()
        self.every, self.lock = every, Lock()
        self.counts: dict[tuple, int] = {}  # of those that weren't logged, by kind

    def filter(self, record):
        kind = _kind(record)
        if kind is None or hasattr(record, "count"):
            return True
        with self.lock:
            if kind in self.counts:
                self.counts[kind] += 1
                return False
            self.counts[kind] = 0
        timer = Timer(self.every, self.flush, [kind])
        timer.daemon = True
        timer.start()
        return True

    def flush(self, kind: tuple) -> None:
        """Say how many more there were of a kind; begin anew with it."""
        with self.lock:
            count = self.counts.pop(kind, 0)
        if count:
            name, fault, place = kind
            said = {"count": count}
            logging.getLogger(name).error("%s more: %s at %s", count, fault, place, extra=said)


def _kind(record: logging.LogRecord) -> tuple | None:
    """Return what makes two records the same fault; None for what is none.

    That is the exception and its line of code, or an answer's status and its route.
    """
    if failure := _failure(record):
        return record.name, type(failure).__name__, _place(failure.__traceback__)
    if status := getattr(record, "status_code", 0):
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        return record.name, str(status), match.route if match else ""
    return None


def _place(trace: TracebackType | None) -> str:
    """Return where a failure was raised."""
    calls = traceback.extract_tb(trace, limit=-1)
    return f"{_short(calls[-1].filename)}:{calls[-1].lineno}" if calls else ""
