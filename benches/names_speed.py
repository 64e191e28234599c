#!/usr/bin/env python3
"""Look misspelt names up in tongsa and in other programs, in one run, and print a Markdown table.

    cargo build --release
    python3 benches/names_speed.py --tongsa target/release/tongsa
    python3 benches/names_speed.py --tongsa target/release/tongsa --names 1000000

The names are packs/names-1m.txt.xz of the shared data (the first 100,000, or all), the queries
the 1,000 of eval/name_queries.tsv: a name with one or two slips in it. Each engine gets the
names once, differing in more than case, and answers a query with the five names it holds
nearest. Case counts for none of them: tongsa is given names and queries as they are written and
folds them itself, the others are given both in lower case. Shown for each:

    build       from the names to an index that can be asked; tongsa: the import into a fresh store
    p50 ... mean  wall clock of one query, warm, in a process that stays; each query is asked once
    right @1 @5 queries whose right name is the first answer, is among the first five
    complete @5 of the names within distance 2 that five answers could hold, those that they do
    peak        memory of the whole process, Python and the list of names included; of tongsa while
                it answers, not while it imports

Distance is optimal string alignment (a swap of neighbours is one slip). What is true is found by
comparing every query with every name; "ideal order" sorts that set by distance, with the right
name first among its equals. --truth FILE keeps it for the next run.

tongsa answers queries on standard input, and a query is timed from its line to the line of its
answer, both pipes included; `cat`, in the table too, does nothing but that. A tongsa that keeps
its answers back until the input ends cannot be timed so: then p50 and p99 are left out. The mean
is of all queries from a file, without the pipes, over the time of a run that asks one. Peers are
asked in process:

    pip install rapidfuzz symspellpy tantivy

What is not installed is left out, but without rapidfuzz the truth is not known. sqlite3 (FTS5,
trigrams) and tantivy do not sort by distance: their first 1,000 are sorted by rapidfuzz, within the
time. At a million names rapidfuzz and sqlite3 are asked --scan-queries of the queries only.

Linux; on macOS peak memory may read too high. Exit codes: 1 when an engine fails, with what it
said; 2 when an input is missing.
"""

import argparse
import csv
import importlib.util
import itertools
import json
import lzma
import os
import platform
import re
import select
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REACH = 2
ANSWERS = 5
RESCORED = 1000
SMALL = 100_000
WARM_UPS = 20
ROUNDS = 3
WHOLE_SET = 1000
MB = 1_000_000
SCANS = ("rapidfuzz", "sqlite3")
ENGINES = ("tongsa", "rapidfuzz", "symspellpy", "tantivy", "sqlite3")


class Missing(Exception):
    """An input is not there."""


class Failed(Exception):
    """An engine did not do its work."""


class Skipped(Exception):
    """A peer cannot run here."""


def fold(name):
    return name.casefold()


def read_lines(path):
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


# Peers: each takes the folded names and returns what answers a folded query with names


def need(module):
    if importlib.util.find_spec(module) is None:
        raise Skipped(f"{module} is not installed")


def nearest(query, names):
    """The first answers by distance; names alike far keep their order."""
    from rapidfuzz.distance import OSA

    return sorted(names, key=lambda name: OSA.distance(query, name))[:ANSWERS]


def rapidfuzz(names):
    need("rapidfuzz")
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    def ask(query):
        found = process.extract(query, names, scorer=OSA.distance, score_cutoff=REACH, limit=ANSWERS)
        return [name for name, _, _ in found]

    return ask


def symspellpy(names):
    need("symspellpy")
    from symspellpy import SymSpell, Verbosity

    index = SymSpell(max_dictionary_edit_distance=REACH, prefix_length=7)
    for name in names:
        index.create_dictionary_entry(name, 1)

    def ask(query):
        return [found.term for found in index.lookup(query, Verbosity.ALL, REACH)[:ANSWERS]]

    return ask


def tantivy(names):
    need("tantivy")
    need("rapidfuzz")
    from tantivy import Document, Index, Query, SchemaBuilder

    schema = SchemaBuilder().add_text_field("name", stored=True, tokenizer_name="raw").build()
    index = Index(schema)
    writer = index.writer()
    for name in names:
        writer.add_document(Document(name=name))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(query):
        fuzzy = Query.fuzzy_term_query(schema, "name", query, distance=REACH, transposition_cost_one=True)
        hits = searcher.search(fuzzy, limit=RESCORED).hits
        return nearest(query, [searcher.doc(address)["name"][0] for _, address in hits])

    return ask


def sqlite(names):
    need("rapidfuzz")
    database = sqlite3.connect(":memory:")
    try:
        database.execute("CREATE VIRTUAL TABLE names USING fts5(name, tokenize = 'trigram')")
    except sqlite3.OperationalError as problem:
        raise Skipped(f"this sqlite3 ({sqlite3.sqlite_version}) has no trigrams: {problem}") from problem
    with database:
        database.executemany("INSERT INTO names VALUES (?)", ((name,) for name in names))
    select_names = f"SELECT name FROM names WHERE names MATCH ? ORDER BY rank LIMIT {RESCORED}"

    def ask(query):
        pieces = dict.fromkeys(query[start : start + 3] for start in range(len(query) - 2))
        quoted = " OR ".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
        return nearest(query, [name for (name,) in database.execute(select_names, (quoted,))]) if quoted else []

    return ask


PEERS = {"rapidfuzz": rapidfuzz, "symspellpy": symspellpy, "tantivy": tantivy, "sqlite3": sqlite}


def measure_peer(make, names, queries):
    names, queries = [fold(name) for name in names], [fold(query) for query in queries]
    make(names[:1])  # What is imported is so before the clock starts.
    start = time.perf_counter()
    ask = make(names)
    build = time.perf_counter() - start
    for name in warm_ups(names):
        ask(name)
    seconds, answers = [], []
    for query in queries:
        start = time.perf_counter()
        found = ask(query)
        seconds.append(time.perf_counter() - start)
        answers.append(found)
    mean = statistics.fmean(seconds)
    return {"build": build, "seconds": seconds, "mean": mean, "answers": answers, "peak": peak()}


def warm_ups(names):
    """Names backwards: queries that are none of those asked."""
    return [name[::-1] for name in names[:WARM_UPS]]


def peak(pid="self"):
    """The peak memory of a running process in bytes, which the one that started it does not add to."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        import resource

        who = resource.RUSAGE_SELF if pid == "self" else resource.RUSAGE_CHILDREN
        return resource.getrusage(who).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


# tongsa


class Conversation:
    """A process that is given a line and gives one back."""

    def __init__(self, argv, environment=None):
        self.process = subprocess.Popen(argv, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.out, self.kept = self.process.stdout.fileno(), b""

    def ask(self, line, patience=None):
        """The answer, or None when there is none after `patience` seconds."""
        self.process.stdin.write(line)
        while b"\n" not in self.kept:
            if patience is not None and not select.select([self.out], [], [], patience)[0]:
                return None
            read = os.read(self.out, 1 << 16)
            if not read:
                raise Failed(f"`{self.process.args[0]}` ended with {self.process.wait()} instead of answering {line!r}")
            self.kept += read
        answer, _, self.kept = self.kept.partition(b"\n")
        return answer

    def peak(self):
        return peak(self.process.pid)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def kill(self):
        self.process.kill()
        self.close()


def timed(conversation, lines):
    seconds, answers = [], []
    for line in lines:
        start = time.perf_counter()
        answer = conversation.ask(line)
        seconds.append(time.perf_counter() - start)
        answers.append(answer)
    return seconds, answers


class Tongsa:
    def __init__(self, program, directory, patience):
        self.program, self.directory, self.patience = program, directory, patience
        self.store = directory / "names.db"
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("TONGSA_")}

    def command(self, *arguments):
        return [self.program, "--store", str(self.store), *arguments]

    def run(self, *arguments, **pipes):
        start = time.perf_counter()
        done = subprocess.run(self.command(*arguments), env=self.environment, stderr=subprocess.PIPE, **pipes)
        seconds = time.perf_counter() - start
        if done.returncode not in (0, 1):
            said = done.stderr.decode(errors="replace").strip()
            raise Failed(f"`tongsa {' '.join(arguments[:1])}` ended with {done.returncode}: {said[-4000:]}")
        return seconds, done.stdout

    def measure(self, names, queries):
        glossary = self.directory / "names.csv"
        write_glossary(glossary, names)
        build, said = self.run("import", "--json", str(glossary), stdout=subprocess.PIPE)
        rejected = json.loads(said)["rejected"]
        result = {"build": build, "rejected": rejected, "store": store_size(self.store)}
        result["cold"] = statistics.median(self.batch(queries[:1])[0] for _ in range(ROUNDS + 2))
        result["mean"], answers = self.mean(queries)
        result["answers"] = [texts(line) for line in answers]
        result["whole"] = [texts(line) for line in self.batch(queries, "--limit", str(WHOLE_SET))[1]]
        result["seconds"], result["peak"] = self.one_by_one(warm_ups(names), queries, answers)
        return result

    def batch(self, queries, *options):
        asked = self.directory / "asked.txt"
        asked.write_text("\n".join(queries) + "\n", encoding="utf-8")
        with open(asked, "rb") as stdin, tempfile.TemporaryFile(dir=self.directory) as stdout:
            seconds, _ = self.run("lookup", "--json", *options, stdin=stdin, stdout=stdout)
            stdout.seek(0)
            answers = stdout.read().splitlines()
        if len(answers) != len(queries):
            raise Failed(f"`tongsa lookup` gave {len(answers)} answers to {len(queries)} queries.")
        return seconds, answers

    def mean(self, queries):
        """Seconds a query, asked from a file: all of them over one of them; and the answers."""
        single = statistics.median(self.batch(queries[:1])[0] for _ in range(ROUNDS))
        runs = [self.batch(queries) for _ in range(ROUNDS)]
        whole = statistics.median(seconds for seconds, _ in runs)
        return (whole - single) / max(len(queries) - 1, 1), runs[0][1]

    def one_by_one(self, warm_up, queries, answers):
        """Seconds of each query and peak memory; no seconds when answers come only at the end."""
        conversation = Conversation(self.command("lookup", "--json"), self.environment)
        first, *others = [(query + "\n").encode() for query in warm_up]
        if conversation.ask(first, self.patience) is None:
            conversation.kill()
            return None, self.peak_of_batch(queries)
        timed(conversation, others)
        seconds, heard = timed(conversation, [(query + "\n").encode() for query in queries])
        memory = conversation.peak()
        conversation.close()
        if heard != answers:
            raise Failed("`tongsa lookup` answers otherwise line by line than from a file.")
        return seconds, memory

    def peak_of_batch(self, queries):
        """The peak is read while the process, all queries written, still waits for the end of its input."""
        conversation = Conversation(self.command("lookup", "--json"), self.environment)
        conversation.process.stdin.write(("\n".join(queries) + "\n").encode())
        while select.select([conversation.out], [], [], self.patience)[0]:
            os.read(conversation.out, 1 << 16)
        memory = conversation.peak()
        conversation.kill()
        return memory


def write_glossary(path, names):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "en", "kind"])
        for number, name in enumerate(names):
            writer.writerow([f"bench.n{number:07}", re.sub(r"([|{};\\])", r"\\\1", name), "place"])


def store_size(path):
    return sum(file.stat().st_size for file in path.parent.glob(path.name + "*"))


def texts(line):
    return [fold(match["matched"]["text"]) for match in json.loads(line)["matches"]]


def measure_pipe(answers):
    """`cat`, given each answer of tongsa and giving it back."""
    conversation = Conversation(["cat"])
    lines = [(json.dumps({"matches": found}, ensure_ascii=False) + "\n").encode() for found in answers]
    timed(conversation, lines[:WARM_UPS])
    seconds, _ = timed(conversation, lines)
    memory = conversation.peak()
    conversation.close()
    return {"seconds": seconds, "mean": statistics.fmean(seconds), "peak": memory}


# One engine, in a process of its own


def run_engine(options):
    directory = options.directory
    queries = read_lines(directory / "queries.txt")[:: options.every]
    names = read_lines(directory / "names.txt")
    if options.engine == "truth":
        return measure_truth(names, queries)
    if options.engine == "tongsa":
        return Tongsa(options.tongsa, directory, options.patience).measure(names, queries)
    return measure_peer(PEERS[options.engine], names, queries)


def measure_truth(names, queries):
    """For each query the folded names within reach, each with its distance, nearest first."""
    need("rapidfuzz")
    folded = [fold(name) for name in names]
    with ProcessPoolExecutor(initializer=remember, initargs=(folded,)) as pool:
        return list(pool.map(within_reach, (fold(query) for query in queries), chunksize=10))


remembered = []


def remember(names):
    remembered[:] = names


def within_reach(query):
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(query, remembered, scorer=OSA.distance, score_cutoff=REACH, limit=None)
    return [(name, distance) for name, distance, _ in found]


class Bench:
    def __init__(self, options, directory):
        self.options, self.directory = options, Path(directory)
        shared = options.shared
        self.names = self.load_names(shared / "data/packs/names-1m.txt.xz")
        self.pairs = self.load_queries(shared / "data/eval/name_queries.tsv")
        self.truth = None

    def load_names(self, path):
        if not path.is_file():
            raise Missing(f"There is no {path}: name the shared data with --shared DIR.")
        with lzma.open(path, "rt", encoding="utf-8") as file:
            lines = [line.strip() for line in itertools.islice(file, self.options.names)]
        names = {}
        for name in lines:
            names.setdefault(fold(name), name)
        (self.directory / "names.txt").write_text("\n".join(names.values()) + "\n", encoding="utf-8")
        return set(names)

    def load_queries(self, path):
        if not path.is_file():
            raise Missing(f"There is no {path}: name the shared data with --shared DIR.")
        with open(path, encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file]
        # Two slips follow one slip at random: the first so many hold both.
        pairs = [(query, fold(name)) for query, name, _ in rows if fold(name) in self.names][: self.options.queries]
        if not pairs:
            raise Missing(f"No query of {path} asks for one of these names.")
        (self.directory / "queries.txt").write_text("\n".join(query for query, _ in pairs) + "\n", encoding="utf-8")
        return pairs

    def engine(self, name, every=1):
        """What an engine measured, or None where it cannot run."""
        options = self.options
        argv = [sys.executable, __file__, "--engine", name, "--directory", str(self.directory), "--every", str(every)]
        argv += ["--tongsa", options.tongsa, "--patience", str(options.patience)]
        try:
            done = subprocess.run(argv, capture_output=True, text=True, timeout=options.timeout)
        except subprocess.TimeoutExpired:
            print(f"{name}: no end after {options.timeout:.0f} s, skipped.\n", flush=True)
            return None
        if done.returncode:
            raise Failed(f"{name} ended with {done.returncode}:\n{done.stderr.strip()[-4000:]}")
        result = json.loads(done.stdout)
        if "skipped" in result:
            print(f"{name}: {result['skipped']}, skipped.\n", flush=True)
            return None
        return result

    def find_truth(self):
        kept = self.options.truth
        asked = [len(self.names), [query for query, _ in self.pairs]]
        if kept and kept.is_file():
            known = json.loads(kept.read_text(encoding="utf-8"))
            if known["asked"] == asked:
                return known["found"]
        found = self.engine("truth")
        if kept and found:
            kept.write_text(json.dumps({"asked": asked, "found": found}, ensure_ascii=False), encoding="utf-8")
        return found

    def every(self, name):
        """How many queries are passed over for each that is asked."""
        if name not in SCANS or len(self.names) <= SMALL:
            return 1
        return max(1, len(self.pairs) // self.options.scan_queries)


# Results


def share(part, whole):
    return f"{part / whole:.3f}" if whole else "-"


def right(pairs, answers, first):
    return share(sum(name in found[:first] for (_, name), found in zip(pairs, answers)), len(pairs))


def complete(truth, answers, first):
    """Of the names within reach that `first` answers have room for, the share that is among them."""
    if truth is None:
        return "-"
    held = room = 0
    for within, found in zip(truth, answers):
        held += len({name for name, _ in within} & set(found[:first]))
        room += min(first, len(within))
    return share(held, room)


def ideal(pairs, truth):
    """Where the right name stands when the set is sorted by distance, and it is the first of its equals."""
    for (_, name), within in zip(pairs, truth):
        distance = dict(map(tuple, within)).get(name)
        yield None if distance is None else sum(other < distance for _, other in within)


def microseconds(seconds):
    return f"{seconds * 1e6:,.1f}"


def percentile(seconds, per_cent):
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, len(ordered) * per_cent // 100)]


COLUMNS = ["engine", "queries", "build s", "p50 us", "p99 us", "mean us", "right @1", "right @5", "complete @5",
           "peak MB"]


def row(bench, name, result, every):
    pairs, truth = bench.pairs[::every], bench.truth and bench.truth[::every]
    seconds, answers = result["seconds"], result.get("answers")
    spread = [microseconds(percentile(seconds, part)) for part in (50, 99)] if seconds else ["-", "-"]
    exact = ["", "", ""]
    if answers is not None:
        exact = [right(pairs, answers, 1), right(pairs, answers, ANSWERS), complete(truth, answers, ANSWERS)]
    build = f"{result['build']:.2f}" if "build" in result else ""
    return [name, str(len(pairs)), build, *spread, microseconds(result["mean"]), *exact, f"{result['peak'] / MB:,.0f}"]


def ideal_row(bench):
    ranks = [rank for rank in ideal(bench.pairs, bench.truth) if rank is not None]
    at = [share(sum(rank < first for rank in ranks), len(bench.pairs)) for first in (1, ANSWERS)]
    return ["ideal order", str(len(bench.pairs)), "", "", "", "", *at, "1.000", ""]


def print_table(rows):
    print("| " + " | ".join(COLUMNS) + " |")
    print("|---|" + "---:|" * (len(COLUMNS) - 1))
    for cells in rows:
        print("| " + " | ".join(cells) + " |")
    print(flush=True)


def remark_truth(bench):
    within = sum(rank is not None for rank in ideal(bench.pairs, bench.truth))
    sizes = [len(found) for found in bench.truth]
    print(f"The right name is within distance {REACH} of {within} of {len(bench.pairs)} queries; "
          f"the set holds {statistics.median(sizes):.0f} names at the median, {max(sizes)} at most.")


def remark_tongsa(bench, result):
    answers = result["answers"]
    others = sum(name not in bench.names for found in answers for name in found[:ANSWERS])
    print(f"tongsa: store {result['store'] / MB:.0f} MB; one query, process start to end, {result['cold'] * 1000:.1f} ms; "
          f"{result['rejected']} names not taken; {sum(not found for found in answers)} queries without an answer; "
          f"{others} of {sum(map(len, answers))} answers are none of the names.")
    if bench.truth:
        held = complete(bench.truth, result["whole"], WHOLE_SET)
        print(f"With --limit {WHOLE_SET} its answers hold {held} of all names within distance {REACH}.")
    if not result["seconds"]:
        print(f"It kept its answers back ({bench.options.patience:g} s waited): no times of single queries.")


def run_bench(options):
    with tempfile.TemporaryDirectory(prefix="tongsa-names-", dir=options.tmp) as directory:
        bench = Bench(options, directory)
        version = subprocess.run([options.tongsa, "--version"], capture_output=True, text=True).stdout.strip()
        machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
        print(f"{version}, {machine}, {time.strftime('%Y-%m-%d')}; "
              f"{len(bench.names):,} names, {len(bench.pairs):,} queries.\n", flush=True)
        results = {}
        for name in options.only:
            result = bench.engine(name, bench.every(name))
            if result:
                results[name] = result
        bench.truth = bench.find_truth()
        rows = []
        for name, result in results.items():
            rows.append(row(bench, name, result, bench.every(name)))
            if name == "tongsa" and result["seconds"]:
                rows.append(row(bench, "`cat`, the pipes alone", measure_pipe(result["answers"]), 1))
        print_table(rows + ([ideal_row(bench)] if bench.truth else []))
        if bench.truth:
            remark_truth(bench)
        if "tongsa" in results:
            remark_tongsa(bench, results["tongsa"])


# Command line


def engines(text):
    chosen = text.split(",")
    unknown = [name for name in chosen if name not in ENGINES]
    if unknown:
        raise argparse.ArgumentTypeError(f"no engine {', '.join(unknown)}; there are {', '.join(ENGINES)}")
    return chosen


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--tongsa", default=str(ROOT / "target/release/tongsa"), metavar="PROGRAM")
    parser.add_argument("--shared", type=Path, default=ROOT / "../shared", metavar="DIR", help="shared data (../shared)")
    parser.add_argument("--names", type=int, default=SMALL, metavar="N", help="the first (100000), at most 1000000")
    parser.add_argument("--queries", type=int, default=1000, metavar="N", help="the first for these names (1000)")
    parser.add_argument("--scan-queries", type=int, default=200, metavar="N",
                        help="for engines that scan, beyond 100,000 names (200)")
    parser.add_argument("--only", type=engines, default=list(ENGINES), metavar="ENGINE,...")
    parser.add_argument("--truth", type=Path, metavar="FILE", help="where the truth is kept from run to run")
    parser.add_argument("--patience", type=float, default=3, metavar="SECONDS", help="for tongsa's first answer (3)")
    parser.add_argument("--timeout", type=float, default=1800, metavar="SECONDS", help="for one engine (1800)")
    parser.add_argument("--tmp", type=Path, metavar="DIR", help="where stores and lists are made for the run")
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--directory", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--every", type=int, default=1, help=argparse.SUPPRESS)
    return parser.parse_args()


def main():
    options = arguments()
    if options.engine:
        try:
            result = run_engine(options)
        except Skipped as reason:
            result = {"skipped": str(reason)}
        json.dump(result, sys.stdout)
        return
    if not Path(options.tongsa).is_file():
        raise Missing(f"There is no program {options.tongsa}: build it with `cargo build --release`.")
    options.tongsa = str(Path(options.tongsa).resolve())
    run_bench(options)


if __name__ == "__main__":
    try:
        main()
    except Missing as problem:
        print(f"names_speed.py: {problem}", file=sys.stderr)
        sys.exit(2)
    except Failed as problem:
        print(f"names_speed.py: {problem}", file=sys.stderr)
        sys.exit(1)
