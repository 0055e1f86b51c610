"""The addresses of the desk. Each needs a login; who may do what is asked of the domain."""

from functools import partial

from django.urls import path, register_converter
from django.urls.converters import StringConverter

import welfare.http.converters  # noqa: F401 - registers <number:…>
from items.queries import QUEUES
from welfare.desk import appeals, chat_text, coaching, confirmations, photo_tray
from welfare.desk import views as desk
from welfare.desk.assessments import views as assessments
from welfare.desk.bulletins import views as bulletins
from welfare.desk.calls import acts as call_acts
from welfare.desk.calls import views as calls
from welfare.desk.case_files import views as case_files
from welfare.desk.dossiers import views as dossiers
from welfare.desk.drafts import views as drafts
from welfare.desk.items import acts as item_acts
from welfare.desk.items import views as item_views
from welfare.desk.lists import acts as list_acts
from welfare.desk.lists import export, ledger, pack, table_views, wall
from welfare.desk.lists import views as lists
from welfare.desk.month import views as month
from welfare.desk.names import views as names
from welfare.desk.office_contact import views as office_contact
from welfare.desk.posts import named
from welfare.desk.posts import views as posts
from welfare.desk.releases import views as releases
from welfare.desk.report_links import views as report_links
from welfare.desk.returns import views as returns
from welfare.desk.sheets import views as sheets
from welfare.desk.suggestions import acts as suggestion_acts
from welfare.desk.suggestions import adding, entering, ready_answers
from welfare.desk.suggestions import views as suggestions
from welfare.desk.synonyms import views as synonyms
from welfare.desk.visits import views as visits
from welfare.desk.year import views as year
from welfare.http.form_recovery import recovers

app_name = "desk"


class QueueConverter(StringConverter):
    """A queue of my desk; any other word is no address."""

    regex = "|".join(QUEUES)


register_converter(QueueConverter, "queue")


def doing(act, view=item_views.do):
    """Return the view of a verb; what is typed in its form isn't lost with a login."""
    return recovers(act.form)(partial(view, act=act))


LIST = "lists/<slug:slug>/"
ASSESSMENT = f"{LIST}assessments/<number:number>/"
BULLETIN = f"{LIST}bulletins/<number:number>/"
ITEM = f"{LIST}<number:number>/"
CALL = "calls/<number:pk>/"
SUGGESTION = "suggestions/<key:pk>/"
PHOTO = f"{SUGGESTION}photos/<number:number>"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("<queue:key>/", desk.queue, name="queue"),
    path("photos/release/", photo_tray.release_photos, name="release_photos"),
    path("<queue:key>/chat_text/", chat_text.queue_text, name="queue_text"),
    path("notices/seen/", desk.see_notices, name="see_notices"),
    path("posts/", posts.posts, name="posts"),
    path("posts/<number:pk>/appoint/", posts.appoint, name="appoint"),
    path("posts/<number:pk>/leader/", posts.mark_leader, name="mark_leader"),
    path("names/<slug:slug>/", names.names, name="names"),
    path("names/<slug:slug>/<slug:kind>/<number:pk>/rename/", names.rename, name="rename"),
    path(
        "committees/<slug:slug>/set_office_contact/",
        office_contact.set_office_contact,
        name="set_office_contact",
    ),
    path(
        "committees/<slug:slug>/name_releasing_post/",
        named.name_releasing_post,
        name="name_releasing_post",
    ),
    path(
        "committees/<slug:slug>/name_review_posts/",
        named.name_review_posts,
        name="name_review_posts",
    ),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<key:pk>/", appeals.answer_appeal, name="answer_appeal"),
    path("to_confirm/", confirmations.to_confirm, name="to_confirm"),
    path("to_confirm/<key:pk>/", confirmations.check_settled, name="check_settled"),
    path("coaching/", coaching.coachings, name="coachings"),
    path("synonyms/<slug:slug>/", synonyms.synonyms, name="synonyms"),
    path("visits/", visits.visits, name="visits"),
    path("visits/<number:pk>/withdraw/", visits.withdraw_visit, name="withdraw_visit"),
    path("lists/", lists.lists, name="lists"),
    path("lists/new/", lists.new_list, name="new_list"),
    path(LIST, lists.list_page, name="list"),
    path(f"{LIST}draft/", drafts.edit_drafts, name="edit_drafts"),
    path(f"{LIST}import/", sheets.import_sheet, name="import_sheet"),
    path(f"{LIST}import/template.xlsx", sheets.import_template, name="import_template"),
    path(f"{LIST}add/", drafts.add_item, name="add_item"),
    path(f"{LIST}ledger/", ledger.list_ledger, name="list_ledger"),
    path(
        f"{LIST}entries/<number:seq>/erase_words/", ledger.erase_list_words, name="erase_list_words"
    ),
    path(
        f"{LIST}closing_names/<number:pk>/erase/",
        ledger.erase_closing_name,
        name="erase_closing_name",
    ),
    path(f"{LIST}table/", drafts.table, name="table"),
    path(f"{LIST}table/views/", table_views.table_views, name="table_views"),
    path(
        f"{LIST}table/views/<number:pk>/delete/", table_views.delete_view, name="delete_table_view"
    ),
    path(f"{LIST}chat_text/", chat_text.list_text, name="list_text"),
    path(f"{LIST}export/", export.export, name="export"),
    path(f"{LIST}export/ledger.<slug:kind>", export.export_file, name="export_file"),
    path(f"{LIST}month/", month.month, name="month"),
    path(f"{LIST}releases/", releases.releases, name="releases"),
    path(f"{LIST}return/", returns.return_ledger, name="return_ledger"),
    path(f"{LIST}pack/", pack.pack, name="pack"),
    path(f"{LIST}wall.pdf", wall.wall, name="wall"),
    path(f"{LIST}dossier/", dossiers.list_dossiers, name="list_dossiers"),
    path(f"{LIST}dossier.pdf", dossiers.list_dossier, name="list_dossier"),
    *(path(f"{LIST}{act.path}/", doing(act, lists.do), name=act.name) for act in list_acts.ALL),
    path(f"{LIST}assessments/", assessments.assessments, name="assessments"),
    path(f"{LIST}assessments/new/", assessments.write_assessment, name="new_assessment"),
    path(ASSESSMENT, assessments.assessment, name="assessment"),
    path(f"{ASSESSMENT}draft/", assessments.write_assessment, name="write_assessment"),
    *(
        path(f"{ASSESSMENT}{act.path}/", doing(act, assessments.do), name=act.verb)
        for act in assessments.ALL
    ),
    path(f"{LIST}bulletins/", bulletins.bulletins, name="bulletins"),
    path(f"{LIST}bulletins/new/", bulletins.write_bulletin, name="new_bulletin"),
    path(BULLETIN, bulletins.bulletin, name="bulletin"),
    path(f"{BULLETIN}draft/", bulletins.write_bulletin, name="write_bulletin"),
    *(
        path(f"{BULLETIN}{act.path}/", doing(act, bulletins.do), name=act.name)
        for act in bulletins.ALL
    ),
    path(f"{BULLETIN}errata/<number:pk>/drop/", bulletins.drop_erratum, name="drop_erratum"),
    path(f"{LIST}year/", year.settle_year, name="settle_year"),
    path(f"{LIST}year/carry/", year.carry_over, name="carry_over"),
    path(f"{LIST}year/publish/", year.change_year, name="change_year"),
    path(ITEM, item_views.item, name="item"),
    path(f"{ITEM}dossier.pdf", dossiers.item_dossier, name="item_dossier"),
    path(f"{ITEM}sign-off.pdf", dossiers.sign_off_sheet, name="sign_off_sheet"),
    path(f"{ITEM}case/", case_files.case, name="case"),
    path(f"{ITEM}case/add/", case_files.add_case_file, name="add_case_file"),
    path(f"{ITEM}case/<number:pk>/open/", case_files.open_case_file, name="open_case_file"),
    path(f"{ITEM}case/<number:pk>/remove/", case_files.remove_case_file, name="remove_case_file"),
    path(f"{ITEM}draft/", drafts.edit_draft, name="edit_draft"),
    path(f"{ITEM}draft/delete/", drafts.delete_draft, name="delete_draft"),
    *(path(f"{ITEM}{act.verb}/", doing(act), name=act.name) for act in item_acts.ALL),
    *(
        path(f"{ITEM}entries/<number:seq>/{act.verb}/", doing(act), name=act.name)
        for act in item_acts.ON_ENTRIES
    ),
    path(f"{ITEM}entries/<number:seq>/make_link/", report_links.make_link, name="make_link"),
    path(f"{ITEM}entries/<number:seq>/photo.jpg", item_views.photo, name="photo"),
    path(
        f"{ITEM}entries/<number:seq>/photo-small.jpg",
        item_views.photo,
        {"small": True},
        name="small",
    ),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("suggestions/enter/", entering.enter_suggestion, name="enter_suggestion"),
    path(SUGGESTION, suggestions.suggestion, name="suggestion"),
    path(f"{SUGGESTION}results/<number:number>.jpg", suggestions.result_photo, name="result_photo"),
    path(f"{PHOTO}.jpg", suggestions.photo, name="suggestion_photo"),
    path(f"{PHOTO}-small.jpg", suggestions.photo, {"small": True}, name="suggestion_small"),
    *(
        path(f"{SUGGESTION}{act.verb}/", doing(act, suggestions.do), name=act.verb)
        for act in suggestion_acts.ALL
    ),
    path(f"{SUGGESTION}add/<slug:slug>/", adding.add_from_suggestion, name="add_from_suggestion"),
    path("ready-answers/<slug:slug>/", ready_answers.ready_answers, name="ready_answers"),
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", calls.write_call, name="new_call"),
    path(CALL, calls.call, name="call"),
    path(f"{CALL}draft/", calls.write_call, name="write_call"),
    *(path(f"{CALL}{act.path}/", doing(act, calls.do), name=act.verb) for act in call_acts.ALL),
    path(
        f"{SUGGESTION}see_contact/",
        recovers(suggestion_acts.SEE_CONTACT.form)(suggestions.see_contact),
        name="see_contact",
    ),
]
