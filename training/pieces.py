"""Text to word pieces, exactly as src/learned does it."""
SAME = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2013\u2014\u2212", "''\"\"-----")
ABOVE, COLUMN, OWN = 24, 8, 160
UNKNOWN, BORDER = 1, 2


def words(text):
    """Lower-case words, figures as runs of at most four noughts, other signs one by one."""
    out, current = [], ""
    for c in text.translate(SAME):
        kind = "0" if c.isnumeric() else c.lower() if c.isalpha() else ""
        if current and (not kind or (kind == "0") != (current[0] == "0")):
            out.append(current)
            current = ""
        if kind:
            current += kind
        elif not c.isspace():
            out.append(c)
    out += [current] if current else []
    return [w[:4] if w[0] == "0" else w for w in out]


class Pieces:
    def __init__(self, vocab):
        self.id, self.known = {p: i for i, p in enumerate(vocab)}, {}

    def word(self, word):
        """The longest known piece first, then on from where it ends; unknown where none fits."""
        if word not in self.known:
            out, at = [], 0
            while at < len(word):
                for end in range(min(len(word), at + 24), at, -1):
                    piece = ("##" if at else "") + word[at:end]
                    if piece in self.id:
                        out.append(self.id[piece])
                        at = end
                        break
                else:
                    out = [UNKNOWN]
                    break
            self.known[word] = out
        return self.known[word]

    def text(self, text):
        return [p for w in words(text) for p in self.word(w)]


def encode(pieces, r):
    """The ids of what is shown of a passage, and which of them stand above it."""
    ids, above = [], []

    def add(text, is_above, most):
        found = pieces.text(text)[:most]
        ids.extend(found)
        above.extend([is_above] * len(found))
        return len(found)

    def border(is_above):
        ids.append(BORDER)
        above.append(is_above)

    for text in (r["heading"], r["lead"]):
        if text:
            add(text, 1, ABOVE)
            border(1)
    left = OWN
    for column, cell in enumerate(r["text"].split(" | ") if r["kind"] == "row" else [r["text"]]):
        if column:
            border(0)
        if column < len(r["header"]) and r["header"][column]:
            add(r["header"][column], 1, COLUMN)
            border(1)
        left -= add(cell, 0, left)
        if left <= 0:
            break
    return ids, above
