"""What a browser sends for each verb of a suggestion."""

from tests import factories

FIELDS = {
    "let_in": {},
    "ask_back": {"text": "哪一间?"},
    "settle": {"text": "当天修好"},
    "decline": {"reason": "not_ours", "under_way": "", "text": "不归厂里管"},
    "take_up_again": {"text": "再看一次"},
    "show_answer": {"words": "休息室装空调", "answer": "已装"},
    "hide_answer": {"text": "写错"},
    "erase": {"text": "写了别人的名字"},
}


def at(suggestion, verb="", prefix=""):
    """Return the address of a suggestion at the desk, or of a verb on it."""
    tail = f"{verb}/" if verb else ""
    return f"{prefix}/desk/suggestions/{suggestion.pk}/{tail}"


def act_fields(verb, suggestion, **changes):
    """Return the fields of a verb's form, as a browser sends them."""
    seen = {"version": suggestion.version, "last_seq": suggestion.last_seq}
    return seen | FIELDS.get(verb, {}) | changes


def people(committee):
    """Return who reads suggestions and mustn't touch them, and who mustn't even know of them."""
    above = factories.Committee()
    committee.parent = above
    committee.save()
    administrator = factories.Role(committee=committee, kind="administrator").person
    item = factories.published_item(list__committee=committee)
    readers = {
        "auditor": factories.Role(committee=committee, kind="auditor").person,
        "office above": factories.office(above),
    }
    strangers = {
        "owner": factories.owner_of(item),
        "supervisor": factories.supervisor_of(item),
        "administrator": administrator,
        "superuser": factories.Person(is_superuser=True, is_staff=True),
        "other office": factories.office(factories.Committee()),
    }
    return readers, strangers
