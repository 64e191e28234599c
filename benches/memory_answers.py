"""The parts of memory.py that ask: English sentences with the peers beside, and the real Korean and Chinese units.

Every answer of tongsa, in every round, is held to the truth of memory_inputs.py.
"""

import json
import os
import statistics
import tempfile
import time
from dataclasses import dataclass, field

import memory_inputs as inputs
from memory_inputs import ANSWERS, CLASSES, LEAST, SIZES, fold, score
from memory_peers import PEERS
from memory_program import FROM, TO, english_store, ms, print_table, share, show_sizes, spread, unit_store
from names_speed import MB, Failed, Skipped, percentile

THRESHOLDS = (70, 75, 80)
WARM_UPS = 20
SHOWN = 5
LONG_ROUND = 60
UNIT_QUERIES = 300
TIMES = ["p50 ms", "p95 ms", "p99 ms", "mean ms"]
BATCH_TIMES = ["batch p50", "batch p95", "batch p99", "batch mean"]
CPU_TIMES = ["cpu p50", "cpu p95", "cpu p99", "cpu mean"]


# Asking


@dataclass
class Asked:
    """What an engine did with its queries: wall and processor seconds of each by round, the wall seconds of each in a batch, and
    the scores of its answers."""

    rounds: list = field(default_factory=list)
    batch: list = field(default_factory=list)
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


def ask_batch(asked, tongsa, store, arguments, queries, rounds):
    """All queries as one file, so many times over and once before to warm up: a query counts with the median of the times from
    the answer before to its own. Returns the lines of the answers of each round, the first one too."""
    with tempfile.TemporaryFile() as batch:
        batch.write("".join(query + "\n" for query in queries * (rounds + 1)).encode())
        batch.seek(0)
        process = tongsa.batch(store, *arguments, stdin=batch)
        kept, ends = [], []
        while read := os.read(process.stdout.fileno(), 1 << 16):
            ends += read.count(b"\n") * [time.perf_counter()]
            kept.append(read)
    if process.wait() not in (0, 1) or len(ends) != len(queries) * (rounds + 1):
        raise Failed(f"`tongsa match` gave {len(ends)} answers to {len(queries) * (rounds + 1)} queries.")
    steps = [after - before for before, after in zip(ends, ends[1:])][len(queries) - 1 :]
    asked.batch = [statistics.median(steps[at :: len(queries)]) for at in range(len(queries))]
    lines = b"".join(kept).splitlines()
    return [lines[at : at + len(queries)] for at in range(0, len(lines), len(queries))]


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

    talks = {least: tongsa.conversation(store, *ask_for(FROM, TO, least)) for least in THRESHOLDS}
    for number in range(options.rounds):
        for least in THRESHOLDS:
            lines = ask_tongsa(asked[least], talks[least], queries, number == 0)
            asked[least].scores = [mistakes.judge(*row, least, is_target) for row in zip(queries, lines, truth)]
        peers.ask(folded)
    for closing in (*talks.values(), peers):
        closing.close()
    for least in THRESHOLDS:
        for lines in ask_batch(asked[least], tongsa, store, ask_for(FROM, TO, least), given, options.rounds):
            for row in zip(given, lines, truth):
                mistakes.judge(*row, least, is_target)
    show_match(size, asked, truth, folded, len(given))
    show_by_length(size, asked, truth, folded)
    show_peers(size, asked[LEAST], truth, peers)
    show_mistakes(mistakes, (len(queries) * options.rounds + len(given) * (options.rounds + 1)) * len(THRESHOLDS))
    text = sum(len(segment.encode()) + len(str(number)) for number, segment in enumerate(segments, 1))
    first = range(len(given))
    times = asked[LEAST].batch, asked[LEAST].wall(first), asked[LEAST].cpu(first)
    headline = [value for seconds in times for value in spread(seconds, (50, 99))]
    return {"mistakes": mistakes.count, "size": size, "text": text, "times": headline, "peak": asked[LEAST].peak}


def ask_for(source, target, least=LEAST):
    return "--from", source, "--to", target, "--min-score", str(least)


def recalls(truth, scores, least=LEAST):
    return [share(inputs.recall(truth, scores, first, least)) for first in (1, ANSWERS)]


def show_match(size, heard, truth, folded, given):
    rows = []
    for least, asked in heard.items():
        for name, chosen in {"given": range(given), "made, 2 to 300": range(given, len(folded))}.items():
            exact = recalls([truth[at] for at in chosen], [asked.scores[at] for at in chosen], least)
            batch = spread(asked.batch) if chosen.start == 0 else ["-"] * len(BATCH_TIMES)
            times = batch + spread(asked.wall(chosen)) + spread(asked.cpu(chosen))
            rows.append([f"{least} %, {len(chosen)} {name}", *times, *exact, f"{asked.peak / MB:,.0f}"])
    columns = ["tongsa", *BATCH_TIMES, *TIMES, *CPU_TIMES, "recall @1", "recall @5", "peak MB"]
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
        columns = ["peer", "queries", "build s", "p50 ms", "p99 ms", "mean ms", "cpu p50", "cpu p99", "cpu mean", "recall @1",
                   "recall @5", "tongsa cpu p50", "p99", "mean", "ratio of cpu p50"]
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


def run_units(tongsa, options):
    store, built = unit_store(tongsa, options)
    units = inputs.units(options.data)
    groups, mistakes = list(unit_groups(units)), Mistakes()
    rows = [ask_group(tongsa, options, store, number, group, mistakes) for number, group in enumerate(groups)]
    columns = ["queries", "of segments", "with a match", *BATCH_TIMES, *TIMES, *CPU_TIMES, "recall @1", "recall @5", "peak MB"]
    print_table(f"### {len(units):,} real units, {UNIT_QUERIES} queries a row, at 70 %", columns, rows)
    text = sum(len(source.encode()) + len(target.encode()) for _, source, target in units)
    show_sizes("units", store, text, len(units))
    print(f"Import into a fresh store: {built.wall:.1f} s, {built.cpu:.1f} s of processor time, "
          f"peak {built.peak / MB:,.0f} MB.\n")
    show_mistakes(mistakes, UNIT_QUERIES * len(groups) * (2 * options.rounds + 1))
    return {"mistakes": mistakes.count}


def ask_group(tongsa, options, store, number, group, mistakes):
    name, source, target, pairs, longest = group
    queries = inputs.perturbed_targets([text for text, _ in pairs], UNIT_QUERIES, longest)
    known, kept = set(pairs), options.work / f"truth-units-{number}.json"
    truth = inputs.kept_truth(kept, list(map(fold, queries)), [fold(text) for text, _ in pairs])
    talk, asked = tongsa.conversation(store, *ask_for(source, target)), Asked()

    def is_target(text, other):
        return (text, other) in known

    for turn in range(options.rounds):
        lines = ask_tongsa(asked, talk, queries, turn == 0)
        asked.scores = [mistakes.judge(*row, LEAST, is_target) for row in zip(queries, lines, truth)]
    talk.close()
    for lines in ask_batch(asked, tongsa, store, ask_for(source, target), queries, options.rounds):
        for row in zip(queries, lines, truth):
            mistakes.judge(*row, LEAST, is_target)
    times = spread(asked.batch) + spread(asked.wall()) + spread(asked.cpu())
    return [name, f"{len(pairs):,}", sum(map(bool, truth)), *times, *recalls(truth, asked.scores), f"{asked.peak / MB:,.0f}"]
