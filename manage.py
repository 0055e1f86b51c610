#!/usr/bin/env python
"""Run a Django command on this site, `manage.py help` lists them."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "welfare.settings")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, OperationalError

    try:
        execute_from_command_line(sys.argv)
    except DatabaseError as error:
        # Those two kinds are the database's or the disk's fault, all others a command's.
        if "--traceback" in sys.argv or type(error) not in (DatabaseError, OperationalError):
            raise
        sys.exit(
            f"The database can’t be used: {str(error).strip()}\n"
            "Look whether it runs, and at DATABASE_URL, its file and the disk (--traceback says"
            " where it happened)."
        )


if __name__ == "__main__":
    main()
