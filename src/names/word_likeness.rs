//! How alike two names in alphabetic letters are, word by word: `J. Smith` and `Smith, John`, `Kellermann AG` and
//! `Kellermann Aktiengesellschaft`.
//!
//! The words of the two names are paired best first. What decides is what is left over: a word left over on both sides is a
//! contradiction and makes two names of them, however many words agree; a word left out on one side is cheap in the name of
//! a person, who may be called with fewer names, and dear in the name of an organisation. Names in Hangul, Han characters
//! or in the romanisation of either obey other laws (`relation`) and should be judged there first.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::LazyLock;

use crate::text::fold::{Folded, Gap};

/// What bears the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A human being.
    Person,
    /// A company, an authority, a ship: whatever is no human being.
    Organization,
}

/// The least likeness at which two names are taken for one.
pub const SAME: u8 = 77;

/// Returns how alike two names are in per cent, the same either way; 100 for names that are equal after folding.
pub fn likeness(a: &str, b: &str, named: Named) -> u8 {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    let (a, b) = (raw_words(a), raw_words(b));
    if a.concat() == b.concat() {
        return 100;
    }
    let (a, b) = (read(a, named), read(b, named));
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    if named == Named::Organization && (is_acronym(&a, &b) || is_acronym(&b, &a)) {
        return ACRONYM;
    }
    let pairs = pair(&a, &b, named);
    (100.0 * Verdict::new(&a, &b, &pairs).likeness(named)).clamp(0.0, 99.0) as u8
}

/// The likeness of an organisation and the first letters of its words.
const ACRONYM: u8 = 80;

/// What a word is in a name; says how much it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Tells this name from others.
    Content,
    /// Many organisations have it: group, holding, international.
    Generic,
    /// Digits, or in the name of an organisation a number in words.
    Number,
    /// One letter that stands for a name.
    Initial,
    /// A legal form; the forms that are one in different languages have one number.
    Form(u8),
    /// A particle or an article.
    Small,
}

impl Kind {
    fn weight(self) -> f32 {
        match self {
            Self::Content | Self::Number => 1.0,
            Self::Generic => 0.4,
            Self::Initial => 0.4,
            Self::Form(_) | Self::Small => 0.05,
        }
    }
}

#[derive(Clone, Debug)]
struct Word {
    letters: Vec<char>,
    /// The letters that occur, a bit each, to reject most pairs early.
    occurring: u32,
    kind: Kind,
    /// Whether it stands after bin or ibn, and so names the father.
    father: bool,
}

impl Word {
    fn new(letters: Vec<char>, kind: Kind) -> Self {
        let occurring = letters.iter().fold(0, |bits, c| bits | 1 << (*c as u32 % 32));
        Self { letters, occurring, kind, father: false }
    }
}

/// Splits a name into folded words in Latin letters as far as a letter has one. Apostrophes join, hyphens separate.
fn raw_words(text: &str) -> Vec<Vec<char>> {
    let folded = Folded::new(text);
    let mut words: Vec<Vec<char>> = Vec::with_capacity(8);
    let mut end = 0;
    for letter in folded.letters() {
        let joined = match letter.gap {
            Gap::None => true,
            Gap::Mark => text.get(end..letter.start()).is_some_and(|marks| marks.chars().all(|c| "'’‘ʼ′`´＇".contains(c))),
            Gap::Space | Gap::Hard => false,
        };
        if !joined || words.is_empty() {
            words.push(Vec::with_capacity(12));
        }
        if let Some(word) = words.last_mut() {
            push_latin(letter.c, word);
        }
        end = letter.end();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn push_latin(c: char, word: &mut Vec<char>) {
    match VOCABULARY.latin.get(&c).filter(|_| !c.is_ascii()) {
        Some(latin) => word.extend(latin.chars()),
        None => word.push(c),
    }
}

/// Longer names are compared by this many words, a bit each.
const MOST_WORDS: usize = 64;

/// Reads what each word is. A name of nothing but titles, or of nothing but forms, is taken as it is.
fn read(mut raw: Vec<Vec<char>>, named: Named) -> Vec<Word> {
    raw.truncate(MOST_WORDS);
    let mut words = match named {
        Named::Person => read_person(&raw),
        Named::Organization => read_organization(&raw),
    };
    if !words.iter().any(|word| matches!(word.kind, Kind::Content | Kind::Generic | Kind::Number)) {
        words = raw.into_iter().map(|letters| Word::new(letters, Kind::Content)).collect();
    }
    words
}

fn read_person(raw: &[Vec<char>]) -> Vec<Word> {
    let start = raw.iter().take_while(|word| VOCABULARY.titles.contains(*word)).count();
    let after = raw.iter().rev().take_while(|word| VOCABULARY.degrees.contains(*word)).count();
    let end = raw.len() - after;
    let mut words = Vec::with_capacity(raw.len());
    let mut father = false;
    for (at, letters) in raw.iter().enumerate().take(end).skip(start) {
        let kind = match letters.len() {
            _ if letters.iter().all(char::is_ascii_digit) || VOCABULARY.generations.contains(letters) => Kind::Number,
            1 => Kind::Initial,
            // A particle has a name after it; Do and Le alone are family names.
            _ if at + 1 < end && VOCABULARY.particles.contains(letters) => Kind::Small,
            _ => Kind::Content,
        };
        let mut word = Word::new(letters.clone(), kind);
        word.father = father && kind == Kind::Content;
        father = is_one_of(letters, &SON);
        words.push(word);
    }
    words
}

fn read_organization(raw: &[Vec<char>]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(first) = rest.first() {
        let (taken, letters, kind) = match (phrase(rest), number(rest)) {
            (Some((taken, Meaning::Country(short))), _) => (taken, letters_of(short), Kind::Content),
            (Some((taken, Meaning::Form(class))), _) => (taken, rest[..taken].concat(), Kind::Form(class)),
            (None, Some((taken, value))) => (taken, letters_of(&value.to_string()), Kind::Number),
            (None, None) if VOCABULARY.articles.contains(first) => (1, first.clone(), Kind::Small),
            (None, None) if VOCABULARY.generic.contains(first) => (1, first.clone(), Kind::Generic),
            (None, None) => (1, first.clone(), Kind::Content),
        };
        words.push(Word::new(letters, kind));
        rest = &rest[taken..];
    }
    words
}

fn is_one_of(word: &[char], list: &[&str]) -> bool {
    list.iter().any(|listed| listed.chars().eq(word.iter().copied()))
}

/// Returns how many words the longest legal form or country at the start has, and which it is.
fn phrase(words: &[Vec<char>]) -> Option<(usize, Meaning)> {
    let phrases = VOCABULARY.phrases.get(words.first()?.first()?)?;
    phrases.iter().find(|phrase| phrase.begins(words)).map(|phrase| (phrase.words.len(), phrase.meaning))
}

impl Phrase {
    /// Returns whether `words` begin with the phrase; the long words of a legal form may have a slip.
    fn begins(&self, words: &[Vec<char>]) -> bool {
        let slips = matches!(self.meaning, Meaning::Form(_));
        let fits = |written: &[char], meant: &[char]| {
            written == meant || slips && written.len().min(meant.len()) > 4 && slips_between(written, meant, EDIT).is_some()
        };
        words.len() >= self.words.len() && words.iter().zip(&self.words).all(|(written, meant)| fits(written, meant))
    }
}

/// Returns how many words at the start are a number, and its value: 2nd, second, twenty-second, 22.
fn number(words: &[Vec<char>]) -> Option<(usize, u64)> {
    let first = words.first()?;
    let digits: String = first.iter().take_while(|c| c.is_ascii_digit()).collect();
    if !digits.is_empty() {
        let suffix = &first[digits.len()..];
        let ordinal = suffix.is_empty() || is_one_of(suffix, &["st", "nd", "rd", "th"]);
        return ordinal.then(|| digits.parse().ok()).flatten().map(|value| (1, value));
    }
    let value = |word: &Vec<char>| VOCABULARY.numbers.get(word).copied();
    let tens = value(first)?;
    match words.get(1).and_then(value) {
        Some(units) if tens >= 20 && units < 10 => Some((2, tens + units)),
        _ => Some((1, tens)),
    }
}

/// Returns whether the one word that matters in `short` is made of the first letters of those in `long`, three or more.
fn is_acronym(short: &[Word], long: &[Word]) -> bool {
    let telling = |word: &&Word| matches!(word.kind, Kind::Content | Kind::Generic);
    let mut telling_words = short.iter().filter(telling);
    let (Some(word), None) = (telling_words.next(), telling_words.next()) else { return false };
    let others = || long.iter().filter(|word| telling(word) || word.kind == Kind::Number);
    let initials = || others().filter_map(|word| word.letters.first().copied());
    word.letters.len() > 2 && initials().eq(word.letters.iter().copied()) && short.iter().all(|word| word.kind != Kind::Number)
}

/// The cost of an edit.
const EDIT: usize = 2;

/// The cost of a swap of neighbours, which makes another name less often than an edit does.
const SWAP: usize = 1;

/// How alike an initial and a name are: less than any two words that may be one.
const INITIAL: f32 = 0.5;

/// Returns what it costs to take one letter for another; half an edit for those that transcriptions and typing confuse.
fn cost(a: char, b: char) -> usize {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    match (low, high) {
        _ if a == b => 0,
        ('0', 'o') | ('1', 'i' | 'l') | ('3', 'e') | ('4', 'a') | ('5', 's') | ('7', 't') | ('8', 'b') | ('9', 'g') => 1,
        ('i', 'y' | 'j') | ('j', 'y') | ('v', 'w') | ('s', 'z') | ('c', 'k') | ('k', 'q') | ('o', 'u') | ('e', 'i') => 1,
        ('a', 'e') | ('f', 'v') => 1,
        _ => EDIT,
    }
}

/// Words longer than this are compared by their first letters only.
const LONGEST: usize = 40;

/// Returns what leads from one word to the other, in half edits, if no more than `most`. Doubling a letter is half an edit.
fn slips_between(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let gap = |word: &[char], at: usize| if at > 0 && word[at] == word[at - 1] { 1 } else { EDIT };
    let mut rows = [[0_usize; LONGEST + 1]; 2];
    for (at, _) in b.iter().enumerate() {
        rows[0][at + 1] = rows[0][at] + gap(b, at);
    }
    for (i, from) in a.iter().enumerate() {
        let mut row = [0; LONGEST + 1];
        row[0] = rows[0][0] + gap(a, i);
        let mut least = row[0];
        for (j, to) in b.iter().enumerate() {
            let mut best = (rows[0][j] + cost(*from, *to)).min(rows[0][j + 1] + gap(a, i)).min(row[j] + gap(b, j));
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                best = best.min(rows[1][j - 1] + SWAP);
            }
            row[j + 1] = best;
            least = least.min(best);
        }
        if least > most {
            return None;
        }
        (rows[1], rows[0]) = (rows[0], row);
    }
    Some(rows[0][b.len()]).filter(|slips| *slips <= most)
}

/// How many half edits two words may be apart and still be one, by the longer one's letters. A short name of a person with
/// another letter is mostly another name (Mark and Mary).
fn allowed(length: usize, named: Named) -> usize {
    match length {
        0..=3 => 0,
        4 if named == Named::Person => 1,
        4..=5 => EDIT,
        6..=8 => EDIT + 1,
        9..=11 => 2 * EDIT,
        _ => 3 * EDIT,
    }
}

/// Words of the two names that are taken for the same: `count` words from `start` on either side.
#[derive(Clone, Copy, Debug)]
struct Pair {
    a: (usize, usize),
    b: (usize, usize),
    likeness: f32,
    /// Whether an initial stands for a word.
    by_initial: bool,
}

/// Pairs the words, the likeliest pairs first.
fn pair(a: &[Word], b: &[Word], named: Named) -> Vec<Pair> {
    let mut found = Vec::with_capacity(16);
    for (i, from) in a.iter().enumerate() {
        for (j, to) in b.iter().enumerate() {
            if let Some((likeness, by_initial)) = word_likeness(from, to, named) {
                found.push(Pair { a: (i, 1), b: (j, 1), likeness, by_initial });
            }
        }
    }
    joined_pairs(a, b, named, &mut found);
    found.sort_by(|x, y| {
        let place = |pair: &Pair| pair.a.0.abs_diff(pair.b.0);
        y.likeness.total_cmp(&x.likeness).then(place(x).cmp(&place(y)))
    });
    let (mut free_a, mut free_b) = (u64::MAX, u64::MAX);
    found.retain(|pair| {
        let (bits_a, bits_b) = (bits(pair.a), bits(pair.b));
        let free = free_a & bits_a == bits_a && free_b & bits_b == bits_b;
        if free {
            free_a &= !bits_a;
            free_b &= !bits_b;
        }
        free
    });
    found
}

/// Returns a bit for each of `count` words from `start`.
fn bits((start, count): (usize, usize)) -> u64 {
    (start..start + count).fold(0, |bits, at| bits | 1 << at)
}

/// Returns how alike two words are if they may be one, and whether only an initial says so.
fn word_likeness(a: &Word, b: &Word, named: Named) -> Option<(f32, bool)> {
    if let (Kind::Form(a), Kind::Form(b)) = (a.kind, b.kind) {
        return (a == b).then_some((1.0, false));
    }
    if a.letters == b.letters {
        return Some((1.0, false));
    }
    if named == Named::Person && (a.letters.len() == 1 || b.letters.len() == 1) {
        return (a.letters.first() == b.letters.first()).then_some((INITIAL, true));
    }
    if a.kind == Kind::Small && b.kind == Kind::Small {
        let both = |list: &[&str]| is_one_of(&a.letters, list) && is_one_of(&b.letters, list);
        return (both(&SON) || both(&ARTICLE)).then_some((1.0, false));
    }
    let exact = |word: &Word| {
        !matches!(word.kind, Kind::Content | Kind::Generic)
            || named == Named::Organization && word.letters.iter().any(char::is_ascii_digit)
    };
    if exact(a) || exact(b) {
        return None;
    }
    let length = a.letters.len().max(b.letters.len());
    let most = allowed(length, named);
    let differing = (a.occurring ^ b.occurring).count_ones() as usize;
    if differing > 2 * most {
        return None;
    }
    let slips = slips_between(&a.letters, &b.letters, most)?;
    Some((1.0 - slips as f32 / (EDIT * length) as f32, false))
}

/// Adds what is one word in the one name and several in the other, and initials that are written together.
fn joined_pairs(a: &[Word], b: &[Word], named: Named, found: &mut Vec<Pair>) {
    for (many, few, swapped) in [(a, b, false), (b, a, true)] {
        let runs = (0..many.len()).flat_map(|start| (2..=(many.len() - start).min(5)).map(move |count| (start, count)));
        for (start, count) in runs {
            let run = &many[start..start + count];
            let length = run.iter().map(|word| word.letters.len()).sum();
            for (at, word) in few.iter().enumerate() {
                let Some((likeness, by_initial)) = run_likeness(run, length, word, named) else { continue };
                let (many, few) = ((start, count), (at, 1));
                let (a, b) = if swapped { (few, many) } else { (many, few) };
                found.push(Pair { a, b, likeness, by_initial });
            }
        }
    }
}

fn run_likeness(run: &[Word], length: usize, word: &Word, named: Named) -> Option<(f32, bool)> {
    if named == Named::Person && word.letters.len() == run.len() && run.len() < 4 {
        let initials = run.iter().filter_map(|word| word.letters.first());
        let names = run.iter().all(|word| matches!(word.kind, Kind::Content | Kind::Initial));
        return (names && initials.eq(word.letters.iter())).then_some((INITIAL, true));
    }
    if length.abs_diff(word.letters.len()) > 1 || length < 4 || matches!(word.kind, Kind::Form(_)) {
        return None;
    }
    let joined: Vec<char> = run.iter().flat_map(|word| word.letters.iter().copied()).collect();
    let most = if length < 8 { 0 } else { EDIT };
    let slips = slips_between(&joined, &word.letters, most)?;
    Some((1.0 - slips as f32 / (EDIT * length) as f32, false))
}

/// What agrees in two names and what does not.
#[derive(Clone, Copy, Debug, Default)]
struct Verdict {
    /// The weight of the words that agree, and how alike they are, counted by weight.
    agreed: f32,
    alike: f32,
    /// The weight of the words of either name without one in the other.
    left_a: f32,
    left_b: f32,
    /// Whether father and son, or the order of words, are exchanged.
    exchanged_fathers: bool,
    exchanged_order: bool,
    /// Whether a whole word agrees, not only initials and particles.
    word: bool,
}

impl Verdict {
    fn new(a: &[Word], b: &[Word], pairs: &[Pair]) -> Self {
        let mut verdict = Self::default();
        let (mut used_a, mut used_b) = (0, 0);
        let mut fathers = (false, false);
        for pair in pairs {
            used_a |= bits(pair.a);
            used_b |= bits(pair.b);
            let weight = |words: &[Word], (start, count): (usize, usize)| -> f32 {
                words[start..start + count].iter().map(|word| word.kind.weight()).sum()
            };
            let weight = match pair.by_initial {
                true => Kind::Initial.weight(),
                false => weight(a, pair.a).max(weight(b, pair.b)),
            };
            verdict.agreed += weight;
            verdict.alike += weight * pair.likeness;
            verdict.word |= weight >= 1.0;
            let (father_a, father_b) = (a[pair.a.0].father, b[pair.b.0].father);
            fathers.0 |= father_a && !father_b;
            fathers.1 |= father_b && !father_a;
        }
        verdict.exchanged_fathers = fathers.0 && fathers.1;
        verdict.exchanged_order = is_order_exchanged(a, pairs);
        verdict.left_a = left(a, used_a);
        verdict.left_b = left(b, used_b);
        verdict
    }

    fn likeness(self, named: Named) -> f32 {
        if self.agreed == 0.0 {
            return 0.0;
        }
        let contradiction = self.left_a.min(self.left_b);
        let omission = self.left_a.max(self.left_b) - contradiction;
        let contradicted = 0.55 * contradiction.min(1.0) + 0.45 * contradiction / (contradiction + self.agreed);
        let exchanged = match named {
            Named::Person if self.exchanged_fathers || !self.word => 0.7,
            Named::Organization if self.exchanged_order => 0.95,
            _ => 1.0,
        };
        let omitted = match named {
            Named::Person => omitted_in_person(omission, self.agreed),
            Named::Organization => 0.35 * omission.min(1.0) + 0.3 * omission / (omission + self.agreed),
        };
        self.alike / self.agreed * (1.0 - contradicted) * (1.0 - omitted) * exchanged
    }
}

/// Up to as many names as agree may be left out, if two or more agree.
fn omitted_in_person(omission: f32, agreed: f32) -> f32 {
    if agreed < 1.9 {
        return 0.4 * omission.min(1.0);
    }
    let ratio = omission / agreed;
    0.12 * ratio.min(1.0) + 0.4 * (ratio - 1.05).max(0.0)
}

fn left(words: &[Word], used: u64) -> f32 {
    words.iter().enumerate().filter(|(at, _)| used & bits((*at, 1)) == 0).map(|(_, word)| word.kind.weight()).sum()
}

fn is_order_exchanged(a: &[Word], pairs: &[Pair]) -> bool {
    let telling = |pair: &&Pair| matches!(a[pair.a.0].kind, Kind::Content | Kind::Generic);
    let crossed = |x: &Pair, y: &Pair| x.a.0 < y.a.0 && x.b.0 > y.b.0;
    pairs.iter().filter(telling).any(|x| pairs.iter().filter(telling).any(|y| crossed(x, y)))
}

/// Cyrillic and Greek letters as they are commonly written in Latin; й, ё and accents have been folded already.
const LATIN: &str = "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch \
    ъ= ы=y ь= э=e ю=yu я=ya і=i є=ye ј=j ћ=c ђ=dj љ=lj њ=nj џ=dz α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x \
    ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o";

/// Titles before a name; they do not change whom it names.
const TITLES: &str = "mr mrs ms miss mister dr doctor prof professor sir dame lord madam madame mme mlle monsieur herr frau \
    shaikh sheikh shaykh sheik mullah maulana mawlawi maulvi qari haji hajji hajj ayatollah imam pope cardinal bishop \
    archbishop rev reverend president premier chancellor minister senator sen governor gov ambassador general gen colonel \
    col captain capt lieutenant lt major maj admiral sergeant sgt chairman king queen prince princess emperor hon";

/// What may follow a name without changing whom it names.
const DEGREES: &str = "phd md esq mba obe mbe cbe kbe qc kc mp";

/// What tells a father from his son.
const GENERATIONS: &str = "jr sr junior senior ii iii iv";

/// Particles in the names of persons.
const PARTICLES: &str = "al el ul ur bin ben ibn bint binti abu abou umm de del della di da dos das du do van von der den ten \
    ter zu la le les af av und and of the";

/// Particles before the name of the father, and other spellings of the Arabic article.
const SON: [&str; 3] = ["bin", "ben", "ibn"];
const ARTICLE: [&str; 2] = ["al", "el"];

/// Articles, conjunctions and prepositions in the names of organisations, and what stands before the name of a ship.
const ARTICLES: &str = "the of and for in on at to a an de des du del di da la le les los las el und fur der die das y e et \
    mv ms ss mt";

/// What many organisations have in their names.
const GENERIC: &str = "group gruppe groupe grupo holding holdings international worldwide enterprises";

/// Legal forms, a line for those that are taken for one.
const FORMS: [&str; 6] = [
    "ltd,limited,llc,lc,gmbh,mbh,ooo,srl,sarl,bv,bvba,sl,sprl,pty,pte,pvt,kft,doo,tov,private limited,\
     limited liability company,gesellschaft mit beschrankter haftung,societatea cu raspundere limitata,\
     societe a responsabilite limitee,sociedad de responsabilidad limitada,sociedad limitada,besloten vennootschap,\
     obshchestvo s ogranichennoi otvetstvennostyu",
    "ag,aktiengesellschaft,sa,se,nv,ab,asa,oyj,oy,spa,plc,oao,pao,zao,ao,ojsc,pjsc,cjsc,jsc,kk,joint stock company,\
     open joint stock company,public joint stock company,closed joint stock company,public limited company,kabushiki kaisha,\
     societe anonyme,sociedad anonima,societa per azioni,naamloze vennootschap,aktiebolag,aktieselskab,\
     otkrytoe aktsionernoe obshchestvo,aktsionernoe obshchestvo,tbk,pt,perseroan terbatas,berhad,bhd,a s,as,aps,sas,sab",
    "inc,incorporated,corp,corporation",
    "co,company,cie,compagnie,compania",
    "lp,llp,limited partnership,kg,ohg,kommanditgesellschaft",
    "ev,eingetragener verein",
];

/// Numbers in words and in Roman figures that are no common word or initial.
const NUMBERS: &str = "one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 \
    fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fourty=40 fifty=50 \
    sixty=60 seventy=70 eighty=80 ninety=90 first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 \
    tenth=10 eleventh=11 twelfth=12 thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16 seventeenth=17 eighteenth=18 \
    nineteenth=19 twentieth=20 thirtieth=30 ii=2 iii=3 iv=4 vi=6 vii=7 viii=8 ix=9";

/// Abbreviations that are as common as what they stand for.
const COUNTRIES: &str = "united states of america=us,united states=us,united kingdom=uk,usa=us";

/// A legal form or a country, as the words it is written with.
struct Phrase {
    words: Vec<Vec<char>>,
    meaning: Meaning,
}

#[derive(Clone, Copy)]
enum Meaning {
    Form(u8),
    Country(&'static str),
}

struct Vocabulary {
    latin: HashMap<char, &'static str>,
    titles: HashSet<Vec<char>>,
    degrees: HashSet<Vec<char>>,
    generations: HashSet<Vec<char>>,
    particles: HashSet<Vec<char>>,
    articles: HashSet<Vec<char>>,
    generic: HashSet<Vec<char>>,
    numbers: HashMap<Vec<char>, u64>,
    /// By first letter.
    phrases: HashMap<char, Vec<Phrase>>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let set = |list: &str| -> HashSet<Vec<char>> { list.split_whitespace().map(letters_of).collect() };
    let first = |text: &str| text.chars().next();
    let numbers = NUMBERS.split_whitespace().filter_map(|entry| entry.split_once('='));
    Vocabulary {
        latin: LATIN.split_whitespace().filter_map(|entry| Some((first(entry)?, entry.split_once('=')?.1))).collect(),
        titles: set(TITLES),
        degrees: set(DEGREES),
        generations: set(GENERATIONS),
        particles: set(PARTICLES),
        articles: set(ARTICLES),
        generic: set(GENERIC),
        numbers: numbers.filter_map(|(word, value)| Some((letters_of(word), value.parse().ok()?))).collect(),
        phrases: phrases(),
    }
});

fn phrases() -> HashMap<char, Vec<Phrase>> {
    let forms = FORMS.iter().zip(0..).flat_map(|(line, class)| line.split(',').map(move |form| (form, Meaning::Form(class))));
    let countries = COUNTRIES.split(',').filter_map(|entry| entry.split_once('='));
    let mut phrases: HashMap<char, Vec<Phrase>> = HashMap::default();
    for (text, meaning) in forms.chain(countries.map(|(long, short)| (long, Meaning::Country(short)))) {
        let words: Vec<Vec<char>> = text.split(' ').map(letters_of).collect();
        if let Some(first) = text.chars().next() {
            phrases.entry(first).or_default().push(Phrase { words, meaning });
        }
    }
    phrases.values_mut().for_each(|list| list.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len())));
    phrases
}

fn letters_of(text: &str) -> Vec<char> {
    text.chars().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Named::{Organization, Person};

    const ONE: &[(Named, &str, &str)] = &[
        (Person, "Johann Sebastian Bach", "Bach, Johann Sebastian"),
        (Person, "Dr. Marie Curie", "Marie Curie"),
        (Person, "Marie Skłodowska Curie", "Marie Curie"),
        (Person, "J. S. Mill", "John Stuart Mill"),
        (Person, "JRR Tolkien", "John Ronald Reuel Tolkien"),
        (Person, "J. Austen", "Jane Austen"),
        (Person, "Nikolai Rimsky-Korsakov", "Николай Римский-Корсаков"),
        (Person, "Νίκος Καζαντζάκης", "Nikos Kazantzakis"),
        (Person, "Le0nard Eul3r", "Leonard Euler"),
        (Person, "Leonrad Euler", "Leonard Euler"),
        (Person, "LeonardEuler", "Leonard Euler"),
        (Person, "Omar bin Khattab", "Umar ibn al-Khattab"),
        (Person, "Ludwig van Beethoven", "Ludwig Beethoven"),
        (Organization, "Kellermann AG", "Kellermann Aktiengesellschaft"),
        (Organization, "Kellermann AG", "Kellermann Aktiengeselschaft"),
        (Organization, "OOO Severny Veter", "Severny Veter Limited Liability Company"),
        (Organization, "The Harbour Bank of Ostend", "Harbour Bank of Ostend Ltd."),
        (Organization, "H.B.O. Trading Inc.", "HBO Trading Incorporated"),
        (Organization, "2nd Harbour Bank", "Second Harbour Bank"),
        (Organization, "Regiment Twenty-Three", "Regiment 23"),
        (Organization, "U.S. Department of Fisheries", "United States Department of Fisheries"),
        (Organization, "Rhine Valley Vintners", "Rhine Vally Vintners"),
        (Organization, "KellermannAG", "Kellermann AG"),
        (Organization, "WMO", "World Meteorological Organization"),
    ];

    const TWO: &[(Named, &str, &str)] = &[
        (Person, "Wilhelm Bach", "Johann Bach"),
        (Person, "Mark Bauer", "Mary Bauer"),
        (Person, "Jon Bauer", "Jan Bauer"),
        (Person, "John A. Mill", "John B. Mill"),
        (Person, "J. M.", "John Mill"),
        (Person, "Mill", "John Stuart Mill"),
        (Person, "John Mill Jr.", "John Mill Sr."),
        (Person, "Omar bin Yusuf", "Yusuf bin Omar"),
        (Person, "Le Van Minh", "Do Thi Hoa"),
        (Person, "Anna Maria Luisa Rossi Conti", "Anna Maria Luisa Rossi Ferri"),
        (Organization, "Harbour Bank (France) SA", "Harbour Bank (Spain) SL"),
        (Organization, "Harbour Bank", "Harbour Bank Nederland"),
        (Organization, "Regiment 23", "Regiment 24"),
        (Organization, "Regiment 23", "Regiment"),
        (Organization, "ABD Trading", "ABC Trading"),
        (Organization, "Rhine Valley Vintners GmbH", "Rhine Valley Brewers GmbH"),
        (Organization, "The Company", "A Limited"),
    ];

    #[test]
    fn one_name_or_two() {
        for (named, a, b) in ONE {
            assert!(likeness(a, b, *named) >= SAME, "{a} | {b}: {}", likeness(a, b, *named));
        }
        for (named, a, b) in TWO {
            assert!(likeness(a, b, *named) < SAME, "{a} | {b}: {}", likeness(a, b, *named));
        }
    }

    #[test]
    fn equal_after_folding_is_100() {
        for (a, b) in [("Émile Zola", "EMILE ZOLA"), ("N.P.C.", "npc"), ("Jean-Luc", "Jean Luc"), ("", ""), ("Иван", "ivan")]
        {
            assert_eq!(likeness(a, b, Person), 100, "{a} | {b}");
            assert_eq!(likeness(a, b, Organization), 100, "{a} | {b}");
        }
        assert_eq!(likeness("", "Zola", Person), 0);
    }

    #[test]
    fn either_way_the_same_and_no_more_than_100() {
        let long = "word ".repeat(200);
        let mut names: Vec<&str> = ONE.iter().chain(TWO).flat_map(|(_, a, b)| [*a, *b]).collect();
        names.extend(["", "-", "dr", "the ltd", "1", "99999999999999999999999", "ъ ъ", "김정은", "习近平", &long]);
        for a in &names {
            for b in &names {
                for named in [Person, Organization] {
                    let there = likeness(a, b, named);
                    assert_eq!(there, likeness(b, a, named), "{a} | {b}");
                    assert!(there <= 100 && (a != b || there == 100), "{a} | {b}");
                }
            }
        }
    }
}
