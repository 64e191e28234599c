//! The words of a name in alphabetic letters, and what each is: a name, an initial, a particle, a legal form, a number.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::LazyLock;

use crate::names::word_slip::{EDIT, slips_between};
use crate::text::fold::{Folded, Gap};

/// What bears the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A human being.
    Person,
    /// A company, an authority, a ship: whatever is no human being.
    Organization,
}

/// What a word is in a name; says how much it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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
    /// Returns how much a word of this kind counts.
    pub fn weight(self) -> f32 {
        match self {
            Self::Content | Self::Number => 1.0,
            Self::Generic => 0.4,
            Self::Initial => 0.4,
            Self::Form(_) | Self::Small => 0.05,
        }
    }
}

/// A word of a name.
#[derive(Clone, Debug)]
pub struct Word {
    /// The folded letters.
    pub letters: Vec<char>,
    /// The letters that occur, a bit each, to reject most pairs early.
    pub occurring: u32,
    /// What the word is.
    pub kind: Kind,
    /// Whether it stands after bin or ibn, and so names the father.
    pub father: bool,
}

impl Word {
    fn new(letters: Vec<char>, kind: Kind) -> Self {
        let occurring = letters.iter().fold(0, |bits, c| bits | 1 << (*c as u32 % 32));
        Self { letters, occurring, kind, father: false }
    }
}

/// Splits a name into folded words in Latin letters as far as a letter has one. Apostrophes join, hyphens separate.
pub fn raw_words(text: &str) -> Vec<Vec<char>> {
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
pub const MOST_WORDS: usize = 64;

/// Reads what each word is. A name of nothing but titles, or of nothing but forms, is taken as it is.
pub fn read(mut raw: Vec<Vec<char>>, named: Named) -> Vec<Word> {
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

/// Returns whether a word is one of a list.
pub fn is_one_of(word: &[char], list: &[&str]) -> bool {
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
pub const SON: [&str; 3] = ["bin", "ben", "ibn"];
/// Spellings of the Arabic article.
pub const ARTICLE: [&str; 2] = ["al", "el"];

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
