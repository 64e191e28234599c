#!/usr/bin/env python3
"""Measure the translation memory of tongsa beside other programs, in one run, and print Markdown tables.

    cargo build --release
    pip install rapidfuzz psycopg2-binary translate-toolkit==3.8.4 Levenshtein
    apt-get install postgresql postgresql-contrib sqlite3
    python3 benches/memory.py                              # 100,000 and 1,000,000 segments: a quarter of an hour
    python3 benches/memory.py --size 5m --only match,cold  # five copies of the million, no two alike

Parts, selectable with --only match,units,import,cold:
    match   400 given and 420 made queries asked of English sentences at 70, 75 and 80; the peers on some of them
    units   perturbed targets and English sources asked of the real Korean and Chinese units
    import  1,000,000 units from TSV and from TMX, beside sqlite3's .import of the same rows; 40 segments more
    cold    one query, from process start to answer, over `tongsa --version`

The segments are packs/english-1m.txt.xz and packs/memory-1m.tsv.xz of the shared data, the given queries eval/match/queries.tsv;
memory_inputs.py makes the others. The target of an English sentence is the number of its line.

match and units: `batch` is one process with all given queries as its standard input: a query is timed from the answer before to
its own, and counts with the median of --rounds after a first one, which warms up. The other times are those of one who asks and
waits: from the line of a query to the line of its answer, by one process that stays, pipes included; each process is asked all
its queries in turn, then the next process, --rounds times over, and a query counts with the median of its rounds. Wall time is
what the user waits; `cpu` is the processor time of the process asked, all its threads, which other programs on the machine
disturb less. Each answer is held to a full scan by rapidfuzz of texts folded here: `recall @1 @5` is the share of the true
scores that the answer has. For tongsa, every score and every target is checked besides, and an answer that is not the true one
is printed. A peer answers with texts, which are scored here, the same way.

import: medians of --rounds runs, each into a fresh store; user and system time and peak memory of the process. cold: medians of
15 rounds of all commands in turn. The files are in the page cache. Stores and lists are kept in --work for the next run, stores
until the program changes.

Linux. Exit codes: 1 when tongsa fails or answers wrongly; 2 when an input is missing.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from xml.sax.saxutils import escape

import memory_inputs as inputs
from memory_answers import run_match, run_units
from memory_inputs import ANSWERS, SIZES
from memory_peers import PEERS
from memory_program import (FROM, TO, Tongsa, apart, english_store, english_table, measure, median_run, ms, print_table,
                            remove_store, store_size, table_sizes, write_table)
from names_speed import MB, Failed, Missing

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("match", "units", "import", "cold")
COLD_ROUNDS, ADD_ROUNDS = 15, 9
ARTICLE = 40


# import


def write_tmx(table, path):
    """The same units as TMX 1.4."""
    with open(table, encoding="utf-8", newline="\n") as rows, open(path, "w", encoding="utf-8", newline="\n") as file:
        next(rows)
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
                   '<header creationtool="memory.py" creationtoolversion="1" segtype="sentence" o-tmf="none" '
                   f'adminlang="en" srclang="{FROM}" datatype="plaintext"/>\n<body>\n')
        for row in rows:
            source, target = map(escape, row.rstrip("\n").split("\t"))
            variants = (f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in ((FROM, source), (TO, target)))
            file.write(f"<tu>{''.join(variants)}</tu>\n")
        file.write("</body>\n</tmx>\n")
    return path


def sqlite_import(table, database):
    """.import takes the rows as they are: `ascii` mode knows no quotes."""
    remove_store(database)
    return measure(["sqlite3", str(database), ".mode ascii", '.separator "\\t" "\\n"', f".import {table} unit"])


def run_import(tongsa, options, size):
    english_store(tongsa, options, size)
    table = english_table(options, size)
    tmx = options.work / f"english-{size}.tmx"
    if not tmx.is_file():
        write_tmx(table, tmx)
    store, plain = options.work / "import.db", options.work / "plain.db"
    makers = {"tongsa, TSV": lambda: tongsa.fresh_import(store, table), "tongsa, TMX": lambda: tongsa.fresh_import(store, tmx)}
    if shutil.which("sqlite3"):
        makers["sqlite3 .import, no index"] = lambda: sqlite_import(table, plain)
    else:
        print("sqlite3: not installed, skipped.\n")
    runs = {name: [] for name in makers}
    for _ in range(options.rounds):
        for name, make in makers.items():
            runs[name].append(make())
    medians = {name: median_run(done) for name, done in runs.items()}
    show_import(size, medians)
    remove_store(store)
    remove_store(plain)
    show_added(tongsa, options, size)


def show_import(size, medians):
    base = medians.get("sqlite3 .import, no index")
    rows = []
    for name, run in medians.items():
        ratios = [f"{run.wall / base.wall:.1f}", f"{run.cpu / base.cpu:.1f}"] if base else ["-", "-"]
        rows.append([name, f"{run.wall:.2f}", f"{run.cpu:.2f}", *ratios, f"{run.peak / MB:,.0f}"])
    columns = ["import", "wall s", "user + system s", "ratio, wall", "ratio, user + system", "peak MB"]
    print_table(f"### Import of {SIZES[size]:,} units", columns, rows)


def show_added(tongsa, options, size):
    """Articles of 40 new segments added to a copy of the store, each once."""
    store, _ = english_store(tongsa, options, size)
    copy, file = options.work / "added.db", options.work / "article.tsv"
    remove_store(copy)
    shutil.copyfile(store, copy)
    sentences = inputs.english(options.data, options.work, (ADD_ROUNDS + 1) * ARTICLE)
    chance = inputs.random.Random(inputs.SEED)
    over = []
    for number in range(ADD_ROUNDS + 1):
        article = sentences[number * ARTICLE : (number + 1) * ARTICLE]
        write_table(file, [inputs.with_words_replaced(sentence, sentences, chance, 4) for sentence in article])
        version = tongsa.measure("--version").wall
        run = tongsa.measure("--store", copy, "import", "--memory", file)
        if number:
            over.append((run.wall - version, run.peak))
    remove_store(copy)
    wall, peak = (statistics.median(values) for values in zip(*over))
    print(f"{ARTICLE} segments more in the store of {SIZES[size]:,}: {ms(wall)} ms over `--version`, peak {peak / MB:,.0f} MB "
          f"(median of {ADD_ROUNDS}).\n", flush=True)


# cold


def cold_queries(options):
    """A short, a median and a long query of those given."""
    queries = sorted(inputs.given_queries(options.data), key=len)
    return {name: queries[len(queries) * part // 100] for name, part in (("short", 1), ("median", 50), ("long", 99))}


def run_cold(tongsa, options):
    stores = {size: english_store(tongsa, options, size)[0] for size in options.size}
    queries = cold_queries(options)
    cases = {(size, name): ["--store", store, "match", "--from", FROM, "--to", TO, "--json", "--limit", ANSWERS, query]
             for size, store in stores.items() for name, query in queries.items()}
    runs, versions = {case: [] for case in cases}, []
    for number in range(COLD_ROUNDS + 1):
        for case, arguments in cases.items():
            version = tongsa.measure("--version")
            run = tongsa.measure(*arguments, codes=(0, 1))
            if number:
                versions.append(version)
                runs[case].append(run)
    base = median_run(versions)
    medians = {case: median_run(done) for case, done in runs.items()}
    show_cold(stores, queries, base, medians)
    return {size: medians[size, "median"].wall - base.wall for size in stores}


def show_cold(stores, queries, base, medians):
    rows = []
    for name, query in queries.items():
        cells = []
        for size in stores:
            run = medians[size, name]
            cells += [ms(run.wall - base.wall), ms(run.cpu - base.cpu), f"{run.peak / MB:,.0f}"]
        rows.append([f"{name}, {len(query)} characters", *cells])
    columns = ["query", *(f"{SIZES[size]:,}{what}" for size in stores for what in ("", ": user + system", ": peak MB"))]
    over = f"ms over `tongsa --version`, which takes {ms(base.wall)} (medians of {COLD_ROUNDS})"
    print_table(f"### From process start to answer, {over}", columns, rows)


# The whole


def show_curve(tongsa, options, matches, cold):
    rows = []
    for found in matches:
        size = found["size"]
        store, built = english_store(tongsa, options, size)
        sizes, _ = table_sizes(store)
        index = sum(sizes.get(table, 0) for table in ("match_page", "match_run", "index_page"))
        rows.append([f"{SIZES[size]:,}", *found["times"], ms(cold[size]) if cold else "-", f"{found['peak'] / MB:,.0f}",
                     f"{found['text'] / MB:,.0f}", f"{store_size(store) / MB:,.0f}", f"{index / found['text']:.2f}",
                     f"{built.wall:.1f}", f"{built.cpu:.1f}", f"{built.peak / MB:,.0f}"])
    columns = ["segments", "batch p50", "batch p99", "batch mean", "p50 ms", "p99 ms", "mean ms", "cpu p50", "cpu p99", "cpu mean",
               "cold ms", "peak MB", "text MB", "store MB", "index / text", "import s", "user + system s", "peak MB of the import"]
    print_table("### From size to size (given queries, at 70 %)", columns, rows)


def run_bench(options):
    tongsa = Tongsa(options)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    version = subprocess.run([options.tongsa, "--version"], capture_output=True, text=True).stdout.strip()
    print(f"{version} ({tongsa.digest[:12]}), {machine}, {time.strftime('%Y-%m-%d %H:%M')}; "
          f"medians of {options.rounds} rounds.\n", flush=True)
    cold, matches, mistakes = None, [], 0
    for size in options.size:
        apart(english_store, tongsa, options, size)
    if "cold" in options.only:
        cold = apart(run_cold, tongsa, options)
    if "import" in options.only:
        apart(run_import, tongsa, options, "1m" if "1m" in options.size else options.size[-1])
    if "match" in options.only:
        matches = [apart(run_match, tongsa, options, size) for size in options.size]
        mistakes += sum(found["mistakes"] for found in matches)
        show_curve(tongsa, options, matches, cold)
    if "units" in options.only:
        mistakes += apart(run_units, tongsa, options)["mistakes"]
    if mistakes:
        raise Failed(f"tongsa made {mistakes} mistakes; the first of each part stand above.")


# Command line


def some(known):
    def parse(text):
        chosen = [name for name in text.split(",") if name]
        unknown = [name for name in chosen if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"no {', '.join(unknown)}; there are {', '.join(known)}")
        return chosen

    return parse


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--tongsa", default=str(ROOT / "target/release/tongsa"), metavar="PROGRAM")
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data", metavar="DIR", help="shared data (../shared/data)")
    parser.add_argument("--work", type=Path, default=ROOT / "target/bench", metavar="DIR", help="where stores and lists are kept")
    parser.add_argument("--size", type=some(SIZES), default=["100k", "1m"], metavar="SIZE,...", help="100k, 1m, 5m (100k,1m)")
    parser.add_argument("--only", type=some(PARTS), default=list(PARTS), metavar="PART,...")
    parser.add_argument("--peers", type=some(PEERS), default=list(PEERS), metavar="PEER,...", help="of match; '' for none")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    return parser.parse_args()


def main():
    options = arguments()
    if not Path(options.tongsa).is_file():
        raise Missing(f"There is no program {options.tongsa}: build it with `cargo build --release`.")
    options.tongsa = str(Path(options.tongsa).resolve())
    options.work.mkdir(parents=True, exist_ok=True)
    options.work = options.work.resolve()
    run_bench(options)


if __name__ == "__main__":
    try:
        main()
    except Missing as problem:
        print(f"memory.py: {problem}", file=sys.stderr)
        sys.exit(2)
    except Failed as problem:
        print(f"memory.py: {problem}", file=sys.stderr)
        sys.exit(1)
