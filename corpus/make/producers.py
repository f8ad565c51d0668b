"""Runs the outside programs that print pages: HTML or Word in, PDF bytes out.

Dates and file identifiers that they write are replaced by fixed ones of the same length.
Their versions still show: the same program gives the same bytes, another may not.
"""

import re
import subprocess
import tempfile
from pathlib import Path

STAMP = b"20260119093000"


def settle(pdf):
    """The same file with fixed times and a fixed identifier, every offset unchanged."""
    pdf = re.sub(rb"\(D:\d{14}", b"(D:" + STAMP, pdf)
    identifier = rb"/ID ?\[\s*<[0-9A-Fa-f]+>\s*<[0-9A-Fa-f]+>\s*\]|/DocChecksum ?/[0-9A-F]+"
    return re.sub(identifier, _zeros, pdf)


def _zeros(found):
    key, value = re.match(rb"(/ID|/DocChecksum ?/)(.*)", found.group(0), re.S).groups()
    return key + re.sub(rb"[0-9A-Fa-f]", b"0", value)


def chromium(page):
    """Prints an HTML file as tagged PDF."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.pdf")
        flags = (
            "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
            "--disable-component-update --disable-sync --no-pdf-header-footer"
        ).split()
        command = ["chromium", *flags, f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return settle(out.read_bytes())


def libreoffice(docx):
    """Prints the bytes of a Word file as PDF."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "in.docx").write_bytes(docx)
        command = [
            "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
            "--outdir", folder, f"{folder}/in.docx",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return settle(Path(folder, "in.pdf").read_bytes())
