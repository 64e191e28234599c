#!/usr/bin/env python3
"""Time whole tongsa processes, from start to answer, and print Markdown tables.

    python3 benches/corpus.py /tmp/bench
    cargo build --release
    python3 benches/cold.py --tongsa target/release/tongsa --corpus /tmp/bench

Sections, selectable with --only lookup,check,throughput,import:
    lookup      names looked up, in a shipped-only store and in one with 100,000 concepts more
    check       an article of about 1,000 words checked, on both stores
    throughput  10 MB drafts checked, on both stores
    import      100,000 and 1,000,000 rows into a fresh store, then the same file again;
                beside them sqlite3's .import of the same file into a table without an index

Every round runs each command of the section once, in turn (A B A B), so that a slower minute
of the machine hits all of them alike. Shown are medians of the rounds: wall clock, user+sys
time and peak memory of the process. Each run comes after an uncounted `tongsa --version`, so
that none pays for the caches the command before it left behind. "over --version" is the difference to the median of
`tongsa --version` in the same rounds, which takes out what starting any process costs. The
processes start cold, the files are in the page cache: lookup and check have one round before
that is not counted. Stores are made anew in a temporary directory (--tmp) and removed.

Peers that are installed run in the same rounds: ripgrep (`rg -F -c -f TERMS FILE`, the terms
of concepts-100k.csv in that language), codespell (English, those terms that are one word in
ASCII) and sqlite3. rg and codespell look for fixed words only: no particles, no variants.

Linux and macOS. A process smaller than this script reads as large as this script (some 20 MB,
the figure in the --version row), for the system counts the moment before exec too. Exit codes:
1 when a command fails, with what it said; 2 when an input is missing.
"""

import argparse
import csv
import multiprocessing
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

SECTIONS = ("lookup", "check", "throughput", "import")
LANGUAGES = {"en": ("en",), "ko": ("ko",), "zh": ("zh-Hans", "zh-Hant")}
CONCEPTS, ROWS = "concepts-100k.csv", "rows-1m.csv"
ARTICLES = {language: f"article-{language}.md" for language in LANGUAGES}
DRAFTS = {language: f"draft-10mb-{language}.txt" for language in LANGUAGES}
NEEDED = {
    "lookup": [CONCEPTS],
    "check": [CONCEPTS, *ARTICLES.values()],
    "throughput": [CONCEPTS, *DRAFTS.values()],
    "import": [CONCEPTS, ROWS],
}
QUERIES = ("赵乐际", "Zhau Leji", "조어대", "Xyzzy Qwfp")
FOUND_OR_NOT = (0, 1)
CODESPELL_FOUND = 65
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
MB = 1_000_000


class Missing(Exception):
    """An input is not there."""


class Failed(Exception):
    """A measured command did not do its work."""


@dataclass
class Run:
    wall: float
    cpu: float
    rss: int
    written: int


@dataclass
class Case:
    """A command to measure, and the store it works on (removed before each run if `fresh`)."""

    label: str
    argv: list
    on: str = ""
    codes: tuple = (0,)
    store: Path | None = None
    fresh: bool = False
    size: int = 0
    rows: int = 0
    runs: list = field(default_factory=list)

    def median(self, what):
        return statistics.median(getattr(run, what) for run in self.runs)

    def over(self, base, what):
        return self.median(what) - base.median(what)


# Running


def remove_store(path):
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def store_size(path):
    return sum(file.stat().st_size for file in path.parent.glob(path.name + "*"))


class Bench:
    def __init__(self, options, directory):
        self.tongsa = find_binary(options.tongsa)
        self.corpus = options.corpus.resolve()
        self.directory = Path(directory)
        self.timeout = options.timeout
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("TONGSA_")}
        self.made = {}
        self.remarked = set()
        self.found_peers = None

    def measure(self, case):
        if case.fresh:
            remove_store(case.store)
        with tempfile.TemporaryFile(dir=self.directory) as out, tempfile.TemporaryFile(dir=self.directory) as err:
            start = time.perf_counter()
            process = subprocess.Popen(
                case.argv, cwd=self.corpus, env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err
            )
            limit = threading.Timer(self.timeout, process.kill)
            limit.start()
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            limit.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            self.judge(case, process.returncode, wall, err)
        written = store_size(case.store) if case.store else 0
        return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * RSS_UNIT, written)

    def judge(self, case, code, wall, err):
        err.seek(0)
        said = err.read().decode(errors="replace").strip() or "(nothing on stderr)"
        if code in case.codes:
            if code and "import" in case.argv and case.label not in self.remarked:
                self.remarked.add(case.label)
                print(f"`{case.label}` ended with {code}: {said.splitlines()[-1]}\n", flush=True)
            return
        late = f", after the limit of {self.timeout} s" if wall >= self.timeout else ""
        on = f" ({case.on})" if case.on else ""
        raise Failed(f"`{case.label}`{on} ended with {code}{late}:\n{said[-4000:]}")

    def rounds(self, cases, count, uncounted=0):
        before = self.version()
        for number in range(count + uncounted):
            for case in cases:
                self.measure(before)
                run = self.measure(case)
                if number >= uncounted:
                    case.runs.append(run)

    def case(self, *arguments, store=None, on="", **more):
        option = ["--store", str(store)] if store else []
        label = " ".join(["tongsa", *quoted(arguments)])
        return Case(label, [self.tongsa, *option, *arguments], on, store=store, **more)

    def version(self):
        return self.case("--version")

    def need(self, sections):
        missing = [name for section in sections for name in NEEDED[section] if not (self.corpus / name).is_file()]
        if missing:
            names = ", ".join(dict.fromkeys(missing))
            raise Missing(f"The corpus lacks {names}: make it with `python3 benches/corpus.py OUT_DIR`.")

    def stores(self):
        """The shipped-only store and the one with 100,000 concepts more, made at first use."""
        if not self.made:
            shipped, large = self.directory / "shipped.db", self.directory / "100k.db"
            self.measure(self.case("lookup", "Seoul", store=shipped, codes=FOUND_OR_NOT))
            self.measure(self.case("import", CONCEPTS, store=large, codes=FOUND_OR_NOT))
            self.made = {"shipped": shipped, "+100k": large}
            sizes = ", ".join(f"{name} {store_size(path) / MB:.1f} MB" for name, path in self.made.items())
            print(f"Stores: {sizes}.\n", flush=True)
        return self.made

    def peers(self):
        self.found_peers = self.found_peers or Peers(self)
        return self.found_peers


def find_binary(name):
    found = shutil.which(name)
    if not found:
        raise Missing(f"There is no program {name}: build it with `cargo build --release`.")
    return str(Path(found).resolve())


def quoted(arguments):
    return [f'"{argument}"' if " " in argument else argument for argument in arguments]


def count_lines(path):
    with open(path, "rb") as file:
        return sum(1 for _ in file)


# Peers


def installed(name):
    if shutil.which(name):
        return True
    print(f"{name}: not installed, skipped.\n")
    return False


class Peers:
    """rg and codespell, where installed, with the terms of the 100,000 concepts as their words."""

    def __init__(self, bench):
        self.bench = bench
        self.rg = installed("rg")
        self.codespell = installed("codespell")
        self.words = bench.directory / "codespell.txt"
        if self.rg or self.codespell:
            # In a process of its own: what this one grows to is the least peak memory it can measure.
            writer = multiprocessing.get_context("fork").Process(target=self.write_terms)
            writer.start()
            writer.join()

    def write_terms(self):
        terms = {language: {} for language in LANGUAGES}
        with open(self.bench.corpus / CONCEPTS, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for language, columns in LANGUAGES.items():
                    terms[language].update((row[column], None) for column in columns if row[column])
        for language, found in terms.items():
            self.terms(language).write_text("\n".join(found) + "\n", encoding="utf-8")
        words = dict.fromkeys(term.lower() for term in terms["en"] if re.fullmatch("[A-Za-z]{3,}", term))
        self.words.write_text("".join(f"{word}->{word}x\n" for word in words))

    def terms(self, language):
        return self.bench.directory / f"terms-{language}.txt"

    def cases(self, language, name, **more):
        if self.rg:
            argv = ["rg", "-F", "-c", "-f", str(self.terms(language)), name]
            on = f"{count_lines(self.terms(language)):,} terms"
            yield Case(f"rg -F -c -f TERMS {name}", argv, on, codes=FOUND_OR_NOT, **more)
        if self.codespell and language == "en":
            argv = ["codespell", "-D", str(self.words), name]
            on = f"{count_lines(self.words):,} words"
            yield Case(f"codespell -D WORDS {name}", argv, on, codes=(0, CODESPELL_FOUND), **more)


# Tables


def table(title, columns, rows):
    print(f"### {title}\n")
    print("| " + " | ".join(columns) + " |")
    print("|---|---|" + "---:|" * (len(columns) - 2))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def ms(seconds):
    return f"{seconds * 1000:.2f}"


def megabytes(size):
    return f"{size / MB:.1f}"


def rate(amount, seconds):
    return f"{amount / seconds:,.1f}" if seconds > 0 else "-"


def times(case, base):
    over = "" if case is base else ms(case.over(base, "wall"))
    wall, cpu, rss = (case.median(what) for what in ("wall", "cpu", "rss"))
    return [f"`{case.label}`", case.on, ms(wall), over, ms(cpu), megabytes(rss)]


TIMES = ["command", "store", "wall ms", "over --version ms", "user+sys ms", "peak MB"]


# Sections


def lookup(bench, options):
    stores = bench.stores()
    base = bench.version()
    cases = [base]
    for query in QUERIES:
        for name, store in stores.items():
            cases.append(bench.case("lookup", query, store=store, on=name, codes=FOUND_OR_NOT))
    bench.rounds(cases, options.rounds, uncounted=1)
    table(f"Lookup, medians of {options.rounds} rounds", TIMES, (times(case, base) for case in cases))


def check_cases(bench, files):
    """`check` of each file on both stores, and the peers on the same file beside it."""
    stores, peers = bench.stores(), bench.peers()
    for language, file in files.items():
        size = (bench.corpus / file).stat().st_size
        for name, store in stores.items():
            yield bench.case("check", file, store=store, on=name, codes=FOUND_OR_NOT, size=size)
        yield from peers.cases(language, file, size=size)


def check(bench, options):
    base = bench.version()
    cases = [base, *check_cases(bench, ARTICLES)]
    bench.rounds(cases, options.rounds, uncounted=1)
    table(f"Check of an article, medians of {options.rounds} rounds", TIMES, (times(case, base) for case in cases))


def throughput(bench, options):
    base = bench.version()
    cases = [base, *check_cases(bench, DRAFTS)]
    bench.rounds(cases, options.heavy_rounds)
    rows = []
    for case in cases:
        speeds = ["", ""]
        if case is not base:
            speeds = [rate(case.size / MB, case.over(base, what)) for what in ("wall", "cpu")]
        rows.append(times(case, base) + speeds)
    columns = [*TIMES, "MB/s wall", "MB/s user+sys"]
    table(f"Check of 10 MB, medians of {options.heavy_rounds} rounds", columns, rows)


def import_cases(bench, file, peer):
    """A fresh import, sqlite3's of the same file, and the first one again, unchanged."""
    rows = count_lines(bench.corpus / file) - 1
    store, database = bench.directory / f"import-{rows}.db", bench.directory / f"sqlite-{rows}.db"
    ours = {"store": store, "codes": FOUND_OR_NOT, "rows": rows}
    yield bench.case("import", file, on="fresh", fresh=True, **ours)
    if peer:
        argv = ["sqlite3", str(database), ".mode csv", f".import {file} t"]
        yield Case(f"sqlite3 .import {file}", argv, "fresh", store=database, fresh=True, rows=rows)
    yield bench.case("import", file, on="unchanged", **ours)


def import_rows(cases):
    peer = next((case for case in cases if case.argv[0] == "sqlite3"), None)
    for case in cases:
        wall, cpu = case.median("wall"), case.median("cpu")
        ratios = ["-", "-"]
        if peer:
            ratios = [f"{wall / peer.median('wall'):.2f}", f"{cpu / peer.median('cpu'):.2f}"]
        yield [f"`{case.label}`", case.on, f"{wall:.3f}", f"{cpu:.3f}", *ratios, rate(case.rows / 1000, cpu),
               megabytes(case.median("rss")), megabytes(case.median("written"))]


def import_(bench, options):
    peer = installed("sqlite3")
    groups = [list(import_cases(bench, file, peer)) for file in (CONCEPTS, ROWS)]
    bench.rounds([case for group in groups for case in group], options.heavy_rounds)
    columns = ["command", "store", "wall s", "user+sys s", "wall : sqlite3", "user+sys : sqlite3",
               "1,000 rows/s user+sys", "peak MB", "store MB"]
    rows = (row for group in groups for row in import_rows(group))
    table(f"Import, medians of {options.heavy_rounds} rounds", columns, rows)


# Command line


def sections(text):
    chosen = text.split(",")
    unknown = [name for name in chosen if name not in SECTIONS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    return chosen


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--tongsa", required=True, metavar="PROGRAM")
    parser.add_argument("--corpus", required=True, type=Path, metavar="DIR", help="what corpus.py has made")
    parser.add_argument("--only", type=sections, default=list(SECTIONS), metavar="SECTION,...")
    parser.add_argument("--rounds", type=int, default=21, help="of lookup and check (21)")
    parser.add_argument("--heavy-rounds", type=int, default=3, help="of throughput and import (3)")
    parser.add_argument("--timeout", type=float, default=600, metavar="SECONDS", help="for one process (600)")
    parser.add_argument("--cpu", type=int, metavar="N", help="keep to one core (Linux)")
    parser.add_argument("--tmp", type=Path, metavar="DIR", help="where the stores are made for the run")
    return parser.parse_args()


def main():
    options = arguments()
    if options.cpu is not None:
        os.sched_setaffinity(0, {options.cpu})
    with tempfile.TemporaryDirectory(prefix="tongsa-cold-", dir=options.tmp) as directory:
        bench = Bench(options, directory)
        bench.need(options.only)
        version = subprocess.run([bench.tongsa, "--version"], capture_output=True, text=True).stdout.strip()
        cores = "one core" if options.cpu is not None else f"{os.cpu_count()} cores"
        machine = f"{platform.system()} {platform.machine()}, {cores}"
        print(f"{version}, {machine}, {time.strftime('%Y-%m-%d')}.\n", flush=True)
        run = {"lookup": lookup, "check": check, "throughput": throughput, "import": import_}
        for name in options.only:
            run[name](bench, options)


if __name__ == "__main__":
    try:
        main()
    except Missing as problem:
        print(f"cold.py: {problem}", file=sys.stderr)
        sys.exit(2)
    except Failed as problem:
        print(f"cold.py: {problem}", file=sys.stderr)
        sys.exit(1)
