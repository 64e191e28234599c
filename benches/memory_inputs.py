"""The inputs of memory.py: segments, queries made of them, the folding that tongsa measures in, and what is true.

Segments and queries are made by a seeded program and are the same on every run. The folding and the score are written here a
second time, after the contract and src/text/folded_text.rs, so that tongsa is not held to itself. The truth is a full scan by
rapidfuzz: nothing but the length keeps a segment from being compared, and the length alone rules out what it rules out.
"""

import bisect
import gc
import itertools
import json
import lzma
import random
import re
import unicodedata
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from names_speed import Missing, need

SEED = 20260107
SIZES = {"100k": 100_000, "1m": 1_000_000, "5m": 5_000_000}
MILLION = SIZES["1m"]
LEAST, ANSWERS = 70, 5
CLASSES = ((2, 10), (11, 20), (21, 40), (41, 60), (61, 80), (81, 100), (101, 130), (131, 170), (171, 300))
PER_CLASS, SHORTEST_CLASS = 40, 100
HAN_VARIANTS = Path(__file__).resolve().parents[1] / "src/text/han_variants.txt"


# Folding and score


def han_variants():
    """Each variant of a Han character with its simplified form."""
    table = {}
    for line in HAN_VARIANTS.read_text(encoding="utf-8").splitlines():
        characters = re.sub(r"[\x00-\x7f]", "", line.partition("#")[0])
        table.update((variant, characters[0]) for variant in characters[1:])
    return table


class Folding(dict):
    """What str.translate makes of each character, worked out when it is first met."""

    QUOTES = {**dict.fromkeys("‘’‛ʼ′`´", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("ㆍ・‧•･", "·")}
    DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    INVISIBLE = {*"\u00ad\u2060\ufeff", *map(chr, range(0x200B, 0x2010)), *map(chr, range(0xFE00, 0xFE10))}
    LETTERS = {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}

    def __init__(self):
        super().__init__()
        self.han = han_variants()

    def __missing__(self, code):
        self[code] = folded = self.fold(chr(code))
        return folded

    def fold(self, c):
        if c.isspace() or unicodedata.category(c) == "Cc":
            return " "
        if c in self.INVISIBLE:
            return ""
        if "가" <= c <= "힣":
            return c
        plain = self.QUOTES.get(c) or self.DASHES.get(c)
        return plain or "".join(map(self.part, unicodedata.normalize("NFKD", c)))

    def part(self, part):
        if is_mark(part):
            return ""
        lower = (c for c in self.han.get(part, part).lower() if not is_mark(c))
        return "".join(self.LETTERS.get(c, c) for c in lower)


def is_mark(c):
    return unicodedata.category(c).startswith("M")


FOLDING = Folding()
JAMO = re.compile("[\u1100-\u11ff]")
INITIAL_VOWEL = re.compile("([\u1100-\u1112])([\u1161-\u1175])")
OPEN_FINAL = re.compile("([가-힣])([\u11a8-\u11c2])")


def fold(text):
    folded = " ".join(text.translate(FOLDING).split())
    return with_jamo_joined(folded) if JAMO.search(folded) else folded


def with_jamo_joined(text):
    def syllable(found):
        initial, vowel = (ord(part) for part in found.groups())
        return chr(0xAC00 + ((initial - 0x1100) * 21 + (vowel - 0x1161)) * 28)

    def closed(found):
        is_open = (ord(found[1]) - 0xAC00) % 28 == 0
        return chr(ord(found[1]) + ord(found[2]) - 0x11A7) if is_open else found[0]

    return OPEN_FINAL.sub(closed, INITIAL_VOWEL.sub(syllable, text))


def score(query, text):
    """The score of the contract, of two folded texts."""
    from rapidfuzz.distance import Levenshtein

    longest = max(len(query), len(text))
    return 100 * (longest - Levenshtein.distance(query, text)) // longest if longest else 0


# Segments


def english(data, work, size):
    """The first sentences of the pack; beyond a million, copies of it with a few words of each replaced."""
    path = data / "packs/english-1m.txt.xz"
    if not path.is_file():
        raise Missing(f"There is no {path}: name the shared data with --data DIR.")
    if size <= MILLION:
        with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
            return [line.rstrip("\n") for line in itertools.islice(file, size)]
    kept = work / f"english-{size}.txt"
    if not kept.is_file():
        making = kept.with_suffix(".making")
        making.write_text("\n".join(with_copies(english(data, work, MILLION), size)), encoding="utf-8")
        making.rename(kept)
    return kept.read_text(encoding="utf-8").split("\n")


def with_copies(sentences, size):
    chance, segments, seen = random.Random(SEED), list(sentences), set(sentences)
    while len(segments) < size:
        sentence = sentences[len(segments) % len(sentences)]
        copy = with_words_replaced(sentence, sentences, chance, chance.randint(1, 4))
        if copy not in seen:
            seen.add(copy)
            segments.append(copy)
    return segments


def with_words_replaced(sentence, sentences, chance, count):
    words = sentence.split()
    for _ in range(count):
        words[chance.randrange(len(words))] = chance.choice(chance.choice(sentences).split())
    return " ".join(words)


def units(data):
    """The different units of the memory pack: language, English, target."""
    path = data / "packs/memory-1m.tsv.xz"
    if not path.is_file():
        raise Missing(f"There is no {path}: name the shared data with --data DIR.")
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        rows = (tuple(line.rstrip("\n").split("\t")[1:4]) for line in file)
        return list(dict.fromkeys(rows))


# Queries


def given_queries(data):
    path = data / "eval/match/queries.tsv"
    if not path.is_file():
        raise Missing(f"There is no {path}: name the shared data with --data DIR.")
    return [line.rstrip("\n").split("\t")[1] for line in path.open(encoding="utf-8", newline="\n")]


def made_queries(sentences):
    """Perturbed sentences and pieces of sentences, so many of each class of lengths, all of the smallest size."""
    chance, queries = random.Random(SEED), []
    for low, high in CLASSES:
        wanted = SHORTEST_CLASS if high == CLASSES[0][1] else PER_CLASS
        found = 0
        while found < wanted:
            query = perturbed(of_length(sentences, chance, low, high), sentences, chance)
            if low <= len(fold(query)) <= high:
                queries.append(query)
                found += 1
    return queries


def of_length(sentences, chance, low, high):
    """A whole sentence of that length where one is soon met, else a piece, or two sentences joined and cut."""
    for _ in range(50):
        sentence = chance.choice(sentences)
        if low <= len(sentence) <= high:
            return sentence
    length = chance.randint(low, high)
    while len(sentence) < length:
        sentence += " " + chance.choice(sentences)
    starts = (found.end() for found in re.finditer(" ", sentence))
    start = chance.choice([0, *(start for start in starts if len(sentence) - start >= length)])
    return sentence[start : start + length].strip()


def perturbed(text, others, chance):
    """A word deleted, a word replaced by one of another text, a slip, or three; short texts only slip, or stay."""
    words = text.split()
    how = chance.randrange(4) if len(words) > 3 else 2 + chance.randrange(3)
    if how == 0:
        del words[chance.randrange(len(words))]
        return " ".join(words)
    if how == 1:
        return with_words_replaced(text, others, chance, 1)
    for _ in range((1, 3, 0)[how - 2] if len(text) > 10 else 3 - how):
        text = with_slip(text, chance.choice(others), chance)
    return text


def with_slip(text, other, chance):
    at = chance.randrange(len(text))
    letter = chance.choice(other)
    return text[:at] + chance.choice(("", letter, letter + text[at])) + text[at + 1 :]


def perturbed_targets(targets, count, longest=300):
    """Queries of targets as they come, from 2 to `longest` characters."""
    chance, queries = random.Random(SEED), []
    fitting = [target for target in targets if 2 <= len(target) <= longest]
    while len(queries) < count:
        query = perturbed(chance.choice(fitting), fitting, chance)
        if 2 <= len(fold(query)) <= longest:
            queries.append(query)
    return queries


# Truth


compared = {}


def best_scores(queries, texts):
    """For each folded query the scores of the best five folded texts from the least score on, best first."""
    need("rapidfuzz")
    compared["texts"] = sorted(texts, key=len)
    compared["lengths"] = list(map(len, compared["texts"]))
    gc.freeze()
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        return list(pool.map(scan, queries, chunksize=4))


def scan(query):
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    # Of two texts the longer is changed in at least as many places as it is longer.
    first = bisect.bisect_left(compared["lengths"], -(-len(query) * LEAST // 100))
    end = bisect.bisect_right(compared["lengths"], len(query) * 100 // LEAST)
    near = process.extract(query, compared["texts"][first:end], scorer=Levenshtein.normalized_similarity,
                           score_cutoff=LEAST / 100 - 1e-6, limit=ANSWERS)
    return [found for found in (score(query, text) for text, *_ in near) if found >= LEAST]


def kept_truth(path, queries, texts):
    """The truth from the file of an earlier run with the same queries and as many texts, else found and kept there."""
    asked = [len(texts), queries]
    if path.is_file():
        known = json.loads(path.read_text(encoding="utf-8"))
        if known["asked"] == asked:
            return known["scores"]
    scores = best_scores(queries, texts)
    path.write_text(json.dumps({"asked": asked, "scores": scores}, ensure_ascii=False), encoding="utf-8")
    return scores


def recall(truth, answers, first, least=LEAST):
    """The share of the true scores of the first answers that the answers have; texts with one score are as good."""
    held = room = 0
    for true, found in zip(truth, answers):
        wanted = Counter(value for value in true[:first] if value >= least)
        held += (wanted & Counter(found[:first])).total()
        room += wanted.total()
    return held / room if room else None
