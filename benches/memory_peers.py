"""The peers of memory.py: other programs that find the old segments most like a new one.

Each is a class that takes folded texts and is asked with a folded query: `ask` gives at most five texts, best first, by the
peer's own measure; `pid` is the process that works for it. One that cannot run here raises Skipped with the reason; the limits
that a peer is given are in its class.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from memory_inputs import ANSWERS, LEAST, MILLION
from names_speed import Failed, Skipped, need


class Rapidfuzz:
    """Every text compared with the query, in C++, one core."""

    name, largest, most_queries = "rapidfuzz, full scan", None, 40

    def __init__(self, texts, _work):
        need("rapidfuzz")
        self.texts, self.pid = texts, os.getpid()

    def ask(self, query):
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        found = process.extract(query, self.texts, scorer=Levenshtein.normalized_similarity,
                                score_cutoff=LEAST / 100 - 1e-6, limit=ANSWERS)
        return [text for text, *_ in found]

    def close(self):
        pass


class Postgres:
    """pg_trgm: a GIN index, trigrams alike from 0.4 on, those sorted by Levenshtein distance; a server of its own.

    Its levenshtein() takes at most 255 characters: longer queries are not asked, longer texts not compared."""

    name, largest, most_queries = "PostgreSQL, pg_trgm", MILLION, 40
    longest = 255
    SETTINGS = ("listen_addresses=", "shared_buffers=1GB", "maintenance_work_mem=512MB", "jit=off", "fsync=off",
                "max_parallel_workers_per_gather=0")
    FIND = """SELECT text FROM unit WHERE text % %(query)s AND length(text) <= 255
              AND length(text) BETWEEN %(low)s AND %(high)s
              ORDER BY 1 - levenshtein(text, %(query)s)::float / greatest(length(text), length(%(query)s)) DESC LIMIT 5"""

    def __init__(self, texts, _work):
        need("psycopg2")
        self.programs = self.find_programs()
        self.as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.directory = Path(tempfile.mkdtemp(prefix="tongsa-pg-"))
        self.connection = None
        try:
            self.start()
            self.fill(texts)
        except BaseException:
            self.close()
            raise

    @staticmethod
    def find_programs():
        here = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
        for directory in [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *here]:
            if (directory / "initdb").is_file():
                return directory
        raise Skipped("PostgreSQL is not installed (apt-get install postgresql postgresql-contrib)")

    def run(self, program, *arguments):
        argv = [*self.as_user, str(self.programs / program), *arguments]
        done = subprocess.run(argv, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode:
            raise Failed(f"{program} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")

    def start(self):
        import psycopg2

        if self.as_user:
            shutil.chown(self.directory, "postgres", "postgres")
        cluster = str(self.directory / "data")
        self.run("initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = " ".join(f"-c {setting!r}" for setting in (*self.SETTINGS, f"unix_socket_directories={self.directory}"))
        self.run("pg_ctl", "-D", cluster, "-w", "-l", str(self.directory / "log"), "-o", options, "start")
        self.connection = psycopg2.connect(host=str(self.directory), user="postgres", dbname="postgres")
        self.connection.autocommit = True
        self.cursor, self.pid = self.connection.cursor(), self.connection.info.backend_pid

    def fill(self, texts):
        self.cursor.execute("CREATE EXTENSION pg_trgm; CREATE EXTENSION fuzzystrmatch; CREATE TABLE unit (text text NOT NULL)")
        copied = self.directory.with_suffix(".txt")
        escape = {ord("\\"): "\\\\", ord("\t"): "\\t"}
        copied.write_text("".join(text.translate(escape) + "\n" for text in texts), encoding="utf-8")
        with open(copied, encoding="utf-8") as file:
            self.cursor.copy_expert("COPY unit FROM STDIN", file)
        copied.unlink()
        self.cursor.execute("CREATE INDEX ON unit USING gin (text gin_trgm_ops); ANALYZE unit; "
                            "SET pg_trgm.similarity_threshold = 0.4")

    def ask(self, query):
        length = len(query)
        self.cursor.execute(self.FIND.replace("text % ", "text %% "),
                            {"query": query, "low": -(-length * LEAST // 100), "high": length * 100 // LEAST})
        return [text for (text,) in self.cursor.fetchall()]

    def close(self):
        if self.connection:
            self.connection.close()
        if (self.directory / "data/postmaster.pid").is_file():
            self.run("pg_ctl", "-D", str(self.directory / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.directory, ignore_errors=True)


class TranslateToolkit:
    """The memory of translate-toolkit up to 3.19 (build_tmdb, tmserver): SQLite's FTS3 over the words, then Levenshtein.

    A query is stopped after QUERY_LIMIT seconds; when as many of them as GIVE_UP have been stopped and none has ended, the
    peer is skipped."""

    name, largest, most_queries = "translate-toolkit 3.8.4", 100_000, 8
    QUERY_LIMIT, GIVE_UP = 20, 4

    def __init__(self, texts, work):
        if importlib.util.find_spec("translate") is None or importlib.util.find_spec("translate.storage.tmdb") is None:
            raise Skipped("translate-toolkit 3.8.4 is not installed (later ones have no memory)")
        from translate.storage import tmdb

        self.file = work / "translate-toolkit.db"
        self.file.unlink(missing_ok=True)
        self.memory = tmdb.TMDB(str(self.file), max_candidates=ANSWERS, min_similarity=LEAST)
        rows = ({"source": text, "target": str(number), "context": ""} for number, text in enumerate(texts))
        self.memory.add_list(rows, "en", "eo")
        self.stopped = self.ended = 0
        self.pid = os.getpid()

    def ask(self, query):
        from sqlite3 import OperationalError

        end = time.monotonic() + self.QUERY_LIMIT
        self.memory.connection.set_progress_handler(lambda: time.monotonic() > end, 100_000)
        try:
            found = self.memory.translate_unit(query, "en", "eo")
        except OperationalError as problem:
            return self.stop(problem)
        self.ended += 1
        return [match["source"] for match in found]

    def stop(self, problem):
        if "interrupted" not in str(problem):
            return []  # Words of the query read as operators of FTS3.
        self.stopped += 1
        if self.stopped >= self.GIVE_UP and not self.ended:
            raise Skipped(f"none of the first {self.stopped} queries ended within {self.QUERY_LIMIT} s each")
        return []

    def close(self):
        self.memory.connection.close()
        self.file.unlink(missing_ok=True)


PEERS = {"rapidfuzz": Rapidfuzz, "postgres": Postgres, "translate-toolkit": TranslateToolkit}
