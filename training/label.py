"""The teacher's opinion of training passages, of changed ones and of unlabelled ones, a block at a time.

Where there is no teacher but the weights of an earlier model (`resume.py`), its careful student takes the teacher's place.
"""
import os

import numpy as np
import torch

import careful, teacher
from common import path, rare, read, teacher_text
from pieces import Pieces
from student import bare

BLOCK = 2_000


def opinions():
    """How passages are shown, and what is believed of them: log odds, too high for what is rare as the teacher's are."""
    if os.path.exists(path("teacher.pt")):
        model = teacher.Teacher()
        model.load_state_dict(torch.load(path("teacher.pt")))
        return teacher_text, lambda texts: teacher.predict(model, texts)
    vocab = read("vocab.json")
    pieces, model, more = Pieces(vocab), careful.Careful(len(vocab)), np.log(rare(read("train.json")).numpy())
    model.load_state_dict(torch.load(path("careful.pt")))
    return lambda r: careful.shown(pieces, r), lambda rows: careful.predict(model, rows) + more


if __name__ == "__main__":
    shown, predict = opinions()
    shown_as = {name: [shown(r) for r in read(name + ".json")] for name in ("train", "changed")}
    for name, rows in (*shown_as.items(), ("unlabelled", [shown(bare(t)) for t in read("unlabelled.json")])):
        beliefs = []
        for i in range(0, len(rows), BLOCK):
            beliefs.append(predict(rows[i : i + BLOCK]))
            np.save(path(name + ".npy"), np.concatenate(beliefs))
            print(name, i + len(beliefs[-1]), flush=True)
