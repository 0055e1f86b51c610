"""How often: each test here says its own number; ROUNDS=5 makes all of them short."""

import os


def rounds(usual: int) -> int:
    return int(os.environ.get("ROUNDS") or usual)
