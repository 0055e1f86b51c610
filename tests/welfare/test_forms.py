"""Any form, shown by templates/components/form.html."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string

from welfare.forms import Plain


class Every(Plain, forms.Form):
    name = forms.CharField(label="Name", help_text="As on your badge.")
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    until = forms.DateField(label="Until", widget=forms.DateInput({"type": "date"}))
    count = forms.IntegerField(label="Count")
    unit = forms.ChoiceField(label="Unit", choices=[("a", "A"), ("b", "B")])
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="I am sure")
    version = forms.IntegerField(widget=forms.HiddenInput)


def shown(sent=None):
    return render_to_string("components/form.html", {"form": Every(sent)})


def test_every_field_has_its_label_and_control():
    page = shown()

    for name in ("name", "note", "until", "count", "unit"):
        assert f'<label for="id_{name}">' in page
        assert re.search(rf'<(input|textarea|select)[^>]*id="id_{name}"', page)
    assert "<legend>Kind</legend>" in page
    assert page.count('type="radio"') == 2
    assert '<input type="hidden" name="version"' in page


def test_optional_fields_say_so_and_no_field_says_required():
    page = shown()

    assert page.count("（选填）") == 1
    assert "required" not in page


def test_hint_belongs_to_its_field():
    page = shown()

    assert 'id="id_name_helptext">As on your badge.' in page
    assert 'aria-describedby="id_name_helptext"' in page


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("id_name", "请填写：Name"),
        ("id_until", "请填写：Until"),
        ("id_unit", "请选择：Unit"),
        ("id_kind_0", "请选择：Kind"),
        ("id_sure", "请填写：I am sure"),
    ],
)
def test_error_stands_above_and_at_the_field_in_the_same_words(target, sentence):
    page = shown({})

    assert f'<a href="#{target}">{sentence}</a>' in page
    assert f'id="{target}"' in page
    assert page.count(sentence) == 2


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"count": "many"}, "请用数字填写：Count"),
        ({"until": "soon"}, "请按 2026-09-27 的样子填写日期：Until"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_field(sent, sentence):
    assert shown(sent).count(sentence) == 2


def test_a_better_sentence_stays():
    class Own(Plain, forms.Form):
        note = forms.CharField(error_messages={"required": "Say what was done."})

    assert Own({}).errors["note"] == ["Say what was done."]


def test_errors_are_announced():
    assert '<div class="errors" role="alert"' in shown({})
    assert "role" not in shown()


def test_what_was_typed_is_shown_as_text():
    assert "&lt;b&gt;" in shown({"note": "<b>"})
    assert "<b>" not in shown({"note": "<b>"})
