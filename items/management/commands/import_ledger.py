"""Import a list from a spreadsheet, or preview (dry run) what that would change."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from items.actions.validation import checked
from items.management.acting import ActingCommand, committee_of, list_of
from items.models import ItemList
from items.sheets.importing import ImportPlan, do_import, plan_import


class Command(ActingCommand):
    help = (
        "Bring a list in from an .xlsx or .csv file. A new list needs --committee and --year."
        " Importing the same file again changes nothing; a published list is never changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="an .xlsx or .csv file")
        parser.add_argument("--list", required=True, help="the list's address; a new one is made")
        parser.add_argument("--committee", help="the slug of a new list's committee")
        parser.add_argument("--year", type=int, help="a new list's year")
        parser.add_argument("--name", help="a new list's name")
        parser.add_argument("--sheet", help="the worksheet, where there are several")
        parser.add_argument("--dry-run", action="store_true", help="only show what would happen")
        super().add_arguments(parser)

    def handle(self, *, file, sheet, dry_run, by, **options):
        if not file.is_file():
            raise CommandError(_("There is no file “%s”. Check its name and folder.") % file)
        item_list = self._list(**options)
        plan = plan_import(file, item_list, name=file.name, sheet=sheet)
        self._print_plan(plan)
        if plan.problems:
            raise CommandError(_("Nothing was imported. Mend these rows and import again."))
        if dry_run:
            self.stdout.write(_("A trial run: nothing was saved."))
            return
        do_import(plan, by=self.acting_person(by, item_list.committee))
        self.stdout.write(_("Saved in the draft list “%s”.") % item_list)

    def _list(self, *, list, committee, year, name, **options):
        if ItemList.objects.filter(slug=list).exists():
            return list_of(list)
        if not (committee and year):
            raise CommandError(
                _("There is no list “%s” yet. For a new one add --committee and --year.") % list
            )
        committee = committee_of(committee)
        name = name or _("%(year)s list of %(committee)s") % {"year": year, "committee": committee}
        return checked(ItemList(committee=committee, slug=list, year=year, name=name))

    def _print_plan(self, plan: ImportPlan):
        """Print what would happen, cell by cell, then what can't be read."""
        counts = {"items": len(plan.diffs), "lines": plan.lines}
        self.stdout.write(_("The file has %(items)s items in %(lines)s rows.") % counts)
        for diff in plan.new:
            words = {"number": diff.number, "title": diff.values["title"]}
            self.stdout.write(_("+ no. %(number)s %(title)s") % words)
        for change in plan.changes:
            words = {"number": change.number, "column": plan.heading(change.column)}
            words |= {"old": change.old or "—", "new": change.new or "—"}
            line = _("~ no. %(number)s, %(column)s: %(old)s → %(new)s")
            self.stdout.write(line % words)
        if not plan.new and not plan.changes and not plan.problems:
            self.stdout.write(_("Nothing would change."))
        for note in [*plan.warnings, *plan.notes]:
            self.stdout.write(_("Note: %s") % note)
        for problem in plan.problems:
            self.stderr.write(str(problem))
