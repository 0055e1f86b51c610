"""A disk whose power can be cut: ext4 in a file, shut down without its journal being written.

What a program has synced is there afterwards, and what it hasn't may be gone: so does a computer
that loses its power. It takes root, and a kernel with loop devices.
"""

import fcntl
import os
import struct
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

SIZE = 700 * 2**20  # bytes
SHUT_DOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN
WITHOUT_JOURNAL = struct.pack("I", 2)  # EXT4_GOING_FLAGS_NOLOGFLUSH


class Disk:
    def __init__(self, at: Path):
        self.image, self.folder = at / "image", at / "welfare-tests-disk"
        self.folder.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(SIZE)
        subprocess.run(["mkfs.ext4", "-q", "-F", self.image], check=True)
        self.mount()

    def mount(self):
        subprocess.run(["mount", "-o", "loop", self.image, self.folder], check=True)

    def cut(self):
        """Cut the power: from now on nothing is written, and every sync fails."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, SHUT_DOWN, WITHOUT_JOURNAL)
        finally:
            os.close(folder)

    def unmount(self):
        for _again in range(50):  # until who had files open there is gone
            if not subprocess.run(["umount", self.folder], stderr=subprocess.DEVNULL).returncode:
                return
            time.sleep(0.2)
        raise OSError(f"{self.folder} is busy")

    def come_back(self):
        """Give the power back: what the disk holds is what was synced."""
        self.unmount()
        self.mount()


@contextmanager
def disk(at: Path):
    made = Disk(at)
    try:
        yield made
    finally:
        made.unmount()


def why_not() -> str:
    """Say why no disk can be made here; "" where one can."""
    if os.geteuid():
        return "mounting a disk takes root"
    return "" if Path("/dev/loop-control").exists() else "this kernel has no loop devices"
