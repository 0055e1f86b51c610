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
        yield VACANT, _("No post: the office alone releases")


class PostOrNoneField(forms.ModelChoiceField):
    """A post, or None when it is said in so many words that no post is named."""

    iterator = PostsOrNone

    def clean(self, value):
        return None if value == VACANT else super().clean(value)


class ReleasingPostForm(Plain, forms.Form):
    """A form about a committee's post for releases; it knows which one its reader saw named."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)  # 0: none
    post = PostOrNoneField(
        Post.objects.none(),
        label=gettext_lazy("Post"),
        empty_label=gettext_lazy("Choose a post"),
        help_text=gettext_lazy(
            "Best one that owns few items: nobody releases what is entered for their own item."
        ),
    )

    def __init__(self, *args, committee, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = committee.posts.order_by("name")

    def refuse(self, refused, named: int):
        """Show a refusal; sent again, the form is about the post that is named now."""
        self.data = self.data.copy()
        self.data["seen"] = named
        self.say_refused(refused)


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
