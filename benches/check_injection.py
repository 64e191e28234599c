#!/usr/bin/env python3
"""Put one error into each of 2,000 clean drafts and see whether `tongsa check` marks it.

    cargo build --release
    python3 benches/check_injection.py --pack DIR [--tongsa target/release/tongsa] [--drafts 2000] [--misses FILE]

A draft has eight sentences of ours, written in English, Korean and Chinese, about people, places and bodies
of the shipped glossaries drawn at random, and between them segments of a real news article (NTREX, of the
unpacked packs/dev-sharealike.tar.xz: --pack; without it there is nothing between). The same seed makes the
same drafts. Each draft is checked clean, then with one error; the kinds below `source` beside the English
(an English draft beside the Korean). An error is found where a finding at warning or above overlaps its
place, or its sentence where the finding is about a sentence, that the clean draft does not have; `as
information` are those with a finding of less weight. A finding in a clean draft is a false alarm.

Exit codes: 1 when a program fails; 2 when an input is missing.
"""

import argparse
import collections
import concurrent.futures
import csv
import functools
import json
import os
import random
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261127
DATE = "2026-02-02"
LANGS = ("en", "ko", "zh-Hans", "zh-Hant")
ATTEMPTS = 200

# Sentences of ours, one in each language. A and B are people, T the title of A, P a place, I a body, U and V people whom
# nobody has recorded, N and Q numbers.
SENTENCES = [
    ("{T} {A} arrived in {P} on Monday for a three-day visit.", "{A} {T}{은} 월요일 사흘 일정으로 {P}에 도착했다.",
     "{T}{A}星期一抵达{P}，开始为期三天的访问。", "{T}{A}星期一抵達{P}，開始為期三天的訪問。"),
    ("The organizers said {B} would also take part in the talks.", "주최 측은 {B}도 회담에 참석한다고 밝혔다.",
     "主办方表示，{B}也将参加会谈。", "主辦方表示，{B}也將參加會談。"),
    ("Officials of the {I} welcomed {A} at the airport.", "{I} 관계자들이 공항에서 {A}{을} 맞았다.",
     "{I}的官员在机场迎接{A}。", "{I}的官員在機場迎接{A}。"),
    ("About {N} people were waiting in front of the hotel in {P}.", "{P}의 호텔 앞에는 {N}명가량이 기다리고 있었다.",
     "约{N}人在{P}的酒店门前等候。", "約{N}人在{P}的酒店門前等候。"),
    ("Trade between the two sides grew {Q} percent, the {I} said.",
     "양측 교역은 {Q}% 늘었다고 {I}{이} 밝혔다.",
     "{I}说，双方贸易增长了{Q}%。", "{I}說，雙方貿易增長了{Q}%。"),
    ("{A} and {B} met for two hours and agreed to meet again in {P}.",
     "{A}{과} {B}{은} 두 시간 동안 만나 {P}에서 다시 만나기로 했다.",
     "{A}和{B}会谈了两个小时，并商定在{P}再次会面。", "{A}和{B}會談了兩個小時，並商定在{P}再次會面。"),
    ("A statement by the {I} did not mention {B}.", "{I}의 성명은 {B}{을} 언급하지 않았다.",
     "{I}的声明没有提到{B}。", "{I}的聲明沒有提到{B}。"),
    ("Before leaving {P}, {A} thanked {B} for the invitation.", "{A}{은} {P}{을} 떠나기 전에 {B}에게 초청에 대한 감사를 전했다.",
     "离开{P}之前，{A}感谢{B}的邀请。", "離開{P}之前，{A}感謝{B}的邀請。"),
]
HEADLINE = ("Three days of talks begin", "사흘간의 회담 시작", "为期三天的会谈开始", "為期三天的會談開始")
STUDENTS = [
    ("A student named {U} asked the first question.", "{U}{이}라는 학생이 첫 질문을 했다.",
     "一名叫{U}的学生提了第一个问题。", "一名叫{U}的學生提了第一個問題。"),
    ("“We had prepared it for weeks,” {U} said.", "“몇 주 동안 준비한 질문입니다.” {U} 씨가 말했다.",
     "“我们准备了好几个星期。”{U}说。", "「我們準備了好幾個星期。」{U}說。"),
    ("{U} studies law and wants to become a judge.", "{U} 씨는 법학을 공부하며 판사가 되고 싶어 한다.",
     "{U}学习法律，希望成为法官。", "{U}學習法律，希望成為法官。"),
    ("Teachers say {U} reads three newspapers a day.", "선생님들은 {U} 씨가 하루에 신문 세 가지를 읽는다고 한다.",
     "老师们说，{U}每天读三份报纸。", "老師們說，{U}每天讀三份報紙。"),
]
SUMMITS = [
    ("The leaders spoke about {C} cooperation over dinner.", "정상들은 만찬에서 {C} 협력을 논의했다.",
     "领导人在晚宴上谈到了{C}合作。", "領導人在晚宴上談到了{C}合作。"),
    ("A {C} summit is planned for the autumn.", "{C} 정상회의는 가을에 열릴 예정이다.",
     "{C}峰会计划在秋天举行。", "{C}峰會計劃在秋天舉行。"),
    ("Three ministers will prepare the {C} talks.", "장관 세 명이 {C} 회담을 준비한다.",
     "三位部长将筹备{C}会谈。", "三位部長將籌備{C}會談。"),
]
COUNTRY_ORDERS = {"en": ["Korea-China-Japan", "China-Japan-Korea"], "ko": ["한중일", "중한일"],
                  "zh-Hans": ["中日韩", "韩中日"], "zh-Hant": ["中日韓", "韓中日"]}
UNRECORDED = [  # English, Korean, Chinese (two scripts); then each with a slip
    ("Ma Seung-hwi", "마승휘", "马承辉", "馬承輝", "Ma Seung-hwee", "마승희", "马成辉", "馬成輝"),
    ("Bok Ji-wan", "복지완", "卜志婉", "卜志婉", "Bok Jee-wan", "복지환", "卜智婉", "卜智婉"),
    ("Tak Hyeon-sol", "탁현솔", "卓贤率", "卓賢率", "Tak Hyun-sol", "탁현설", "卓贤帅", "卓賢帥"),
    ("Guk Da-min", "국다민", "鞠多旻", "鞠多旻", "Gook Da-min", "국다빈", "鞠多敏", "鞠多敏"),
    ("Phelan Marchetti", "펠런 마르케티", "费伦·马尔凯蒂", "費倫·馬爾凱蒂", "Phelan Marcheti", "펠런 마르게티", "费伦·马尔凯帝", "費倫·馬爾凱帝"),
    ("Ingrid Solvaag", "잉그리드 솔보그", "英格丽德·索尔沃格", "英格麗德·索爾沃格", "Ingrid Solvag", "잉그리드 솔보크", "英格丽德·索尔沃戈", "英格麗德·索爾沃戈"),
]
HANGUL_SLIPS = {"자": "쟈", "장": "쟝", "저": "져", "주": "쥬", "차": "챠", "창": "챵", "추": "츄", "샤": "싸", "상": "샹", "성": "셩",
                "쯔": "츠", "쑤": "수", "훙": "홍", "둥": "동", "룽": "롱", "쑹": "송", "젠": "졘", "쉬": "슈", "징": "찡", "광": "꽝"}
INSTITUTION_SLIPS = {
    "en": [(r"(\w+) and (\w+)$", r"\2 and \1"), ("Commission", "Committee"), ("Committee", "Commission"), ("Congress", "Conference"),
           ("Conference", "Congress"), ("Ministry", "Department"), ("Bureau", "Office"), ("Administration", "Agency")],
    "ko": [("대회", "회의"), ("위원회", "협의회"), ("회의", "대회"), ("협상", "협의"), ("외교", "외무")],
    "zh": [("代表大会", "代表会议"), ("代表大會", "代表會議"), ("协商", "协调"), ("協商", "協調"), ("委员会", "委员局"), ("委員會", "委員局"), ("财政", "财务"),
           ("財政", "財務")],
}
PARTICLES = {"은": "은는", "는": "은는", "이": "이가", "가": "이가", "을": "을를", "를": "을를", "과": "과와", "와": "과와"}
NOBODY = {"en": "guests", "ko": "손님", "zh-Hans": "客人", "zh-Hant": "客人"}


class Unfit(Exception):
    """This draft has no place for this error."""


@dataclass(frozen=True)
class Name:
    """A name in a draft: the slot it fills, its text and where it stands."""

    slot: str
    text: str
    start: int

    @property
    def end(self):
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Draft:
    """A text, the names that we put there, and the text in another language that it was translated from."""

    lang: str
    text: str
    names: list
    source: str
    concepts: dict

    def put(self, name, text):
        """Returns the text with another in the place of a name, and the place, with the particle in agreement."""
        rest = self.text[name.end:]
        if self.lang == "ko" and rest[:1] in PARTICLES and not rest[1:2].strip():
            rest = particle(text, rest[0]) + rest[1:]
        return self.text[:name.start] + text + rest, (name.start, name.start + len(text))


def particle(word, form):
    """Returns a particle in the form that it has behind a word."""
    last = re.sub(r"\(.*\)$", "", word)[-1]
    closed = (ord(last) - 0xAC00) % 28 != 0 if "가" <= last <= "힣" else False
    pair = {"은": "은는", "이": "이가", "을": "을를", "과": "과와"}.get(form, PARTICLES.get(form))
    return pair[0] if closed else pair[1]


def concepts():
    """Returns the rows of the shipped glossaries."""
    found = []
    for path in sorted((ROOT / "glossaries").glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


def terms(concept, column):
    """Returns the terms of a cell, without their days."""
    cell = concept.get(column) or ""
    return [term for term in cell.split("|") if term and "{" not in term]


def all_terms(rows):
    """Returns every term of the glossaries: an error that makes another's name is none."""
    columns = lambda row: (key for key in row if key.split(":")[0] in (*LANGS, "ko-x-reading", "ko-Latn", "zh-Latn-wadegile"))
    return {term for row in rows for column in columns(row) for term in terms(row, column)}


@functools.cache
def title_words():
    """Returns for each office its rank, the words beside a name in English, Korean and Chinese, and all words for it."""
    table = {}
    for line in (ROOT / "src/check/title_words.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            title, rank, *words = line.split("\t")
            words = [[word.lstrip("~") for word in cell.split("|")] for cell in words]
            table[title] = (rank, [cell[0] for cell in words], {word for cell in words for word in cell})
    return table


@functools.cache
def traditional():
    """Returns what the characters of the glossaries become in traditional Chinese, by the pairs that they record."""
    pairs = {}
    for row in concepts():
        simple, full = row.get("zh-Hans") or "", row.get("zh-Hant") or ""
        if len(simple) == len(full):
            pairs.update({one: other for one, other in zip(simple, full) if one != other})
    pairs |= dict(zip("总务长议员发国驻韩华对词", "總務長議員發國駐韓華對詞"))
    return pairs


@functools.cache
def homophones():
    """Returns the other characters of the same reading, for the characters that names use."""
    used = {letter for row in concepts() if row["kind"] == "person" for letter in (row.get("zh-Hans") or "")}
    used |= set("文明华军平安国强志伟建永春光成德海英丽芳玉美兰红梅金银龙飞云山林江河松石生东西南北中正义信仁和")
    same = {}
    for line in (ROOT / "src/names/han_pinyin.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            letters = line.split(" ", 1)[1].split("+")[0]
            for letter in letters:
                same[letter] = [other for other in letters if other != letter and other in used]
    return same


class Glossary:
    """What the drafts are made of."""

    def __init__(self):
        rows = [row for row in concepts() if all(row.get(lang) for lang in LANGS)]
        self.rows = rows
        self.terms = all_terms(concepts())
        self.people = [row for row in rows if row["kind"] == "person" and len(row["ko"].split()[-1]) > 1]
        self.holders = [row for row in self.people if self.office(row)]
        self.places = [row for row in rows if row["kind"] == "place" and row["domain"] == "geography"]
        current = lambda row: not (row.get("valid_to") or row.get("valid_from"))
        self.bodies = [row for row in rows if row["kind"] == "institution" and row["domain"] != "education" and current(row)]

    @staticmethod
    def office(row):
        """Returns the first office that a person holds now."""
        for office in (row.get("office") or "").split("|"):
            title, _, days = office.partition("{")
            if title in title_words() and "to=" not in days:
                return title
        return None

    @staticmethod
    def names_family_first(row):
        """Returns whether a person is named family first in English too."""
        return row["id"].startswith(("prc.", "npc.", "rok.", "dprk.", "tw."))

    def cast(self, random_, want):
        """Draws who and what a draft is about; `want` narrows the draw."""
        slots = {"A": random_.choice(self.holders), "B": random_.choice(self.people),
                 "P": random_.choice(self.places), "I": random_.choice(self.bodies)}
        slots |= {slot: random_.choice(rows) for slot, rows in want(self).items()}
        same = lambda one, other, lang: one[lang].split()[0][:2] == other[lang].split()[0][:2]
        if slots["A"] is slots["B"] or any(same(slots["A"], slots["B"], lang) for lang in ("en", "ko")):
            raise Unfit
        return slots


def values(slots, office, lang, student, numbers):
    """Returns what fills the slots in one language."""
    column = {"en": 0, "ko": 1}.get(lang, 2)
    filled = {slot: row[lang] for slot, row in slots.items()}
    title = title_words()[office][1][column]
    filled["T"] = " ".join(word.capitalize() for word in title.split()) if lang == "en" else title
    if lang == "zh-Hant":
        filled["T"] = "".join(traditional().get(letter, letter) for letter in title)
    return filled | numbers | {"U": student[LANGS.index(lang)], "C": COUNTRY_ORDERS[lang][0]}


def fill(sentence, filled, start):
    """Returns a sentence with its slots filled, and the names with their places from `start`."""
    names, text = [], ""
    for piece in re.split(r"(\{.\})", sentence):
        if not piece.startswith("{"):
            text += piece
        elif piece[1:-1] in filled:
            value = filled[piece[1:-1]]
            names.append(Name(piece[1:-1], value, start + len(text)))
            text += value
        else:
            text += particle(text, piece[1:-1])
    return text, names


def make(glossary, articles, random_, lang, want, extra):
    """Makes a clean draft."""
    slots = glossary.cast(random_, want)
    office = glossary.office(slots["A"])
    student = random_.choice(UNRECORDED)
    numbers = {"N": str(random_.randrange(31, 990)), "Q": f"{random_.randrange(2, 40)}.{random_.randrange(1, 10)}"}
    rest = SENTENCES[2:]
    random_.shuffle(rest)
    own = SENTENCES[:2] + rest + extra
    filler = random_.choice(articles) if articles else []
    other = "ko" if lang == "en" else "en"
    sides = {}
    for side in (lang, other):
        filled = values(slots, office, side, student, numbers)
        text, names = HEADLINE[LANGS.index(side)] + "\n\n", []
        for number, sentence in enumerate(own):
            line, found = fill(sentence[LANGS.index(side)], filled, len(text))
            names += found
            text += line + "\n\n"
            if number < len(filler):
                text += filler[number][side] + "\n\n"
        sides[side] = text, names
    return Draft(lang, *sides[lang], sides[other][0], slots | {"U": student})


def articles(pack):
    """Returns the news articles of the pack as segments in all languages."""
    if pack is None:
        return []
    sides = collections.defaultdict(dict)
    for lang in LANGS[1:]:
        with open(Path(pack) / f"bitext.en-{lang}.tsv", encoding="utf-8") as lines:
            for line in lines:
                source, name, english, target = line.rstrip("\n").split("\t")[:4]
                if source.split(".")[0] == "ntrex":
                    sides[name, english] |= {"en": english, lang: target}
    documents = collections.defaultdict(list)
    for (name, _), segment in sides.items():
        if len(segment) == len(LANGS):
            documents[name].append(segment)
    return [segments for _, segments in sorted(documents.items()) if len(segments) >= 8]


# The errors. Each takes a draft and returns the text with the error and its place, or raises Unfit.


def a_name(draft, random_, slots, again=False):
    """Draws a name of one of some slots; `again` leaves the first mention alone."""
    names = [name for name in draft.names if name.slot in slots]
    if again:
        names = [name for number, name in enumerate(names) if name.slot in {other.slot for other in names[:number]}]
    if not names:
        raise Unfit
    return random_.choice(names)


def recorded(*columns):
    """Puts a recorded other form in the place of a name."""
    def inject(draft, random_, _):
        name = a_name(draft, random_, "ABPI")
        forms = [term for column in columns for term in terms(draft.concepts[name.slot], column) if term != name.text]
        if not forms:
            raise Unfit
        return draft.put(name, random_.choice(forms))
    return inject


def hyphen(draft, random_, _):
    """Writes a given name of two syllables with another hyphen, space or capital."""
    name = a_name(draft, random_, "AB")
    family, *given = name.text.split()
    if len(given) == 1 and "-" in given[0]:
        one, other = given[0].split("-")
        forms = [one + other, f"{one} {other}", f"{one}-{other.capitalize()}"]
    elif draft.concepts[name.slot]["id"].startswith("prc.") and len(given) == 1 and len(draft.concepts[name.slot]["zh-Hans"]) == 3:
        syllables = [draft.concepts[name.slot]["zh-Hans"][1:]]
        cut = next((at for at in range(2, len(given[0]) - 1) if given[0][at] in "bpmfdtlkhjqxzcsyw"), None)
        if cut is None or not syllables:
            raise Unfit
        forms = [f"{given[0][:cut]}-{given[0][cut:]}"]
    else:
        raise Unfit
    return draft.put(name, f"{family} {random_.choice(forms)}")


def typo(draft, random_, glossary):
    """Exchanges two letters, drops one or doubles one; in Korean another vowel or final."""
    name = a_name(draft, random_, "ABPI")
    text = name.text
    if draft.lang == "ko":
        if len(text) < 3:
            raise Unfit
        at = random_.randrange(1, len(text))
        if not "가" <= text[at] <= "힣":
            raise Unfit
        lead, rest = divmod(ord(text[at]) - 0xAC00, 588)
        vowel, final = divmod(rest, 28)
        vowel, final = random_.choice([((vowel + 4) % 21, final), (vowel, random_.choice([0, 4, 8, 16, 21]))])
        wrong = text[:at] + chr(0xAC00 + lead * 588 + vowel * 28 + final) + text[at + 1:]
    else:
        at = random_.randrange(1, len(text) - 1)
        if not text[at:at + 2].isalpha() or not text[at:at + 2].islower() or len(text) < 6:
            raise Unfit
        wrong = random_.choice([text[:at] + text[at + 1] + text[at] + text[at + 2:], text[:at] + text[at + 1:],
                                text[:at] + text[at] + text[at:]])
    if wrong == text or wrong in glossary.terms:
        raise Unfit
    return draft.put(name, wrong)


def order(draft, random_, _):
    """Puts the given name first."""
    name = a_name(draft, random_, "AB")
    family, *given = name.text.split()
    if len(given) != 1 or len(draft.concepts[name.slot]["zh-Hans"]) != 3:
        raise Unfit
    return draft.put(name, f"{given[0]} {family}")


def given_alone(draft, random_, glossary):
    """Writes the given name alone, in Korean before the office."""
    if draft.lang == "en":
        name = a_name(draft, random_, "AB", again=True)
        family, *given = name.text.split()
        if len(given) != 1 or len(draft.concepts[name.slot]["zh-Hans"]) != 3:
            raise Unfit
        if glossary.names_family_first(draft.concepts[name.slot]):
            return draft.put(name, given[0])
        raise Unfit
    name = a_name(draft, random_, "A", again=True)
    if len(name.text) != 3 or len(draft.concepts["A"]["zh-Hans"]) != 3:
        raise Unfit
    title = next(other.text for other in draft.names if other.slot == "T")
    return draft.put(name, f"{name.text[1:]} {title}")


def hangul_rule(draft, random_, glossary):
    """Writes a syllable of a Chinese name as the rules do not."""
    name = a_name(draft, random_, "ABP")
    if not draft.concepts[name.slot]["id"].startswith(("prc.", "npc.", "place.")) or "gw" in name.text:
        raise Unfit
    if draft.concepts[name.slot]["en"].split()[-1] in ("Korea",) or name.slot == "P" and not terms(draft.concepts["P"], "zh-Latn-pinyin:variant") and not name.text.endswith("성"):
        raise Unfit
    places = [at for at, letter in enumerate(name.text) if letter in HANGUL_SLIPS and not name.text[at:] == "성"]
    if not places:
        raise Unfit
    at = random_.choice(places)
    wrong = name.text[:at] + HANGUL_SLIPS[name.text[at]] + name.text[at + 1:]
    if wrong in glossary.terms:
        raise Unfit
    return draft.put(name, wrong)


def mixed_script(draft, random_, _):
    """Writes a character of the other script."""
    name = a_name(draft, random_, "ABPI")
    row = draft.concepts[name.slot]
    other = row["zh-Hant" if draft.lang == "zh-Hans" else "zh-Hans"]
    places = [at for at, letter in enumerate(name.text) if len(other) == len(name.text) and other[at] != letter]
    if not places:
        raise Unfit
    at = random_.choice(places)
    return draft.put(name, name.text[:at] + other[at] + name.text[at + 1:])


def gloss_script(draft, random_, _):
    """Glosses a Chinese name in Korean with simplified characters."""
    name = a_name(draft, random_, "AB")
    row = draft.concepts[name.slot]
    if row["zh-Hans"] == row["zh-Hant"]:
        raise Unfit
    return draft.put(name, f"{name.text}({row['zh-Hans']})")


def gloss_character(draft, random_, glossary):
    """Glosses a name in Korean with a character that sounds like the right one."""
    name = a_name(draft, random_, "AB")
    return draft.put(name, f"{name.text}({homophone(draft.concepts[name.slot]['zh-Hant'], random_, glossary)})")


def wrong_character(draft, random_, glossary):
    """Writes a character that sounds like the right one."""
    name = a_name(draft, random_, "AB")
    return draft.put(name, homophone(name.text, random_, glossary))


def homophone(text, random_, glossary):
    """Returns a name with a given-name character of the same sound."""
    at = random_.randrange(1, len(text))
    others = [other for other in homophones().get(text[at], []) if other not in traditional().values()]
    if len(text) != 3 or not others:
        raise Unfit
    wrong = text[:at] + random_.choice(others) + text[at + 1:]
    if wrong in glossary.terms:
        raise Unfit
    return wrong


def institution(draft, random_, glossary):
    """Writes a word of a body's name as it is not."""
    name = a_name(draft, random_, "I")
    slips = INSTITUTION_SLIPS["zh" if draft.lang.startswith("zh") else draft.lang]
    forms = {re.sub(one, other, name.text, count=1) for one, other in slips} - {name.text} - glossary.terms
    if not forms:
        raise Unfit
    return draft.put(name, random_.choice(sorted(forms)))


def wrong_title(same_rank):
    """Gives a person what another country calls the office, or the title of an office of another rank."""
    return functools.partial(retitle, same_rank)


def retitle(same_rank, draft, random_, glossary):
    """Puts another title beside a person."""
    name = a_name(draft, random_, "T")
    column = {"en": 0, "ko": 1}.get(draft.lang, 2)
    office = glossary.office(draft.concepts["A"])
    rank, own, _ = title_words()[office]
    fits = lambda other, words: words[column] not in own and (other == rank) == same_rank
    titles = [words[column] for other, words, _ in title_words().values() if fits(other, words)]
    if not titles:
        raise Unfit
    title = random_.choice(titles)
    title = title.title() if draft.lang == "en" else title
    if draft.lang == "zh-Hant":
        title = "".join(traditional().get(letter, letter) for letter in title)
    if title == name.text:
        raise Unfit
    return draft.put(name, title)


def past_title(draft, random_, glossary):
    """Gives a title to somebody who held it before."""
    office = glossary.office(draft.concepts["A"])
    past = [row for row in glossary.people if re.search(rf"{re.escape(office)}{{[^}}]*to=20[12]", row.get("office") or "")
            and not row.get("died") and glossary.office(row) != office]
    if not past or draft.concepts["B"] in past:
        raise Unfit
    name = next(name for name in draft.names if name.slot == "A")
    return draft.put(name, random_.choice(past)[draft.lang])


def outdated(draft, random_, glossary):
    """Writes a name that a body had before."""
    name = a_name(draft, random_, "I")
    forms = []
    for row in concepts():
        cell = row.get(f"{draft.lang}:deprecated") or ""
        forms += [term.split("{")[0] for term in cell.split("|") if "{to=20" in term and row["kind"] == "institution"]
    return draft.put(name, random_.choice(forms))


def acronym(draft, random_, _):
    """Puts a recorded acronym with two letters exchanged behind a body's name."""
    name = a_name(draft, random_, "I")
    short = [term for term in terms(draft.concepts["I"], "en:acronym") if len(term) >= 3]
    if not short:
        raise Unfit
    right = random_.choice(short)
    at = random_.randrange(1, len(right) - 1)
    wrong = right[:at] + right[at + 1] + right[at] + right[at + 2:]
    if wrong == right:
        raise Unfit
    text, (start, _) = draft.put(name, f"{name.text} ({wrong})")
    return text, (start + len(name.text), start + len(name.text) + len(wrong) + 3)


def forbidden(draft, random_, glossary):
    """Writes a barred term."""
    name = a_name(draft, random_, "P")
    forms = [term for row in concepts() for term in terms(row, f"{draft.lang}:forbidden") if row["kind"] in ("place", "country")]
    if not forms:
        forms = [term for row in concepts() for term in terms(row, f"{draft.lang}:forbidden")]
    if not forms:
        raise Unfit
    return draft.put(name, random_.choice(forms))


def alias(draft, random_, _):
    """Writes another accepted full name of a person or a place that the draft names otherwise."""
    name = a_name(draft, random_, "ABP", again=True)
    row = draft.concepts[name.slot]
    forms = [term for status in ("variant", "admitted") for term in terms(row, f"{draft.lang}:{status}")]
    forms = [form for form in forms if name.text not in form and form not in name.text]
    if not forms:
        raise Unfit
    return draft.put(name, random_.choice(forms))


def countries(draft, random_, _):
    """Writes three countries in another order."""
    names = [name for name in draft.names if name.slot == "C"]
    return draft.put(random_.choice(names), COUNTRY_ORDERS[draft.lang][1])


def wrong_particle(draft, random_, _):
    """Writes the form of a particle that does not go with the name before it."""
    places = [name.end for name in draft.names if draft.text[name.end] in "은는을를" and not draft.text[name.end + 1].strip()]
    if not places:
        raise Unfit
    at = random_.choice(places)
    right = draft.text[at]
    wrong = PARTICLES[right].replace(right, "")
    return draft.text[:at] + wrong + draft.text[at + 1:], (at, at + 1)


def drift(draft, random_, _):
    """Writes a name that nobody has recorded in another way."""
    names = [name for name in draft.names if name.slot == "U"]
    return draft.put(random_.choice(names[1:]), draft.concepts["U"][4 + LANGS.index(draft.lang)])


def other_person(draft, random_, glossary):
    """Names another person or place of the glossary than the source."""
    name = a_name(draft, random_, "BP")
    pool = glossary.people if name.slot == "B" else glossary.places
    other = random_.choice(pool)
    if any(other is row for row in draft.concepts.values()):
        raise Unfit
    return draft.put(name, other[draft.lang])


def missing(draft, random_, _):
    """Leaves every mention of a name but says somebody."""
    slot = random_.choice("BI")
    text = draft.text
    names = [name for name in draft.names if name.slot == slot]
    place = None
    for name in reversed(names):
        rest = text[name.end:]
        text = text[:name.start] + NOBODY[draft.lang] + rest
    first = names[0]
    place = (text.rfind("\n", 0, first.start) + 1, text.find("\n", first.start))
    return text, place


def number(draft, random_, _):
    """Changes a digit of a number."""
    name = a_name(draft, random_, "NQ")
    at = random_.randrange(len(name.text))
    if not name.text[at].isdigit():
        raise Unfit
    digit = random_.choice([digit for digit in "123456789" if digit != name.text[at]])
    return draft.put(name, name.text[:at] + digit + name.text[at + 1:])


@dataclass(frozen=True)
class Kind:
    """A kind of error: the languages in which it occurs, how it is made, and what the draft must have for it."""

    name: str
    langs: tuple
    inject: object
    beside: bool = False
    extra: tuple = ()
    want: object = lambda glossary: {}


def having(*columns):
    """Returns a draw of concepts that have a recorded form of some column."""
    def want(glossary):
        fits = lambda rows: [row for row in rows if any(terms(row, column) for column in columns)]
        pools = {"B": fits(glossary.people), "P": fits(glossary.places), "I": fits(glossary.bodies)}
        return {slot: rows for slot, rows in pools.items() if rows}
    return want


def with_acronym(glossary):
    """Returns a draw of bodies with an acronym."""
    return {"I": [row for row in glossary.bodies if any(len(term) >= 3 for term in terms(row, "en:acronym"))]}


CHINESE = ("zh-Hans", "zh-Hant")
KINDS = [
    Kind("variant spelling: another romanisation", ("en",), recorded("ko-Latn:variant", "zh-Latn-wadegile:variant", "en:variant"),
         want=having("ko-Latn:variant", "zh-Latn-wadegile:variant", "en:variant")),
    Kind("hyphen, space, capital", ("en",), hyphen),
    Kind("typo of one letter", ("en", "ko"), typo),
    Kind("name order", ("en",), order),
    Kind("given name alone", ("en", "ko"), given_alone),
    *(Kind("deprecated name", (lang,), recorded(f"{lang}:deprecated"), want=having(f"{lang}:deprecated")) for lang in LANGS),
    Kind("Korean reading of a Chinese name", ("ko",), recorded("ko-x-reading:variant"), want=having("ko-x-reading:variant")),
    Kind("transcription rule", ("ko",), hangul_rule),
    Kind("mixed script", CHINESE, mixed_script),
    Kind("mixed script, in a gloss", ("ko",), gloss_script),
    Kind("wrong character", CHINESE, wrong_character),
    Kind("wrong character, in a gloss", ("ko",), gloss_character),
    Kind("institution variant", LANGS, institution),
    Kind("title: another country's word", LANGS, wrong_title(True)),
    Kind("title: of another office", LANGS, wrong_title(False)),
    Kind("title: of a time past", LANGS, past_title),
    Kind("outdated name", LANGS, outdated),
    Kind("acronym mismatch", ("en",), acronym, want=with_acronym),
    Kind("forbidden term", LANGS, forbidden),
    *(Kind("alias mix", (lang,), alias, want=having(f"{lang}:variant", f"{lang}:admitted")) for lang in LANGS),
    Kind("country order", LANGS, countries, extra=tuple(SUMMITS)),
    Kind("particle", ("ko",), wrong_particle),
    Kind("unrecorded name, two spellings", LANGS, drift, extra=tuple(STUDENTS)),
    Kind("source: wrong rendering", LANGS, other_person, beside=True),
    Kind("source: missing rendering", LANGS, missing, beside=True),
    Kind("source: number changed", LANGS, number, beside=True),
    Kind("source: unrecorded name, two spellings", LANGS, drift, beside=True, extra=tuple(STUDENTS)),
]


def drafts_of(kind, lang, count, glossary, stories, random_):
    """Yields drafts with one error as (clean draft, text, place)."""
    made = 0
    for _ in range(count * ATTEMPTS):
        if made == count:
            return
        try:
            draft = make(glossary, stories, random_, lang, kind.want, list(kind.extra))
            text, place = kind.inject(draft, random_, glossary)
        except Unfit:
            continue
        made += 1
        yield draft, text, place


def check(program, folder, number, draft, text, beside):
    """Returns the findings in a text as (rule, start, end, severity, text), in characters."""
    path = folder / f"{number}.txt"
    path.write_text(text, encoding="utf-8")
    command = [program, "check", "--format", "json", "--fail-on", "never", "--lang", draft.lang, "--date", DATE, str(path)]
    if beside:
        source = folder / f"{number}.source.txt"
        source.write_text(draft.source, encoding="utf-8")
        command += ["--source", str(source)]
    environment = {**os.environ, "TONGSA_STORE": str(folder / "store.db")}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.decode()}")
    raw = text.encode()
    place = lambda at: len(raw[:at].decode())
    findings = json.loads(done.stdout)["files"][0]["findings"]
    return [(one["rule"], place(one["start"]), place(one["end"]), one["severity"], one["text"], one["message"]) for one in findings]


def compare(program, folder, job):
    """Checks a draft clean and with its error."""
    number, kind, lang, (draft, text, place) = job
    clean = check(program, folder, f"{number}c", draft, draft.text, kind.beside)
    wrong = check(program, folder, f"{number}w", draft, text, kind.beside)
    known = collections.Counter((one[0], one[4]) for one in clean)
    fresh = []
    for one in wrong:
        if known[one[0], one[4]] > 0:
            known[one[0], one[4]] -= 1
        else:
            fresh.append(one)
    hits = [one for one in fresh if one[1] < place[1] and place[0] < one[2]]
    graver = [one for one in hits if one[3] != "info"]
    alarms = [one for one in clean if one[3] != "info"]
    return kind, lang, graver, hits, alarms, (draft, text, place)


def report(answers, misses):
    """Prints the tables and writes down what is missed."""
    found, shown, all_, rules = (collections.Counter() for _ in range(4))
    alarms = collections.Counter()
    for kind, lang, graver, hits, clean, (draft, text, place) in answers:
        all_[kind.name, lang] += 1
        found[kind.name, lang] += bool(graver)
        shown[kind.name, lang] += bool(hits) and not graver
        rules.update({(kind.name, graver[0][0])} if graver else set())
        alarms.update((lang, one[0]) for one in clean)
        if not graver:
            start = draft.text.rfind("\n", 0, place[0]) + 1
            misses.write(f"{kind.name}\t{lang}\t{text[place[0]:place[1]]}\t{text[start:].splitlines()[0]}\t{hits}\n")
        for one in clean:
            line = draft.text[draft.text.rfind("\n", 0, one[1]) + 1:].splitlines()[0]
            misses.write(f"ALARM\t{lang}\t{one[0]}\t{one[4]}\t{one[5]}\t{line[:200]}\n")
    print("| error | " + " | ".join(LANGS) + " | found by |\n|---|" + "---:|" * len(LANGS) + "---|")
    for name in dict.fromkeys(kind.name for kind in KINDS):
        cells = [cell(found, shown, all_, name, lang) for lang in LANGS]
        by = [f"`{rule}` {count}" for (other, rule), count in rules.most_common() if other == name][:3]
        print(f"| {name} | " + " | ".join(cells) + " | " + ", ".join(by) + " |")
    total = sum(all_.values())
    print(f"\n{sum(found.values())} of {total} errors found, {sum(shown.values())} more as information")
    print(f"false alarms in {total} clean drafts: {sum(alarms.values())}: {dict(alarms)}")


def cell(found, shown, all_, name, lang):
    """Returns found of all, and how many are information only."""
    key = name, lang
    if not all_[key]:
        return ""
    return f"{found[key]}/{all_[key]}" + (f" +{shown[key]}" if shown[key] else "")


def main():
    """Makes the drafts, checks them and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tongsa", default=str(ROOT / "target/release/tongsa"))
    parser.add_argument("--pack", help="the folder of the unpacked share-alike pack")
    parser.add_argument("--drafts", type=int, default=2000)
    parser.add_argument("--misses", default=os.devnull, help="write down what is missed, and each false alarm")
    arguments = parser.parse_args()
    if not Path(arguments.tongsa).exists() or arguments.pack and not Path(arguments.pack).is_dir():
        parser.error("the program or the pack is missing")
    glossary, stories, random_ = Glossary(), articles(arguments.pack), random.Random(SEED)
    cells = [(kind, lang) for kind in KINDS for lang in kind.langs]
    jobs = []
    for number, (kind, lang) in enumerate(cells):
        count = arguments.drafts * (number + 1) // len(cells) - arguments.drafts * number // len(cells)
        jobs += [(kind, lang, made) for made in drafts_of(kind, lang, count, glossary, stories, random_)]
    jobs = [(number, *job) for number, job in enumerate(jobs)]
    with tempfile.TemporaryDirectory() as temporary, open(arguments.misses, "w", encoding="utf-8") as misses:
        folder = Path(temporary)
        environment = {**os.environ, "TONGSA_STORE": str(folder / "store.db")}
        subprocess.run([arguments.tongsa, "lookup", "Seoul"], capture_output=True, env=environment, check=True)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda job: compare(arguments.tongsa, folder, job), jobs))
        report(answers, misses)


if __name__ == "__main__":
    main()
