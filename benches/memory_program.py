"""tongsa as memory.py runs it: whole processes with what they cost, stores kept from run to run, and tables of figures."""

import hashlib
import json
import lzma
import os
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

import memory_inputs as inputs
from memory_inputs import ANSWERS, SIZES
from names_speed import MB, Conversation, Failed, Missing, Skipped, percentile

FROM, TO = "en", "eo"  # Numbers are in no language; a heading has two letters.


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

    def matching(self, store, *arguments):
        return [self.program, "--store", str(store), "match", "--json", "--limit", str(ANSWERS), *map(str, arguments)]

    def conversation(self, store, *arguments):
        return Conversation(self.matching(store, *arguments), self.environment)

    def batch(self, store, *arguments, stdin):
        """A process that answers a file of queries, one after the other."""
        argv = self.matching(store, *arguments)
        return subprocess.Popen(argv, env=self.environment, stdin=stdin, stdout=subprocess.PIPE, bufsize=0)

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


def unit_store(tongsa, options):
    packed, file = options.data / "packs/memory-1m.tsv.xz", options.work / "memory-1m.tsv"
    if not packed.is_file():
        raise Missing(f"There is no {packed}: name the shared data with --data DIR.")
    if not file.is_file():
        with lzma.open(packed) as packed_rows, open(file, "wb") as rows:
            shutil.copyfileobj(packed_rows, rows)
    return tongsa.store("units", file, "--columns", "document,lang,en,target")


def apart(work, *arguments):
    """Runs a part in a process of its own, so that this one stays small and the next part begins with as much memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        return pool.submit(work, *arguments).result()


# Sizes


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
    print(f"Store of {name}: {count:,} units (of {expected:,} different rows), {store_size(store) / MB:.0f} MB; "
          f"segments {text / MB:.0f} MB; index {sum(index.values()) / MB:.0f} MB ({parts}), "
          f"{sum(index.values()) / text:.2f} times the segments; unit {sizes.get('unit', 0) / MB:.0f} MB.\n", flush=True)


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
    return [*(ms(percentile(seconds, part)) for part in parts), ms(statistics.fmean(seconds))]


def share(value):
    return "-" if value is None else f"{value:.4f}"
