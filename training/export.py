"""The student's weights to a model file: eight-bit numbers, examples, probes."""
import hashlib, random

import numpy as np
import torch

from common import FACETS, path, read
from pieces import Pieces, encode
from student import CHANNELS, WIDTH, Student, bare, padded, predict

EXAMPLES, NUMBERS, PROBES = 36, 32, 12


def varint(n):
    out = b""
    while n > 127:
        out, n = out + bytes([n & 127 | 128]), n >> 7
    return out + bytes([n])


def text(s):
    return varint(len(s.encode())) + s.encode()


def seq(items, each):
    return varint(len(items)) + b"".join(map(each, items))


def small(values):
    values = np.asarray(values).ravel()
    return varint(len(values)) + np.clip(np.rint(values), -127, 127).astype(np.int8).tobytes()


def floats(values):
    values = np.asarray(values).ravel()
    return varint(len(values)) + values.astype("<f4").tobytes()


def pairs(scale, bias):
    return varint(len(scale)) + np.stack([scale, bias], 1).astype("<f4").tobytes()


if __name__ == "__main__":
    vocab, train = read("vocab.json"), read("train.json")
    pieces, model = Pieces(vocab), Student(len(vocab))
    model.load_state_dict(torch.load(path("student.pt")))
    model.eval()
    rows = [encode(pieces, r) for r in train]
    with torch.inference_mode():
        groups = [padded(rows[k : k + 64]) for k in range(0, len(rows), 64)]
        pooled = torch.cat([model.pooled(*g) for g in groups]).numpy()
    centre = pooled.mean(0)
    _, spread, axes = np.linalg.svd(pooled - centre, full_matrices=False)
    project = axes[:NUMBERS].T / np.sqrt(spread[:NUMBERS] / np.sqrt(len(pooled)))
    vectors = (pooled - centre) @ project
    unit = np.abs(vectors).max() / 127 * 0.7
    rng, chosen = random.Random(2), set()
    short = [i for i, r in enumerate(train) if not r["file"].startswith("real") and 40 <= len(r["text"]) <= 150 and r["kind"] != "row"]
    for f in range(len(FACETS)):
        of_facet = [i for i in short if train[i]["y"][f] >= 2]
        rng.shuffle(of_facet)
        chosen.update(of_facet[:EXAMPLES])
    example = lambda i: (
        text(train[i]["text"])
        + seq([f for f in range(len(FACETS)) if train[i]["y"][f] >= 2], varint)
        + small(vectors[i] / unit)
    )
    plain = [i for i, r in enumerate(train) if r["file"] == "more" and r["kind"] == "paragraph"]
    probes = [train[i]["text"] for i in rng.sample(plain, PROBES)]
    beliefs = predict(model, [encode(pieces, bare(t)) for t in probes])
    w = {k: v.numpy() for k, v in model.state_dict().items()}
    embedding = np.concatenate([w["embed.weight"], w["above"][None]])
    unit_e = np.abs(embedding).max() / 127
    unit_1 = np.abs(w["first.weight"]).max((1, 2)) / 127
    unit_2 = np.abs(w["second.weight"]).max((1, 2)) / 127
    body = text(f"{len(train)} labelled passages of {len({(r['file'], r['doc']) for r in train})} documents")
    body += seq(FACETS, text) + varint(0) + seq(vocab, text) + varint(WIDTH) + varint(CHANNELS)
    body += small(embedding / unit_e)
    body += small((w["first.weight"] / unit_1[:, None, None]).transpose(2, 0, 1)) + pairs(unit_e * unit_1, w["first.bias"])
    body += small((w["second.weight"] / unit_2[:, None, None]).transpose(0, 2, 1)) + pairs(unit_2, w["second.bias"])
    body += floats(w["out.weight"].T) + floats(w["out.bias"]) + floats(project) + floats(centre)
    body += seq(sorted(chosen), example)
    body += varint(len(probes)) + b"".join(text(t) + floats(b) for t, b in zip(probes, beliefs))
    whole = b"goldthread model 1\n" + body
    with open(path("model.bin"), "wb") as f:
        f.write(whole)
    print(len(whole), "bytes,", len(chosen), "examples,", hashlib.sha256(whole).hexdigest())
