"""The teacher's opinion of training passages, of changed ones and of unlabelled ones, a block at a time."""
import numpy as np
import torch

from common import path, read, teacher_text
from teacher import Teacher, predict

BLOCK = 2_000

if __name__ == "__main__":
    torch.set_num_threads(1)
    model = Teacher()
    model.load_state_dict(torch.load(path("teacher.pt")))
    model.eval()
    shown = {name: [teacher_text(r) for r in read(name + ".json")] for name in ("train", "changed")}
    for name, texts in (*shown.items(), ("unlabelled", read("unlabelled.json"))):
        beliefs = []
        for i in range(0, len(texts), BLOCK):
            beliefs.append(predict(model, texts[i : i + BLOCK]))
            np.save(path(name + ".npy"), np.concatenate(beliefs))
            print(name, i + len(beliefs[-1]), flush=True)
