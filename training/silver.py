"""The teacher's opinions of changed training passages as labelled passages, for linear models."""
import json

import numpy as np

from common import FACETS, path, read

if __name__ == "__main__":
    with open(path("silver.jsonl"), "w") as out:
        for i, (r, beliefs) in enumerate(zip(read("changed.json"), np.load(path("changed.npy")))):
            labels = {FACETS[f]: 2 for f in range(len(FACETS)) if beliefs[f] > 0}
            kind = "paragraph" if r["kind"] == "row" and not r["header"] else r["kind"]
            row = dict(id=f"changed:{i}", doc=f"changed{i}", text=r["text"], labels=labels, kind=kind)
            if r["heading"]:
                row["headings"] = [r["heading"]]
            if r["header"]:
                row["header"] = r["header"]
            out.write(json.dumps(row) + "\n")
