"""Both students' weights to a model file: eight-bit numbers, examples, probes."""
import hashlib, os, random

import numpy as np
import torch

import careful
from common import FACETS, path, read
from pieces import Pieces, encode
from student import CHANNELS, WIDTH, Student, bare, padded, predict

EXAMPLES, NUMBERS, PROBES = 36, 32, 12
# What the careful student surely reads of a document: for each facet so many passages at most, from this belief of
# the quick one; the pieces that it reads of whatever passages hold most; and the pieces that it reads of passages
# which the quick one expects to hold so many facets.
MOST, LEAST, ROOM, WORTH, LIMIT = 2, -2.0, 1500, 0.4, 8000
# What both believe together: shares of the quick and of the careful one's log odds, fitted to passages held back.
KEEPS, OWN, MORE = 0.29, 0.605, -0.14


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


number = lambda x: np.float32(x).astype("<f4").tobytes()


def product(linear, by=None):
    """A linear layer as src/learned multiplies it: sixteen outputs at a time, inputs of both halves in pairs."""
    w, b = linear.weight.numpy().copy(), np.zeros(linear.weight.shape[0], np.float32) if linear.bias is None else linear.bias.numpy().copy()
    if by is not None:
        w, b = w * by[:, None], b * by
    unit = np.maximum(np.abs(w).max(1), 1e-9) / 127
    whole = np.rint(w / unit[:, None])
    outputs, inputs = w.shape
    whole = np.concatenate([whole, np.zeros((-outputs % 16, inputs))])
    packed = whole.reshape(-1, 16, 2, inputs // 2).transpose(0, 3, 1, 2)
    return small(packed) + floats(unit) + floats(b)


norm = lambda n: floats(n.weight.numpy()) + floats(n.bias.numpy())


def head(out, pooled):
    """The last layer, and the directions in which passages differ most."""
    centre = pooled.mean(0)
    _, spread, axes = np.linalg.svd(pooled - centre, full_matrices=False)
    project = axes[:NUMBERS].T / np.sqrt(spread[:NUMBERS] / np.sqrt(len(pooled)))
    return floats(out.weight.numpy().T) + floats(out.bias.numpy()) + floats(project) + floats(centre), (pooled - centre) @ project


def all_pooled(model, pad, rows):
    order, out = sorted(range(len(rows)), key=lambda i: len(rows[i][0])), None
    with torch.inference_mode():
        for k in range(0, len(order), 64):
            group = order[k : k + 64]
            found = model.pooled(*pad([rows[i] for i in group])).numpy()
            out = np.zeros((len(rows), found.shape[1]), np.float32) if out is None else out
            out[group] = found
    return out


if __name__ == "__main__":
    vocab, train = read("vocab.json"), read("train.json")
    pieces, quick, slow = Pieces(vocab), Student(len(vocab)), careful.Careful(len(vocab))
    quick.load_state_dict(torch.load(path("student.pt")))
    slow.load_state_dict(torch.load(path("careful.pt")))
    quick.eval(), slow.eval()
    torch.set_grad_enabled(False)
    rng, chosen = random.Random(2), set()
    short = [i for i, r in enumerate(train) if not r["file"].startswith("real") and 40 <= len(r["text"]) <= 150 and r["kind"] != "row"]
    for f in range(len(FACETS)):
        of_facet = [i for i in short if train[i]["y"][f] >= 2]
        rng.shuffle(of_facet)
        chosen.update(of_facet[:EXAMPLES])
    some = sorted(chosen | set(random.Random(4).sample(range(len(train)), min(3000, len(train)))))
    place = {i: k for k, i in enumerate(some)}
    quick_head, _ = head(quick.out, all_pooled(quick, padded, [encode(pieces, train[i]) for i in some]))
    with torch.no_grad():
        slow.out.weight.mul_(OWN)
        slow.out.bias.mul_(OWN).add_(MORE)
    slow_head, vectors = head(slow.out, all_pooled(slow, padded, [careful.shown(pieces, train[i]) for i in some]))
    unit = np.abs(vectors).max() / 127 * 0.7
    example = lambda i: text(train[i]["text"]) + seq([f for f in range(len(FACETS)) if train[i]["y"][f] >= 2], varint) + small(vectors[place[i]] / unit)
    plain = [i for i, r in enumerate(train) if r["file"] == "more" and r["kind"] == "paragraph"]
    probes = [train[i]["text"] for i in rng.sample(plain, PROBES)]
    beliefs = predict(quick, [encode(pieces, bare(t)) for t in probes])
    with torch.inference_mode():
        again = [slow(*padded([careful.shown(pieces, bare(t))])).numpy()[0] for t in probes]
    w = {k: v.numpy() for k, v in quick.state_dict().items()}
    embedding = np.concatenate([w["embed.weight"], w["above"][None]])
    unit_e = np.abs(embedding).max() / 127
    unit_1 = np.abs(w["first.weight"]).max((1, 2)) / 127
    unit_2 = np.abs(w["second.weight"]).max((1, 2)) / 127
    made_from = f"{len(train)} labelled passages of {len({(r['file'], r['doc']) for r in train})} documents"
    if os.path.exists(path("made_from.json")):
        made_from += "; its weights before: " + read("made_from.json")
    body = text(made_from)
    body += seq(FACETS, text) + varint(0) + seq(vocab, text) + varint(WIDTH) + varint(CHANNELS)
    body += small(embedding / unit_e)
    body += small((w["first.weight"] / unit_1[:, None, None]).transpose(2, 0, 1)) + pairs(unit_e * unit_1, w["first.bias"])
    body += small((w["second.weight"] / unit_2[:, None, None]).transpose(0, 2, 1)) + pairs(unit_2, w["second.bias"])
    body += quick_head
    e = slow.embed.weight.numpy()
    unit_p = np.maximum(np.abs(e).max(1), 1e-9) / 127
    body += b"\1" + number(LEAST) + varint(MOST) + varint(ROOM) + number(WORTH) + varint(LIMIT) + number(KEEPS) + varint(careful.DIM) + varint(careful.HEADS) + varint(careful.INNER) + varint(careful.RANK)
    body += small(e / unit_p[:, None]) + floats(unit_p) + product(slow.widen)
    body += floats(slow.place.weight.numpy()) + floats(slow.kind.weight.numpy()) + norm(slow.norm) + varint(len(slow.layers))
    asks = np.ones(3 * careful.DIM, np.float32)
    asks[: careful.DIM] = (careful.DIM / careful.HEADS) ** -0.5
    for layer in slow.layers:
        body += product(layer.qkv, asks) + product(layer.o) + norm(layer.norm1) + product(layer.up) + product(layer.down) + norm(layer.norm2)
    body += slow_head
    body += seq(sorted(chosen), example)
    body += varint(len(probes)) + b"".join(text(t) + floats(b) + floats(a) for t, b, a in zip(probes, beliefs, again))
    whole = b"goldthread model 4\n" + body
    with open(path("model.bin"), "wb") as f:
        f.write(whole)
    print(len(whole), "bytes,", len(chosen), "examples,", hashlib.sha256(whole).hexdigest())
