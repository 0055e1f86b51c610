"""What people do: one function per act, atomic, with `by=`, leaving a ledger entry."""

from items.actions.check import log_visit, reopen_item, send_back_item, sign_off_item
from items.actions.copy import copy_list
from items.actions.correct import correct_item, erase_words
from items.actions.deadline import (
    ask_extension,
    decide_extension,
    put_on_hold,
    resume_item,
    withdraw_item,
)
from items.actions.deliver import deliver, take_back
from items.actions.draft import (
    Draft,
    bring_in,
    create_list,
    delete_draft,
    mark_starting_is_the_matter,
    write_draft,
)
from items.actions.list import add_item, carry_over, close_list, publish_list
from items.actions.notice import see_notices
from items.actions.occasion import call_off_occasion, hold_occasion, plan_occasion
from items.actions.people import appoint, hand_over_item
from items.actions.photo import add_photo, hide_photo, release_photo, report_with_photos
from items.actions.progress import (
    claim_item,
    enter_for_owner,
    release_entry,
    report_progress,
    start_item,
)
from items.actions.table import write_table
from items.actions.task import finish_task, set_task

__all__ = [
    "Draft",
    "add_item",
    "add_photo",
    "appoint",
    "ask_extension",
    "bring_in",
    "call_off_occasion",
    "carry_over",
    "claim_item",
    "close_list",
    "copy_list",
    "correct_item",
    "create_list",
    "decide_extension",
    "delete_draft",
    "deliver",
    "enter_for_owner",
    "erase_words",
    "finish_task",
    "hand_over_item",
    "hide_photo",
    "hold_occasion",
    "log_visit",
    "mark_starting_is_the_matter",
    "plan_occasion",
    "publish_list",
    "put_on_hold",
    "release_entry",
    "release_photo",
    "reopen_item",
    "report_progress",
    "report_with_photos",
    "resume_item",
    "see_notices",
    "send_back_item",
    "set_task",
    "sign_off_item",
    "start_item",
    "take_back",
    "withdraw_item",
    "write_draft",
    "write_table",
]
