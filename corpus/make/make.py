"""Builds the example documents: sources in this folder → files one folder up.

Run `python corpus/make/make.py` for all, or name some: `make.py minutes estates`.
"""

import sys
from pathlib import Path

import delivery_plan
import estates
import homelessness
import joint_strategy
import minutes
import producers

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent

BUILDERS = {
    "delivery-plan.docx": delivery_plan.build,
    "estates-and-fleet-plan.pdf": lambda: producers.libreoffice(estates.source()),
    "glossy-vision.pdf": lambda: producers.chromium(HERE / "glossy_vision.html"),
    "homelessness-strategy.pdf": homelessness.build,
    "joint-strategy-draft.docx": joint_strategy.build,
    "scanned-minutes.pdf": minutes.build,
}


def main(wanted):
    for name, build in BUILDERS.items():
        if not wanted or any(word in name for word in wanted):
            data = build()
            (CORPUS / name).write_bytes(data)
            print(f"{name}: {len(data)} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
