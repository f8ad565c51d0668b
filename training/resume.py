"""The weights of a model file, to go on from where others are gone: `resume.py MODEL` writes student.pt, careful.pt and vocab.json.

What was rounded to eight bits stays so; the file's own probes tell how near the weights are.
"""
import sys

import numpy as np
import torch

import careful
from common import FACETS, path, write
from export import MORE, OWN
from pieces import Pieces, encode
from student import Student, bare, padded, predict


class Bytes:
    """A file in postcard's encoding, part after part."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, n):
        self.at += n
        return self.data[self.at - n : self.at]

    def varint(self):
        out = shift = 0
        while True:
            byte = self.take(1)[0]
            out, shift = out | (byte & 127) << shift, shift + 7
            if byte < 128:
                return out

    def text(self):
        return self.take(self.varint()).decode()

    def seq(self, each):
        return [each() for _ in range(self.varint())]

    def small(self):
        return torch.tensor(np.frombuffer(self.take(self.varint()), np.int8).astype(np.float32))

    def floats(self, count=None, of=1):
        count = self.varint() if count is None else count
        return torch.tensor(np.frombuffer(self.take(4 * of * count), "<f4").copy())

    def pairs(self):
        return self.floats(self.varint(), 2).view(-1, 2).T

    def product(self, linear):
        """The opposite of export's product."""
        outputs, inputs = linear.weight.shape
        whole = self.small().view(-1, inputs // 2, 16, 2).permute(0, 2, 3, 1).reshape(-1, inputs)[:outputs]
        linear.weight.copy_(whole * self.floats()[:, None])
        bias = self.floats()
        if linear.bias is not None:
            linear.bias.copy_(bias)

    def norm(self, norm):
        norm.weight.copy_(self.floats())
        norm.bias.copy_(self.floats())

    def head(self, out):
        out.weight.copy_(self.floats().view(out.in_features, -1).T)
        out.bias.copy_(self.floats())
        self.floats(), self.floats()


def quick(b):
    vocab, width, channels = b.seq(b.text), b.varint(), b.varint()
    model = Student(len(vocab), width=width, channels=channels)
    embedding = b.small().view(-1, width)
    unit = 0.5 / embedding.std()  # which of the two scales is whose is not told
    model.embed.weight.copy_(embedding[:-1] * unit)
    model.above.copy_(embedding[-1] * unit)
    first = b.small().view(5, 2 * channels, width).permute(1, 2, 0)
    scale, bias = b.pairs()
    model.first.weight.copy_(first * (scale / unit)[:, None, None])
    model.first.bias.copy_(bias)
    second = b.small().view(2 * channels, 3, channels).permute(0, 2, 1)
    scale, bias = b.pairs()
    model.second.weight.copy_(second * scale[:, None, None])
    model.second.bias.copy_(bias)
    b.head(model.out)
    return vocab, model


def slow(b, pieces):
    model = careful.Careful(pieces)
    assert b.take(1) == b"\1", "a model without a careful student"
    b.floats(1), b.varint(), b.varint(), b.floats(1), b.varint(), b.floats(1)
    sizes = [b.varint() for _ in range(4)]
    assert sizes == [careful.DIM, careful.HEADS, careful.INNER, careful.RANK], sizes
    embedding = b.small().view(pieces, careful.RANK)
    model.embed.weight.copy_(embedding * b.floats()[:, None])
    b.product(model.widen)
    model.place.weight.copy_(b.floats().view(-1, careful.DIM))
    model.kind.weight.copy_(b.floats().view(-1, careful.DIM))
    b.norm(model.norm)
    assert b.varint() == len(model.layers)
    for layer in model.layers:
        b.product(layer.qkv)
        for part in (layer.qkv.weight, layer.qkv.bias):
            part[: careful.DIM] *= (careful.DIM / careful.HEADS) ** 0.5
        b.product(layer.o), b.norm(layer.norm1), b.product(layer.up), b.product(layer.down), b.norm(layer.norm2)
    b.head(model.out)
    model.out.weight.div_(OWN)
    model.out.bias.sub_(MORE).div_(OWN)
    return model


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    with open(sys.argv[1], "rb") as f:
        b = Bytes(f.read())
    assert b.take(19) == b"goldthread model 4\n", "no model of this version"
    made_from = b.text()
    print(made_from)
    assert b.seq(b.text) == FACETS and b.varint() == 0
    vocab, student = quick(b)
    again = slow(b, len(vocab))
    b.seq(lambda: (b.text(), b.seq(b.varint), b.small()))
    probes = b.seq(lambda: (b.text(), b.floats(), b.floats()))
    pieces = Pieces(vocab)
    shown = [careful.shown(pieces, bare(t)) for t, _, _ in probes]
    for name, said, told in (
        ("quick", predict(student, [encode(pieces, bare(t)) for t, _, _ in probes]), [q for _, q, _ in probes]),
        ("careful", careful.predict(again, shown) * OWN + MORE, [c for _, _, c in probes]),
    ):
        print(name, "furthest from what its probes say:", round(float(np.abs(said - np.stack(told)).max()), 3))
    write("vocab.json", vocab)
    write("made_from.json", made_from)
    torch.save(student.state_dict(), path("student.pt"))
    torch.save(again.state_dict(), path("careful.pt"))
