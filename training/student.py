"""The student: two gated convolutions over word pieces, from labels and the teacher's opinions.

The gate is x / (1 + |x|) based, so that it needs no exponential and comes out the same on every machine.
"""
import collections, math, os, random

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from common import FACETS, asked, encoder, figures, path, read, write
from pieces import Pieces, encode

WIDTH, CHANNELS, EPOCHS, FURTHER, BATCH, RATE, LEAST = 96, 96, 6, round(float(os.environ.get("EPOCHS", 2))), 48, 2e-3, 12


class Student(nn.Module):
    def __init__(self, pieces, start=None, width=WIDTH, channels=CHANNELS):
        super().__init__()
        self.embed = nn.Embedding(pieces, width, padding_idx=0)
        if start is not None:
            with torch.no_grad():
                self.embed.weight.copy_(start)
                self.embed.weight[0] = 0
        self.above = nn.Parameter(torch.randn(width) * 0.1)
        self.first = nn.Conv1d(width, 2 * channels, 5, padding=2)
        self.second = nn.Conv1d(channels, 2 * channels, 3, padding=2, dilation=2)
        self.out, self.drop = nn.Linear(2 * channels, len(FACETS)), nn.Dropout(0.2)
        nn.init.constant_(self.out.bias, -3)

    @staticmethod
    def gate(x):
        linear, gate = x.chunk(2, 1)
        return linear * (0.5 + 0.5 * gate / (1 + gate.abs()))

    def pooled(self, ids, above):
        mask = (ids != 0).float().unsqueeze(1)
        x = self.drop(self.embed(ids) + above.unsqueeze(-1) * self.above).transpose(1, 2) * mask
        a = self.gate(self.first(x)) * mask
        b = self.gate(self.second(a)) * mask + a
        return torch.cat([(b + (mask - 1) * 1e4).max(2).values, (b * mask).sum(2) / mask.sum(2)], 1)

    def forward(self, ids, above):
        return self.out(self.drop(self.pooled(ids, above)))


def padded(rows):
    longest = max(len(r[0]) for r in rows)
    ids, above = torch.zeros(len(rows), longest, dtype=torch.long), torch.zeros(len(rows), longest)
    for i, (p, c) in enumerate(rows):
        ids[i, : len(p)], above[i, : len(c)] = torch.tensor(p), torch.tensor(c, dtype=torch.float)
    return ids, above


def predict(model, rows):
    model.eval()
    out, order = torch.zeros(len(rows), len(FACETS)), sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
    with torch.inference_mode():
        for i in range(0, len(order), 128):
            group = order[i : i + 128]
            out[group] = model(*padded([rows[k] for k in group]))
    return out.numpy()


def bare(text):
    return dict(heading="", lead="", header=[], kind="paragraph", text=text)


def vocabulary(train, unlabelled):
    """The encoder's pieces that are met often enough, without figures; single letters stay."""
    full = [line.rstrip("\n") for line in open(encoder() + "/vocab.txt")]
    keep = [p for p in full if not p.startswith("[") and not any(c.isdigit() for c in p)]
    keep += ["0", "00", "000", "0000"]
    pieces, met = Pieces(["", "[UNK]", "[SEP]"] + keep), collections.Counter()
    for r in train:
        met.update(4 * pieces.text(" ".join([r["text"], r["heading"], *r["header"]])))
    for text in unlabelled:
        met.update(pieces.text(text))
    letter = lambda p: len(p.replace("##", "")) == 1 and p.isascii()
    return ["", "[UNK]", "[SEP]"] + [p for p in keep if met[pieces.id[p]] >= LEAST or letter(p)]


def start(vocab):
    """The principal components of the teacher's embedding of each piece."""
    words = torch.load(path("teacher.pt"))["encoder.embeddings.word_embeddings.weight"].numpy()
    place = {line.rstrip("\n"): i for i, line in enumerate(open(encoder() + "/vocab.txt"))}
    chosen = np.stack([words[place[p]] if p in place else 0 * words[0] for p in vocab])
    centred = chosen - chosen.mean(0)
    _, _, axes = np.linalg.svd(centred[:6000], full_matrices=False)
    found = centred @ axes[:WIDTH].T
    return torch.tensor(found / found.std() * 0.5, dtype=torch.float32)


def learn(model, shown, goals, told, epochs, rate):
    """One pass after another over passages of like length; facets that nobody was asked about do not count."""
    step = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.02)
    total = epochs * math.ceil(len(shown) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(step, rate, total_steps=total + 1, pct_start=0.15)
    for epoch in range(epochs):
        model.train()
        key = [len(x[0]) + random.random() * 6 for x in shown]
        order = sorted(range(len(shown)), key=lambda i: key[i])
        groups, sum_of_losses = [order[i : i + BATCH] for i in range(0, len(order), BATCH)], 0.0
        random.shuffle(groups)
        for group in groups:
            ids, above = padded([shown[i] for i in group])
            if random.random() < 0.3:
                ids = torch.where((torch.rand(ids.shape) < 0.1) & (ids > 2), 1, ids)
            losses = F.binary_cross_entropy_with_logits(model(ids, above), goals[group], reduction="none")
            loss = (losses * told[group]).sum() / told[group].sum().clamp(min=1)
            step.zero_grad(set_to_none=True)
            loss.backward()
            step.step()
            schedule.step()
            sum_of_losses += float(loss.detach())
        print("epoch", epoch, "loss", round(sum_of_losses / len(groups), 4), flush=True)
        torch.save(model.state_dict(), path("student.pt"))


if __name__ == "__main__":
    random.seed(5)
    torch.manual_seed(5)
    train, unlabelled = read("train.json"), read("unlabelled.json")
    part = os.environ.get("PART")  # for a learning curve: so much of the documents, and labels alone
    if part:
        documents = sorted({(r["file"], r["doc"]) for r in train})
        random.Random(9).shuffle(documents)
        kept = set(documents[: round(float(part) * len(documents))])
        train = [r for r in train if (r["file"], r["doc"]) in kept]
    going_on = os.environ.get("FROM")  # weights of an earlier student with its vocab.json: the first stage is left out
    if not going_on:
        write("vocab.json", vocabulary(train, unlabelled))
    vocab = read("vocab.json")
    pieces = Pieces(vocab)
    model = Student(len(vocab), None if going_on else start(vocab))
    if going_on:
        model.load_state_dict(torch.load(going_on))
    print(len(vocab), "pieces,", sum(p.numel() for p in model.parameters()), "weights")
    back = read("held.json")
    kept_back = [encode(pieces, r) for r in back]

    def opinions(name, rows):
        beliefs = [] if part else np.load(path(name + ".npy"))
        return [encode(pieces, r) for r in rows[: len(beliefs)]], [(1 / (1 + np.exp(-b))).astype(np.float32) for b in beliefs]

    shown = [encode(pieces, r) for r in train] * 2
    goals = [np.array([float(v >= 2) for v in r["y"]], np.float32) for r in train] * 2
    told = [asked(r) for r in train] * 2

    def add(name, rows):
        """Adds passages with the teacher's opinion of every facet."""
        more_shown, more_goals = opinions(name, rows)
        shown.extend(more_shown)
        goals.extend(more_goals)
        told.extend([np.ones(len(FACETS), np.float32)] * len(more_goals))

    def stage(name, epochs, rate):
        """Learns from all there is; says how good it is then."""
        learn(model, shown, torch.tensor(np.stack(goals)), torch.tensor(np.stack(told)), epochs, rate)
        print(name, len(shown), "passages; held back:", figures(back, predict(model, kept_back)), flush=True)

    add("changed", read("changed.json"))
    if not going_on:
        stage("labels and changed passages", EPOCHS, RATE)
    add("unlabelled", [bare(t) for t in unlabelled])
    if not part:
        stage("and unlabelled ones", FURTHER, RATE / 2)
