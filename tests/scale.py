#!/usr/bin/env python3
"""Ten thousand documents: what they cost, and whether all are accounted for.

    cargo build --release
    python3 tests/scale.py target/release/goldthread /tmp/scale 10000

Makes plans (one in ten an example document with something of its own, in Word, PDF, Markdown or text, the
others a page or two; one in a hundred broken), checks a hundred and all of them, kills a run with SIGKILL
and resumes it, runs again unchanged, and compares two processors with one. It fails where a document is
lost, counted twice or judged otherwise after the kill. Arguments after the number are handed to `check`.
Needs Python 3, a Unix system and, for ten thousand, 10 GB of disk; give it a machine with nothing else to do.
"""

import collections
import filecmp
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


PHRASES = [
    "The group meets every two months in the town hall and reports to the board in June.",
    "People in the poorest wards die nine years earlier than those in the richest.",
    "We will move two hundred thousand pounds from hospital care to prevention by 2028, led by the finance director.",
    "Residents told us that buses are late and that the surgery is hard to reach.",
    "We may consider a scheme for young carers where funding allows.",
    "Public Health will publish figures on life expectancy by ward every year.",
    "The car park will be resurfaced and the lighting renewed.",
    "Every partner is asked to look at who gains and who loses before a service changes.",
    "There is no budget for prevention in this plan.",
    "Schools, the hospital trust and the housing team share one plan for families in debt.",
    "Progress is measured by the share of children who are ready for school.",
]


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


def short(n):
    """A page or two of its own: what a sub-group writes."""
    parts = [f"# Plan of sub-group {n}"]
    for section in range(n % 3 + 2):
        parts.append(f"## Priority {section + 1}")
        parts += [PHRASES[(n * 7 + section * 5 + k * (n % 4 + 1)) % len(PHRASES)] for k in range(4)]
        parts.append(sentence(n + section))
    return "\n\n".join(parts).encode()


def variation(path, data, n):
    """A file's name and bytes: its own text where the format is easily written, else its own bytes."""
    if path.suffix == ".docx":
        return ".docx", docx(data, n)
    if path.suffix == ".md":
        text = data + f"\n\n{sentence(n)}\n".encode()
        return (".md" if n % 2 else ".txt"), text
    return path.suffix, data + f"\n% {n}\n".encode()


def broken(suffix, data, n):
    """Bytes of which nothing can be read. A text or PDF that is cut can be, in part."""
    kinds = [b"", b"PK\x03\x04 not really", b"%PDF-1.7 and nothing else"]
    if suffix == ".docx":
        kinds.append(data[: len(data) // 3])
    return kinds[n % len(kinds)]


def make(folder, many):
    sources = [p for p in sorted(CORPUS.iterdir()) if p.suffix in (".docx", ".pdf", ".md") and p.name != "README.md"]
    sources = [(p, p.read_bytes()) for p in sources]
    bad = 0
    for n in range(many):
        path, data = sources[n // 10 % len(sources)]
        suffix, out = variation(path, data, n) if n % 10 == 0 else (".md" if n % 2 else ".txt", short(n))
        if n % 100 == 57:
            out, bad = broken(suffix, out, n // 100), bad + 1
        place = folder / f"{n // 500:02}" / f"plan-{n:05}{suffix}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(out)
    return bad


DOCUMENTS = ',\n  "documents": ['
Took = collections.namedtuple("Took", "seconds cpu memory code")


def run(command, *args, cores=None):
    """Seconds, seconds of processors (readers too), the most memory in MiB, and the exit code."""
    command = (["taskset", "-c", cores] if cores else []) + [*command, *map(str, args)]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(seconds, cpu, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def apart(work, *args):
    """Does work that takes much memory in a process of its own: a program that this one starts is told to have
    taken at least as much as this one holds."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work(*args)
            code = 0
        except AssertionError as error:
            print(error)
        finally:
            sys.stdout.flush()
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, f"{work.__name__} failed"


def rows(store, sql):
    with sqlite3.connect(store, timeout=60) as db:
        return db.execute(sql).fetchall()


def head(report):
    """What a report says of all documents together. With every document it may be too big to hold."""
    text = ""
    with open(report, encoding="utf-8") as file:
        while DOCUMENTS not in text:
            part = file.read(1 << 24)
            assert part, f"{report} has no documents"
            text += part
    return json.loads(text[: text.index(DOCUMENTS)] + "}")


def accounted_for(report, many, bad):
    """Nothing lost, nothing twice, and as many unreadable as were broken."""
    portfolio = head(report)["portfolio"]
    plans = portfolio["plans"]
    unreadable = sum(p["status"] == "unreadable" for p in plans)
    print(f"accounted for: {len(plans)}; unreadable: {unreadable}; common text: {len(portfolio['common'])} passages")
    assert len({p["path"] for p in plans}) == len(plans) == many, "documents are lost or counted twice"
    assert unreadable == bad, f"{bad} documents were broken"


def killed_and_resumed(check, store, many, seconds, fresh, out):
    child = subprocess.Popen([*check, "--store", str(store), "--quiet"])
    while child.poll() is None:
        time.sleep(seconds / 50)
        try:
            if rows(store, "SELECT count(*) FROM documents")[0][0] > many // 3:
                break
        except sqlite3.OperationalError:
            continue
    child.send_signal(signal.SIGKILL)
    child.wait()
    before = rows(store, "SELECT count(*) FROM documents WHERE status != 'unreadable'")[0][0]
    run(check, "--store", store, "-o", out)
    last = "(SELECT max(id) FROM runs WHERE finished IS NOT NULL)"
    seen, unchanged = rows(store, f"SELECT count(*), sum(unchanged) FROM documents WHERE run = {last}")[0]
    same = filecmp.cmp(out, fresh, shallow=False)
    out.unlink()
    print(f"killed after {before}; resumed: {seen} documents, {unchanged} not read again; equal to the fresh run: {same}")
    assert before < many and (seen, unchanged, same) == (many, before, True), "the killed run was not resumed rightly"


def told(what, took, fresh):
    print(f"{what}: {took.seconds:.2f} s, {took.cpu:.2f} s of processors: {fresh.seconds / took.seconds:.1f} times "
          f"faster, {fresh.cpu / took.cpu:.1f} times less work; {took.memory:.0f} MiB", flush=True)


def main():
    tool, folder, many = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    shutil.rmtree(folder, ignore_errors=True)
    few, all_, out = folder / "few", folder / "all", folder / "out"
    out.mkdir(parents=True)
    make(few, 100)
    bad = make(all_, many)
    print(f"{many} documents made, {bad} of them broken", flush=True)
    check = [tool, "check", str(all_), *sys.argv[4:]]

    few_took = run([tool, "check", str(few), *sys.argv[4:]], "-o", out / "few.json")
    fresh = run(check, "-o", out / "all.json")
    print(f"fresh run: {fresh.seconds:.1f} s, {fresh.cpu:.1f} s of processors, exit code {fresh.code}")
    print(f"memory: {few_took.memory:.0f} MiB for 100, {fresh.memory:.0f} MiB for {many}: "
          f"{fresh.memory / few_took.memory:.2f} times", flush=True)
    apart(accounted_for, out / "all.json", many, bad)
    store = folder / "kept.sqlite"
    killed_and_resumed(check, store, many, fresh.seconds, out / "all.json", out / "resumed.json")
    plain = run(check, "--store", store)
    told("unchanged", plain, fresh)
    again = run(check, "--store", store, "-o", out / "again.json")
    assert filecmp.cmp(out / "again.json", out / "all.json", shallow=False), "the store gives another report"
    told(f"unchanged, {(out / 'again.json').stat().st_size / 1e6:.0f} MB of JSON written", again, fresh)

    part = [tool, "check", str(all_ / "00"), *sys.argv[4:], "--quiet"]
    one, two = run(part, cores="0"), run(part, cores="0,1")
    print(f"two processors to one: {two.seconds:.2f} s to {one.seconds:.2f} s: {two.seconds / one.seconds:.2f} "
          f"(work {two.cpu:.2f} to {one.cpu:.2f} s)")


if __name__ == "__main__":
    main()
