"""Backup and restore: database, photos and signed heads in one file that holds its own proof.

A backup is a tar archive, encrypted with age where a key is set (docs/decisions/0108), so that it
opens without this program: `age -d -i key.txt FILE | tar x`. Its last member, manifest.json, says
what the others have to be.
"""


class BackupError(Exception):
    """It failed or was refused; the text is a sentence for whoever runs the site."""


class DiskFull(BackupError):
    """There is no room for it."""
