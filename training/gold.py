"""Lays all labelled passages together: `gold.py LABELLED UNLABELLED OUT`.

Takes the project's own (`corpus/`), those of the folder LABELLED (its files stand for the project's of the same name) and
the labels of real passages (`real/`, which tell a passage by its SHA-256 alone; the texts come from UNLABELLED).
`OUT/all` has them for `train`, `OUT/written` and `OUT/held` for `recalibrate`.
"""
import glob, gzip, hashlib, json, os, sys

from split import held


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def named(folder):
    return {os.path.basename(p)[: -len(".jsonl")]: p for p in sorted(glob.glob(os.path.join(folder, "*.jsonl")))}


def lines(path):
    with open(path) as f:
        return [json.loads(line) for line in f if line.strip()]


def joined(path, texts):
    """Labels with their passages, in the order of the file."""
    out = []
    for i, r in enumerate(lines(path), 1):
        text = texts.get((r["doc"], r["sha"]))
        if text is None:
            sys.exit(f"{path}, line {i}: UNLABELLED has no such passage of {r['doc']}")
        out.append(dict(id=f"{r['doc']}:{i}", doc=r["doc"], text=text, labels=r["labels"]))
    return out


if __name__ == "__main__":
    labelled, unlabelled, out = sys.argv[1:]
    here = os.path.dirname(os.path.abspath(__file__))
    texts = {}
    with gzip.open(unlabelled, "rt") as f:
        for line in f:
            r = json.loads(line)
            texts[r["doc"], sha(r["text"])] = r["text"]
    files = {name: lines(path) for name, path in (named(here + "/corpus") | named(labelled)).items()}
    files |= {name: joined(path, texts) for name, path in named(here + "/real").items()}
    for part in ("all", "written", "held"):
        os.makedirs(os.path.join(out, part), exist_ok=True)
        for path in named(os.path.join(out, part)).values():
            os.remove(path)
    for name, rows in files.items():
        for part, wanted in (("all", rows), ("written", [r for r in rows if not held(name, r["doc"])]), ("held", [r for r in rows if held(name, r["doc"])])):
            if wanted:
                with open(os.path.join(out, part, name + ".jsonl"), "w") as f:
                    f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in wanted)
        print(name, len(rows), "passages,", sum(held(name, r["doc"]) for r in rows), "held back")
