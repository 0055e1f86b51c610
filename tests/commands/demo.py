"""The command that loads the demonstration."""

from io import StringIO

from django.core.management import call_command


def run(*args):
    """Run the command; return what it said."""
    out = StringIO()
    call_command("demo", *args, stdout=out)
    return out.getvalue()
