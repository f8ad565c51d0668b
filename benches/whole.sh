#!/bin/sh
# Whole processes side by side in one run, on one core: what of these is installed, over the PDFs below a folder.
#   benches/whole.sh FOLDER [ROUNDS]
# Needs a release build (cargo build --release). Prints the least user and system seconds of each.
set -eu
folder=${1:?"usage: benches/whole.sh FOLDER [ROUNDS]"}
rounds=${2:-3}
own=${GOLDTHREAD:-$(dirname "$0")/../target/release/goldthread}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/files"
find "$folder" -name '*.pdf' -type f | sort | while read -r file; do
    ln -s "$(realpath "$file")" "$work/files/$(printf %s "$file" | tr / _)"
done
cd "$work/files"
own=$(cd "$OLDPWD" && realpath "$own")

one_core() { if command -v taskset > /dev/null; then taskset -c 0 "$@"; else "$@"; fi; }
check() { RAYON_NUM_THREADS=1 one_core "$own" check --format json *.pdf; }
text() { for f in *.pdf; do one_core "$own" text --plain "$f"; done; }
pdftotext_all() { for f in *.pdf; do one_core pdftotext -layout "$f" - ; done; }
mupdf_all() { one_core python3 -c 'import sys, fitz
for name in sys.argv[1:]:
    for page in fitz.open(name): page.get_text()' *.pdf; }
pdfgrep_all() { one_core pdfgrep -c poverty *.pdf; }
rga_all() { one_core rga --rga-no-cache -j1 -c poverty *.pdf; }

best() { # name, command: the least CPU seconds over the rounds
    name=$1; shift; least=
    for _ in $(seq "$rounds"); do
        times > "$work/before"
        "$@" > /dev/null 2>&1 || true
        times > "$work/after"
        # The second line of each: minutes and seconds of the processes started so far.
        spent=$(tail -q -n 1 "$work/before" "$work/after" | tr 'ms' '  ' |
            awk '{ s[NR] = $1 * 60 + $2 + $3 * 60 + $4 } END { printf "%.2f", s[2] - s[1] }')
        least=$(echo "${least:-$spent} $spent" | awk '{ print ($1 < $2) ? $1 : $2 }')
    done
    printf '%-28s %8s s\n' "$name" "$least"
}

echo "$(ls | wc -l) files"
best "goldthread check" check
best "goldthread text, one by one" text
if command -v pdftotext > /dev/null; then best "pdftotext, one by one" pdftotext_all; fi
if python3 -c 'import fitz' 2> /dev/null; then best "PyMuPDF" mupdf_all; fi
if command -v pdfgrep > /dev/null; then best "pdfgrep, one word" pdfgrep_all; fi
if command -v rga > /dev/null; then best "ripgrep-all, one word" rga_all; fi
