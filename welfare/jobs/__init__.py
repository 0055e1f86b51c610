"""The site's clock: jobs that nobody asks for, each done once a day by whichever tick comes first.

What lives for hours only is cleared up by every tick (`EACH_TICK`).

`manage.py tick` runs every few minutes. A job finds by itself what there is to do, so that one
that was killed halfway, or not called for a week, does the rest the next time.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone

from items import actions
from items.actions import photo_files
from items.guards import arrival
from items.ledger import heads
from items.sheets import uploads
from welfare import rate_limit, tallies
from welfare.account import sessions
from welfare.backup import create
from welfare.models import JobRun
from welfare.printing import pdf
from welfare.printing.bulletin import print_due

# In the order in which they run. Each takes the time, and returns how many things it did.
JOBS: dict[str, Callable[[datetime], int]] = {
    "sign_heads": heads.sign,
    "count_verdicts": lambda now: actions.count_verdicts(timezone.localdate(now)),
    "carry_out_announced": actions.carry_out_announced,
    "open_reviews": lambda now: actions.open_reviews(timezone.localdate(now)),
    "draw_look_backs": lambda now: actions.draw_look_backs(timezone.localdate(now)),
    "forget_answered": lambda now: actions.forget_answered(timezone.localdate(now)),
    "forget_coachings": lambda now: actions.forget_coachings(timezone.localdate(now)),
    "forget_contacts": lambda now: actions.forget_contacts(timezone.localdate(now)),
    "forget_cases": lambda now: actions.forget_cases(timezone.localdate(now)),
    "forget_exports": actions.forget_exports,
    "forget_tallies": lambda now: tallies.forget_earlier(now.timestamp()),
    "forget_counters": rate_limit.forget_expired,
    "clear_sessions": sessions.clear_expired,
    "forget_uploads": actions.forget_uploads,
    "forget_sheets": lambda now: uploads.forget_old(now.timestamp()),
    "print_bulletins": lambda now: print_due(),
    "forget_prints": lambda now: pdf.forget_old(now.timestamp()),
    "sweep_photos": lambda now: len(photo_files.sweep(now.timestamp())),
    "forget_order": lambda now: arrival.forget(),
    "backup": create.make_due,  # last: signed, and without what had to be forgotten
}

# Done with every tick: what they clear up lives for an hour, or for a day; a PDF is waited for
EACH_TICK = {
    *("forget_tallies", "forget_counters", "forget_uploads", "forget_sheets", "forget_prints"),
    "print_bulletins",
}

log = logging.getLogger(__name__)


def run_due(now: datetime | None = None) -> Iterator[JobRun]:
    """Run the jobs that weren't done yet today, and those of each tick; yield what they did.

    A job that raises doesn't hold up the others: its line says so, and the next tick tries again.
    Call it within `lock.only_one`: two at once would do a job twice.
    """
    now = now or timezone.now()
    day = timezone.localdate(now)
    done = set(JobRun.objects.filter(day=day, ended_at__isnull=False).values_list("job", flat=True))
    for name, job in JOBS.items():
        if name not in done:
            yield _run(name, job, now)
        elif name in EACH_TICK:
            run = _run(name, job, now)
            if run.count or run.failure:
                yield run


def _run(name: str, job: Callable[[datetime], int], now: datetime) -> JobRun:
    try:
        with noted(name, now) as run:
            run.count = job(now)
    except Exception:
        log.exception("The job %s failed; the next tick tries again.", name)
    return run


@contextmanager
def noted(name: str, now: datetime) -> Iterator[JobRun]:
    """Write down that a job runs while the block does, and how it ended."""
    run, _new = JobRun.objects.get_or_create(job=name, day=timezone.localdate(now))
    run.attempts, run.started_at, run.failure = run.attempts + 1, timezone.now(), ""
    run.save()  # so that one which is killed has a line without an end
    try:
        yield run
    except Exception as failure:
        run.failure = type(failure).__name__
        run.save()
        raise
    run.ended_at = timezone.now()
    run.save()
