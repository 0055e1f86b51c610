"""Every page of the desk in each of its states: who looks, where, and what they send."""

from dataclasses import dataclass

from tests.browser.every_page import LIST, NO_LIST

DESK = f"/desk{LIST}"
RELEASING = "/desk/committees/ironmaking/name_releasing_post/"
REVIEWING = "/desk/committees/ironmaking/name_review_posts/"
CONTACT = "/desk/committees/ironmaking/set_office_contact/"


@dataclass(frozen=True)
class Visit:
    """A page as one person opens it; `sends` presses the form's button with nothing typed."""

    who: str
    path: str
    status: int = 200
    sends: bool = False


def form(who, path):
    """Return the states of a page with a form: as it opens, sent empty, and refused to another."""
    return {
        "ideal": Visit(who, path),
        "error": Visit(who, path, 422, sends=True),
        "empty": Visit("auditor", path, 403),  # nothing to do here, and the reason why
    }


REGISTRY = {
    "desk:desk": {
        "ideal": Visit("office", "/desk/"),
        "owner": Visit("owner4", "/desk/"),
        "supervisor": Visit("supervisor1", "/desk/"),
        "empty": Visit("auditor", "/desk/"),
        "error": Visit("office", "/desk/no-such-queue/", 404),
    },
    "desk:queue": {
        "ideal": Visit("office", "/desk/claims/"),
        "empty": Visit("office", "/desk/overdue/"),
        "error": Visit("owner4", "/desk/claims/", 404),
    },
    "desk:item": {
        "ideal": Visit("owner4", f"{DESK}4/"),
        "office": Visit("office", f"{DESK}18/"),
        "empty": Visit("auditor", f"{DESK}1/"),
        "error": Visit("office", f"{DESK}999/", 404),
    },
    "desk:report_progress": form("owner4", f"{DESK}4/report_progress/"),
    "desk:add_photo": form("owner4", f"{DESK}4/add_photo/"),
    "desk:deliver": form("owner4", f"{DESK}4/deliver/"),
    "desk:plan_occasion": form("owner4", f"{DESK}4/plan_occasion/"),
    "desk:claim_item": form("owner4", f"{DESK}4/claim/"),
    "desk:ask_extension": form("owner4", f"{DESK}4/ask_extension/"),
    "desk:sign_off_item": form("supervisor2", f"{DESK}18/sign_off/"),
    "desk:send_back_item": form("supervisor2", f"{DESK}18/send_back/"),
    "desk:log_visit": form("supervisor2", f"{DESK}18/log_visit/"),
    "desk:enter_for_owner": form("office", f"{DESK}4/enter_for_owner/"),
    "desk:put_on_hold": form("office", f"{DESK}4/put_on_hold/"),
    "desk:withdraw_item": form("office", f"{DESK}4/withdraw/"),
    "desk:add_part": form("office", f"{DESK}4/add_part/"),
    "desk:undo_part": form("office", f"{DESK}4/undo_part/"),
    "desk:undo_measures": form("office", f"{DESK}17/undo_measures/"),
    "desk:extend_part": form("office", f"{DESK}4/extend_part/"),
    "desk:hand_over_item": form("office", f"{DESK}4/hand_over/"),
    "desk:urge_item": form("office", f"{DESK}4/urge/"),
    "desk:set_task": form("office", f"{DESK}4/set_task/"),
    "desk:reduce_item": {
        "ideal": Visit("office", f"{DESK}4/reduce/?field=measures"),
        "empty": Visit("office", f"{DESK}4/reduce/"),
        "error": Visit("office", f"{DESK}4/reduce/?field=measures", 422, sends=True),
    },
    "desk:open_verdict": form("office", f"{DESK}1/open_verdict/"),
    "desk:open_look_back": {
        "ideal": Visit("office", f"{DESK}look_back/"),
        "empty": Visit("auditor", f"{DESK}look_back/", 403),
        "error": Visit("office", f"{DESK}look_back/", 422, sends=True),
    },
    "desk:reopen_item": form("office", f"{DESK}1/reopen/"),
    "desk:correct_item": {
        "ideal": Visit("office", f"{DESK}4/correct/?field=measures"),
        "empty": Visit("office", f"{DESK}4/correct/"),
        "error": Visit("office", f"{DESK}4/correct/?field=title", 422, sends=True),
    },
}
PART = f"{DESK}4/correct_part/"
REGISTRY["desk:correct_part"] = {
    "ideal": Visit("office", PART),
    "empty": Visit("office", PART),
    "error": Visit("auditor", PART, 403),
}
DRAFT = "/desk/lists/next-year/"
REGISTRY |= {
    "desk:lists": {
        "ideal": Visit("office", "/desk/lists/"),
        "empty": Visit("admin", "/desk/lists/"),
        "error": Visit("office", f"/desk{NO_LIST}", 404),
    },
    "desk:list": {
        "ideal": Visit("office", DESK),
        "draft": Visit("office", DRAFT),
        "empty": Visit("office", f"{DESK}?q=no-such-word"),
        "error": Visit("owner4", DRAFT, 404),
    },
    "desk:new_list": form("office", "/desk/lists/new/"),
    "desk:add_item": form("office", f"{DESK}add/"),
    "desk:edit_drafts": {
        "ideal": Visit("office", f"{DRAFT}draft/"),
        "empty": Visit("auditor", f"{DRAFT}draft/"),
        "error": Visit("owner4", f"{DRAFT}draft/", 404),
    },
    "desk:import_sheet": {
        "ideal": Visit("office", f"{DRAFT}import/"),
        "empty": Visit("auditor", f"{DRAFT}import/", 403),
        "error": Visit("office", f"{DRAFT}import/", 422, sends=True),
    },
    "desk:edit_draft": {
        "ideal": Visit("office", f"{DRAFT}1/draft/"),
        "empty": Visit("auditor", f"{DRAFT}1/draft/"),
        "error": Visit("office", f"{DRAFT}999/draft/", 404),
    },
    "desk:publish_list": {
        "ideal": Visit("office", f"{DRAFT}publish/"),
        "empty": Visit("auditor", f"{DRAFT}publish/", 403),
        "error": Visit("owner4", f"{DRAFT}publish/", 404),
    },
    "desk:put_up_list": {
        "ideal": Visit("office", f"{DRAFT}put_up/"),
        "empty": Visit("auditor", f"{DRAFT}put_up/", 403),
        "error": Visit("owner4", f"{DRAFT}put_up/", 404),
    },
    "desk:list_ledger": {
        "ideal": Visit("office", f"{DESK}ledger/"),
        "empty": Visit("office", f"{DRAFT}ledger/"),
        "error": Visit("owner4", f"{DRAFT}ledger/", 404),
    },
    "desk:erase_list_words": form("office", f"{DESK}entries/1/erase_words/"),
    "desk:table": {
        "ideal": Visit("office", f"{DESK}table/"),
        "empty": Visit("owner4", f"{DESK}table/?q=no-such-word&columns=due"),
        "columns": Visit("office", f"{DESK}table/?arrange=1"),
        "draft": Visit("office", f"{DRAFT}table/"),
        "draft to read": Visit("auditor", f"{DRAFT}table/"),
        "error": Visit("owner4", f"{DRAFT}table/", 404),
    },
    "desk:table_views": {
        "ideal": Visit("office", f"{DESK}table/views/?late=overdue&columns=due"),
        "empty": Visit("owner4", f"{DESK}table/views/"),
        "error": Visit("office", f"{DESK}table/views/", 422, sends=True),
    },
    "desk:annotate_item": {
        "ideal": Visit("office", f"{DESK}4/annotate/"),
        "empty": Visit("owner4", f"{DESK}4/annotate/", 403),
        "error": Visit("office", f"{DESK}4/annotate/", 403, sends=True),  # nothing differs
    },
    "desk:export": {
        "ideal": Visit("office", f"{DESK}export/"),
        "empty": Visit("owner4", f"{DESK}export/?q=no-such-word"),
        "error": Visit("owner4", f"{DRAFT}export/", 404),
    },
    "desk:list_text": {
        "ideal": Visit("office", f"{DESK}chat_text/"),
        "empty": Visit("owner4", f"{DESK}chat_text/?q=no-such-word"),
        "error": Visit("office", f"{DRAFT}chat_text/", 404),
    },
    "desk:queue_text": {
        "ideal": Visit("office", "/desk/overdue/chat_text/"),
        "empty": Visit("owner4", "/desk/returned/chat_text/"),
        "error": Visit("owner4", "/desk/claims/chat_text/", 404),
    },
    "desk:list_dossiers": {
        "ideal": Visit("office", f"{DESK}dossier/"),
        "empty": Visit("owner4", f"{DESK}dossier/"),
        "error": Visit("owner4", f"{DRAFT}dossier/", 404),
    },
    "desk:return_ledger": {
        "ideal": Visit("office", f"{DESK}return/"),
        "empty": Visit("auditor", f"{DESK}return/", 403),
        "draft": Visit("office", f"{DRAFT}return/", 403),
        "error": Visit("office", f"{DESK}return/", 422, sends=True),
    },
    "desk:pack": {
        "ideal": Visit("office", f"{DESK}pack/"),
        "empty": Visit("owner4", f"{DESK}pack/"),
        "error": Visit("office", f"{DRAFT}pack/", 404),
    },
    "desk:visits": {
        "ideal": Visit("office", "/desk/visits/"),
        "empty": Visit("admin", "/desk/visits/"),
        "supervisor": Visit("supervisor1", "/desk/visits/"),
        "error": Visit("owner4", "/desk/visits/", 422, sends=True),
    },
    "desk:withdraw_visit": form("office", "/desk/visits/1/withdraw/"),
    "desk:publish_plan": {
        "ideal": Visit("office", f"{DESK}plan/"),
        "empty": Visit("auditor", f"{DESK}plan/", 403),
        "error": Visit("office", f"{DESK}plan/", 422, sends=True),
    },
    "desk:case": {
        "ideal": Visit("owner2", f"{DESK}10/case/"),
        "empty": Visit("auditor", f"{DESK}10/case/", 404),
        "error": Visit("office", f"{DESK}10/case/", 422, sends=True),
    },
    "desk:posts": {
        "ideal": Visit("office", "/desk/posts/"),
        "empty": Visit("auditor", "/desk/posts/"),
        "error": Visit("owner4", "/desk/posts/", 404),
    },
    "desk:appoint": form("office", "/desk/posts/4/appoint/"),
    "desk:synonyms": {
        "ideal": Visit("office", "/desk/synonyms/ironmaking/"),
        "empty": Visit("auditor", "/desk/synonyms/ironmaking/"),
        "error": Visit("owner4", "/desk/synonyms/ironmaking/", 404),
    },
    "desk:mark_leader": form("office", "/desk/posts/4/leader/"),
    "desk:names": {
        "ideal": Visit("office", "/desk/names/ironmaking/"),
        "empty": Visit("auditor", "/desk/names/ironmaking/"),
        "error": Visit("owner4", "/desk/names/ironmaking/", 404),
    },
    "desk:set_office_contact": {
        "ideal": Visit("office", CONTACT),
        "empty": Visit("auditor", CONTACT, 403),
        "error": Visit("owner1", CONTACT, 404),
    },
    "desk:name_releasing_post": {
        "ideal": Visit("office", RELEASING),
        "empty": Visit("auditor", RELEASING, 403),
        "error": Visit("owner1", RELEASING, 404),
    },
    "desk:name_review_posts": {
        "ideal": Visit("office", REVIEWING),
        "empty": Visit("auditor", REVIEWING, 403),
        "error": Visit("owner1", REVIEWING, 404),
    },
    "desk:appeals": {
        "ideal": Visit("owner7", "/desk/appeals/"),
        "empty": Visit("owner6", "/desk/appeals/"),
        "error": Visit("office", "/desk/appeals/", 404),
    },
    "desk:answer_appeal": {
        "ideal": Visit("owner7", "/desk/appeals/9/"),
        "empty": Visit("owner6", "/desk/appeals/9/"),
        "error": Visit("owner7", "/desk/appeals/9/", 422, sends=True),
    },
    "desk:to_confirm": {
        "ideal": Visit("supervisor1", "/desk/to_confirm/"),
        "empty": Visit("supervisor2", "/desk/to_confirm/"),
        "error": Visit("owner4", "/desk/to_confirm/", 404),
    },
    "desk:check_settled": {
        "ideal": Visit("supervisor1", "/desk/to_confirm/8/"),
        "error": Visit("supervisor1", "/desk/to_confirm/8/", 422, sends=True),
        "empty": Visit("owner4", "/desk/to_confirm/8/", 404),
    },
    "desk:coachings": {
        "ideal": Visit("owner7", "/desk/coaching/"),
        "empty": Visit("owner6", "/desk/coaching/"),
        "error": Visit("office", "/desk/coaching/", 404),
    },
    "desk:month": {
        "ideal": Visit("office", f"{DESK}month/"),
        "owner": Visit("owner4", f"{DESK}month/"),
        "empty": Visit("auditor", f"{DESK}month/", 403),
        "error": Visit("owner4", f"{DESK}month/", 422, sends=True),
    },
    "desk:releases": {
        "ideal": Visit("office", f"{DESK}releases/"),
        "empty": Visit("auditor", f"{DESK}releases/"),
        "error": Visit("owner4", f"{DESK}releases/", 403),
    },
    "desk:assessments": {
        "ideal": Visit("office", f"{DESK}assessments/"),
        "empty": Visit("owner4", f"{DESK}assessments/"),
        "error": Visit("office", f"{DRAFT}assessments/"),
    },
    "desk:assessment": {
        "ideal": Visit("office", f"{DESK}assessments/1/"),
        "draft": Visit("office", f"{DESK}assessments/2/"),
        "empty": Visit("auditor", f"{DESK}assessments/2/"),
        "error": Visit("owner4", f"{DESK}assessments/2/", 404),
    },
    "desk:new_assessment": form("office", f"{DESK}assessments/new/"),
    "desk:write_assessment": {
        "ideal": Visit("office", f"{DESK}assessments/2/draft/"),
        "empty": Visit("auditor", f"{DESK}assessments/2/draft/", 403),
        "error": Visit("owner4", f"{DESK}assessments/2/draft/", 404),
    },
    "desk:issue_assessment": {
        "ideal": Visit("office", f"{DESK}assessments/2/issue/"),
        "empty": Visit("auditor", f"{DESK}assessments/2/issue/", 403),
        "error": Visit("office2", f"{DESK}assessments/2/issue/", 403),
    },
    "desk:bulletins": {
        "ideal": Visit("office", f"{DESK}bulletins/"),
        "empty": Visit("owner4", f"{DESK}bulletins/"),
        "error": Visit("office", f"{DRAFT}bulletins/", 404),
    },
    "desk:bulletin": {
        "ideal": Visit("office", f"{DESK}bulletins/2/"),
        "draft": Visit("office2", f"{DESK}bulletins/3/"),
        "empty": Visit("auditor", f"{DESK}bulletins/3/"),
        "error": Visit("owner4", f"{DESK}bulletins/3/", 404),
    },
    "desk:new_bulletin": {
        "ideal": Visit("office", f"{DESK}bulletins/new/"),
        "empty": Visit("auditor", f"{DESK}bulletins/new/", 403),
        "error": Visit("office", f"{DRAFT}bulletins/new/", 404),
    },
    "desk:write_bulletin": {
        "ideal": Visit("office", f"{DESK}bulletins/3/draft/"),
        "empty": Visit("auditor", f"{DESK}bulletins/3/draft/", 403),
        "error": Visit("owner4", f"{DESK}bulletins/3/draft/", 404),
    },
    "desk:issue_bulletin": {
        "ideal": Visit("office", f"{DESK}bulletins/3/issue/"),
        "empty": Visit("auditor", f"{DESK}bulletins/3/issue/", 403),
        "error": Visit("office2", f"{DESK}bulletins/3/issue/", 403),
    },
    "desk:ask_for_bulletin": {
        "ideal": Visit("office2", f"{DESK}bulletins/3/ask/"),
        "empty": Visit("auditor", f"{DESK}bulletins/3/ask/", 403),
        "error": Visit("owner4", f"{DESK}bulletins/3/ask/", 404),
    },
    "desk:correct_bulletin": form("office2", f"{DESK}bulletins/3/erratum/"),
    "desk:add_erratum": form("office", f"{DESK}assessments/1/erratum/"),
    "desk:rename": form("office", "/desk/names/ironmaking/post/4/rename/"),
    **{
        f"desk:{step}": {
            "ideal": Visit("office", f"{DESK}{path}"),
            "empty": Visit("auditor", f"{DESK}{path}", 403),
            "error": Visit("owner4", f"{DRAFT}{path}", 404),
        }
        for step, path in [
            ("settle_year", "year/"),
            ("carry_over", "year/carry/"),
            ("change_year", "year/publish/"),
        ]
    },
}
SAID, CALL = "/desk/suggestions/7/", "/desk/calls/77/"
REGISTRY |= {
    "desk:suggestions": {
        "ideal": Visit("office", "/desk/suggestions/"),
        "empty": Visit("auditor", "/desk/suggestions/?q=no-such-word"),
        "error": Visit("owner4", "/desk/suggestions/", 404),
    },
    "desk:suggestion": {
        "ideal": Visit("office", SAID),
        "empty": Visit("auditor", SAID),
        "error": Visit("owner4", SAID, 404),
    },
    **{
        f"desk:{verb}": form("office", f"{SAID}{verb}/")
        for verb in ("adopt", "settle", "decline", "merge", "ask_back", "erase", "see_contact")
    },
    "desk:add_from_suggestion": form("office", f"{SAID}add{LIST.removeprefix('/lists')}"),
    "desk:ready_answers": {
        "ideal": Visit("office", "/desk/ready-answers/ironmaking/"),
        "empty": Visit("auditor", "/desk/ready-answers/ironmaking/"),
        "error": Visit("owner4", "/desk/ready-answers/ironmaking/", 404),
    },
    "desk:calls": {
        "ideal": Visit("office", "/desk/calls/"),
        "empty": Visit("auditor", "/desk/calls/"),
        "error": Visit("owner4", "/desk/calls/", 404),
    },
    "desk:call": {
        "ideal": Visit("office", CALL),
        "empty": Visit("auditor", CALL),
        "error": Visit("owner4", CALL, 404),
    },
    "desk:enter_suggestion": form("office", "/desk/suggestions/enter/"),
    "desk:new_call": form("office", "/desk/calls/new/"),
    "desk:write_call": {
        "ideal": Visit("office", f"{CALL}draft/"),
        "empty": Visit("auditor", f"{CALL}draft/", 403),
        "error": Visit("owner4", f"{CALL}draft/", 404),
    },
    "desk:issue_call": {
        "ideal": Visit("office", f"{CALL}issue/"),
        "empty": Visit("auditor", f"{CALL}issue/", 403),
        "error": Visit("owner4", f"{CALL}issue/", 404),
    },
}
STATES = {"empty", "ideal", "error"}
# Pages that only their moment shows; the tests in tests/desk/ open them.
AT_THEIR_MOMENT = {
    "desk:start_item",
    "desk:review_item",
    "desk:export_file",  # a file
    "desk:import_template",  # a file
    "desk:wall",  # a file
    "desk:list_dossier",  # a file
    "desk:item_dossier",  # a file
    "desk:sign_off_sheet",  # a file
    "desk:delete_table_view",
    "desk:release_entry",
    "desk:take_down",
    "desk:take_list_down",
    "desk:drop_erratum",
    "desk:refuse_entry",
    "desk:decide_extension",
    "desk:resume_item",
    "desk:look_back",
    "desk:finish_task",
    "desk:make_link",
    "desk:revoke_link",
    "desk:take_back",
    "desk:hold_occasion",
    "desk:call_off_occasion",
    "desk:erase_words",
    "desk:erase_closing_name",  # only of a closed list
    "desk:release_photo",  # these five of an entry that only its ledger names
    "desk:hide_photo",
    "desk:correct_photo",
    "desk:photo",
    "desk:small",
    "desk:see_notices",  # only a POST
    "desk:release_photos",  # only a POST
    "desk:add_case_file",
    "desk:open_case_file",
    "desk:remove_case_file",
    "desk:delete_draft",
    "desk:copy_list",
    "desk:close_list",
    "desk:bring_back",  # only of a closed list
    "desk:let_in",
    "desk:tell_by_phone",
    "desk:answer_again",
    "desk:take_up_again",
    "desk:show_answer",
    "desk:hide_answer",
    "desk:suggestion_photo",
    "desk:suggestion_small",
    "desk:result_photo",
    "desk:end_call",
}


def visits(prefix):
    """Yield each page's name and state, and the visit in a language."""
    for name, states in REGISTRY.items():
        for state, visit in states.items():
            yield f"{name.replace(':', '-')}-{state}", visit, prefix + visit.path
