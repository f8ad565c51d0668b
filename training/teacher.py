"""The teacher: all-MiniLM-L6 with mean pooling and one linear layer, fine-tuned on the training part.

`FROM=teacher.pt EPOCHS=2` goes on from an earlier one.
"""
import os, random

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from common import FACETS, asked, batches, encoder, figures, opinions, path, rare, read, teacher_text

EPOCHS, BATCH, LONGEST = int(os.environ.get("EPOCHS", 3)), 16, 96
TOKENS = AutoTokenizer.from_pretrained(encoder())


class Teacher(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder(), dtype=torch.float32)
        self.head, self.drop = torch.nn.Linear(384, len(FACETS)), torch.nn.Dropout(0.1)
        torch.nn.init.constant_(self.head.bias, -3)

    def forward(self, batch):
        out, mask = self.encoder(**batch).last_hidden_state, batch["attention_mask"].unsqueeze(-1)
        return self.head(self.drop((out * mask).sum(1) / mask.sum(1)))


def predict(model, texts):
    return opinions(model, TOKENS, texts, LONGEST)


if __name__ == "__main__":
    torch.manual_seed(7)
    random.seed(7)
    rows = read("train.json")
    y = torch.tensor([[float(v >= 2) for v in r["y"]] for r in rows])
    told = torch.tensor(np.stack([asked(r) for r in rows]))
    more = rare(rows)
    model = Teacher()
    if "FROM" in os.environ:
        model.load_state_dict(torch.load(os.environ["FROM"]))
    groups = [dict(params=model.encoder.parameters(), lr=1.2e-4), dict(params=model.head.parameters(), lr=2e-3)]
    step = torch.optim.AdamW(groups, weight_decay=0.01)
    total = EPOCHS * -(-len(rows) // BATCH)
    rate = lambda s: min((s + 1) / (0.1 * total), max(0.0, (total - s) / (0.9 * total)))
    schedule = torch.optim.lr_scheduler.LambdaLR(step, rate)
    texts = [teacher_text(r) for r in rows]
    for epoch in range(EPOCHS):
        model.train()
        for group, x in batches(TOKENS, texts, BATCH, True, LONGEST):
            losses = torch.nn.functional.binary_cross_entropy_with_logits(model(x), y[group], pos_weight=more, reduction="none")
            loss = (losses * told[group]).sum() / told[group].sum()
            step.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            step.step()
            schedule.step()
        print("epoch", epoch, "loss of the last batch", round(float(loss.detach()), 4), flush=True)
        torch.save(model.state_dict(), path("teacher.pt"))
    back = read("held.json")
    print("teacher, held back:", figures(back, predict(model, [teacher_text(r) for r in back])))
