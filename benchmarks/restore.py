"""How long a site's backup and its restoring take: 10,000 items and 2 GB of photos, or a part.

    .venv/bin/python benchmarks/restore.py [ITEMS [MEGABYTES]]

It works in a temporary folder, on SQLite; on PostgreSQL with DATABASE_URL, whose database has to be
empty and is filled:

    scripts/with_postgres.sh .venv/bin/python benchmarks/restore.py 1000 200
"""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = 300_000  # bytes of a photo and its small one


def main(items="10000", megabytes="2000"):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "welfare.settings",
            "SECRET_KEY": "x" * 60,
            "HTTP_ONLY": "1",
            "VAR_DIR": str(folder / "site"),
        }
        (folder / "site").mkdir()
        environment["BACKUP_KEY"] = manage(environment, "backup", "--new-key").strip()
        run(environment, "benchmarks/make_data.py", items)
        make_photos(folder / "site/media/photos", int(megabytes))
        took("backup", lambda: manage(environment, "backup", str(folder / "backups")))
        (file,) = (folder / "backups").iterdir()
        print(f"size: {file.stat().st_size / 2**20:,.0f} MB")
        took("restore", lambda: manage(environment, "restore", str(file), "--overwrite"))


def make_photos(folder, megabytes):
    """Make files of noise, which nothing compresses."""
    folder.mkdir(parents=True)
    for _each in range(megabytes * 10**6 // PICTURE):
        stem = secrets.token_hex(16)
        (folder / f"{stem}.jpg").write_bytes(os.urandom(PICTURE - 20_000))
        (folder / f"{stem}-small.jpg").write_bytes(os.urandom(20_000))


def took(what, act):
    began = time.monotonic()
    act()
    print(f"{what}: {time.monotonic() - began:.1f} s")


def manage(environment, *command):
    return run(environment, "manage.py", *command)


def run(environment, *command):
    command = [sys.executable, *command]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


if __name__ == "__main__":
    main(*sys.argv[1:])
