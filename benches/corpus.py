#!/usr/bin/env python3
"""Make the benchmark inputs out of real text, the same bytes on every run.

    python3 benches/corpus.py OUT_DIR [--data DIR] [--force]

writes into OUT_DIR
    concepts-100k.csv         100,000 concepts in the contract's glossary CSV
    rows-1m.csv               1,000,000 concepts, every language cell filled
    article-{en,ko,zh}.md     a news text: 1,000 words, 1,000 eojeol, 2,000 hanzi
    draft-10mb-{en,ko,zh}.txt 10 MB of sentences, in paragraphs of 3 to 6 (zh: simplified)

and prints a line for each file. Files that exist are kept unless --force is given.

The data (names, bitexts, packed) is looked for in --data, else in $TONGSA_BENCH_DATA, else
in ../shared/data beside the project. The share-alike parts of it must not be committed, so
neither must these outputs. Exit code 2 when the data is missing.

What is real and what is made up: names in names.tsv and termbase.csv stay as they are, blank
cells included. Names from names-1m.txt.xz have no Korean or Chinese form; theirs are put
together from the halves of real ones (see `Recombiner`), so they look right but say nothing
about the English name beside them.
"""

import argparse
import csv
import html
import io
import lzma
import math
import os
import random
import re
import sys
import tarfile
import unicodedata
from pathlib import Path

SEED = 20260107
PACKS = ("dev-permissive", "dev-sharealike")
HEADER = ("id", "kind", "en", "ko", "zh-Hans", "zh-Hant", "source")
CONCEPTS, ROWS, DRAFT_BYTES = 100_000, 1_000_000, 10_000_000
ARTICLE_UNITS = {"en": 1_000, "ko": 1_000, "zh": 2_000}
BITEXT = {"ko": "bitext.en-ko.tsv", "zh": "bitext.en-zh-Hans.tsv", "hant": "bitext.en-zh-Hant.tsv"}
NEWSWIRE = "korean-parallel-news"
KINDS = {
    "city": "place", "subdivision": "place", "territory": "country",
    "territory-official": "country", "language": "term", "script": "term",
    "name": "term", "name-cn": "person",
}

LATIN_NAME = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’‘`ʻ.,\-–()/&0-9\u0300-\u036f ]+")
HANGUL_NAME = re.compile(r"[가-힣]{3,8}")
HANZI_NAME = re.compile(r"[\u4e00-\u9fff]{3,8}")
MARKUP = re.compile(r"[{}<>`|=\\$_@#\[\]*]|%[a-z0-9(]|[¡¯´\ufffd]|://")
SENTENCE_END = re.compile(r"[.!?。！？…]['\"”’」』)）]*$")
SCRIPT = {"en": re.compile(r"[A-Za-z]"), "ko": re.compile(r"[가-힣]"), "zh": re.compile(r"[\u4e00-\u9fff]")}
SHORTEST = {"en": 30, "ko": 15, "zh": 10}
NEAR_HOME = re.compile(r"\b(China|Chinese|Beijing|Hong Kong|Taiwan\w*|Korean?|Korea's|Seoul|Pyongyang|Japan\w*)\b")


class MissingData(Exception):
    """The packs are not where they were looked for."""


# Reading


def default_data():
    configured = os.environ.get("TONGSA_BENCH_DATA")
    return Path(configured) if configured else Path(__file__).resolve().parents[1] / "../shared/data"


def require(data):
    wanted = ["termbase.csv", "packs/names-1m.txt.xz", *(f"packs/{pack}.tar.xz" for pack in PACKS)]
    missing = [name for name in wanted if not (data / name).is_file()]
    if missing:
        raise MissingData(
            f"The benchmark data is missing ({', '.join(missing)}): "
            "name its directory with --data DIR or TONGSA_BENCH_DATA."
        )


def pack_tables(data, names):
    """Yields (file name, fields) for every line of the named tables, unpacking on the fly."""
    for pack in PACKS:
        left = {f"{pack}/{name}" for name in names}
        with tarfile.open(data / "packs" / f"{pack}.tar.xz", "r:xz") as archive:
            for member in archive:
                name = member.name.removeprefix("./")
                if name not in left:
                    continue
                left.remove(name)
                for line in io.TextIOWrapper(archive.extractfile(member), "utf-8", newline="\n"):
                    yield Path(name).name, line.rstrip("\r\n").split("\t")
                if not left:
                    break
        if left:
            raise MissingData(f"The pack {pack} holds no {', '.join(sorted(left))}: fetch it again.")


def real_concepts(data):
    """(kind, en, ko, zh-Hans, zh-Hant, source) of the termbase and of both packs, each once."""
    found = {}
    with open(data / "termbase.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["kind"], row["en"], row["ko"], row["zh-Hans"], row["zh-Hant"], "termbase"] = None
    for _, fields in pack_tables(data, ["names.tsv"]):
        kind, *cells, source = fields
        if kind != "kind":
            found[KINDS.get(kind, kind), *cells, source] = None
    return list(found)


def latin_names(data):
    """Names in Latin letters, in the file's order; about one in eight there is in another script."""
    with lzma.open(data / "packs/names-1m.txt.xz", "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            name = line.rstrip("\r\n")
            if LATIN_NAME.fullmatch(name):
                yield name


# Names


class Recombiner:
    """Makes names out of the first half of one real name and the second half of another.

    Every name is at least three syllables or characters long, for shorter ones would mostly be
    common words. zh-Hans and zh-Hant halves are cut at the same place of the same name, so
    the two cells of a made-up name agree. Names are numbered; equal numbers give equal names and
    different numbers different pairs of halves.
    """

    def __init__(self, names):
        cut = [(tuple(form[: len(form) // 2] for form in forms), tuple(form[len(form) // 2 :] for form in forms))
               for forms in names]
        self.heads = list(dict.fromkeys(head for head, _ in cut))
        self.tails = list(dict.fromkeys(tail for _, tail in cut))
        self.pairs = len(self.heads) * len(self.tails)
        self.step = next(n for n in range(int(self.pairs * 0.618), self.pairs) if math.gcd(n, self.pairs) == 1)

    def name(self, number):
        head, tail = divmod((number + 1) * self.step % self.pairs, len(self.tails))
        return tuple(a + b for a, b in zip(self.heads[head], self.tails[tail]))


def recombiners(concepts):
    korean = [(ko,) for _, _, ko, *_ in concepts if HANGUL_NAME.fullmatch(ko)]
    chinese = [
        (hans, hant)
        for *_, hans, hant, _ in concepts
        if len(hans) == len(hant) and HANZI_NAME.fullmatch(hans) and HANZI_NAME.fullmatch(hant)
    ]
    return Recombiner(korean), Recombiner(chinese)


def slug(name):
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters)[:40].strip("-") or "name"


def made_up(number, name, korean, chinese):
    return ("name", name, *korean.name(number), *chinese.name(number), "names-1m, recombined")


def hundred_thousand(data):
    """Real concepts first, then names not among them."""
    concepts = real_concepts(data)
    yield from concepts
    korean, chinese = recombiners(concepts)
    known = {en for _, en, *_ in concepts}
    fresh = (name for name in latin_names(data) if name not in known)
    for number, name in zip(range(len(concepts), CONCEPTS), fresh):
        yield made_up(number, name, korean, chinese)


def million(data):
    """Every Latin name; then, as these are fewer than a million, two single-word names joined."""
    korean, chinese = recombiners(real_concepts(data))
    words, number = [], -1
    for number, name in enumerate(latin_names(data)):
        yield made_up(number, name, korean, chinese)
        if " " not in name:
            words.append(name)
    for number in range(number + 1, ROWS):
        name = f"{words[number * 7919 % len(words)]} {words[number * 104_729 % len(words)]}"
        yield made_up(number, name, korean, chinese)


def write_concepts(file, concepts, prefix):
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(HEADER)
    for number, concept in enumerate(concepts):
        rows.writerow((f"{prefix}.{number:07}-{slug(concept[1])}", *concept))


# Texts


def cleaned(text):
    return " ".join(html.unescape(text).split())


def is_sentence(text, language):
    """Running text of that language: a full stop, no markup or placeholders, mostly its script."""
    return (
        len(text) >= SHORTEST[language]
        and SENTENCE_END.search(text) is not None
        and MARKUP.search(text) is None
        and len(SCRIPT[language].findall(text)) * 2 >= len(text.replace(" ", ""))
    )


class Texts:
    """The sentences of the bitexts by language, and the news among them by document."""

    def __init__(self, data):
        self.sentences = {"en": {}, "ko": {}, "zh": {}}
        self.documents = {"ko": {}, "zh": {}}
        self.newswire = []
        for table, fields in pack_tables(data, BITEXT.values()):
            source, document, english, target = fields
            self.add(table, source, document, cleaned(english), cleaned(target))

    def add(self, table, source, document, english, target):
        if is_sentence(english, "en"):
            self.sentences["en"][english] = None
        language = next(key for key, name in BITEXT.items() if name == table)
        if language == "hant":
            return
        if is_sentence(target, language):
            self.sentences[language][target] = None
        if source.startswith("ntrex"):
            self.documents[language].setdefault(document, []).append((english, target))
        if source == NEWSWIRE and is_sentence(english, "en") and is_sentence(target, "ko"):
            self.newswire.append((english, target))

    def news(self, language):
        """NTREX documents as lists of sentences, those that name East Asian places first."""
        documents = self.documents["ko" if language == "en" else language].values()
        ranked = sorted(documents, key=lambda pairs: -sum(len(NEAR_HOME.findall(en)) for en, _ in pairs))
        return [[pair[language != "en"] for pair in pairs] for pairs in ranked]


def units(text, language):
    return len(SCRIPT["zh"].findall(text)) if language == "zh" else len(text.split())


def joined(sentences, language):
    return ("" if language == "zh" else " ").join(sentences)


def section(sentences, room, language):
    """As many of the sentences as there is room for: paragraphs of three, and the units used."""
    taken, used = [], 0
    for sentence in sentences:
        if used >= room:
            break
        taken.append(sentence)
        used += units(sentence, language)
    return [joined(taken[at : at + 3], language) for at in range(0, len(taken), 3)], used


def write_article(file, texts, language):
    """Half NTREX documents (their first sentence is the headline), half Korean-English newswire;
    all NTREX in Chinese."""
    room = ARTICLE_UNITS[language]
    newswire = [] if language == "zh" else [pair[language == "ko"] for pair in texts.newswire]
    reserve = room // 2 if newswire else 0
    for headline, *body in texts.news(language):
        if room <= reserve:
            break
        paragraphs, used = section(body, room - reserve, language)
        file.write("\n\n".join([f"## {headline}", *paragraphs]) + "\n\n")
        room -= used + units(headline, language)
    if newswire:
        start = random.Random(SEED).randrange(len(newswire) // 2)
        paragraphs, _ = section(newswire[start:], room, language)
        file.write("\n\n".join(paragraphs) + "\n\n")


def paragraphs(sentences, chance, language):
    at = 0
    while at < len(sentences):
        length = chance.randint(3, 6)
        yield joined(sentences[at : at + length], language) + "\n\n"
        at += length


def write_draft(file, texts, language):
    """Shuffled sentences up to the size; starts over, shuffled again, when they run out."""
    chance, sentences, written, rounds = random.Random(SEED), list(texts.sentences[language]), 0, 0
    while written < DRAFT_BYTES:
        chance.shuffle(sentences)
        rounds += 1
        for paragraph in paragraphs(sentences, chance, language):
            file.write(paragraph)
            written += len(paragraph.encode())
            if written >= DRAFT_BYTES:
                break
    return f"{len(sentences):,} different sentences" + (f", gone through {rounds} times" if rounds > 1 else "")


# Files


class Inputs:
    """What each output is made by; the texts are read once, and only when one is needed."""

    def __init__(self, data):
        self.data = data
        self.loaded = None

    @property
    def texts(self):
        self.loaded = self.loaded or Texts(self.data)
        return self.loaded

    def makers(self):
        yield "concepts-100k.csv", lambda file: write_concepts(file, hundred_thousand(self.data), "bench")
        yield "rows-1m.csv", lambda file: write_concepts(file, million(self.data), "bench1m")
        for language in ("en", "ko", "zh"):
            yield f"article-{language}.md", lambda file, at=language: write_article(file, self.texts, at)
        for language in ("en", "ko", "zh"):
            yield f"draft-10mb-{language}.txt", lambda file, at=language: write_draft(file, self.texts, at)


def count_rows(path):
    with open(path, "rb") as file:
        lines = sum(1 for line in file if line.strip())
    return f"{lines - 1:,} rows" if path.suffix == ".csv" else f"{lines:,} paragraphs"


def make(path, write):
    """Writes beside the target first, so that a run cut short leaves nothing half made."""
    unfinished = path.with_name(path.name + ".part")
    with open(unfinished, "w", encoding="utf-8", newline="\n") as file:
        remark = write(file)
    unfinished.replace(path)
    return remark


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    parser.add_argument("--data", type=Path, default=default_data(), metavar="DIR")
    parser.add_argument("--force", action="store_true", help="make files that exist anew")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, write in Inputs(options.data).makers():
        path = options.out / name
        remark = "kept"
        if options.force or not path.exists():
            require(options.data)
            remark = make(path, write)
        size = f"{path.stat().st_size:,} bytes, {count_rows(path)}"
        print(f"{name}: {size}" + (f" ({remark})" if remark else ""), flush=True)


if __name__ == "__main__":
    try:
        main()
    except (MissingData, OSError, tarfile.TarError, lzma.LZMAError) as problem:
        print(f"corpus.py: {problem}", file=sys.stderr)
        sys.exit(2)
