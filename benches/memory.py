#!/usr/bin/env python3
"""Measure the translation memory of tongsa beside other programs, in one run, and print Markdown tables.

    cargo build --release
    pip install rapidfuzz psycopg2-binary translate-toolkit==3.8.4 Levenshtein
    apt-get install postgresql postgresql-contrib sqlite3
    python3 benches/memory.py                              # 100,000 and 1,000,000 segments: half an hour
    python3 benches/memory.py --size 5m --only match,cold  # five copies of the million, no two alike

Parts, selectable with --only match,units,import,cold:
    match   400 given and 420 made queries asked of English sentences at 70, 75 and 80; the peers on some of them
    units   perturbed targets and English sources asked of the real Korean and Chinese units
    import  1,000,000 units from TSV and from TMX, beside sqlite3's .import of the same rows; 40 segments more
    cold    one query, from process start to answer, over `tongsa --version`

The segments are packs/english-1m.txt.xz and packs/memory-1m.tsv.xz of the shared data, the given queries eval/match/queries.tsv;
memory_inputs.py makes the others. The target of an English sentence is the number of its line.

match and units: a query is timed from its line to the line of its answer, by one process that stays, pipes included; each
process is asked all its queries in turn, then the next process, --rounds times over, and a query counts with the median of
its rounds. Wall time is what the user waits; `cpu` is the processor time of the process asked, all its threads, which other
programs on the machine disturb less. Each answer is held to a full scan by rapidfuzz of texts folded here: `recall @1 @5` is
the share of the true scores that the answer has. For tongsa, every score and every target is checked besides, and an answer
that is not the true one is printed. A peer answers with texts, which are scored here, the same way.

import: medians of --rounds runs, each into a fresh store; user and system time and peak memory of the process. cold: medians of
15 rounds of all commands in turn. The files are in the page cache. Stores and lists are kept in --work for the next run, stores
until the program changes.

Linux. Exit codes: 1 when tongsa fails or answers wrongly; 2 when an input is missing.
"""

import argparse
import hashlib
import json
import lzma
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path
from xml.sax.saxutils import escape

import memory_inputs as inputs
from memory_inputs import ANSWERS, CLASSES, LEAST, MILLION, SIZES, fold, score
from memory_peers import PEERS
from names_speed import MB, Conversation, Failed, Missing, Skipped, percentile

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("match", "units", "import", "cold")
THRESHOLDS = (70, 75, 80)
FROM, TO = "en", "eo"  # Numbers are in no language; a heading has two letters.
WARM_UPS = 20
COLD_ROUNDS, ADD_ROUNDS = 15, 9
SHOWN = 5
LONG_ROUND = 60
TIMES = ["p50 ms", "p95 ms", "p99 ms", "mean ms"]
CPU_TIMES = ["cpu p50", "cpu p95", "cpu p99", "cpu mean"]
ARTICLE = 40
UNIT_QUERIES = 300


# Running


@dataclass
class Run:
    wall: float
    cpu: float
    peak: int


def measure(argv, environment=None, stdin=subprocess.DEVNULL, codes=(0,)):
    """A whole process; its peak memory reads no smaller than that of this one."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(argv, env=environment, stdin=stdin, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in codes:
            said.seek(0)
            raise Failed(f"`{' '.join(map(str, argv[:6]))} ...` ended with {process.returncode}: "
                         f"{said.read().decode(errors='replace').strip()[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def median_run(runs):
    return Run(*(statistics.median(getattr(run, what) for run in runs) for what in ("wall", "cpu", "peak")))


class Tongsa:
    def __init__(self, options):
        self.program, self.work = options.tongsa, options.work
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("TONGSA_")}
        self.digest = hashlib.sha256(Path(self.program).read_bytes()).hexdigest()

    def measure(self, *arguments, **more):
        return measure([self.program, *map(str, arguments)], self.environment, **more)

    def conversation(self, store, *arguments):
        argv = [self.program, "--store", str(store), "match", "--json", "--limit", str(ANSWERS), *map(str, arguments)]
        return Conversation(argv, self.environment)

    def fresh_import(self, store, file, *arguments):
        remove_store(store)
        return self.measure("--store", store, "import", "--memory", *arguments, file)

    def store(self, name, file, *arguments):
        """The store of a file and what its import cost, from an earlier run of the same program or made now."""
        store, note = self.work / f"{name}.db", self.work / f"{name}.json"
        known = json.loads(note.read_text()) if note.is_file() and store.is_file() else {}
        if known.get("digest") != self.digest:
            run = self.fresh_import(store, file, *arguments)
            known = {"digest": self.digest, "run": asdict(run)}
            note.write_text(json.dumps(known))
        return store, Run(**known["run"])


def remove_store(path):
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def store_size(path):
    return sum(file.stat().st_size for file in path.parent.glob(path.name + "*"))


def write_table(path, segments):
    """Sentences and their numbers, as a table of two languages."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(f"{FROM}\t{TO}\n")
        file.writelines(f"{segment}\t{number}\n" for number, segment in enumerate(segments, 1))
    return path


def write_english(file, options, size):
    write_table(file, inputs.english(options.data, options.work, SIZES[size]))


def english_table(options, size):
    file = options.work / f"english-{size}.tsv"
    if not file.is_file():
        apart(write_english, file, options, size)
    return file


def english_store(tongsa, options, size):
    """The store of so many English sentences, and what its import cost."""
    return tongsa.store(f"english-{size}", english_table(options, size))


# Tables


def print_table(title, columns, rows):
    print(f"{title}\n\n| " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * (len(columns) - 1))
    for cells in rows:
        print("| " + " | ".join(map(str, cells)) + " |")
    print(flush=True)


def ms(seconds):
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def spread(seconds, parts=(50, 95, 99)):
    return [*(ms(percentile(seconds, part)) for part in parts), ms(statistics.fmean(seconds))] if seconds else ["-"] * (len(parts) + 1)


def share(value):
    return "-" if value is None else f"{value:.4f}"


# Asking


@dataclass
class Asked:
    """What an engine did with its queries: wall and processor seconds of each by round, and the scores of its answers."""

    rounds: list = field(default_factory=list)
    scores: list = field(default_factory=list)
    peak: int = 0

    def wall(self, chosen=None):
        return self.medians(0, chosen)

    def cpu(self, chosen=None):
        return self.medians(1, chosen)

    def medians(self, which, chosen):
        """The median of the rounds of each query."""
        numbers = range(len(self.rounds[0])) if chosen is None else chosen
        return [statistics.median(seconds[number][which] for seconds in self.rounds) for number in numbers]


def cpu_clock(pid):
    """The clock of the processor time of a process, as clock_getcpuclockid(3) of Linux makes it."""
    return ~pid << 3 | 2


def ask_all(ask, queries, pid):
    seconds, answers, clock = [], [], cpu_clock(pid)
    for query in queries:
        wall, cpu = time.perf_counter(), time.clock_gettime(clock)
        found = ask(query)
        seconds.append((time.perf_counter() - wall, time.clock_gettime(clock) - cpu))
        answers.append(found)
    return seconds, answers


def ask_tongsa(asked, conversation, queries, warm_up):
    """One round; returns the lines of the answers."""
    lines, pid = [(query + "\n").encode() for query in queries], conversation.process.pid
    if warm_up:
        ask_all(conversation.ask, lines[:WARM_UPS], pid)
    seconds, answers = ask_all(conversation.ask, lines, pid)
    asked.rounds.append(seconds)
    asked.peak = conversation.peak()
    return answers


class Mistakes:
    """Answers of tongsa that are not the true ones: counted, the first of them shown."""

    def __init__(self):
        self.count = 0

    def add(self, what, query, *more):
        self.count += 1
        if self.count <= SHOWN:
            print(f"WRONG: {what}: {query!r}", *more, flush=True)

    def judge(self, query, line, true, least, target_of):
        """Holds an answer to the true scores, its scores to their texts, and its targets to those of the sources."""
        matches = json.loads(line)["matches"]
        found = [match["score"] for match in matches]
        expected = [value for value in true if value >= least]
        if found != expected:
            self.add("other scores than a full scan", query, f"at {least}: {found} for {expected}")
        for match in matches:
            if score(fold(query), fold(match["source"])) != match["score"]:
                self.add("a score that its text does not have", query, match)
            if not target_of(match["source"], match["target"]):
                self.add("a target that is not of this source", query, match)
        return found


# match


class Peers:
    """The peers that can run here, with what each took to build and the numbers of the given queries that it is asked."""

    def __init__(self, options, size, texts, given):
        self.running, self.built, self.tried, self.asked = {}, {}, {}, {}
        for key in options.peers:
            peer = PEERS[key]
            if peer.largest and SIZES[size] > peer.largest:
                self.skip(peer, f"not asked beyond {peer.largest:,} segments")
                continue
            start = time.perf_counter()
            try:
                self.running[key] = peer(texts, options.work)
            except Skipped as reason:
                self.skip(peer, reason)
                continue
            self.built[key], self.asked[key] = time.perf_counter() - start, Asked()
            fitting = [at for at, query in enumerate(given) if len(query) <= getattr(peer, "longest", len(query))]
            self.tried[key] = fitting[:: -(-len(fitting) // peer.most_queries)]

    @staticmethod
    def skip(peer, reason):
        print(f"{peer.name}: {reason}, skipped.\n", flush=True)

    def ask(self, folded):
        """One round; a peer whose first round takes long has only that, and one that gives up is left out."""
        for key, peer in list(self.running.items()):
            asked, queries = self.asked[key], [folded[at] for at in self.tried[key]]
            if asked.rounds and sum(wall for wall, _ in asked.rounds[0]) > LONG_ROUND:
                continue
            try:
                seconds, answers = ask_all(peer.ask, queries, peer.pid)
            except Skipped as reason:
                self.skip(peer, reason)
                self.running.pop(key).close()
                continue
            asked.rounds.append(seconds)
            asked.scores = [scores_of(*row) for row in zip(queries, answers)]

    def close(self):
        for peer in self.running.values():
            peer.close()


def scores_of(query, texts):
    return sorted((score(query, text) for text in texts), reverse=True)


def run_match(tongsa, options, size):
    store, _ = english_store(tongsa, options, size)
    segments = inputs.english(options.data, options.work, SIZES[size])
    texts = list(map(fold, segments))
    given = inputs.given_queries(options.data)
    queries = given + inputs.made_queries(inputs.english(options.data, options.work, SIZES["100k"]))
    folded = list(map(fold, queries))
    truth = inputs.kept_truth(options.work / f"truth-{size}.json", folded, texts)
    peers = Peers(options, size, texts, folded[: len(given)])
    asked = {least: Asked() for least in THRESHOLDS}
    mistakes = Mistakes()

    def is_target(source, target):
        return segments[int(target) - 1] == source

    talks = {least: tongsa.conversation(store, "--from", FROM, "--to", TO, "--min-score", least) for least in THRESHOLDS}
    for number in range(options.rounds):
        for least in THRESHOLDS:
            lines = ask_tongsa(asked[least], talks[least], queries, number == 0)
            asked[least].scores = [mistakes.judge(*row, least, is_target) for row in zip(queries, lines, truth)]
        peers.ask(folded)
    for closing in (*talks.values(), peers):
        closing.close()
    show_match(size, asked, truth, folded, len(given))
    show_by_length(size, asked, truth, folded)
    show_peers(size, asked[LEAST], truth, peers)
    show_mistakes(mistakes, len(queries) * len(THRESHOLDS) * options.rounds)
    text = sum(len(segment.encode()) + len(str(number)) for number, segment in enumerate(segments, 1))
    headline = spread(asked[LEAST].wall(range(len(given))), (50, 99)) + spread(asked[LEAST].cpu(range(len(given))), (50, 99))
    return {"mistakes": mistakes.count, "size": size, "text": text, "times": headline, "peak": asked[LEAST].peak}


def recalls(truth, scores, least=LEAST):
    return [share(inputs.recall(truth, scores, first, least)) for first in (1, ANSWERS)]


def show_match(size, heard, truth, folded, given):
    rows = []
    for least, asked in heard.items():
        for name, chosen in {"given": range(given), "made, 2 to 300": range(given, len(folded))}.items():
            exact = recalls([truth[at] for at in chosen], [asked.scores[at] for at in chosen], least)
            times = spread(asked.wall(chosen)) + spread(asked.cpu(chosen))
            rows.append([f"{least} %, {len(chosen)} {name}", *times, *exact, f"{asked.peak / MB:,.0f}"])
    columns = ["tongsa", *TIMES, *CPU_TIMES, "recall @1", "recall @5", "peak MB"]
    print_table(f"### {SIZES[size]:,} English segments", columns, rows)


def show_by_length(size, heard, truth, folded):
    rows = []
    for low, high in CLASSES:
        chosen = [at for at, query in enumerate(folded) if low <= len(query) <= high]
        matched = sum(bool(truth[at]) for at in chosen)
        times = spread(heard[LEAST].wall(chosen)) + spread(heard[LEAST].cpu(chosen))
        higher = [ms(percentile(heard[least].cpu(chosen), part)) for least in THRESHOLDS[1:] for part in (50, 99)]
        rows.append([f"{low} to {high}", len(chosen), matched, *times, *higher])
    columns = ["length of the query", "queries", "with a match", *TIMES, *CPU_TIMES,
               *(f"{least} %: cpu {part}" for least in THRESHOLDS[1:] for part in ("p50", "p99"))]
    print_table(f"By length, {SIZES[size]:,} segments, at 70 %:", columns, rows)


def show_peers(size, ours, truth, peers):
    rows = []
    for key, peer in peers.running.items():
        chosen, asked, build = peers.tried[key], peers.asked[key], peers.built[key]
        if stopped := getattr(peer, "stopped", 0):
            print(f"{peer.name}: {stopped} of {stopped + peer.ended} queries were stopped after {peer.QUERY_LIMIT} s; "
                  f"built in {build:.1f} s.\n")
            continue
        own, times = ours.cpu(chosen), asked.cpu()
        exact = recalls([truth[at] for at in chosen], asked.scores)
        ratio = statistics.median(times) / statistics.median(own)
        rows.append([peer.name, len(chosen), f"{build:.1f}", *spread(asked.wall(), (50, 99)), *spread(times, (50, 99)), *exact,
                     *spread(own, (50, 99)), f"{ratio:,.0f}"])
    if rows:
        columns = ["peer", "queries", "build s", "p50 ms", "p99 ms", "mean ms", "cpu p50", "cpu p99", "cpu mean", "recall @1", "recall @5",
                   "tongsa cpu p50", "p99", "mean", "ratio of cpu p50"]
        print_table(f"Peers on {SIZES[size]:,} segments at 70 %, and tongsa on the same queries in the same run:", columns, rows)


def show_mistakes(mistakes, count):
    print(f"tongsa: {mistakes.count} mistakes in {count:,} answers.\n" if mistakes.count else
          f"tongsa: all {count:,} answers are those of the full scan.\n", flush=True)


# units


def unit_groups(units):
    """For each group of queries: its name, the language asked and answered in, and the units that it is asked of."""
    korean = [(target, source) for lang, source, target in units if lang == "ko"]
    chinese = [(target, source) for lang, source, target in units if lang.startswith("zh")]
    english = [(source, target) for lang, source, target in units if lang == "ko"]
    yield "Korean", "ko", "en", korean, 300
    yield "Korean, 2 to 10", "ko", "en", korean, 10
    yield "Chinese", "zh-Hans", "en", chinese, 300
    yield "Chinese, 2 to 10", "zh-Hans", "en", chinese, 10
    yield "English", "en", "ko", english, 300
    yield "English, 2 to 10", "en", "ko", english, 10


def unit_store(tongsa, options):
    packed, file = options.data / "packs/memory-1m.tsv.xz", options.work / "memory-1m.tsv"
    if not packed.is_file():
        raise Missing(f"There is no {packed}: name the shared data with --data DIR.")
    if not file.is_file():
        with lzma.open(packed) as packed_rows, open(file, "wb") as rows:
            shutil.copyfileobj(packed_rows, rows)
    return tongsa.store("units", file, "--columns", "document,lang,en,target")


def run_units(tongsa, options):
    store, built = unit_store(tongsa, options)
    units = inputs.units(options.data)
    groups, mistakes = list(unit_groups(units)), Mistakes()
    rows = [ask_group(tongsa, options, store, number, group, mistakes) for number, group in enumerate(groups)]
    columns = ["queries", "of segments", "with a match", *TIMES, *CPU_TIMES, "recall @1", "recall @5", "peak MB"]
    print_table(f"### {len(units):,} real units, {UNIT_QUERIES} queries a row, at 70 %", columns, rows)
    text = sum(len(source.encode()) + len(target.encode()) for _, source, target in units)
    show_sizes("units", store, text, len(units))
    print(f"Import into a fresh store: {built.wall:.1f} s, {built.cpu:.1f} s of processor time, peak {built.peak / MB:,.0f} MB.\n")
    show_mistakes(mistakes, UNIT_QUERIES * len(groups) * options.rounds)
    return {"mistakes": mistakes.count}


def ask_group(tongsa, options, store, number, group, mistakes):
    name, source, target, pairs, longest = group
    queries = inputs.perturbed_targets([text for text, _ in pairs], UNIT_QUERIES, longest)
    known = set(pairs)
    truth = inputs.kept_truth(options.work / f"truth-units-{number}.json", list(map(fold, queries)), [fold(text) for text, _ in pairs])
    talk, asked = tongsa.conversation(store, "--from", source, "--to", target), Asked()
    for turn in range(options.rounds):
        lines = ask_tongsa(asked, talk, queries, turn == 0)
        asked.scores = [mistakes.judge(*row, LEAST, lambda text, other: (text, other) in known) for row in zip(queries, lines, truth)]
    talk.close()
    times = spread(asked.wall()) + spread(asked.cpu())
    return [name, f"{len(pairs):,}", sum(map(bool, truth)), *times, *recalls(truth, asked.scores), f"{asked.peak / MB:,.0f}"]


def table_sizes(store):
    """The bytes of each table, and how many units there are."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        (count,) = database.execute("SELECT count(*) FROM unit").fetchone()
        try:
            return dict(database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")), count
        except sqlite3.OperationalError as problem:
            raise Skipped(f"this sqlite3 ({sqlite3.sqlite_version}) has no dbstat") from problem


def show_sizes(name, store, text, expected):
    sizes, count = table_sizes(store)
    index = {table: sizes.get(table, 0) for table in ("match_page", "match_run", "index_page")}
    parts = ", ".join(f"{table} {size / MB:.0f}" for table, size in index.items())
    print(f"Store of {name}: {count:,} units (of {expected:,} different rows), {store_size(store) / MB:.0f} MB; segments {text / MB:.0f} MB; "
          f"index {sum(index.values()) / MB:.0f} MB ({parts}), {sum(index.values()) / text:.2f} times the segments; "
          f"unit {sizes.get('unit', 0) / MB:.0f} MB.\n", flush=True)


# import


def write_tmx(table, path):
    """The same units as TMX 1.4."""
    with open(table, encoding="utf-8", newline="\n") as rows, open(path, "w", encoding="utf-8", newline="\n") as file:
        next(rows)
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="memory.py" creationtoolversion="1" '
                   f'segtype="sentence" o-tmf="none" adminlang="en" srclang="{FROM}" datatype="plaintext"/>\n<body>\n')
        for row in rows:
            source, target = map(escape, row.rstrip("\n").split("\t"))
            file.write(f'<tu><tuv xml:lang="{FROM}"><seg>{source}</seg></tuv><tuv xml:lang="{TO}"><seg>{target}</seg></tuv></tu>\n')
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
    return {"short": queries[len(queries) // 100], "median": queries[len(queries) // 2], "long": queries[len(queries) * 99 // 100]}


def run_cold(tongsa, options):
    stores = {size: english_store(tongsa, options, size)[0] for size in options.size}
    queries = cold_queries(options)
    cases = {(size, name): ["--store", store, "match", "--from", FROM, "--to", TO, "--json", "--limit", ANSWERS, query]
             for size, store in stores.items() for name, query in queries.items()}
    seconds, versions, peaks = {case: [] for case in cases}, [], {case: 0 for case in cases}
    for number in range(COLD_ROUNDS + 1):
        for case, arguments in cases.items():
            version = tongsa.measure("--version")
            run = tongsa.measure(*arguments, codes=(0, 1))
            if number:
                versions.append(version.wall)
                seconds[case].append(run.wall)
                peaks[case] = max(peaks[case], run.peak)
    base = statistics.median(versions)
    rows = [[f"{name}, {len(query)} characters", *(ms(statistics.median(seconds[size, name]) - base) for size in stores)]
            for name, query in queries.items()]
    columns = ["query", *(f"{SIZES[size]:,}" for size in stores)]
    print_table(f"### From process start to answer (medians of {COLD_ROUNDS}, ms over the {ms(base)} of `tongsa --version`)", columns, rows)
    return {size: statistics.median(seconds[size, "median"]) - base for size in stores}


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
    columns = ["segments", "p50 ms", "p99 ms", "mean ms", "cpu p50", "cpu p99", "cpu mean", "cold ms", "peak MB", "text MB", "store MB", "index / text", "import s",
               "user + system s", "peak MB of the import"]
    print_table("### From size to size (given queries, at 70 %)", columns, rows)


def apart(work, *arguments):
    """Runs a part in a process of its own, so that this one stays small and the next part begins with as much memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        return pool.submit(work, *arguments).result()


def run_bench(options):
    tongsa = Tongsa(options)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    version = subprocess.run([options.tongsa, "--version"], capture_output=True, text=True).stdout.strip()
    print(f"{version} ({tongsa.digest[:12]}), {machine}, {time.strftime('%Y-%m-%d %H:%M')}; medians of {options.rounds} rounds.\n", flush=True)
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
