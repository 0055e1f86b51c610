"""What the domain says when it will not do something."""


class Refused(Exception):
    """Refuse an act with a sentence for the person: what happened, why, and what to do."""

    def __init__(self, *sentences: str):
        self.sentences = [str(sentence) for sentence in sentences]
        super().__init__("\n".join(self.sentences))


class Conflict(Refused):
    """Refuse a change because somebody else changed the same thing first."""
