"""The fields with which a list is published: its name typed, and whose posts are leaders'."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.models import Item, ItemList, Post
from welfare.forms import explain


class PublishingFields(forms.Form):
    """The list's name, so that nobody publishes it by a slip, and the leaders' posts."""

    name = forms.CharField(label=gettext_lazy("The list’s name"), max_length=300)
    leaders = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("Leaders’ posts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They lead items. Every leader is responsible for at least one."),
    )

    to_publish: ItemList

    def fit_publishing(self, item_list: ItemList) -> None:
        """Propose as leaders' the posts that lead items of the list; all of them are ticked."""
        self.to_publish = item_list
        explain(self.fields["name"], self.fields["name"].label)
        posts = proposed_leaders(item_list)
        if posts.exists():
            self.fields["leaders"].queryset = posts
            self.initial["leaders"] = [post.pk for post in posts]
        else:
            del self.fields["leaders"]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if name not in (self.to_publish.name, self.to_publish.name_en):
            raise forms.ValidationError(
                _("That isn’t its name. Write it as it stands: %s") % self.to_publish.name
            )
        return name

    @property
    def chosen_leaders(self) -> list[Post]:
        """Return the posts that were ticked."""
        return list(self.cleaned_data.get("leaders", ()))


def proposed_leaders(item_list: ItemList):
    """Return the posts that lead items of a list and aren't marked as leaders' yet."""
    owners = Item.objects.filter(list=item_list).order_by().values("owner_post")
    return Post.objects.filter(pk__in=owners, is_leader=False).order_by("name", "pk")
