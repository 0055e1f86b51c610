"""Import a list from a spreadsheet, or preview (dry run) what that would change."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from items.actions.validation import checked
from items.management.acting import ActingCommand, committee_of, list_of
from items.models import ItemList
from items.sheets.importing import do_import, plan_import
from items.sheets.labels import kind_label
from items.sheets.preview import Preview, PreviewCell, PreviewRow, preview


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
        plan = plan_import(file, item_list, name=file.name, sheet=sheet, tell=self._tell)
        self.notes = plan.notes
        self._print(preview(plan), every_cell=dry_run or bool(plan.changes))
        if plan.problems:
            raise CommandError(_("Nothing was imported. Mend these rows and import again."))
        if dry_run:
            self.stdout.write(_("A trial run: nothing was saved."))
            return
        if len(plan.prepared) > 1000:
            self.stderr.write(_("Writing %d items.") % len(plan.prepared))
        do_import(plan, by=self.acting_person(by, item_list.committee))
        self.stdout.write(_("Saved in the draft list “%s”.") % item_list)

    def _tell(self, done, of):
        """Say on a long way how far it is; what was found stays alone in the output."""
        self.stderr.write(_("Checked: %(done)d of %(of)d.") % {"done": done, "of": of})

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

    def _print(self, shown: Preview, *, every_cell: bool):
        """Print what would happen, cell by cell if asked for; then what can't be read."""
        counts = {"items": shown.counts["all"], "lines": shown.lines}
        self.stdout.write(_("The file has %(items)s items in %(lines)s rows.") % counts)
        for row in shown.rows:
            if row.is_new:
                words = {"number": row.number, "title": row.title}
                self.stdout.write(_("+ no. %(number)s %(title)s") % words)
            for cell in row.cells:
                if every_cell and (row.is_new or cell.before is not None):
                    self._print_cell(row, cell)
        for name in shown.new:
            self.stdout.write(_("New: %s") % f"{kind_label(name.kind)} · {name.name}")
        if not shown.added and not shown.changed and not shown.problems:
            self.stdout.write(_("Nothing would change."))
        for note in [*shown.warnings, *self.notes]:
            self.stdout.write(_("Note: %s") % note)
        for problem in shown.problems:
            self.stderr.write(str(problem))

    def _print_cell(self, row: PreviewRow, cell: PreviewCell):
        """Print one cell as it would be saved, beside the sheet's own words where these differ."""
        said = "；".join(cell.lines) or "—"
        if cell.original:
            said += " " + _("(the sheet says: %s)") % cell.original
        if row.is_new:
            self.stdout.write(f"    {cell.label}: {said}")
            return
        words = {"number": row.number, "column": cell.label, "old": cell.before or "—", "new": said}
        self.stdout.write(_("~ no. %(number)s, %(column)s: %(old)s → %(new)s") % words)
