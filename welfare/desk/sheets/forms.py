"""The form of a sheet, and what is corrected in its preview. They check shape."""

import re
from dataclasses import replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.sheets.archive import MAX_FILE, MB
from items.sheets.corrections import Corrections
from items.sheets.grid import MAX_CELL
from items.sheets.headings import HEADINGS, as_remembered
from items.words import one_line
from welfare.forms import Plain

CELL = re.compile(r"(cell|write)-([A-Z]{1,3}[1-9][0-9]{0,6})")
AS_IT_IS = "="  # of a choice: what the sheet says


class SheetForm(Plain, forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("An .xlsx or .csv file of at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=200,
    )
    sheet = forms.CharField(
        label=gettext_lazy("Worksheet"),
        help_text=gettext_lazy("Its name, where the file has several."),
        required=False,
        max_length=100,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            sentence = _(
                "The file is larger than %(mb)s MB. Delete its pictures and save it again."
            )
            raise forms.ValidationError(sentence % {"mb": MAX_FILE // MB})
        return file


def corrections_from(post, before: Corrections) -> Corrections:
    """Return what was corrected before, and what the preview's form says now.

    `cell-H7` is what is read in the place of that cell's words; where `was-H7` says the same, it
    was only shown; `write-H7` goes before what is chosen there, if anything is. `heading-C` is a
    heading, `column-C` its column.
    """
    cells, columns = dict(before.cells), dict(before.columns)
    for name, value in post.items():
        words = value.replace("\r\n", "\n").strip()[:MAX_CELL]
        if found := CELL.fullmatch(name):
            how, address = found.groups()
            only_shown = (AS_IT_IS, post.get(f"was-{address}"))
            if words not in only_shown and (words or how == "cell"):
                cells[address] = words
        elif name.startswith("column-") and (value in HEADINGS or not value):
            heading = as_remembered(post.get(name.replace("column", "heading"), ""))
            if heading and (value or heading in columns or post.get(f"was-{name}")):
                columns[heading] = value
    corrected = replace(before, cells=cells, columns=columns)
    if "posts" not in post:
        return corrected
    return replace(corrected, leaders=tuple(map(one_line, post.getlist("leader"))))
