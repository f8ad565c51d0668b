#!/usr/bin/env python3
"""Ten thousand documents: what they cost, and whether all are accounted for.

    cargo build --release
    python3 tests/scale.py target/release/goldthread /tmp/scale 10000

Makes plans from the example documents (Word, PDF, Markdown, text; each with something of its own, one in
a hundred broken), checks a hundred and all of them, kills a run with SIGKILL and resumes it, runs again
unchanged, and compares two processors with one. Needs Python 3 and a Unix system, nothing else.
"""

import io
import json
import os
import pathlib
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile

CORPUS = pathlib.Path(__file__).resolve().parent.parent / "corpus"
SENTENCE = "In locality {n} the partners will open {k} advice desks in the poorest wards by March {y}, led by officer {n}."


def sentence(n):
    return SENTENCE.format(n=n, k=n % 7 + 2, y=2027 + n % 5)


def docx(data, n):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            part = old.read(item)
            if item.filename == "word/document.xml":
                own = f"<w:p><w:r><w:t>{sentence(n)}</w:t></w:r></w:p>".encode()
                at = part.rfind(b"<w:sectPr")
                at = at if at > 0 else part.rfind(b"</w:body>")
                part = part[:at] + own + part[at:]
            new.writestr(item.filename, part)
    return out.getvalue()


def variation(path, data, n):
    """A file's name and bytes: its own text where the format is easily written, else its own bytes."""
    if path.suffix == ".docx":
        return ".docx", docx(data, n)
    if path.suffix == ".md":
        text = data + f"\n\n{sentence(n)}\n".encode()
        return (".md" if n % 2 else ".txt"), text
    return path.suffix, data + f"\n% {n}\n".encode()


def broken(suffix, data, n):
    return [b"", data[: len(data) // 3], b"PK\x03\x04 not really", b"%PDF-1.7 and nothing else"][n % 4]


def make(folder, many):
    sources = [p for p in sorted(CORPUS.iterdir()) if p.suffix in (".docx", ".pdf", ".md") and p.name != "README.md"]
    sources = [(p, p.read_bytes()) for p in sources]
    bad = 0
    for n in range(many):
        path, data = sources[n % len(sources)]
        suffix, out = variation(path, data, n)
        if n % 100 == 57:
            out, bad = broken(suffix, out, n // 100), bad + 1
        place = folder / f"{n // 500:02}" / f"plan-{n:05}{suffix}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(out)
    return bad


def run(tool, *args, cores=None):
    """Seconds, the most memory in MiB, and the exit code."""
    command = (["taskset", "-c", cores] if cores else []) + [tool, "check", *map(str, args)]
    begun = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    return time.monotonic() - begun, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def rows(store, sql):
    with sqlite3.connect(store, timeout=60) as db:
        return db.execute(sql).fetchall()


def main():
    tool, folder, many = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    shutil.rmtree(folder, ignore_errors=True)
    few, all_, out = folder / "few", folder / "all", folder / "out"
    out.mkdir(parents=True)
    make(few, 100)
    bad = make(all_, many)
    print(f"{many} documents made, {bad} of them broken")

    _, small, _ = run(tool, few, "-o", out / "few.json")
    seconds, big, code = run(tool, all_, "-o", out / "all.json")
    print(f"fresh run: {seconds:.1f} s, exit code {code}")
    print(f"memory: {small:.0f} MiB for 100, {big:.0f} MiB for {many}: {big / small:.2f} times")
    portfolio = json.load(open(out / "all.json"))["portfolio"]
    lost = [p for p in portfolio["plans"] if p["status"] != "assessed"]
    unreadable = [p for p in lost if p["status"] == "unreadable"]
    print(f"accounted for: {len(portfolio['plans'])}; not judged: {len(lost)}, of which unreadable: {len(unreadable)}")
    print(f"common text: {len(portfolio['common'])} passages")

    store = folder / "kept.sqlite"
    child = subprocess.Popen([tool, "check", str(all_), "--store", str(store), "--quiet"])
    while True:
        time.sleep(seconds / 20)
        try:
            done = rows(store, "SELECT count(*) FROM documents")[0][0]
        except sqlite3.OperationalError:
            continue
        if done > many // 3 or child.poll() is not None:
            break
    child.send_signal(signal.SIGKILL)
    child.wait()
    before = rows(store, "SELECT count(*) FROM documents")[0][0]
    run(tool, all_, "--store", store, "-o", out / "resumed.json")
    last = "(SELECT max(id) FROM runs WHERE finished IS NOT NULL)"
    seen, unchanged = rows(store, f"SELECT count(*), sum(unchanged) FROM documents WHERE run = {last}")[0]
    same = (out / "resumed.json").read_bytes() == (out / "all.json").read_bytes()
    print(f"killed after {before}; resumed: {seen} documents, {unchanged} not read again; equal to the fresh run: {same}")

    for form in ("terminal", "json"):
        fresh, _, _ = run(tool, all_, "--format", form)
        again, _, _ = run(tool, all_, "--store", store, "--format", form)
        print(f"unchanged, --format {form}: {again:.2f} s to {fresh:.1f} s: {fresh / again:.1f} times faster")

    few_many = all_ / "00"
    one, _, _ = run(tool, few_many, "--quiet", cores="0")
    two, _, _ = run(tool, few_many, "--quiet", cores="0,1")
    print(f"two processors to one: {two:.2f} s to {one:.2f} s: {two / one:.2f}")


if __name__ == "__main__":
    main()
