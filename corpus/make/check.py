"""Holds every expectation against its document: quotes are there, absent words are not.

Reads the text with means of its own (the XML of Word files, pdftotext for PDF), so that a
mistake of the program's readers does not hide one here. Prints faults; exits 1 if any.
"""

import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FACETS = [
    "P1.recognised", "P1.addressed", "P1.systematic", "P2.policy", "P2.resources", "P2.prioritised", "P3.shift",
    "P3.for_inequality", "P4.cross_sector", "P4.mechanism", "P4.all_policies", "P5.collected", "P5.used", "P5.monitored",
]
UNREAD = {W + "del", W + "moveFrom", W + "instrText", W + "delText", MC + "Fallback"}


def word_text(node):
    """The text of a Word file with its changes accepted; hidden runs and field codes left out."""
    if node.tag in UNREAD or (node.tag == W + "r" and node.find(f"{W}rPr/{W}vanish") is not None):
        return ""
    if node.tag == W + "tr" and node.find(f"{W}trPr/{W}del") is not None:
        return ""
    inner = (node.text or "") if node.tag == W + "t" else "".join(word_text(child) for child in node)
    return inner + ("\n" if node.tag == W + "p" else "")


def texts(path):
    """Page number → text; page 0 is the whole document."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as z:
            return {0: word_text(ET.fromstring(z.read("word/document.xml")))}
    if path.suffix == ".md":
        text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.S)
        return {0: text}
    out = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], check=True, capture_output=True, text=True).stdout
    pages = dict(enumerate(out.split("\f"), 1))
    return {0: out.replace("\f", "\n")} | pages


def plain(text):
    """Spaces made one; words broken at a line end joined."""
    return re.sub(r"\s+", " ", re.sub(r"[-\u00ad]\n", "", text))


def rating(levels):
    """What the levels alone allow; evident and embedded differ by sections, which are not counted here."""
    if max(levels) < 2:
        return {"missing"}
    if min(levels) < 2 or max(levels) < 3:
        return {"partial"}
    return {"evident", "embedded"} if max(levels) == 4 else {"evident"}


def faults(path, expected):
    read = {page: plain(text) for page, text in texts(path).items()}
    for quote in expected.get("quotes", []):
        if plain(quote["quote"]) not in read.get(quote.get("page", 0), ""):
            yield f"quote not found on page {quote.get('page', '-')}: {quote['quote']}"
        if quote["level"] > expected["facets"][quote["facet"]]:
            yield f"quote above the best level of {quote['facet']}: {quote['quote']}"
    for text in expected["absent"]["text"]:
        if plain(text) in read[0]:
            yield f"should be absent: {text}"
    if expected["status"] != "assessed":
        return
    if list(expected["facets"]) != FACETS:
        yield "facets are not the fourteen, in order"
    for facet, level in expected["facets"].items():
        if level >= 2 and not any(q["facet"] == facet and q["level"] == level for q in expected["quotes"]):
            yield f"no quote at the best level of {facet}"
    for criterion, given in expected["ratings"].items():
        allowed = rating([v for k, v in expected["facets"].items() if k.startswith(criterion)])
        if given not in allowed:
            yield f"{criterion} is {given}, its levels allow {sorted(allowed)}"


def main():
    bad = 0
    for sheet in sorted(CORPUS.glob("*.toml")):
        path = next(p for p in sheet.parent.glob(sheet.stem + ".*") if p.suffix != ".toml")
        for fault in faults(path, tomllib.loads(sheet.read_text(encoding="utf-8"))):
            print(f"{path.name}: {fault}")
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
