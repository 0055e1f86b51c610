"""The forms of leaders' visits. They check shape; the actions check meaning."""

from django import forms
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import rules
from items.models import Committee, Holding, Person, Place, Post, Role
from welfare.desk.fields import happened_on, words
from welfare.forms import Plain


def posts_of(person: Person):
    """Return the leaders' posts whose visits `person` may write down."""
    office = Role.objects.filter(person=person, kind=Role.Kind.OFFICE).values("committee")
    holdings = Holding.objects.on(localdate()).filter(person=person).values("post")
    posts = Post.objects.filter(Q(committee__in=office) | Q(pk__in=holdings), is_leader=True)
    committees = Committee.objects.without_tree_fields().filter(posts__in=posts).distinct()
    allowed = [row.pk for row in committees if not rules.barred(person, row)]
    return posts.filter(committee__in=allowed).order_by("committee", "name")


class VisitForm(Plain, forms.Form):
    post = forms.ModelChoiceField(None, label=gettext_lazy("Which leader went"), empty_label=None)
    went_on = happened_on(gettext_lazy("When"))
    place = forms.ModelChoiceField(None, label=gettext_lazy("Place"), required=False)
    location = forms.CharField(
        label=gettext_lazy("Where it was, in words"), max_length=100, required=False
    )
    heard = words(
        gettext_lazy("What was heard"),
        rows=4,
        help_text=gettext_lazy("Everyone reads it. Write no name and nothing about a person."),
    )
    matters = forms.CharField(
        label=gettext_lazy("What is to become a suggestion"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=gettext_lazy("One a line. The office answers each of them as any other."),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        posts = posts_of(person)
        self.fields["post"].queryset = posts
        places = Place.objects.filter(committee__in=posts.order_by().values("committee"))
        self.fields["place"].queryset = places.order_by("committee", "name")
        if not places.exists():
            del self.fields["place"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("place") and not cleaned.get("location"):
            self.add_error("location", _("Choose the place, or write where it was."))
        return cleaned

    def action_fields(self) -> dict:
        """Return the cleaned fields as arguments of the action."""
        matters = self.cleaned_data["matters"].splitlines()
        return self.cleaned_data | {"matters": matters, "yes": self.yes}


class WithdrawVisitForm(Plain, forms.Form):
    reason = words(gettext_lazy("Why the visit is withdrawn"))
    erase = forms.BooleanField(
        label=gettext_lazy("Erase its words for good (privacy)"), required=False
    )
