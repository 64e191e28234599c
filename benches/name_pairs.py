#!/usr/bin/env python3
"""Ask whether two names are one name, of tongsa and of other programs, and print Markdown tables.

    python3 benches/name_pairs.py nomenklatura_name_bench_cases.csv --errors
    python3 benches/name_pairs.py --near 5000 --write near.tsv

The cases are a CSV with the columns schema, name1, name2, is_match and, where known, category and
notes; the public ones are in packs/dev-permissive.tar.xz of the shared data (gold/). They are put
to `tongsa compare --json` as `name1<TAB>name2` on standard input, with `--kind person` for the
schema Person and `--kind organization` for all others. Its `same` is taken as it is: no threshold
is looked for. Precision, recall and F1 are of `same` against is_match, over all pairs and over the
Korean and Chinese ones. Those are the pairs with

    script      Hangul or Han characters (and no kana) in one of the names
    notes       Korean, Chinese, Pinyin, KR, KP, CN and the like in the category or the notes
    syllables   names that both begin with a Korean or Chinese surname of the tables in data/names
                (as newspapers, Revised Romanization, McCune-Reischauer, pinyin or Wade-Giles spell
                it), with two short syllables after it, apart, hyphenated or together

--list FILE writes them down. --near N makes N pairs of different people with near names, the same
for the same seed and tables: the surname is one, and one syllable of the given name is another, in
half of the pairs with one letter of Hangul or of pinyin changed (이재명, 이재형). A fifth each are in
Hangul, its newspaper spelling, its Revised Romanization, Han characters and pinyin. Left out are
syllables that are one in another spelling: 룡 and 용 everywhere, and in Latin letters those that
share a spelling (정 and 중: jung) or give given names that do (in pinyin: or in Wade-Giles).
No `same` is right there. Syllables and surnames come as often as the tables say.

Other programs run where they are installed (pip install rapidfuzz nomenklatura): likeness by
Levenshtein from .7 and by Jaro-Winkler from .9, both in lower case, and LogicV2, the matcher of
yente, from its usual .7. The time of a pair is of the second pass; tongsa's is that of a
whole process over one that compares one pair.

Exit codes: 1 when a program fails, with what it said; 2 when an input is missing.
"""

import argparse
import csv
import hashlib
import importlib.util
import itertools
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from bisect import bisect
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TIMED_PAIRS = 20_000
ROUNDS = 3
ATTEMPTS = 1000
LONGEST_SYLLABLE = 6


class Missing(Exception):
    """An input is not there."""


class Failed(Exception):
    """A program did not do its work."""


@dataclass(frozen=True)
class Pair:
    """Two names; `place` is the line of the file or the number of the pair made, `group` the script."""

    place: int
    schema: str
    one: str
    other: str
    is_match: bool
    remark: str = ""
    group: str = ""

    @property
    def kind(self):
        return "person" if self.schema == "Person" else "organization"


# Programs: each says of each pair whether it is one name, with its reason


class Tongsa:
    def __init__(self, program, directory):
        self.program = program
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("TONGSA_")}
        self.environment["TONGSA_STORE"] = str(Path(directory) / "store.db")
        self.directory = directory

    def decide(self, pairs):
        said = {}
        for kind in dict.fromkeys(pair.kind for pair in pairs):
            of_kind = [pair for pair in pairs if pair.kind == kind]
            _, answers = self.compare(kind, of_kind)
            said.update((pair, verdict(pair, answer)) for pair, answer in zip(of_kind, answers))
        return [said[pair] for pair in pairs]

    def compare(self, kind, pairs):
        lines = "".join(f"{pair.one}\t{pair.other}\n" for pair in pairs).encode()
        argv = [self.program, "compare", "--json", "--kind", kind]
        with tempfile.TemporaryFile(dir=self.directory) as stdin:
            stdin.write(lines)
            stdin.seek(0)
            start = time.perf_counter()
            done = subprocess.run(argv, env=self.environment, stdin=stdin, capture_output=True)
            seconds = time.perf_counter() - start
        if done.returncode not in (0, 1):
            said = done.stderr.decode(errors="replace").strip()
            raise Failed(f"`tongsa compare --kind {kind}` ended with {done.returncode}: {said[-4000:]}")
        answers = done.stdout.splitlines()
        if len(answers) != len(pairs):
            raise Failed(f"`tongsa compare --kind {kind}` gave {len(answers)} answers to {len(pairs)} pairs.")
        return seconds, answers

    def seconds_a_pair(self, pairs):
        """Of the kind most pairs have, so that one process compares them."""
        kind = statistics.mode(pair.kind for pair in pairs)
        of_kind = [pair for pair in pairs if pair.kind == kind]
        many = list(itertools.islice(itertools.cycle(of_kind), TIMED_PAIRS))
        single = statistics.median(self.compare(kind, many[:1])[0] for _ in range(ROUNDS))
        whole = statistics.median(self.compare(kind, many)[0] for _ in range(ROUNDS))
        return (whole - single) / (len(many) - 1)


def verdict(pair, line):
    answer = json.loads(line)
    if (squeezed(answer["a"]), squeezed(answer["b"])) != (squeezed(pair.one), squeezed(pair.other)):
        raise Failed(f"`tongsa compare` answers {answer['a']} / {answer['b']} to {pair.one} / {pair.other}.")
    return answer["same"], f"{answer['score']} {answer['how']}: {answer['why']}"


def squeezed(text):
    return " ".join(text.split())


class Likeness:
    """A likeness of rapidfuzz, from a fixed limit on."""

    def __init__(self, likeness, limit):
        self.likeness, self.limit = likeness, limit

    def decide(self, pairs):
        said = ((pair, self.likeness(pair.one.casefold(), pair.other.casefold())) for pair in pairs)
        return [(likeness >= self.limit, f"{likeness:.2f}") for _, likeness in said]

    def seconds_a_pair(self, pairs):
        return timed(self.decide, pairs)


class LogicV2:
    LIMIT = 0.7

    def __init__(self):
        from followthemoney import model
        from nomenklatura.matching.logic_v2.model import LogicV2 as algorithm

        self.model, self.algorithm, self.config = model, algorithm, algorithm.default_config()
        self.made = 0

    def entity(self, schema, name):
        # It remembers names by the id of the entity: each has its own.
        self.made += 1
        entity = self.model.make_entity(schema)
        entity.id = str(self.made)
        entity.add("name", name)
        return entity

    def entities(self, pairs):
        return [(self.entity(pair.schema, pair.one), self.entity(pair.schema, pair.other)) for pair in pairs]

    def judge(self, entities):
        scores = (self.algorithm.compare(one, other, self.config).score for one, other in entities)
        return [(score >= self.LIMIT, f"{score:.2f}") for score in scores]

    def decide(self, pairs):
        return self.judge(self.entities(pairs))

    def seconds_a_pair(self, pairs):
        return timed(self.judge, self.entities(pairs))


def timed(decide, pairs):
    start = time.perf_counter()
    decide(pairs)
    return (time.perf_counter() - start) / len(pairs)


def levenshtein(_):
    from rapidfuzz.distance import Levenshtein

    return Likeness(Levenshtein.normalized_similarity, 0.7)


def jaro_winkler(_):
    from rapidfuzz.distance import JaroWinkler

    return Likeness(JaroWinkler.similarity, 0.9)


PROGRAMS = {
    "tongsa": (None, lambda make_tongsa: make_tongsa()),
    "levenshtein": ("rapidfuzz", levenshtein),
    "jaro-winkler": ("rapidfuzz", jaro_winkler),
    "logic-v2": ("nomenklatura", lambda _: LogicV2()),
}


def programs(chosen, make_tongsa):
    for name in chosen:
        module, make = PROGRAMS[name]
        if module and importlib.util.find_spec(module) is None:
            print(f"{name}: {module} is not installed, skipped.\n", flush=True)
            continue
        yield name, make(make_tongsa)


# Tables of data/names


def table_rows(path):
    if not path.is_file():
        raise Missing(f"There is no {path}: name the shared data with --shared DIR.")
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def plain(spelling):
    """In small letters from a to z: without breves, umlauts, apostrophes."""
    return re.sub("[^a-z]", "", unicodedata.normalize("NFD", spelling.lower()))


@dataclass(frozen=True)
class Syllable:
    """A surname or a syllable of a given name: as written, as spelled, and all ways to spell it."""

    written: str
    press: str
    official: str
    spellings: frozenset
    weight: float


def make_syllable(written, press, official, spellings, weight):
    return Syllable(written, press, official, frozenset(map(plain, [press, official, *spellings])), weight)


class Names:
    """The surnames and given-name syllables of the shared tables."""

    def __init__(self, directory):
        self.korean_surnames = [korean_surname(row) for row in table_rows(directory / "korean_surnames.tsv")]
        self.korean_given = [korean_given(row) for row in table_rows(directory / "given_syllables.tsv")]
        pinyin = table_rows(directory / "pinyin_hangul.tsv")
        wade_giles = {plain(row["pinyin_ascii"]): row["wade_giles"] for row in pinyin}
        self.pinyin = frozenset(wade_giles)
        self.chinese_surnames = [chinese_surname(row) for row in table_rows(directory / "chinese_surnames.tsv")]
        self.chinese_given = [
            make_syllable(character, reading, reading, [wade_giles[reading]], 1)
            for reading, characters in (entry.split(":") for entry in CHINESE_GIVEN.split())
            for character in characters
        ]


def korean_surname(row):
    press = row["press_default"].split("/")
    return make_syllable(row["hangul"], press[0], row["RR"], [*press, row["MR"]], float(row["population_2015"]))


def korean_given(row):
    """With the spelling that is attested most; as often as it is attested, and once more."""
    attested = re.findall(r"([a-z']+)\((\d+)\)", row["attested_spellings(count in Wikipedia given-name list)"])
    custom = row["other_customary_spellings"].split()
    press = max(attested, key=lambda spelled: int(spelled[1]))[0] if attested else [*custom, row["RR"]][0]
    spellings = [*(spelling for spelling, _ in attested), *custom, row["MR"]]
    return make_syllable(row["hangul"], press, row["RR"], spellings, 1 + sum(int(count) for _, count in attested))


def chinese_surname(row):
    return make_syllable(row["simplified"], row["pinyin"], row["pinyin"], [row["wade_giles"]], 1)


# Common in given names, each with one reading there.
CHINESE_GIVEN = """
ai:爱 an:安 bao:宝 bin:斌滨 bo:波博 chang:昌 chao:超 chen:晨 cheng:成诚 chun:春 dan:丹 dong:东冬 fang:芳
fei:飞 feng:峰凤 fu:福富 gang:刚 guang:光 gui:桂贵 guo:国 hai:海 han:涵 hao:浩 hong:红宏 hua:华 huan:欢
hui:辉慧 ji:吉 jia:佳嘉 jian:建健 jie:杰洁 jin:金锦 jing:静晶 jun:军俊 kai:凯 kun:坤 lan:兰 lei:磊 li:丽力
lian:莲 liang:亮 lin:林琳 ling:玲 long:龙 lu:璐 man:曼 mei:梅美 meng:梦 min:敏民 ming:明 na:娜 nan:楠
ning:宁 peng:鹏 ping:平萍 qi:琪 qiang:强 qin:琴 qing:青庆 rong:荣 rui:瑞 shan:珊 sheng:胜 shi:世 shu:淑
song:松 tao:涛 ting:婷 wei:伟薇 wen:文 xi:希 xia:霞 xiang:祥翔 xiao:晓 xin:鑫新 xing:兴星 xiu:秀 xu:旭
xue:雪 yan:燕艳 yang:洋阳 yi:毅怡 yin:银 ying:英颖 yong:勇永 yu:玉宇 yuan:媛源 yue:月悦 yun:云 ze:泽 zhen:珍振
zheng:正 zhi:志智 zhong:忠 zhou:洲 zhu:珠 zi:子梓
"""


# The Korean and Chinese pairs among the cases

CJK = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3\u3400-\u9fff\uf900-\ufaff]")
KANA = re.compile("[\u3040-\u30ff]")
NOTED = re.compile(r"\b(Korean?|Hangul|DPRK|KR|KP|CN|TW|Pinyin|Chinese|Taiwan(ese)?|Wade)\b")
ONE_VOWEL_GROUP = re.compile("[^aeiouy]*[aeiouyw]+[^aeiouy]*")


class EastAsian:
    def __init__(self, names):
        surnames = names.korean_surnames + names.chinese_surnames
        self.surnames = frozenset(itertools.chain.from_iterable(surname.spellings for surname in surnames))
        korean = itertools.chain.from_iterable(syllable.spellings for syllable in names.korean_given)
        self.syllables = names.pinyin | frozenset(korean)

    def reason(self, pair):
        """Why a pair counts as Korean or Chinese, or None."""
        both = pair.one + pair.other
        if CJK.search(both) and not KANA.search(both):
            return "script"
        if NOTED.search(pair.remark):
            return "notes"
        if self.is_name(pair.one) and self.is_name(pair.other):
            return "syllables"
        return None

    def is_name(self, name):
        words = [plain(word) for word in re.split(r"[\s,-]+", name) if plain(word)]
        if len(words) < 2 or words[0] not in self.surnames:
            return False
        given = words[1:]
        if len(given) == 1:
            return any({given[0][:end], given[0][end:]} <= self.syllables for end in range(1, len(given[0])))
        return len(given) == 2 and all(is_short(word) for word in given)


def is_short(word):
    return len(word) <= LONGEST_SYLLABLE and ONE_VOWEL_GROUP.fullmatch(word) is not None


def read_cases(path):
    if not path.is_file():
        raise Missing(f"There is no {path}.")
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        lacking = {"schema", "name1", "name2", "is_match"} - set(rows.fieldnames or ())
        if lacking:
            raise Missing(f"{path} has no column {', '.join(sorted(lacking))}.")
        return [read_case(rows.line_num, row) for row in rows]


def read_case(place, row):
    remark = squeezed(f"{row.get('category') or ''} {row.get('notes') or ''}")
    is_match = row["is_match"].strip().lower() == "true"
    return Pair(place, row["schema"], squeezed(row["name1"]), squeezed(row["name2"]), is_match, remark)


# Pairs of near names

HANGUL_BASE, MEDIALS, FINALS = 0xAC00, 21, 28
I_VOWELS = frozenset((2, 3, 6, 7, 12, 17, 20))  # ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ
NIEUN, RIEUL, IEUNG = 2, 5, 11


def letters(syllable):
    rest, final = divmod(ord(syllable) - HANGUL_BASE, FINALS)
    return (*divmod(rest, MEDIALS), final)


def at_the_start(syllable):
    """Its letters as South Korea writes them at the start of a word: 룡 as 용, 락 as 낙, 녀 as 여."""
    initial, medial, final = letters(syllable)
    if medial in I_VOWELS and initial in (NIEUN, RIEUL):
        initial = IEUNG
    elif initial == RIEUL:
        initial = NIEUN
    return initial, medial, final


def is_near_hangul(one, other):
    return sum(a != b for a, b in zip(letters(one.written), letters(other.written))) == 1


def is_near_pinyin(one, other):
    """One letter changed, added or left out."""
    a, b = one.official, other.official
    same = len(os.path.commonprefix((a, b)))
    return a != b and a[same + 1 :] == b[same + 1 :] or a[same:] == b[same + 1 :] or a[same + 1 :] == b[same:]


def differ_in_hangul(one, other):
    return at_the_start(one.written) != at_the_start(other.written)


def differ_in_pinyin(one, other):
    return one.official != other.official


def is_spelled_alike(one, other):
    """Whether two given names can be spelled alike, written together."""
    ways = [{"".join(way) for way in itertools.product(*(part.spellings for part in given))} for given in (one, other)]
    return not ways[0].isdisjoint(ways[1])


@dataclass(frozen=True)
class Script:
    """How the names of a group are made and written."""

    name: str
    surnames: list
    given: list
    single: float
    differ: callable
    is_near: callable
    in_latin: bool
    write: callable


def scripts(names):
    korean = (names.korean_surnames, names.korean_given, 0, differ_in_hangul, is_near_hangul)
    chinese = (names.chinese_surnames, names.chinese_given, 0.2, differ_in_pinyin, is_near_pinyin)
    return [
        Script("Hangul", *korean, False, as_written),
        Script("newspaper spelling", *korean, True, in_newspapers),
        Script("Revised Romanization", *korean, True, in_revised),
        Script("Han", *chinese, False, as_written),
        Script("pinyin", *chinese, True, in_pinyin),
    ]


def as_written(surname, given):
    return surname.written + "".join(syllable.written for syllable in given)


def in_newspapers(surname, given):
    return f"{surname.press} {'-'.join(syllable.press for syllable in given).capitalize()}"


def in_revised(surname, given):
    return f"{surname.official} {''.join(syllable.official for syllable in given).capitalize()}"


def in_pinyin(surname, given):
    first, *rest = (syllable.official for syllable in given)
    apart = [("'" if syllable[0] in "aeo" else "") + syllable for syllable in rest]
    return f"{surname.official} {''.join([first, *apart]).capitalize()}"


class Draw:
    """Draws by weight from a list, the same for the same seed: random() alone is promised to stay as it is."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def __call__(self, syllables):
        steps = list(itertools.accumulate(syllable.weight for syllable in syllables))
        return syllables[bisect(steps, self.random() * steps[-1], hi=len(steps) - 1)]


def draw_pair(draw, script, is_near):
    """Two names written, or None where the draw gave no two that differ."""
    surname = draw(script.surnames)
    given = [draw(script.given)] + [draw(script.given)] * (draw.random() >= script.single)
    if len(given) == 2:
        given[1] = draw(script.given)
    place = int(draw.random() * len(given))
    others = [syllable for syllable in script.given if script.differ(given[place], syllable)]
    if is_near:
        others = [syllable for syllable in others if script.is_near(given[place], syllable)]
    if not others:
        return None
    other = [*given[:place], draw(others), *given[place + 1 :]]
    if script.in_latin and is_spelled_alike(given, other):
        return None
    return script.write(surname, given), script.write(surname, other)


def near_pairs(names, count, seed):
    made = []
    groups = scripts(names)
    for number, script in enumerate(groups):
        draw, seen = Draw(f"{seed} {script.name}"), set()
        room = count * (number + 1) // len(groups) - count * number // len(groups)
        for _ in range(room * ATTEMPTS):
            if len(seen) == room:
                break
            is_near = len(seen) % 2 == 0
            drawn = draw_pair(draw, script, is_near)
            if drawn and frozenset(drawn) not in seen:
                seen.add(frozenset(drawn))
                changed = "one letter" if is_near else "a syllable"
                made.append(Pair(len(made) + 1, "Person", *drawn, False, changed, script.name))
        if len(seen) < room:
            raise Failed(f"There are no {room} pairs in {script.name}.")
    return made


# Results


def share(part, whole):
    return f"{part / whole:.3f}" if whole else "-"


def scores(pairs, said):
    both = sum(same and pair.is_match for pair, (same, _) in zip(pairs, said))
    found, true = sum(same for same, _ in said), sum(pair.is_match for pair in pairs)
    return [str(len(pairs)), str(true), share(both, found), share(both, true), share(2 * both, found + true)]


def print_table(columns, rows, words=2):
    print("| " + " | ".join(columns) + " |")
    print("|" + "---|" * words + "---:|" * (len(columns) - words))
    for cells in rows:
        print("| " + " | ".join(cells) + " |")
    print(flush=True)


def print_errors(name, pairs, said):
    wrong = [(pair, same, why) for pair, (same, why) in zip(pairs, said) if same != pair.is_match]
    print(f"{name} disagrees on {len(wrong)} of {len(pairs)} pairs:\n")
    for pair, same, why in wrong:
        answer, label = ("same", "different") if same else ("different", "same")
        cells = [pair.one, pair.other, f"label {label}, said {answer}", why, pair.group or pair.remark]
        print(f"    {pair.place}\t" + "\t".join(cells))
    print(flush=True)


def score_cases(options, deciders, names):
    pairs = read_cases(options.cases)
    east_asian = EastAsian(names)
    reasons = [east_asian.reason(pair) for pair in pairs]
    if options.list:
        write_list(options.list, pairs, reasons)
    rows = []
    for name, decider in deciders:
        said = decider.decide(pairs)
        chosen = [number for number, reason in enumerate(reasons) if reason]
        of_chosen = [pairs[number] for number in chosen], [said[number] for number in chosen]
        rows.append([name, "all", *scores(pairs, said), f"{decider.seconds_a_pair(pairs) * 1e6:.1f}"])
        rows.append([name, "Korean, Chinese", *scores(*of_chosen), ""])
        if options.errors and name == options.errors_of:
            print_errors(name, pairs, said)
    print_table(["program", "pairs", "number", "matches", "precision", "recall", "F1", "us a pair"], rows)


def write_list(path, pairs, reasons):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("line\twhy\tis_match\tname1\tname2\tremark\n")
        for pair, reason in zip(pairs, reasons):
            if reason:
                label = str(pair.is_match).lower()
                file.write(f"{pair.place}\t{reason}\t{label}\t{pair.one}\t{pair.other}\t{pair.remark}\n")


def score_near(options, deciders, names):
    pairs = near_pairs(names, options.near, options.seed)
    lines = "".join(f"{pair.group}\t{pair.remark}\t{pair.one}\t{pair.other}\n" for pair in pairs)
    if options.write:
        options.write.write_text(lines, encoding="utf-8")
    digest = hashlib.sha256(lines.encode()).hexdigest()[:16]
    print(f"{len(pairs)} pairs of near names, seed {options.seed}, SHA-256 {digest}. Said to be the same:\n", flush=True)
    counts = {}
    for name, decider in deciders:
        said = decider.decide(pairs)
        for pair, (same, _) in zip(pairs, said):
            for group in ((pair.group, pair.remark), ("all", "")):
                counts.setdefault(group, {}).setdefault(name, []).append(same)
        if options.errors and name == options.errors_of:
            print_errors(name, pairs, said)
    rows = []
    for (group, changed), by_name in counts.items():
        cells = [f"{sum(same)} ({sum(same) / len(same):.1%})" for same in by_name.values()]
        rows.append([group, changed, str(len(next(iter(by_name.values())))), *cells])
    rows.sort(key=lambda cells: cells[0] == "all")
    print_table(["script", "changed", "pairs", *(name for name, _ in deciders)], rows)


# Command line


def program_names(text):
    chosen = text.split(",")
    unknown = [name for name in chosen if name not in PROGRAMS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no program {', '.join(unknown)}; there are {', '.join(PROGRAMS)}")
    return chosen


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("cases", nargs="?", type=Path, metavar="CASES.csv", help="labelled pairs")
    parser.add_argument("--near", type=int, default=0, metavar="N", help="make N pairs of near names (0)")
    parser.add_argument("--seed", type=int, default=1, help="of the near names (1)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="where the near names are written")
    parser.add_argument("--list", type=Path, metavar="FILE", help="where the Korean and Chinese cases are written")
    parser.add_argument("--errors", action="store_true", help="print where the program disagrees")
    parser.add_argument("--errors-of", choices=PROGRAMS, default="tongsa", metavar="PROGRAM", help="whose (tongsa)")
    parser.add_argument("--tongsa", default=str(ROOT / "target/release/tongsa"), metavar="PROGRAM")
    parser.add_argument("--shared", type=Path, default=ROOT / "../shared", metavar="DIR", help="shared data (../shared)")
    parser.add_argument("--only", type=program_names, default=list(PROGRAMS), metavar="PROGRAM,...")
    options = parser.parse_args()
    if not options.cases and not options.near:
        parser.error("there is nothing to compare: name a file of cases, or --near N")
    return options


def main():
    options = arguments()
    names = Names(options.shared / "data/names")
    with tempfile.TemporaryDirectory(prefix="tongsa-pairs-") as directory:
        program = Path(options.tongsa).resolve()
        if "tongsa" in options.only and not program.is_file():
            raise Missing(f"There is no program {options.tongsa}: build it with `cargo build --release`.")
        deciders = list(programs(options.only, lambda: Tongsa(str(program), directory)))
        if options.cases:
            score_cases(options, deciders, names)
        if options.near:
            score_near(options, deciders, names)


if __name__ == "__main__":
    try:
        main()
    except Missing as problem:
        print(f"name_pairs.py: {problem}", file=sys.stderr)
        sys.exit(2)
    except Failed as problem:
        print(f"name_pairs.py: {problem}", file=sys.stderr)
        sys.exit(1)
