"""The acts on an item and on its entries: each verb with its label, its form and its action."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items import actions
from items.states import MOVES, Verb
from welfare.desk.items import forms, photo_forms
from welfare.desk.items.annotation_form import AnnotateForm
from welfare.desk.items.correction_forms import (
    CorrectForm,
    CorrectPartForm,
    CorrectPhotoForm,
    ReduceForm,
)
from welfare.desk.report_links.forms import RevokeLinkForm

WORK, PEOPLE, CONTENT, SMALLER = "work", "people", "content", "smaller"
GROUPS = {
    WORK: _("Work"),
    PEOPLE: _("People"),
    CONTENT: _("What is written"),
    SMALLER: _("Promise made smaller"),
}


@dataclass(frozen=True)
class Act:
    """A verb as a page: `…/<verb>/`, which shows `form` and calls `do(item, by=…, **fields)`."""

    verb: str  # of items.states.MOVES
    name: str  # of the action and of the address
    label: Promise  # what the button says
    form: type[forms.ActForm]
    do: Callable
    hint: Promise | str = ""  # what it leads to, in a sentence
    answers: str = ""  # the verb of what it answers, which the page then shows
    key: str = ""  # on the keyboard, on the item's page
    on: tuple[str, ...] = ()  # the verbs of the entries that it is about
    of_parts: bool = False  # only an item with parts has it
    of_ticks: bool = False  # only an item with a measure that is ticked has it
    of_reviews: bool = False  # only an item with an open review has it
    own_page: bool = False  # it needs more to look at than a row of My desk has room for
    group: str = WORK  # under which heading the item's page offers it

    def asked_of(self, item):
        """Return what the rule of this verb is about: the item, or its list."""
        return item if self.verb in MOVES else item.list


def of(line, action):
    """Return the action as done to the `line` that came with an entry, of the item as seen."""

    def act(entry, **fields):
        row = getattr(entry, line)
        row.item = entry.item
        return action(row, **fields)

    return act


def of_part(action):
    """Return the action as done to a part that the form chose, of the item as seen."""

    def act(item, *, part, **fields):
        part.item = item
        return action(part, **fields)

    return act


ALL = [
    Act("start", "start_item", _("Start the work"), forms.StartForm, actions.start_item),
    Act(
        "report_progress",
        "report_progress",
        _("Report progress"),
        photo_forms.ReportWithPhotos,
        actions.report_progress,
        _("It is public at once."),
        key="u",
    ),
    Act(
        "add_photo",
        "add_photo",
        _("Add a photo"),
        photo_forms.AddPhotoForm,
        actions.add_photo,
        _("It is public once the office has released it. A photo is never required."),
        key="p",
    ),
    Act(
        "deliver",
        "deliver",
        _("Hand out"),
        forms.DeliverForm,
        actions.deliver,
        _("What, how many and where are public at once, and count as progress; the name is not."),
    ),
    Act(
        "plan_occasion",
        "plan_occasion",
        _("Set a date"),
        forms.PlanOccasionForm,
        actions.plan_occasion,
        _("What takes place when and where is public at once. Each date has to be settled later."),
    ),
    Act(
        "claim",
        "claim_item",
        _("Claim done"),
        photo_forms.ClaimWithPhotos,
        actions.claim_item,
        _("The supervisor checks it then. It counts as resolved only after their signature."),
        key="c",
    ),
    Act(
        "ask_extension",
        "ask_extension",
        _("Ask for more time"),
        forms.AskExtensionForm,
        actions.ask_extension,
        _("The office decides. The first deadline stays on the public page, with your reason."),
    ),
    Act(
        "sign_off",
        "sign_off_item",
        _("Sign off"),
        photo_forms.SignOffWithPhotos,
        actions.sign_off_item,
        _(
            "With your signature the item counts as resolved on the public board; where the"
            " committee puts sign-offs up for objections, after five working days."
        ),
        answers=Verb.CLAIM,
        key="s",
        own_page=True,
    ),
    Act(
        "send_back",
        "send_back_item",
        _("Send back"),
        photo_forms.SendBackWithPhotos,
        actions.send_back_item,
        _("The item is in progress again; your reason is public."),
        answers=Verb.CLAIM,
        own_page=True,
    ),
    Act(
        "log_visit",
        "log_visit",
        _("Log a visit"),
        photo_forms.LogVisitWithPhotos,
        actions.log_visit,
        _("What you saw is public at once."),
        key="v",
    ),
    Act(
        "enter_for_owner",
        "enter_for_owner",
        _("Enter progress for the owner"),
        photo_forms.EnterWithPhotos,
        actions.enter_for_owner,
        _("Another person of the office releases it; only then is it public."),
    ),
    Act(
        "release",
        "release_entry",
        _("Release the entry"),
        forms.ReleaseForm,
        actions.release_entry,
        _("It is public then and counts as the owner’s progress."),
        answers=Verb.ENTER_FOR_OWNER,
    ),
    Act(
        "refuse_entry",
        "refuse_entry",
        _("Refuse the entry"),
        forms.RefuseEntryForm,
        actions.refuse_entry,
        _("It stays inside; whoever entered it reads your reason on their desk."),
        answers=Verb.ENTER_FOR_OWNER,
    ),
    Act(
        "decide_extension",
        "decide_extension",
        _("Decide on more time"),
        forms.DecideExtensionForm,
        actions.decide_extension,
        _("Who decided, when, in which minutes and why is public."),
        answers=Verb.ASK_EXTENSION,
    ),
    Act(
        "set_task",
        "set_task",
        _("Set a task"),
        forms.SetTaskForm,
        actions.set_task,
        _("A decision of the committee. It stays inside and comes back in the next meeting pack."),
    ),
    Act(
        "urge",
        "urge_item",
        pgettext_lazy("act", "Urge"),
        forms.UrgeForm,
        actions.urge_item,
        _("It stays inside. Any report answers it; until then the meeting pack says so."),
    ),
    Act(
        "put_on_hold",
        "put_on_hold",
        _("Put on hold"),
        forms.PutOnHoldForm,
        actions.put_on_hold,
        _("The deadline doesn’t move. The reason is public, and who decided."),
        group=SMALLER,
    ),
    Act("resume", "resume_item", _("Resume"), forms.ResumeForm, actions.resume_item),
    Act(
        "undo_measures",
        "undo_measures",
        _("A measure isn’t done after all"),
        forms.UndoMeasuresForm,
        actions.undo_measures,
        _("It counts as open again; that it was ticked and your reason stay public."),
        of_ticks=True,
        group=CONTENT,
    ),
    Act(
        "add_part",
        "add_part",
        _("Add a part"),
        forms.AddPartForm,
        actions.add_part,
        _("It is public at once, with your reason. The item is done only when it is."),
        group=CONTENT,
    ),
    Act(
        "undo_part",
        "undo_part",
        _("A part isn’t done after all"),
        forms.UndoPartForm,
        of_part(actions.undo_part),
        _("It counts as open again; your reason is public."),
        of_parts=True,
        group=CONTENT,
    ),
    Act(
        "extend_part",
        "extend_part",
        _("Give a part more time"),
        forms.ExtendPartForm,
        of_part(actions.extend_part),
        _("Within the item’s own deadline. Its first deadline stays on the public page."),
        of_parts=True,
        group=CONTENT,
    ),
    Act(
        "correct_part",
        "correct_part",
        _("Correct a part openly"),
        CorrectPartForm,
        of_part(actions.correct_part),
        _("The old words, the new words and the reason are public."),
        of_parts=True,
        group=CONTENT,
    ),
    Act(
        "hand_over",
        "hand_over_item",
        _("Hand over to another post"),
        forms.HandOverForm,
        actions.hand_over_item,
        _("The old entries keep the old names."),
        group=PEOPLE,
    ),
    Act(
        "correct",
        "correct_item",
        _("Correct openly"),
        CorrectForm,
        actions.correct_item,
        _("The old words, the new words and the reason are public."),
        group=CONTENT,
    ),
    Act(
        "annotate",
        "annotate_item",
        _("Internal columns"),
        AnnotateForm,
        actions.annotate_item,
        _("Only staff read them. What they said and who changed it stays in the ledger."),
        group=CONTENT,
    ),
    Act(
        "reduce",
        "reduce_item",
        _("Make the promise smaller"),
        ReduceForm,
        actions.reduce_item,
        _(
            "What was promised, what is left, who decided and why stay public for ever. It counts"
            " after five working days of objections, where the committee has them."
        ),
        group=SMALLER,
    ),
    Act(
        "withdraw",
        "withdraw_item",
        _("Withdraw from the list"),
        forms.WithdrawForm,
        actions.withdraw_item,
        _(
            "The number stays on the public page, with the reason, the date and who decided. It"
            " counts after five working days of objections, where the committee has them."
        ),
        group=SMALLER,
    ),
    Act(
        "take_down",
        "take_down",
        _("Don’t let it take effect"),
        forms.TakeDownForm,
        actions.take_down,
        _("What was up for objections doesn’t take effect; that and your reason stay public."),
        answers=Verb.PUT_UP,
        own_page=True,
    ),
    Act(
        "reopen",
        "reopen_item",
        _("Open again"),
        forms.ReopenForm,
        actions.reopen_item,
        _("The old signature stays visible for ever; the item is in progress again."),
        group=CONTENT,
    ),
    Act(
        "review",
        "review_item",
        _("Answer the review"),
        forms.ReviewForm,
        actions.review_item,
        _("Your answer is public, with your post. Nobody can change it, and it ends the review."),
        of_reviews=True,
        own_page=True,
    ),
    Act(
        "look_back",
        "look_back",
        _("Look back"),
        photo_forms.LookBackForm,
        actions.look_back,
        _("What you found is public at once. What has slipped back is opened again."),
        answers=Verb.SIGN_OFF,
        own_page=True,
    ),
    Act(
        "open_verdict",
        "open_verdict",
        _("Ask the workers"),
        forms.OpenVerdictForm,
        actions.open_verdict,
        _("A page asks whether it is done. Nobody can change what they answer; it is public."),
        group=CONTENT,
    ),
    Act(
        "bring_back",
        "bring_back",
        _("Open again in the running list"),
        forms.BringBackForm,
        actions.bring_back,
        _("The closed list stays as it is, and says where the item goes on; both link each other."),
        group=CONTENT,
    ),
]
ACTS = {act.verb: act for act in ALL}

# What is done to one entry of the ledger rather than to the item: …/entries/<seq>/<verb>/
ON_ENTRIES = [
    Act(
        "revoke_link",
        "revoke_link",
        _("Take the link back"),
        RevokeLinkForm,
        actions.revoke_link,
        _("Nobody can report by it from then on. What has come by it stays."),
        on=(Verb.MAKE_LINK,),
    ),
    Act(
        "finish_task",
        "finish_task",
        _("Finish the task"),
        forms.FinishTaskForm,
        actions.finish_task,
        _("It stays inside; the next meeting pack no longer lists it."),
        on=(Verb.SET_TASK,),
    ),
    Act(
        "erase_words",
        "erase_words",
        _("Erase the words"),
        forms.EraseWordsForm,
        actions.erase_words,
        _(
            "For privacy only. The words and names of this entry are gone for good, and a photo"
            " with its sentence; the entry, its date and your reason stay public."
        ),
        on=tuple(Verb),
    ),
    Act(
        "take_back",
        "take_back",
        _("Take the delivery back"),
        forms.TakeBackForm,
        of("delivery", actions.take_back),
        _("For what was written down by mistake. It stays to be seen, with your reason."),
        on=(Verb.DELIVER,),
    ),
    Act(
        "hold_occasion",
        "hold_occasion",
        _("It took place"),
        forms.HoldOccasionForm,
        of("occasion", actions.hold_occasion),
        _("It is public at once."),
        on=(Verb.PLAN_OCCASION,),
    ),
    Act(
        "call_off_occasion",
        "call_off_occasion",
        _("Call it off"),
        forms.CallOffOccasionForm,
        of("occasion", actions.call_off_occasion),
        _("The date stays on the public page, with your reason."),
        on=(Verb.PLAN_OCCASION,),
    ),
    Act(
        "release_photo",
        "release_photo",
        _("Release the photo"),
        photo_forms.ReleasePhotoForm,
        of("photo", actions.release_photo),
        _("It is public then, with its sentence."),
        on=(Verb.ADD_PHOTO,),
    ),
    Act(
        "hide_photo",
        "hide_photo",
        _("Hide the photo"),
        photo_forms.HidePhotoForm,
        of("photo", actions.hide_photo),
        _("Nobody outside sees it from then on. The reason is public if the photo was."),
        on=(Verb.ADD_PHOTO,),
    ),
    Act(
        "correct",
        "correct_photo",
        _("Correct the photo’s details"),
        CorrectPhotoForm,
        of("photo", actions.correct_photo),
        _(
            "What it said, what it says now and your reason are public if the photo is."
            " One that stands on the wrong side or at the wrong spot is hidden and added again."
        ),
        on=(Verb.ADD_PHOTO,),
    ),
]
