"""What every form of the desk has that is about something which others may change."""

from django import forms

from welfare.forms import Plain

SEEN = ("version", "last_seq")


class SeenForm(Plain, forms.Form):
    """A form about what others may change meanwhile; it knows which state its reader saw."""

    method = "post"
    version = forms.IntegerField(widget=forms.HiddenInput)
    last_seq = forms.IntegerField(widget=forms.HiddenInput)  # its history's end, as it was shown

    def __init__(self, *args, of, about=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.of, self.about = of, about  # the entry of it that is meant, when there is one
        self.initial = self.seen(of) | self.initial
        self.fit(of)

    @staticmethod
    def seen(of) -> dict:
        """Return what tells the state that it is in."""
        return {"version": of.version, "last_seq": of.last_seq}

    def fit(self, of):
        """Fit the fields to what the form is about."""

    def said(self) -> dict:
        """Return what was said, as the action takes it."""
        return {k: v for k, v in self.cleaned_data.items() if k not in SEEN}

    def as_seen(self):
        """Return what the form is about in the state that the reader saw."""
        self.of.version = self.cleaned_data["version"]
        return self.of

    def shown_anew(self, of):
        """Return the same form with the same words, for the state that it is in now."""
        said = self.data.copy()
        for name, value in self.seen(of).items():
            said[name] = value
        return type(self)(said, self.files, of=of, about=self.about)
