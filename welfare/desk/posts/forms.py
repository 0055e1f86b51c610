"""The form of an appointment: who takes a post, or that nobody does, from when, and why."""

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.models import Person, Post, Role
from items.models.tie import people_of, people_of_none
from welfare.desk.fields import happened_on, words
from welfare.forms import Plain

VACANT = "vacant"
BARRED = [Role.Kind.AUDITOR, Role.Kind.ADMINISTRATOR]  # from acting, whatever their posts


class PeopleOrVacant(ModelChoiceIterator):
    """The people to choose from, and nobody at the end: a post falls vacant by no mere slip."""

    def __iter__(self):
        yield from super().__iter__()
        yield VACANT, _("Nobody: the post stays vacant")


class HolderField(forms.ModelChoiceField):
    """A person, or None when nobody is said in so many words."""

    iterator = PeopleOrVacant

    def clean(self, value):
        return None if value == VACANT else super().clean(value)

    def label_from_instance(self, person):
        """Return a name with the posts held, or with the account's name: names aren't unique."""
        today = localdate()
        posts = [holding.post.name for holding in person.holdings.all() if holding.covers(today)]
        names = {"name": person.name, "posts": _(", ").join(posts) or person.username}
        return _("%(name)s (%(posts)s)") % names


class MarkLeaderForm(Plain, forms.Form):
    """A form about whether a post is a leader's; it knows how its reader saw it marked."""

    is_leader = forms.TypedChoiceField(
        choices=[("yes", ""), ("no", "")],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.HiddenInput,
    )
    reason = words(gettext_lazy("Why the mark is corrected"), rows=2)


class PostsOrNone(ModelChoiceIterator):
    """The posts to choose from, and that none is named at the end."""

    def __iter__(self):
        yield from super().__iter__()
        yield VACANT, self.field.none


class PostOrNoneField(forms.ModelChoiceField):
    """A post, or None when it is said in so many words that no post is named."""

    iterator = PostsOrNone

    def __init__(self, none, *, label, help_text):
        self.none = none  # the words that say so
        empty = gettext_lazy("Choose a post")
        super().__init__(Post.objects.none(), label=label, help_text=help_text, empty_label=empty)

    def clean(self, value):
        return None if value == VACANT else super().clean(value)


class NamedPostsForm(Plain, forms.Form):
    """A form about posts that a committee names; it knows which ones its reader saw named."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=50)

    def __init__(self, *args, committee, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.posts:
            self.fields[name].queryset = committee.posts.order_by("name")

    @property
    def posts(self):
        return [name for name in self.fields if name != "seen"]

    def chosen(self) -> list[Post | None]:
        return [self.cleaned_data[name] for name in self.posts]

    def refuse(self, refused, named: str):
        """Show a refusal; sent again, the form is about the posts that are named now."""
        self.data = self.data.copy()
        self.data["seen"] = named
        self.say_refused(refused)


class ReleasingPostForm(NamedPostsForm):
    """Which post releases what the office enters for owners."""

    heading = gettext_lazy("Who releases beside the office")
    lead = gettext_lazy(
        "What one person of the office enters for an owner becomes public when somebody else"
        " releases it: another person of the office, or whoever holds this post."
    )
    post = PostOrNoneField(
        gettext_lazy("No post: the office alone releases"),
        label=gettext_lazy("Post"),
        help_text=gettext_lazy(
            "Best one that owns few items: nobody releases what is entered for their own item."
        ),
    )


class ReviewPostsForm(NamedPostsForm):
    """Which posts look again at what workers doubt."""

    heading = gettext_lazy("Who reviews what workers doubt")
    lead = gettext_lazy(
        "Where workers write that something isn’t done, the holder of the first post looks again"
        " and answers in public; of the second where the first signed it off or is on the owner’s"
        " side. A list is published only when a post is named."
    )
    post = PostOrNoneField(
        gettext_lazy("No post: it falls by turns to supervisors who didn’t sign"),
        label=gettext_lazy("First post"),
        help_text=gettext_lazy("Such as the union’s, or that of discipline inspection."),
    )
    second = PostOrNoneField(
        gettext_lazy("No second post"),
        label=gettext_lazy("Second post"),
        help_text=gettext_lazy("For what the first may not review: with two, one is always free."),
    )


class AppointForm(Plain, forms.Form):
    """A form about a post; it knows which holding its reader saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    person = HolderField(
        Person.objects.none(),
        label=gettext_lazy("Who takes the post"),
        empty_label=gettext_lazy("Choose a person"),
        help_text=gettext_lazy(
            "Auditors and administrators are not among them: they can’t act for a post."
        ),
    )
    since = happened_on(gettext_lazy("From which day"))
    reason = words(gettext_lazy("Why the holder changes"), rows=2)

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = choosable(post.committee)

    def refuse(self, refused, holding: int):
        """Show a refusal; sent again, the form is about the holding that is in force now."""
        self.data = self.data.copy()
        self.data["seen"] = holding
        self.say_refused(refused)


def choosable(committee):
    """Return the people of a committee who can act, and new accounts that are nobody's yet.

    Without those, a leader who comes from outside could never be appointed to a first post.
    """
    candidates = Q(pk__in=people_of([committee])) | Q(pk__in=people_of_none())
    barred = Role.objects.filter(committee=committee, kind__in=BARRED).values("person")
    people = Person.objects.filter(candidates, is_active=True, is_superuser=False)
    people = people.exclude(pk__in=barred)
    return people.prefetch_related("holdings__post").order_by("name", "username")
