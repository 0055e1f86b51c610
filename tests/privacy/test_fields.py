"""Every field of every model is public or private, said once in items.shades.shades."""

from django.apps import apps
from django.db import models

from items.privacy import shades


def all_models():
    """Return the project's models; a relation's own table is its field's business."""
    return apps.get_app_config("items").get_models()


def fields(model):
    """Return the names of a model's own columns and relations, not those that point to it."""
    return [field.name for field in [*model._meta.fields, *model._meta.many_to_many]]


def faults(found):
    """Return the fields that stand in no shade or in several."""
    return {
        f"{model.__name__}.{field}": shades.shades(model, field)
        for model in found
        for field in fields(model)
        if len(shades.shades(model, field)) != 1
    }


def test_each_field_has_exactly_one_shade():
    assert faults(all_models()) == {}


def test_what_is_declared_is_there():
    there = {(model.__name__, field) for model in all_models() for field in fields(model)}
    listed = {
        (model, field)
        for table in shades.SHADES.values()
        for model, names in table.items()
        for field in names.split()
    }

    assert listed - there == set()


def test_nothing_is_said_twice():
    rows = [names.split() for table in shades.SHADES.values() for names in table.values()]

    assert [row for row in rows if len(row) != len(set(row))] == []


def test_new_field_is_noticed(monkeypatch):
    # The negative control: a field that nobody has thought about, and one in two shades.
    class Meta:
        app_label = "nowhere"

    columns = {"name": models.TextField(), "illness": models.TextField()}
    person = type("Person", (models.Model,), {"Meta": Meta, "__module__": __name__, **columns})
    monkeypatch.setitem(shades.PUBLIC, "Person", "name")

    assert faults([person]) == {"Person.name": ["public", "names"], "Person.illness": []}


def test_history_is_private_by_rule():
    class Historical:
        instance_type = object

    assert shades.shades(Historical, "name") == ["private"]
