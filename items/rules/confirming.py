"""Who may confirm that what the office says was done at once is done: a supervisor, never it."""

from datetime import date

from django.db.models import QuerySet

from items.models import Holding, Item, Person, Post, Suggestion


def supervisors_posts(suggestion: Suggestion) -> QuerySet[Post]:
    """Return the posts that supervise published items of the committee, in a fixed order."""
    items = Item.objects.published().filter(list__committee=suggestion.committee_id)
    if suggestion.about and suggestion.about.hardship:
        items = items.filter(pk=suggestion.about.pk)
    return Post.objects.filter(pk__in=items.order_by().values("supervisor_post")).order_by("pk")


def checking_post(suggestion: Suggestion, person: Person, today: date) -> Post | None:
    """Return the supervisor's post by which a person confirms; None where they hold none."""
    held = Holding.objects.on(today).filter(person=person).values("post")
    return supervisors_posts(suggestion).filter(pk__in=held).first()


def has_checker(suggestion: Suggestion, today: date) -> bool:
    """Tell whether anybody is there today who may confirm it."""
    held = Holding.objects.on(today).filter(post__in=supervisors_posts(suggestion))
    people = Person.objects.filter(pk__in=held.values("person")).order_by("pk")
    of_it = Suggestion.objects.filter(pk=suggestion.pk)
    return any(of_it.checked_by(person, today).exists() for person in people)
