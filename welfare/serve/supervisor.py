"""Two children that serve, started again when one ends, and ended together."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable

STOP = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
START_ANEW = signal.SIGUSR1  # from a child that saw why all must
HEARD = STOP | {signal.SIGCHLD, START_ANEW}
GRACE = 4  # seconds for requests in flight; everything is gone a second later
PAUSE = 0.5  # seconds before a child that ended at once is started again
PR_SET_PDEATHSIG = 1


def supervise(roles: dict[str, Callable[[], None]]) -> None:
    """Run each role in a process of its own until a signal says stop; then end them all.

    The roles end in the order in which they stand. Each has a process group of its own, so that
    what a terminal or systemd sends to the group reaches us alone, and is killed by the kernel
    should we die first.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    running = {start(run): name for name, run in roles.items()}
    begun = dict.fromkeys(roles, time.monotonic())
    while True:
        heard = signal.sigwaitinfo(HEARD).si_signo
        if heard in STOP:
            return stop(running, list(roles))
        if heard == START_ANEW:
            stop(running, list(roles))
            running = {start(run): name for name, run in roles.items()}
        for pid in ended():
            name = running.pop(pid, None)
            if name:
                if time.monotonic() - begun[name] < PAUSE:
                    time.sleep(PAUSE)
                begun[name] = time.monotonic()
                running[start(roles[name])] = name


def start(run: Callable[[], None]) -> int:
    """Return the pid of a child that runs `run`."""
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setpgid(0, 0)
        die_with(parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
        run()
        os._exit(0)
    except SystemExit as ending:
        os._exit(ending.code if isinstance(ending.code, int) else 1)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)


def die_with(parent: int) -> None:
    """Have the kernel kill this process as soon as its parent is gone; Linux alone can."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def ended() -> list[int]:
    """Return the pids of all children that have ended."""
    found = []
    while True:
        try:
            pid, _status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if not pid:
            return found
        found.append(pid)


def stop(running: dict[int, str], order: list[str]) -> None:
    """End the children one after the other, each politely, and all of them in the end."""
    until = time.monotonic() + GRACE
    for pid in sorted(running, key=lambda pid: order.index(running[pid])):
        os.kill(pid, signal.SIGTERM)
        while time.monotonic() < until and pid in running:
            if signal.sigtimedwait({signal.SIGCHLD}, 0.1) or True:
                for gone in ended():
                    running.pop(gone, None)
    for pid in running:
        os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
