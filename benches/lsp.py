#!/usr/bin/env python3
"""Time and try `tongsa lsp` as an editor talks to it, over standard input and output.

    python3 benches/corpus.py target/bench
    cargo build --release
    python3 benches/lsp.py --tongsa target/release/tongsa --corpus target/bench

Makes a store with the first 10,000 concepts of corpus.py over the shipped glossaries, and opens a draft of 3,000 words
(English), 3,000 eojeol (Korean) and 6,000 hanzi (Chinese), out of its 10 MB drafts. Then --keys keys are typed, one at a time, in
the middle of the draft, and for each is measured

    shown   from the last byte of didChange written to publishDiagnostics of that version read, the pause before a check included
    asked   the same for textDocument/diagnostic, for which there is no pause
    offered the same for textDocument/completion after "Xi J", "시지" and "习近"; of the 100,000 concepts with --completion-concepts

With --edits N a small draft full of names, emoji and Han beyond the BMP is edited N times at random, several changes in a message.
Every 500 edits what is found is compared with what is found in a document that is opened fresh with the same text; at the end also
with `tongsa check` in a process of its own. The text is kept here in units of UTF-16, so that both sides count for themselves.

Prints medians, 95th percentiles and the largest. Exit codes: 1 when something is not as it has to be, 2 when an input is missing.
"""

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from check import first_concepts, length, write_glossary
from cold import CONCEPTS, DRAFTS, Failed, Missing, find_binary

STORED = 10_000
UNITS = {"en": 3_000, "ko": 3_000, "zh": 6_000}
BEGUN = {"en": "Xi J", "ko": "시지", "zh": "习近"}
COMPARED_EVERY = 500
PIECES = ["Peking ", "Xi Jingping ", "Xi Jinping ", "습근평과 ", "조락제은 ", "赵乐计", "𠮷", "😀", "👨‍👩‍👧", "\r\n", "\r", "\n\n", "**", "`", "이"]


class Editor:
    def __init__(self, tongsa, store):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("TONGSA_")}
        argv = [tongsa, "--store", str(store), "lsp"]
        self.process = subprocess.Popen(argv, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.asked = 0
        self.ask("initialize", {"capabilities": {}})
        self.tell("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def hear(self):
        size = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
        if not size:
            raise Failed("the server has ended")
        return json.loads(self.process.stdout.read(size))

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        while (heard := self.hear()).get("id") != self.asked:
            pass
        if "error" in heard:
            raise Failed(f"{method}: {heard['error']}")
        return heard["result"]

    def published(self, version):
        while True:
            heard = self.hear()
            if heard.get("method") == "textDocument/publishDiagnostics" and heard["params"].get("version") == version:
                return heard["params"]["diagnostics"]

    def open(self, uri, text):
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})

    def found(self, uri):
        return self.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]

    def end(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        if self.process.wait(60) != 0:
            raise Failed(f"the server ended with {self.process.returncode}")


class Text:
    """A text in units of UTF-16, as many editors keep it."""

    def __init__(self, text):
        self.units = text.encode("utf-16-le")

    def __len__(self):
        return len(self.units) // 2

    def unit(self, at):
        return int.from_bytes(self.units[2 * at : 2 * at + 2], "little")

    def text(self):
        return self.units.decode("utf-16-le")

    def whole(self, at):
        """A place that is neither within a character nor within a line end."""
        if 0 < at < len(self):
            before, here = self.unit(at - 1), self.unit(at)
            if 0xDC00 <= here < 0xE000 or (before, here) == (13, 10):
                return at - 1
        return at

    def place(self, at):
        line = start = 0
        for unit in range(at):
            value = self.unit(unit)
            if value == 10 or value == 13 and (unit + 1 == len(self) or self.unit(unit + 1) != 10):
                line, start = line + 1, unit + 1
        return {"line": line, "character": at - start}

    def change(self, start, end, new):
        start, end = self.whole(start), self.whole(end)
        start, end = min(start, end), max(start, end)
        written = {"range": {"start": self.place(start), "end": self.place(end)}, "text": new}
        self.units = self.units[: 2 * start] + new.encode("utf-16-le") + self.units[2 * end :]
        return written


def draft(corpus, language):
    """The first paragraphs of a draft of the corpus, so many words of them."""
    kept, units = [], 0
    for paragraph in (corpus / DRAFTS[language]).read_text(encoding="utf-8").split("\n\n"):
        kept.append(paragraph.strip())
        units += length(language, paragraph)
        if units >= UNITS[language]:
            return "\n\n".join(kept) + "\n"
    raise Missing(f"{DRAFTS[language]} has fewer than {UNITS[language]} words.")


def shown(milliseconds):
    ordered = sorted(milliseconds)
    p95 = ordered[int(len(ordered) * 0.95)]
    return f"{statistics.median(ordered):.1f} | {p95:.1f} | {ordered[-1]:.1f}"


def type_keys(editor, uri, text, keys, measure):
    """Types keys in the middle of a draft, a word at a time, and measures from each to what `measure` waits for."""
    typed, taken = Text(text), []
    at = typed.whole(len(typed) // 2)
    for number in range(keys):
        change = typed.change(at + number, at + number, "the day "[number % 8])
        message = {"textDocument": {"uri": uri, "version": number + 2}, "contentChanges": [change]}
        editor.tell("textDocument/didChange", message)
        start = time.perf_counter()
        measure(editor, number + 2)
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def time_drafts(options, store):
    print("| draft | what | median ms | 95 % | largest |\n|---|---|---:|---:|---:|")
    for language in UNITS:
        text = draft(options.corpus, language)
        name = f"{language}, {len(text.encode()) / 1000:.0f} KB"
        for what in ("shown", "asked"):
            editor = Editor(options.tongsa, store)
            uri = "file:///nowhere/draft.md"
            editor.open(uri, text)
            findings = len(editor.published(1))
            asked = lambda editor, version: editor.found(uri)
            wait = Editor.published if what == "shown" else asked
            taken = type_keys(editor, uri, text, options.keys, wait)
            print(f"| {name}, {findings} findings | {what} | {shown(taken)} |", flush=True)
            editor.end()


def time_completion(options, store, stored):
    for language, begun in BEGUN.items():
        editor = Editor(options.tongsa, store)
        uri, text = "file:///nowhere/draft.md", f"{draft(options.corpus, language)}\n{begun}"
        editor.open(uri, text)
        editor.published(1)
        place = Text(text).place(len(Text(text)))
        taken = []
        for _ in range(options.keys):
            start = time.perf_counter()
            found = editor.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": place})
            taken.append(1000 * (time.perf_counter() - start))
        if not found["items"]:
            raise Failed(f"nothing is offered after {begun}")
        print(f"| {begun}, {stored:,} concepts | offered | {shown(taken)} |", flush=True)
        editor.end()


def edit_at_random(options, store, directory):
    editor, text, version = Editor(options.tongsa, store), Text("Xi Jinping met 이재명 in Peking.\n"), 1
    uri = "file:///nowhere/edited.md"
    chance = random.Random(options.seed)
    editor.open(uri, text.text())
    done = compared = findings = 0
    started = time.perf_counter()
    while done < options.edits:
        changes = []
        for _ in range(min(chance.randint(1, 4), options.edits - done)):
            start = chance.randint(0, len(text))
            # The text stays of one size: what is added on one side goes on the other.
            gone = chance.randint(0, 3 if len(text) < 800 else 12)
            changes.append(text.change(start, min(start + gone, len(text)), chance.choice(PIECES)))
        version, done = version + 1, done + len(changes)
        editor.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes})
        if done // COMPARED_EVERY > compared or done == options.edits:
            compared = done // COMPARED_EVERY
            fresh = f"file:///nowhere/fresh-{done}.md"
            editor.open(fresh, text.text())
            found, expected = editor.found(uri), editor.found(fresh)
            editor.tell("textDocument/didClose", {"textDocument": {"uri": fresh}})
            findings += len(found)
            if found != expected:
                raise Failed(f"after {done} edits {found} is found, and fresh {expected}, in {text.text()!r}")
    found = editor.found(uri)
    editor.end()
    compare_with_command(options, store, directory, text.text(), found)
    seconds = time.perf_counter() - started
    print(f"\n{done:,} random edits: the same findings as a fresh start at {compared:,} places ({findings:,} findings), "
          f"and as `tongsa check` at the end; {seconds:.0f} s, seed {options.seed}.")


def compare_with_command(options, store, directory, text, found):
    path = directory / "edited.md"
    path.write_bytes(text.encode())
    argv = [options.tongsa, "--store", str(store), "check", "--no-config", "--format", "json", str(path)]
    report = json.loads(subprocess.run(argv, capture_output=True, check=False).stdout)
    units, data = Text(text), text.encode()
    def place(offset):
        return units.place(len(Text(data[:offset].decode())))
    expected = [(one["rule"], place(one["start"]), place(one["end"])) for one in report["files"][0]["findings"]]
    if expected != [(one["code"], one["range"]["start"], one["range"]["end"]) for one in found]:
        raise Failed(f"`tongsa check` finds {expected}, the server {found}")


def make_store(options, store, stored, directory):
    write_glossary(first_concepts(options.corpus, stored), directory / "concepts.csv")
    argv = [options.tongsa, "--store", str(store), "import", str(directory / "concepts.csv")]
    if subprocess.run(argv, capture_output=True, check=False).returncode == 2:
        raise Failed("the concepts cannot be imported")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--tongsa", required=True, metavar="PROGRAM")
    parser.add_argument("--corpus", required=True, type=Path, metavar="DIR", help="what corpus.py has made")
    parser.add_argument("--keys", type=int, default=200, metavar="N", help="typed in each draft (200)")
    parser.add_argument("--completion-concepts", type=int, default=100_000, metavar="N", help="(100000)")
    parser.add_argument("--edits", type=int, default=0, metavar="N", help="random edits of a small draft (0)")
    parser.add_argument("--seed", type=int, default=1, help="of the random edits (1)")
    parser.add_argument("--tmp", type=Path, metavar="DIR", help="where the stores are made for the run")
    return parser.parse_args()


def main():
    options = arguments()
    options.tongsa = find_binary(options.tongsa)
    missing = [name for name in (CONCEPTS, *DRAFTS.values()) if not (options.corpus / name).is_file()]
    if missing:
        raise Missing(f"The corpus lacks {', '.join(missing)}: make it with `python3 benches/corpus.py OUT_DIR`.")
    version = subprocess.run([options.tongsa, "--version"], capture_output=True, text=True).stdout.strip()
    print(f"{version}, {platform.system()} {platform.machine()}, {time.strftime('%Y-%m-%d')}.\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="tongsa-lsp-", dir=options.tmp) as directory:
        directory = Path(directory)
        store, large = directory / "store.db", directory / "large.db"
        make_store(options, store, STORED, directory)
        make_store(options, large, options.completion_concepts, directory)
        time_drafts(options, store)
        time_completion(options, large, options.completion_concepts)
        if options.edits:
            edit_at_random(options, store, directory)


if __name__ == "__main__":
    try:
        main()
    except Missing as problem:
        print(f"lsp.py: {problem}", file=sys.stderr)
        sys.exit(2)
    except Failed as problem:
        print(f"lsp.py: {problem}", file=sys.stderr)
        sys.exit(1)
