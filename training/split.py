"""Which documents are held back. Nothing is chosen by looking at what they hold."""
import hashlib

# The beginnings of their names, where it is not every third.
HELD = {
    "dev": ["d2_", "d5_", "d6_", "d8_"],
    "real_dev": ["tenyr", "hlp", "dph"],
    "real_more": ["mtpf", "ey", "cons", "beh", "nhg"],
    "indirect_more": [],
    "texture": [],
    # Not learned from yet: every name begins with nothing.
    "structure": [""],
}


def third(doc):
    """Every third document, by its name."""
    return int(hashlib.md5(doc.encode()).hexdigest(), 16) % 3 == 0


def held(file, doc):
    return any(doc.startswith(p) for p in HELD[file]) if file in HELD else third(doc)
