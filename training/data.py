"""Labelled passages to the training part and the part held back; texts to distil on."""
import collections, glob, gzip, json, os, random, re

from common import FACETS, write
from split import held, third

# Whose unlabelled documents are strategies, plans, needs assessments and reports of public bodies.
FIRST = (
    "WS-JSNA local-plan LYPFT LCH Leeds NHS LTHT medium-term Realising New_org Defining Workforce-S priorities "
    "10-year Healthy Improving_eq Unequal Identifying"
).split()
OF_THOSE, OF_OTHERS = 42_000, 6_000


def load():
    """Every labelled passage with what stands above it; a bullet's lead-in is the paragraph before its list."""
    out = []
    for name in sorted(glob.glob(os.path.join(os.environ["GOLD"], "*.jsonl"))):
        file, lead, last = os.path.basename(name)[: -len(".jsonl")], None, None
        for line in open(name):
            r = json.loads(line)
            key, kind = (r["doc"], tuple(r.get("headings", []))), r.get("kind") or "paragraph"
            if key != last:
                lead, last = None, key
            if kind == "paragraph":
                lead = r["text"] if r["text"].rstrip().endswith(":") else None
            elif kind == "row":
                lead = None
            out.append(
                dict(
                    id=r["id"], file=file, doc=r["doc"], text=r["text"], kind=kind,
                    heading=(r.get("headings") or [""])[-1], header=r.get("header") or [],
                    lead=(lead if kind == "bullet" else None) or "",
                    y=[r["labels"].get(f, 0) for f in FACETS], asked=r.get("asked"), held=held(file, r["doc"]),
                )
            )
    return out


def plain(text):
    return re.sub(r"[^a-z]+", " ", text.lower()).strip()


def sequences(text, length=7):
    words = plain(text).split()
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}


def unlabelled(back):
    """Passages to ask the teacher about: none of a document that is held back or a third kept to measure, none twice."""
    known = set().union(*(sequences(r["text"]) for r in back if r["file"].startswith("real")))
    documents = collections.defaultdict(list)
    for line in gzip.open(os.environ["UNLABELLED"], "rt"):
        r = json.loads(line)
        documents[r["doc"]].append(r["text"])

    def is_known(text):
        own = sequences(text)
        return own and len(own & known) >= 0.5 * len(own)

    rng, seen, first, others = random.Random(11), {plain(r["text"]) for r in back}, [], []
    for doc, texts in documents.items():
        shared = sum(map(bool, map(is_known, texts)))
        if third(doc) or shared >= 15 or (shared >= 3 and shared >= 0.01 * len(texts)):
            continue
        for text in texts:
            key = plain(text)
            if 6 <= len(text.split()) <= 150 and len(key) >= 0.6 * len(text) and key not in seen:
                seen.add(key)
                (first if doc.startswith(tuple(FIRST)) else others).append(text)
    rng.shuffle(first)
    rng.shuffle(others)
    chosen = first[:OF_THOSE] + others[:OF_OTHERS]
    rng.shuffle(chosen)
    return chosen


def changed(train):
    """Training passages with words dropped, joined to others, cut, or below other headings."""
    rng, out = random.Random(3), []
    sentences = lambda t: [s for s in re.split(r"(?<=[.;!?])\s+", t) if len(s) > 20]
    for r in train:
        for _ in range(2 if max(r["y"]) >= 2 else 1):
            how, q, other = rng.random(), dict(r), rng.choice(train)
            own, theirs, words = sentences(r["text"]), sentences(other["text"]), r["text"].split()
            if how < 0.3:
                q["text"] = " ".join(w for w in words if rng.random() > 0.12)
            elif how < 0.55 and own and theirs:
                parts = [rng.choice(own), rng.choice(theirs)]
                rng.shuffle(parts)
                q["text"] = " ".join(parts)
            elif how < 0.75:
                q["heading"], q["lead"], q["header"] = other["heading"], other["lead"], []
            elif how < 0.9 and len(own) > 1:
                q["text"] = rng.choice(own)
            elif how >= 0.9:
                cut = rng.randrange(len(words) + 1)
                q["text"] = " ".join(words[:cut] if cut > len(words) / 2 else words[cut:])
            else:
                continue
            if len(q["text"].split()) >= 3:
                out.append({k: q[k] for k in ("heading", "lead", "header", "kind", "text")})
    return out


if __name__ == "__main__":
    rows = load()
    train, back = [r for r in rows if not r["held"]], [r for r in rows if r["held"]]
    write("train.json", train)
    write("held.json", back)
    write("changed.json", changed(train))
    write("unlabelled.json", unlabelled(back))
    print(len(train), "to train on,", len(back), "held back")
