"""The careful student: three layers of the teacher, over the quick student's pieces, with embeddings in fewer numbers."""
import math, os, random

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from common import FACETS, asked, encoder, figures, path, rare, read
from pieces import Pieces, encode
from student import bare, padded

LAYERS, DIM, HEADS, INNER, RANK, LONGEST = (0, 2, 5), 384, 12, 1536, 192, 128
EPOCHS, BATCH, RATE = float(os.environ.get("EPOCHS", 3.3)), 32, 1.2e-4


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv, self.o = nn.Linear(DIM, 3 * DIM), nn.Linear(DIM, DIM)
        self.up, self.down = nn.Linear(DIM, INNER), nn.Linear(INNER, DIM)
        self.norm1, self.norm2 = nn.LayerNorm(DIM, eps=1e-12), nn.LayerNorm(DIM, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        n, t, _ = x.shape
        q, k, v = self.qkv(x).view(n, t, 3, HEADS, DIM // HEADS).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.drop(self.o(a.transpose(1, 2).reshape(n, t, DIM))))
        u = self.up(x)
        return self.norm2(x + self.drop(self.down(u * torch.sigmoid(1.702 * u))))


class Careful(nn.Module):
    def __init__(self, pieces):
        super().__init__()
        self.embed, self.widen = nn.Embedding(pieces, RANK), nn.Linear(RANK, DIM, bias=False)
        self.place, self.kind, self.norm = nn.Embedding(LONGEST, DIM), nn.Embedding(2, DIM), nn.LayerNorm(DIM, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in LAYERS)
        self.out, self.drop = nn.Linear(2 * DIM, len(FACETS)), nn.Dropout(0.1)

    def pooled(self, ids, above):
        mask = ids != 0
        x = self.norm(self.widen(self.embed(ids)) + self.place.weight[: ids.shape[1]] + self.kind(above.long()))
        x = self.drop(x)
        m = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, m)
        x, own = x.float(), mask.unsqueeze(-1)
        return torch.cat([(x.masked_fill(~own, -1e4)).max(1).values, (x * own).sum(1) / own.sum(1)], 1)

    def forward(self, ids, above):
        return self.out(self.drop(self.pooled(ids, above)))


def start(model, vocab, teacher):
    """The teacher's layers; its embeddings in their principal directions; its linear layer on the mean."""
    t = torch.load(teacher)
    words = t["encoder.embeddings.word_embeddings.weight"]
    place = {line.rstrip("\n"): i for i, line in enumerate(open(encoder() + "/vocab.txt"))}
    place[""] = 0
    stand = {"0000": "000"}
    chosen = torch.stack([words[place.get(p, place.get(stand.get(p, ""), 100))] for p in vocab])
    u, s, v = torch.linalg.svd(chosen, full_matrices=False)
    unit = 0.05 / float((u[:, :RANK] * s[:RANK]).std())
    with torch.no_grad():
        model.embed.weight.copy_(u[:, :RANK] * s[:RANK] * unit)
        model.widen.weight.copy_(v[:RANK].T / unit)
        e = "encoder.embeddings."
        model.place.weight.copy_(t[e + "position_embeddings.weight"][1 : LONGEST + 1])
        model.kind.weight.copy_(t[e + "token_type_embeddings.weight"][:1].expand(2, -1))
        model.norm.weight.copy_(t[e + "LayerNorm.weight"])
        model.norm.bias.copy_(t[e + "LayerNorm.bias"])
        for layer, i in zip(model.layers, LAYERS):
            p = f"encoder.encoder.layer.{i}."
            for part in ("weight", "bias"):
                getattr(layer.qkv, part).copy_(torch.cat([t[p + f"attention.self.{n}.{part}"] for n in ("query", "key", "value")]))
                getattr(layer.o, part).copy_(t[p + "attention.output.dense." + part])
                getattr(layer.up, part).copy_(t[p + "intermediate.dense." + part])
                getattr(layer.down, part).copy_(t[p + "output.dense." + part])
                getattr(layer.norm1, part).copy_(t[p + "attention.output.LayerNorm." + part])
                getattr(layer.norm2, part).copy_(t[p + "output.LayerNorm." + part])
        model.out.weight.zero_()
        model.out.weight[:, DIM:].copy_(t["head.weight"])
        model.out.bias.copy_(t["head.bias"])


def shown(pieces, r):
    ids, above = encode(pieces, r)
    ids, above = ids[:LONGEST], above[:LONGEST]
    return (ids, above) if ids else ([1], [0])


def predict(model, rows):
    model.eval()
    out, order = torch.zeros(len(rows), len(FACETS)), sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
    with torch.inference_mode():
        for i in range(0, len(order), 64):
            group = order[i : i + 64]
            out[group] = model(*padded([rows[k] for k in group])).float()
    return out.numpy()


if __name__ == "__main__":
    random.seed(5)
    torch.manual_seed(5)
    train, vocab = read("train.json"), read("vocab.json")
    pieces, model = Pieces(vocab), Careful(len(vocab))
    if "FROM" in os.environ:
        model.load_state_dict(torch.load(os.environ["FROM"]))
    else:
        start(model, vocab, path("teacher.pt"))
    # The teacher learned with more weight on what is rare, so that its odds are too high by that much.
    opinion = lambda name: 1 / (1 + np.exp(-(np.load(path(name + ".npy")) - np.log(rare(train).numpy()))))
    labels, told = np.array([[float(v >= 2) for v in r["y"]] for r in train], np.float32), np.stack([asked(r) for r in train])
    of = opinion("train")
    goals, weight = [np.where(told > 0, 0.7 * labels + 0.3 * of, of)], [np.where(told > 0, 2.0, 0.5)]
    rows = [shown(pieces, r) for r in train]
    for name, more in (("changed", read("changed.json")[::3]), ("unlabelled", [bare(t) for t in read("unlabelled.json")])):
        o = opinion(name)[:: 3 if name == "changed" else 1]
        rows += [shown(pieces, r) for r in more[: len(o)]]
        goals, weight = goals + [o], weight + [np.ones_like(o)]
    goals, weight = (torch.tensor(np.concatenate(x), dtype=torch.float32) for x in (goals, weight))
    print(len(rows), "passages,", sum(p.numel() for p in model.parameters()), "weights", flush=True)
    body = [p for n, p in model.named_parameters() if not n.startswith("out")]
    step = torch.optim.AdamW([dict(params=body, lr=RATE), dict(params=model.out.parameters(), lr=1e-3)], weight_decay=0.01)
    total = math.ceil(EPOCHS * math.ceil(len(rows) / BATCH))
    rate = lambda s: min((s + 1) / (0.05 * total), 1.0, max(0.0, (total - s) / (0.9 * total)))
    schedule, done = torch.optim.lr_scheduler.LambdaLR(step, rate), 0
    while done < total:
        model.train()
        key = [len(x[0]) + random.random() * 6 for x in rows]
        order = sorted(range(len(rows)), key=lambda i: key[i])
        groups, losses = [order[i : i + BATCH] for i in range(0, len(order), BATCH)], 0.0
        random.shuffle(groups)
        groups = groups[: total - done]
        for group in groups:
            ids, above = padded([rows[i] for i in group])
            if random.random() < 0.3:
                ids = torch.where((torch.rand(ids.shape) < 0.08) & (ids > 2), 1, ids)
            each = F.binary_cross_entropy_with_logits(model(ids, above), goals[group], reduction="none")
            loss = (each * weight[group]).sum() / weight[group].sum()
            step.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            step.step()
            schedule.step()
            losses += float(loss.detach())
        done += len(groups)
        print("passes", round(done / math.ceil(len(rows) / BATCH), 2), "loss", round(losses / len(groups), 4), flush=True)
        torch.save(model.state_dict(), path("careful.pt"))
    back = read("held.json")
    print("careful, held back:", figures(back, predict(model, [shown(pieces, r) for r in back])), flush=True)
