//! How alike two names in alphabetic letters are, word by word: `J. Smith` and `Smith, John`, `Kellermann AG` and
//! `Kellermann Aktiengesellschaft`.
//!
//! The words of the two names are paired best first. What decides is what is left over: a word left over on both sides is a
//! contradiction and makes two names of them, however many words agree; a word left out on one side is cheap in the name of
//! a person, who may be called with fewer names, and dear in the name of an organisation. Names in Hangul, Han characters
//! or in the romanisation of either obey other laws (`relation`) and should be judged there first.

use crate::names::name_word::{self, ARTICLE, Kind, Named, SON, Word, is_one_of};
use crate::names::word_slip::{EDIT, slips_between};

/// The least likeness at which two names are taken for one.
pub const SAME: u8 = 77;

/// Returns how alike two names are in per cent, the same either way; 100 for names that are equal after folding.
pub fn likeness(a: &str, b: &str, named: Named) -> u8 {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    let (a, b) = (name_word::raw_words(a), name_word::raw_words(b));
    if a.concat() == b.concat() {
        return 100;
    }
    let (a, b) = (name_word::read(a, named), name_word::read(b, named));
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

/// Returns whether the one word that matters in `short` is made of the first letters of those in `long`, three or more.
fn is_acronym(short: &[Word], long: &[Word]) -> bool {
    let telling = |word: &&Word| matches!(word.kind, Kind::Content | Kind::Generic);
    let mut telling_words = short.iter().filter(telling);
    let (Some(word), None) = (telling_words.next(), telling_words.next()) else { return false };
    let others = || long.iter().filter(|word| telling(word) || word.kind == Kind::Number);
    let initials = || others().filter_map(|word| word.letters.first().copied());
    word.letters.len() > 2 && initials().eq(word.letters.iter().copied()) && short.iter().all(|word| word.kind != Kind::Number)
}

/// How alike an initial and a name are: less than any two words that may be one.
const INITIAL: f32 = 0.5;

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
