"""What people do: one function per act, atomic, with `by=`, leaving a ledger entry."""

from items.actions.annotation import Annotation, annotate_item, annotate_items
from items.actions.announcement import carry_out_announced, take_down
from items.actions.appeal import answer_appeal, appeal
from items.actions.assessment import (
    add_erratum,
    issue_assessment,
    try_assessment,
    write_assessment,
)
from items.actions.batch import Report, Reported, refuse_batch, release_batch, report_many
from items.actions.bulletin import (
    approved_here,
    ask_for_bulletin,
    correct_bulletin,
    drop_erratum,
    issue_bulletin,
    keep_print,
    write_bulletin,
)
from items.actions.call import end_call, issue_call, write_call
from items.actions.case import (
    add_case_file,
    forget_cases,
    open_case_file,
    read_case,
    remove_case_file,
)
from items.actions.check import log_visit, reopen_item, send_back_item, sign_off_item
from items.actions.coaching import forget_coachings, tell_coaching, why_not_told
from items.actions.confirmation import check_settled
from items.actions.contact import forget_contacts, has_contact, see_contact, tell_by_phone
from items.actions.copy import copy_list
from items.actions.correction import correct_item, correct_photo
from items.actions.deadline import (
    ask_extension,
    decide_extension,
    put_on_hold,
    resume_item,
    withdraw_item,
)
from items.actions.decision import Decision
from items.actions.delivery import deliver, take_back
from items.actions.draft import (
    Draft,
    bring_in,
    create_list,
    delete_draft,
    mark_starting_is_the_matter,
    write_draft,
)
from items.actions.duty import appoint, hand_over_item
from items.actions.entered_suggestion import enter_suggestion
from items.actions.erasure import erase_closing_name, erase_words
from items.actions.kept_upload import forget_uploads
from items.actions.leader import mark_leader
from items.actions.ledger_export import forget_exports, keep_base, number_export
from items.actions.list import add_item, publish_list, publish_plan, put_up_list, take_down_list
from items.actions.look_back import look_back, open_look_back
from items.actions.look_back_draw import draw_look_backs
from items.actions.measure import undo_measures
from items.actions.mention import mention_suggestion
from items.actions.named_posts import name_releasing_post, name_review_posts, named_posts
from items.actions.notice import see_notices
from items.actions.occasion import call_off_occasion, hold_occasion, plan_occasion
from items.actions.office_contact import set_office_contact
from items.actions.part import add_part, correct_part, extend_part, undo_part
from items.actions.photo import add_photo, hide_photo, release_photo
from items.actions.progress import (
    claim_item,
    enter_for_owner,
    refuse_entry,
    release_entry,
    report_progress,
    start_item,
)
from items.actions.ready_answers import ready_answers_of, set_ready_answers
from items.actions.reduction import reduce_item
from items.actions.rename import rename
from items.actions.report_link import make_link, report_by_link, revoke_link
from items.actions.response import (
    adopt,
    adopt_as_added,
    adopt_as_draft,
    answer_again,
    ask_back,
    decline,
    erase,
    hide_answer,
    let_in,
    merge,
    settle,
    show_answer,
    sort,
    take_up_again,
)
from items.actions.review import open_reviews, review_item
from items.actions.site_visit import log_site_visit, withdraw_visit
from items.actions.suggestion import (
    ask_again,
    ask_erasing,
    reopen_suggestion,
    reply,
    suggest,
    take_words_back,
    why_not_taken_back,
)
from items.actions.synonyms import set_synonyms, synonyms_of
from items.actions.table import write_table
from items.actions.table_view import delete_view, save_view
from items.actions.task import finish_task, set_task
from items.actions.triage import NotDone, Shown, let_in_many, merge_many, triage
from items.actions.urge import urge_item
from items.actions.verdict import count_verdicts, forget_answered, give_verdict, open_verdict
from items.actions.year import bring_back, carry_over, change_year, close_list

__all__ = [
    "Annotation",
    "Decision",
    "Draft",
    "NotDone",
    "Report",
    "Reported",
    "Shown",
    "add_case_file",
    "add_erratum",
    "add_item",
    "add_part",
    "add_photo",
    "adopt",
    "adopt_as_added",
    "adopt_as_draft",
    "annotate_item",
    "annotate_items",
    "answer_again",
    "answer_appeal",
    "appeal",
    "appoint",
    "approved_here",
    "ask_again",
    "ask_back",
    "ask_erasing",
    "ask_extension",
    "ask_for_bulletin",
    "bring_back",
    "bring_in",
    "call_off_occasion",
    "carry_out_announced",
    "carry_over",
    "change_year",
    "check_settled",
    "claim_item",
    "close_list",
    "copy_list",
    "correct_bulletin",
    "correct_item",
    "correct_part",
    "correct_photo",
    "count_verdicts",
    "create_list",
    "decide_extension",
    "decline",
    "delete_draft",
    "delete_view",
    "deliver",
    "draw_look_backs",
    "drop_erratum",
    "end_call",
    "enter_for_owner",
    "enter_suggestion",
    "erase",
    "erase_closing_name",
    "erase_words",
    "extend_part",
    "finish_task",
    "forget_answered",
    "forget_cases",
    "forget_coachings",
    "forget_contacts",
    "forget_exports",
    "forget_uploads",
    "give_verdict",
    "hand_over_item",
    "has_contact",
    "hide_answer",
    "hide_photo",
    "hold_occasion",
    "issue_assessment",
    "issue_bulletin",
    "issue_call",
    "keep_base",
    "keep_print",
    "let_in",
    "let_in_many",
    "log_site_visit",
    "log_visit",
    "look_back",
    "make_link",
    "mark_leader",
    "mark_starting_is_the_matter",
    "mention_suggestion",
    "merge",
    "merge_many",
    "name_releasing_post",
    "name_review_posts",
    "named_posts",
    "number_export",
    "open_case_file",
    "open_look_back",
    "open_reviews",
    "open_verdict",
    "plan_occasion",
    "publish_list",
    "publish_plan",
    "put_on_hold",
    "put_up_list",
    "read_case",
    "ready_answers_of",
    "reduce_item",
    "refuse_batch",
    "refuse_entry",
    "release_batch",
    "release_entry",
    "release_photo",
    "remove_case_file",
    "rename",
    "reopen_item",
    "reopen_suggestion",
    "reply",
    "report_by_link",
    "report_many",
    "report_progress",
    "resume_item",
    "review_item",
    "revoke_link",
    "save_view",
    "see_contact",
    "see_notices",
    "send_back_item",
    "set_office_contact",
    "set_ready_answers",
    "set_synonyms",
    "set_task",
    "settle",
    "show_answer",
    "sign_off_item",
    "sort",
    "start_item",
    "suggest",
    "synonyms_of",
    "take_back",
    "take_down",
    "take_down_list",
    "take_up_again",
    "take_words_back",
    "tell_by_phone",
    "tell_coaching",
    "triage",
    "try_assessment",
    "undo_measures",
    "undo_part",
    "urge_item",
    "why_not_taken_back",
    "why_not_told",
    "withdraw_item",
    "withdraw_visit",
    "write_assessment",
    "write_bulletin",
    "write_call",
    "write_draft",
    "write_table",
]
