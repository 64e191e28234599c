#!/usr/bin/env python3
"""Check real published text and print how much is found, by language and rule, as Markdown tables.

    cargo build --release
    python3 benches/check_real.py --packs DIR DIR [--tongsa target/release/tongsa] [--keep DIR]

The documents are the news-like and official ones of the unpacked data packs (packs/dev-permissive.tar.xz
and packs/dev-sharealike.tar.xz of the shared data): the segments of one document of a bitext, a line
each, in the order of the file. Each is checked alone, with the rules as they stand by default:

    alone    without a date
    dated    where the date is known: NTREX is news of autumn 2018
    source   the Korean and Chinese ones beside their English, without a date

What is found at warning or above is compared with `check_real.tsv`, where each finding was read and
classed: right (a desk would change it), wrong, or debatable (a matter of house style). Those that are
not in the table yet are printed as rows to be filled in; a row without a finding is counted as gone.
A word is what stands between spaces; in Chinese two characters are a word.

Exit codes: 1 when a program fails or a finding is not classed; 2 when an input is missing.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = Path(__file__).with_suffix(".tsv")
COLUMNS = ["lang", "document", "run", "rule", "written", "form", "class", "reason"]
SOURCES = ("ntrex", "ud-pud", "korean-parallel-news", "udhr", "opensource-guide", "python-docs")
MANUALS = ("whatsnew/", "faq/", "tutorial/", "howto/")
DATES = {"ntrex": "2018-11-01"}
FEWEST_SEGMENTS = 5
CLASSES = ("right", "debatable", "wrong")


@dataclass(frozen=True)
class Document:
    """One text in one language; `english` is what it was translated from, or that translates it."""

    lang: str
    name: str
    text: str
    english: str

    @property
    def words(self):
        """How many words it has."""
        if self.lang.startswith("zh"):
            return sum("\u4e00" <= letter <= "\u9fff" for letter in self.text) / 2
        return len(self.text.split())


def documents(packs):
    """Returns the documents of the packs, each English one once."""
    found = {}
    for pack in packs:
        for path in sorted(Path(pack).glob("bitext.en-*.tsv")):
            lang = path.name.removeprefix("bitext.en-").removesuffix(".tsv")
            for document in of_bitext(path, lang):
                found[document.lang, document.name] = document
                english = Document("en", document.name, document.english, "")
                known = found.get(("en", document.name))
                if known is None or len(known.text) < len(english.text):
                    found["en", document.name] = english
    return [found[key] for key in sorted(found)]


def of_bitext(path, lang):
    """Yields the documents of one bitext that are of the sources measured."""
    segments = collections.defaultdict(list)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            source, name, english, target = line.rstrip("\n").split("\t")[:4]
            source = source.split(".")[0]
            if source in SOURCES and (source != "python-docs" or name.startswith(MANUALS)):
                segments[f"{source}/{name}"].append((english, target))
    for name, pairs in segments.items():
        if len(pairs) >= FEWEST_SEGMENTS:
            english, target = ("\n".join(side) + "\n" for side in zip(*pairs))
            yield Document(lang, name, target, english)


def check(program, folder, document, run):
    """Returns what is found in a document at warning or above, as (run, rule, written, form)."""
    stem = folder / f"{document.lang}+{run}+{document.name.replace('/', '+')}"
    draft = Path(f"{stem}.txt")
    draft.write_text(document.text, encoding="utf-8")
    command = [program, "check", "--format", "json", "--fail-on", "never", "--lang", document.lang, str(draft)]
    if run == "dated":
        command += ["--date", DATES[document.name.split("/")[0]]]
    if run == "source":
        source = Path(f"{stem}.en.txt")
        source.write_text(document.english, encoding="utf-8")
        command += ["--source", str(source)]
    environment = {**os.environ, "TONGSA_STORE": str(folder / "store.db")}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    if run == "source" and b"versions of one text" in done.stderr:
        return
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.decode()}")
    findings = json.loads(done.stdout)["files"][0]["findings"]
    for finding in findings:
        if finding["severity"] != "info":
            forms = "|".join(finding.get("suggestions", []))
            yield run, finding["rule"], written(finding), one_line(forms), finding


def fill_store(program, folder):
    """Makes the store, so that no check waits for it."""
    environment = {**os.environ, "TONGSA_STORE": str(folder / "store.db")}
    subprocess.run([program, "lookup", "Seoul"], capture_output=True, env=environment, check=True)


def written(finding):
    """Returns what a finding marks; where something is missing from a sentence, nothing is."""
    return "" if finding["rule"] == "missing-rendering" else one_line(finding["text"])


def one_line(text):
    """Returns a text as a cell."""
    return " ".join(text.split())


def runs(document):
    """Returns how a document is checked."""
    yield "alone"
    if document.name.split("/")[0] in DATES:
        yield "dated"
    if document.english:
        yield "source"


def findings(program, folder, drafts):
    """Returns what is found in the drafts as (document, finding), the same thing in two runs once."""
    jobs = [(document, run) for document in drafts for run in runs(document)]
    fill_store(program, folder)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda job: list(check(program, folder, *job)), jobs))
    known, found = set(), []
    for (document, run), answer in zip(jobs, answers):
        for number, (_, rule, written, form, finding) in enumerate(answer):
            key = document.lang, document.name, rule, finding["start"]
            if key not in known:
                known.add(key)
                found.append((document, (run, rule, written, form), finding))
    return found


def read_table():
    """Returns the class of each finding that was read, by its cells."""
    if not TABLE.exists():
        return {}
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    return {key_of(row): row for row in rows}


def key_of(row):
    """A finding is known by its language, document, rule and words, in whichever run it shows."""
    return row[0], row[1], *row[3:6]


def report(drafts, found):
    """Prints the tables, and returns the rows that are not classed yet."""
    table = read_table()
    classes = collections.Counter()
    rules = collections.Counter()
    per_run = collections.Counter()
    fresh, met = [], set()
    for document, cells, finding in found:
        row = [document.lang, document.name, *cells]
        known = table.get(key_of(row))
        met.add(key_of(row))
        label = known[6] if known else "not classed"
        classes[document.lang, label] += 1
        rules[cells[1], document.lang, label] += 1
        per_run[document.lang, cells[0]] += 1
        if known is None:
            fresh.append((row, finding, document))
    print("| | documents | words | findings alone | more with the date | more beside the source | a 2,000 words | right | debatable | wrong |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for lang in ["en", "ko", "zh-Hans", "zh-Hant"]:
        of_lang = [document for document in drafts if document.lang == lang]
        words = sum(document.words for document in of_lang)
        count = sum(number for (other, _), number in per_run.items() if other == lang)
        cells = [lang, len(of_lang), f"{words:,.0f}", *(per_run[lang, run] for run in ("alone", "dated", "source"))]
        cells += [f"{count * 2000 / max(words, 1):.2f}", *(classes[lang, label] for label in CLASSES)]
        print("| " + " | ".join(str(cell) for cell in cells) + " |")
    total = collections.Counter()
    for (_, label), number in classes.items():
        total[label] += number
    print(f"\nall: {dict(total)}\n")
    print("| rule | language | right | debatable | wrong |")
    print("|---|---|---:|---:|---:|")
    for rule, lang in sorted({(rule, lang) for rule, lang, _ in rules}):
        print(f"| `{rule}` | {lang} | " + " | ".join(str(rules[rule, lang, label]) for label in CLASSES) + " |")
    gone = [row for key, row in table.items() if key not in met]
    print(f"\n{len(gone)} rows of the table are found no more" + "".join(f"\n- {row}" for row in gone))
    return fresh


def main():
    """Checks, compares and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packs", nargs="+", required=True, help="folders of unpacked packs")
    parser.add_argument("--tongsa", default=str(ROOT / "target/release/tongsa"))
    parser.add_argument("--keep", help="write the drafts here and leave them")
    parser.add_argument("--context", action="store_true", help="show the line and message of what is not classed")
    arguments = parser.parse_args()
    if not Path(arguments.tongsa).exists() or not all(Path(pack).is_dir() for pack in arguments.packs):
        parser.error("the program or a pack is missing")
    drafts = documents(arguments.packs)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(arguments.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        fresh = report(drafts, findings(arguments.tongsa, folder, drafts))
    for row, finding, document in fresh:
        print("\t".join([*row, "", ""]))
        if arguments.context:
            line = document.text.splitlines()[finding["line"] - 1]
            print(f"    {finding['message']}\n    {line}")
    sys.exit(1 if fresh else 0)


if __name__ == "__main__":
    main()
