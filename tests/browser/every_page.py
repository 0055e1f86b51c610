"""Every public page in each of its states: at which site, under which address."""

from datetime import timedelta

from django.utils.timezone import localdate

from items.rules.lot import quarter_before

LIST = f"/lists/ironmaking-{localdate().year}/"
WEEK = "{}-W{:02}".format(*localdate().isocalendar()[:2])
DAY, DAY_BEFORE = localdate(), localdate() - timedelta(30)
_LAST = quarter_before(localdate())
QUARTER = f"{_LAST.year}-Q{(_LAST.month + 2) // 3}"
NO_LIST = "/lists/no-such-list/"

# The address by its name (tests/test_access.py): its states, each a site (serving.py) and a path.
REGISTRY = {
    "board:home": {
        "empty": ("empty", "/"),
        "early": ("early", "/"),
        "ideal": ("demo", "/"),
        "error": ("broken", "/"),
    },
    "board:how_to_read": {
        "empty": ("empty", "/how-to-read/"),
        "ideal": ("demo", "/how-to-read/"),
        "error": ("demo", "/how-to-read/no-such-page/"),
    },
    "board:privacy": {
        "empty": ("empty", "/privacy/"),
        "ideal": ("demo", "/privacy/"),
        "error": ("demo", "/privacy/no-such-page/"),
    },
    "board:committee": {
        "empty": ("early", "/committees/ironmaking/"),
        "ideal": ("demo", "/committees/ironmaking/"),
        "error": ("demo", "/committees/no-such-committee/"),
    },
    "board:list": {  # no list is published without an item: at its emptiest nothing is done
        "empty": ("early", LIST),
        "ideal": ("demo", LIST),
        "error": ("demo", NO_LIST),
    },
    "board:group": {
        "empty": ("demo", f"{LIST}withdrawn/"),
        "ideal": ("demo", f"{LIST}resolved/"),
        "error": ("demo", f"{NO_LIST}resolved/"),
    },
    "board:find": {
        "empty": ("demo", f"{LIST}find/?q=no-such-word&late=overdue"),
        "ideal": ("demo", f"{LIST}find/?group=in_progress"),
        "error": ("demo", f"{NO_LIST}find/"),
    },
    # At neither of these is anything without an item: it would be no page.
    "board:place": {
        "empty": ("early", "/places/1/"),
        "ideal": ("demo", "/places/1/"),
        "room": ("demo", "/places/3/"),
        "error": ("demo", "/places/999999/"),
    },
    "board:places": {
        "empty": ("empty", "/places/"),
        "ideal": ("demo", "/places/"),
        "searched": ("demo", "/places/?q=no-such-place"),
        "error": ("broken", "/places/"),
    },
    "board:committee_places": {
        "empty": ("early", "/committees/ironmaking/places/"),
        "ideal": ("demo", "/committees/ironmaking/places/"),
        "error": ("demo", "/committees/no-such-committee/places/"),
    },
    "board:theme": {
        "empty": ("early", f"{LIST}themes/1/"),
        "ideal": ("demo", f"{LIST}themes/1/"),
        "error": ("demo", f"{LIST}themes/999999/"),
    },
    "board:plan": {
        "empty": ("early", f"{LIST}plan/"),  # without one it is no page
        "ideal": ("demo", f"{LIST}plan/"),
        "error": ("demo", f"{NO_LIST}plan/"),
    },
    "board:objections": {
        "empty": ("early", f"{LIST}objections/"),  # neither was ever up
        "ideal": ("demo", f"{LIST}objections/"),
        "error": ("demo", f"{NO_LIST}objections/"),
    },
    "board:files": {
        "empty": ("early", f"{LIST}files/"),
        "ideal": ("demo", f"{LIST}files/"),
        "error": ("demo", f"{NO_LIST}files/"),
    },
    "board:claims": {
        "empty": ("early", f"{LIST}claims/"),
        "ideal": ("demo", f"{LIST}claims/"),
        "error": ("demo", f"{NO_LIST}claims/"),
    },
    "board:promises": {
        "empty": ("early", f"{LIST}promises/"),
        "ideal": ("demo", f"{LIST}promises/"),
        "error": ("demo", f"{NO_LIST}promises/"),
    },
    "board:assessment": {
        "empty": ("early", f"{LIST}assessments/1/"),  # nothing is issued yet
        "ideal": ("demo", f"{LIST}assessments/1/"),
        "error": ("demo", f"{LIST}assessments/2/"),  # a draft
    },
    "board:bulletin": {
        "empty": ("early", f"{LIST}bulletins/1/"),  # nothing is issued yet
        "ideal": ("demo", f"{LIST}bulletins/2/"),
        "first": ("demo", f"{LIST}bulletins/1/"),
        "error": ("demo", f"{LIST}bulletins/3/"),  # a draft
    },
    "board:changes": {
        "empty": ("early", f"{LIST}changes/"),
        "ideal": ("demo", f"{LIST}changes/"),
        "error": ("demo", f"{NO_LIST}changes/"),
    },
    "board:week": {
        "empty": ("early", f"{LIST}changes/{WEEK}/"),
        "ideal": ("demo", f"{LIST}changes/{WEEK}/"),
        "error": ("demo", f"{LIST}changes/1999-W01/"),
    },
    "board:days": {
        "empty": ("early", f"{LIST}on/"),
        "ideal": ("demo", f"{LIST}on/"),
        "mistyped": ("demo", f"{LIST}on/?day=2026-13-45"),
        "error": ("demo", f"{NO_LIST}on/"),
    },
    "board:past": {
        "empty": ("early", f"{LIST}on/{DAY}/"),
        "ideal": ("demo", f"{LIST}on/{DAY_BEFORE}/"),
        "before": ("demo", f"{LIST}on/1999-01-01/"),
        "error": ("demo", f"{NO_LIST}on/{DAY}/"),
    },
    "board:past_group": {
        "empty": ("early", f"{LIST}on/{DAY}/resolved/"),
        "ideal": ("demo", f"{LIST}on/{DAY_BEFORE}/resolved/"),
        "error": ("demo", f"{LIST}on/1999-01-01/resolved/"),
    },
    "board:look_backs": {
        "empty": ("early", "/look-backs/ironmaking/"),
        "ideal": ("demo", "/look-backs/ironmaking/"),
        "error": ("demo", "/look-backs/no-such-committee/"),
    },
    "board:look_backs_of": {
        "empty": ("early", f"/look-backs/ironmaking/{QUARTER}/"),  # not drawn, it is no page
        "ideal": ("demo", f"/look-backs/ironmaking/{QUARTER}/"),
        "error": ("demo", "/look-backs/ironmaking/1999-Q1/"),
    },
    "board:visits": {
        "empty": ("early", "/visits/ironmaking/"),
        "ideal": ("demo", "/visits/ironmaking/"),
        "error": ("demo", "/visits/no-such-committee/"),
    },
    "board:call": {
        "empty": ("demo", "/calls/1/"),  # its days are over
        "ideal": ("demo", "/calls/2/"),
        "error": ("demo", "/calls/999999/"),
    },
    "board:suggestions": {
        "empty": ("early", "/voices/ironmaking/"),
        "ideal": ("demo", "/voices/ironmaking/"),
        "error": ("demo", "/voices/no-such-committee/"),
    },
    "board:suggestion_lines": {
        "empty": ("early", "/voices/ironmaking/each/"),
        "ideal": ("demo", "/voices/ironmaking/each/"),
        "error": ("demo", "/voices/no-such-committee/each/"),
    },
    "board:item": {
        "empty": ("early", f"{LIST}4/"),
        "ideal": ("demo", f"{LIST}4/"),
        "resolved": ("demo", f"{LIST}1/"),
        "handed out": ("demo", f"{LIST}6/"),
        "dated": ("demo", f"{LIST}11/"),
        "hardship": ("demo", f"{LIST}10/"),
        "error": ("demo", f"{LIST}999/"),
    },
    # What hangs at the foot of these pages; at their emptiest they say that nothing moved.
    "board:item_picture": {
        "empty": ("early", f"{LIST}4/picture/"),
        "ideal": ("demo", f"{LIST}1/picture/"),
        "error": ("demo", f"{LIST}10/picture/"),  # help for a family
    },
    "board:place_picture": {
        "empty": ("early", "/places/1/picture/"),
        "ideal": ("demo", "/places/1/picture/"),
        "error": ("demo", "/places/999999/picture/"),
    },
    "board:week_picture": {
        "empty": ("early", f"{LIST}changes/{WEEK}/picture/"),
        "ideal": ("demo", f"{LIST}changes/{WEEK}/picture/"),
        "error": ("demo", f"{LIST}changes/1999-W01/picture/"),
    },
    "board:bulletin_picture": {
        "empty": ("early", f"{LIST}bulletins/1/picture/"),  # nothing is issued yet
        "ideal": ("demo", f"{LIST}bulletins/2/picture/"),
        "error": ("demo", f"{LIST}bulletins/3/picture/"),  # a draft
    },
}
# The same pages in large type: what is empty or wrong there says the same words.
REGISTRY |= {
    name.replace("board:", "large:"): {"ideal": ("demo", f"/large{states['ideal'][1]}")}
    for name, states in REGISTRY.items()
}
STATES = {"empty", "ideal", "error"}
# What is no page before it is issued, or drawn
NOT_YET = {"board-assessment-empty", "board-bulletin-empty", "board-look_backs_of-empty"}
NOT_YET |= {"board-bulletin_picture-empty"}
NOT_YET |= {"board-past-before"}  # the list's publication
NOT_YET |= {
    f"{name}-objections-{state}"
    for name, state in (("board", "empty"), ("board", "ideal"), ("large", "ideal"))
}
LANGUAGES = {"zh": "", "en": "/en"}


def visits(language):
    """Yield each page's name and state, its site and its path in a language."""
    for name, states in REGISTRY.items():
        for state, (site, path) in states.items():
            yield f"{name.replace(':', '-')}-{state}", site, LANGUAGES[language] + path


def expected(name, site):
    """Return the status that a visit ends with."""
    if site == "broken":
        return 503
    return 404 if name.endswith("-error") or name in NOT_YET else 200
