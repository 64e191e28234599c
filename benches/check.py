#!/usr/bin/env python3
"""Time `tongsa check` over a folder of drafts, beside other programs that look for wrong words in text.

    python3 benches/corpus.py target/bench
    cargo build --release
    npm install --prefix target/peers textlint textlint-rule-prh cspell
    python3 benches/check.py --tongsa target/release/tongsa --corpus target/bench --peers target/peers

Makes 1,000 Markdown files of 1,000 words (English), 1,000 eojeol (Korean) and 2,000 hanzi (Chinese) out of the 10 MB drafts of
corpus.py, and a store with the first 10,000 of its concepts over the shipped glossaries. Every rule is on, those too that are
off by default. Each run is a process from start to end over the whole folder; the files are in the page cache.

The peers check the same files in the same rounds: textlint with textlint-rule-prh, one rule for each preferred term, and cspell
with each term that is one word as a forbidden word. They get the first N concepts (--peer-concepts): more than they hold within
--limit is reported as no end. Neither knows particles, variants or names that are nearly right.

Prints medians of --rounds (wall clock, user + system, peak memory) and how many times as long each peer takes. Exit codes: 1 when
a command fails, 2 when an input is missing.
"""

import argparse
import csv
import json
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cold import CONCEPTS, DRAFTS, FOUND_OR_NOT, LANGUAGES, MB, Bench, Case, Failed, Missing, megabytes

FILES, STORED = 1_000, 10_000
UNITS = {"en": 1_000, "ko": 1_000, "zh": 2_000}
ALL_RULES = ("--rule", "first-mention=on", "--unused-ignores")


# Inputs


def length(language, paragraph):
    return len(re.findall(r"[\u4e00-\u9fff]", paragraph)) if language == "zh" else len(paragraph.split())


def articles(language, text):
    """The paragraphs of a text in files of so many words, each with a heading."""
    kept, units = [], 0
    for paragraph in text.split("\n\n"):
        kept.append(paragraph.strip())
        units += length(language, paragraph)
        if units >= UNITS[language]:
            yield f"# {len(kept)}\n\n" + "\n\n".join(kept) + "\n"
            kept, units = [], 0


def write_drafts(corpus, folder):
    """A third of the files in each language; their size in bytes."""
    folder.mkdir()
    size = number = 0
    for at, (language, name) in enumerate(DRAFTS.items()):
        for article in articles(language, (corpus / name).read_text(encoding="utf-8")):
            if number == FILES * (at + 1) // len(DRAFTS):
                break
            (folder / f"{number:04}-{language}.md").write_text(article, encoding="utf-8")
            size += len(article.encode())
            number += 1
    if number < FILES:
        raise Missing(f"The drafts of the corpus give {number} files, not {FILES}.")
    return size


def first_concepts(corpus, count):
    with open(corpus / CONCEPTS, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        return [row for row, _ in zip(rows, range(count + 1))]


def terms(rows):
    columns = [at for at, name in enumerate(rows[0]) if any(name in tags for tags in LANGUAGES.values())]
    return list(dict.fromkeys(row[at] for row in rows[1:] for at in columns if row[at]))


def write_glossary(rows, path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


# Peers


def textlint(peers, directory, words):
    program = peers / "node_modules/.bin/textlint"
    rules = "".join(f"  - expected: {json.dumps(word, ensure_ascii=False)}\n" for word in words)
    (directory / "prh.yml").write_text(f"version: 1\nrules:\n{rules}", encoding="utf-8")
    settings = {"rules": {"prh": {"rulePaths": [str(directory / "prh.yml")]}}}
    (directory / "textlintrc.json").write_text(json.dumps(settings))
    options = ["--config", str(directory / "textlintrc.json"), "--rules-base-directory", str(peers / "node_modules")]
    return [str(program), *options, str(directory / "drafts")]


def cspell(peers, directory, words):
    program = peers / "node_modules/.bin/cspell"
    single = [word for word in words if re.fullmatch(r"\w{3,}", word)]
    (directory / "cspell.txt").write_text("".join(f"!{word}\n" for word in single), encoding="utf-8")
    dictionary = {"name": "desk", "path": str(directory / "cspell.txt")}
    settings = {"dictionaryDefinitions": [dictionary], "dictionaries": ["desk"], "language": "en"}
    (directory / "cspell.json").write_text(json.dumps(settings))
    options = ["--no-progress", "--no-summary", "--quiet", "--root", str(directory / "drafts")]
    return [str(program), "lint", *options, "--config", str(directory / "cspell.json"), "**/*.md"]


def peer_cases(options, directory, rows):
    words = terms(rows[: options.peer_concepts + 1])
    on = f"{options.peer_concepts:,} concepts, {len(words):,} terms"
    for name, make in (("textlint", textlint), ("cspell", cspell)):
        if options.peers and (options.peers / "node_modules/.bin" / name).exists():
            yield Case(name, make(options.peers.resolve(), directory, words), on, codes=FOUND_OR_NOT)
        else:
            print(f"{name}: not there, skipped.\n", flush=True)


# Runs


def run(bench, case):
    """Measures a case once more, unless it has run out of time before."""
    if case.size < 0:
        return
    try:
        case.runs.append(bench.measure(case))
    except Failed as problem:
        if "after the limit" not in str(problem):
            raise
        case.size = -1


def row(case, ours, size):
    if not case.runs:
        return [case.label, case.on, "no end", "", "", "", ""]
    wall, cpu = case.median("wall"), case.median("cpu")
    ratio = "" if case is ours else f"{wall / ours.median('wall'):.0f}"
    return [case.label, case.on, f"{wall:.2f}", f"{cpu:.2f}", f"{size / MB / wall:.2f}", megabytes(case.median("rss")), ratio]


def check_folder(bench, options, directory):
    size = write_drafts(bench.corpus, directory / "drafts")
    rows = first_concepts(bench.corpus, STORED)
    write_glossary(rows, directory / "concepts.csv")
    store = directory / "store.db"
    bench.measure(bench.case("import", str(directory / "concepts.csv"), store=store, codes=FOUND_OR_NOT))
    report = ("--format", "json", "-o", str(directory / "report.json"))
    arguments = ("check", "--no-config", *ALL_RULES, *report, str(directory / "drafts"))
    ours = Case("tongsa", [bench.tongsa, "--store", str(store), *arguments], f"{STORED:,} concepts", codes=FOUND_OR_NOT)
    cases = [ours, *peer_cases(options, directory, rows)]
    bench.measure(ours)
    for _ in range(options.rounds):
        for case in cases:
            run(bench, case)
    print(f"{FILES:,} files, {size / MB:.1f} MB; medians of {options.rounds} rounds, limit {options.limit:.0f} s.\n")
    print("| program | terms | wall s | user + system s | MB/s | peak MB | times as long |\n|---|---|" + "---:|" * 5)
    for case in cases:
        print("| " + " | ".join(row(case, ours, size)) + " |", flush=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--tongsa", required=True, metavar="PROGRAM")
    parser.add_argument("--corpus", required=True, type=Path, metavar="DIR", help="what corpus.py has made")
    parser.add_argument("--peers", type=Path, metavar="DIR", help="where npm has installed textlint and cspell")
    parser.add_argument("--peer-concepts", type=int, default=1_000, metavar="N", help="of which they get the terms (1000)")
    parser.add_argument("--rounds", type=int, default=3, help="(3)")
    parser.add_argument("--limit", type=float, default=240, metavar="SECONDS", help="for one process (240)")
    parser.add_argument("--tmp", type=Path, metavar="DIR", help="where drafts and store are made for the run")
    return parser.parse_args()


def main():
    options = arguments()
    options.timeout = options.limit
    with tempfile.TemporaryDirectory(prefix="tongsa-check-", dir=options.tmp) as directory:
        bench = Bench(options, directory)
        missing = [name for name in (CONCEPTS, *DRAFTS.values()) if not (bench.corpus / name).is_file()]
        if missing:
            raise Missing(f"The corpus lacks {', '.join(missing)}: make it with `python3 benches/corpus.py OUT_DIR`.")
        version = subprocess.run([bench.tongsa, "--version"], capture_output=True, text=True).stdout.strip()
        print(f"{version}, {platform.system()} {platform.machine()}, {time.strftime('%Y-%m-%d')}.\n", flush=True)
        check_folder(bench, options, Path(directory))


if __name__ == "__main__":
    try:
        main()
    except Missing as problem:
        print(f"check.py: {problem}", file=sys.stderr)
        sys.exit(2)
    except Failed as problem:
        print(f"check.py: {problem}", file=sys.stderr)
        sys.exit(1)
