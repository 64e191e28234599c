//! How two writings of a name in different scripts or romanisations are related.
//!
//! Proves what the sound keys propose. A relation says that the one may be read as the other, not that one person bears both.

use crate::names::han_name::{self, Bearer, Mandarin};
use crate::names::korean_spelling::{self, Fit};
use crate::names::latin::LatinName;
use crate::names::pinyin::{self, Syllable, System};
use crate::names::{initial_sound, romanization, transcription};
use crate::text::fold;
use crate::text::hangul;
use crate::text::script::Script;

/// How one writing of a name leads to another, or a query to a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Letter by letter.
    Exact,
    /// But for case, spaces, hyphens, script variants, particles or titles.
    Folded,
    /// By a recorded variant, or a name in the other order.
    Variant,
    /// By the Korean reading of Han characters.
    Reading,
    /// By the transcription of Mandarin in Hangul.
    Transcription,
    /// By another romanisation.
    Romanization,
    /// By a slip or two.
    Fuzzy,
}

impl How {
    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Folded => "folded",
            Self::Variant => "variant",
            Self::Reading => "reading",
            Self::Transcription => "transcription",
            Self::Romanization => "romanization",
            Self::Fuzzy => "fuzzy",
        }
    }
}

/// The way in which one writing leads to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Hangul is the Korean reading of Han characters.
    SinoKorean,
    /// Hangul is the transcription of Mandarin by the loanword orthography.
    Transcription,
    /// Latin letters are pinyin.
    Pinyin,
    /// Latin letters spell a Korean name in a customary way.
    KoreanSpelling,
    /// Latin letters are Wade-Giles.
    WadeGiles,
    /// Latin letters are the Revised Romanization or McCune-Reischauer of a Korean word.
    KoreanWord,
    /// Both are Latin and may spell one Korean name, or one Mandarin name.
    SameSound,
    /// Both are Hangul and differ by the initial-sound law.
    InitialSound,
    /// Both are Hangul and differ by what is commonly confused in transcription.
    TranscriptionSlip,
    /// Latin letters spell a Korean name loosely.
    LooseSpelling,
}

/// The script a whole name is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Writing {
    Latin,
    Hangul,
    Han,
}

/// A name with what is needed to compare it, made once.
#[derive(Clone, Debug)]
pub struct WrittenName {
    /// The letters without spaces and marks.
    key: String,
    writing: Writing,
    /// For Latin, the orders in which it may be meant.
    orders: Vec<LatinName>,
}

impl WrittenName {
    /// Reads a name; `None` for mixed or other scripts and for what is too long.
    pub fn new(text: &str) -> Option<Self> {
        let ascii = text.chars().any(|c| c.is_alphabetic() && (c as u32) < 0x250);
        if let Some(latin) = Some(text).filter(|_| ascii).and_then(LatinName::parse) {
            return Some(Self { key: latin.letters().to_owned(), writing: Writing::Latin, orders: latin.orders() });
        }
        let key = fold::key(text);
        let writing = match Script::of(key.chars().next()?) {
            Script::Hangul if key.chars().all(hangul::is_syllable) => Writing::Hangul,
            Script::Han => Writing::Han,
            _ => return None,
        };
        let fits = key.chars().count() <= 24 && (writing == Writing::Hangul || han_name::is_han(&key));
        fits.then(|| Self { key, writing, orders: Vec::new() })
    }

    /// Returns the letters without spaces and marks; Han characters in their simplified form.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the folded key of a name in Hangul.
    pub fn hangul(&self) -> Option<&str> {
        (self.writing == Writing::Hangul).then_some(self.key.as_str())
    }

    /// Returns the folded key of a name in Han characters.
    pub fn han(&self) -> Option<&str> {
        (self.writing == Writing::Han).then_some(self.key.as_str())
    }

    /// Returns the orders in which a Latin name may be meant, the family name first; none for others.
    pub fn latin(&self) -> &[LatinName] {
        &self.orders
    }
}

/// Returns how two writings of a name are related, the best way where there are several; `None` where they are not, or are
/// the same letters.
pub fn relation(a: &WrittenName, b: &WrittenName, bearer: Bearer) -> Option<Way> {
    let (first, second) = if a.writing <= b.writing { (a, b) } else { (b, a) };
    match (first.writing, second.writing) {
        (Writing::Latin, Writing::Latin) => same_sound(&first.orders, &second.orders, bearer),
        (Writing::Latin, Writing::Hangul) => latin_and_hangul(&first.orders, &second.key, bearer),
        (Writing::Latin, Writing::Han) => latin_and_han(&first.orders, &second.key, bearer),
        (Writing::Hangul, Writing::Hangul) => hangul_and_hangul(&first.key, &second.key, bearer),
        (Writing::Hangul, Writing::Han) => hangul_and_han(&first.key, &second.key, bearer),
        // Two Han forms are compared as folded text.
        _ => None,
    }
}

fn hangul_and_han(hangul: &str, han: &str, bearer: Bearer) -> Option<Way> {
    if han_name::reads_back(han, hangul, bearer) {
        return Some(Way::SinoKorean);
    }
    let transcribed: Vec<String> =
        han_name::mandarin(han, bearer).iter().map(|reading| transcription::hangul_of(&reading.syllables())).collect();
    if transcribed.iter().any(|text| text == hangul) {
        return Some(Way::Transcription);
    }
    let plain = transcription::without_slips(hangul);
    transcribed.iter().any(|text| transcription::without_slips(text) == plain).then_some(Way::TranscriptionSlip)
}

fn latin_and_han(orders: &[LatinName], han: &str, bearer: Bearer) -> Option<Way> {
    let readings = han_name::mandarin(han, bearer);
    let one_of = |system: System| {
        let spelled = orders.iter().flat_map(|order| pinyin::readings(order, system));
        spelled.into_iter().any(|spelled| readings.iter().any(|reading| reading.syllables() == spelled))
    };
    if one_of(System::Pinyin) {
        return Some(Way::Pinyin);
    }
    if one_of(System::WadeGiles) {
        return Some(Way::WadeGiles);
    }
    let korean = han_name::korean(han, bearer);
    korean.iter().filter_map(|hangul| korean_fit(orders, hangul, bearer)).min()
}

fn korean_fit(orders: &[LatinName], hangul: &str, bearer: Bearer) -> Option<Way> {
    if bearer == Bearer::Person {
        let fit = orders.iter().filter_map(|order| korean_spelling::fit(order, hangul)).min();
        let yale = || yale_letters(hangul).filter(|yale| orders.iter().any(|order| order.letters() == yale));
        let fit = fit.or_else(|| yale().map(|_| Fit::Customary));
        return fit.map(|fit| if fit == Fit::Customary { Way::KoreanSpelling } else { Way::LooseSpelling });
    }
    let letters = orders.first()?.letters();
    let words = romanised_words(hangul);
    words.iter().any(|word| word == letters).then_some(Way::KoreanWord)
}

/// Returns the letters of a Korean name in Yale romanization, which linguists write: Yi Caymyeng.
pub fn yale_letters(hangul: &str) -> Option<String> {
    romanization::yale_syllables(hangul).map(|syllables| syllables.concat())
}

/// Returns the letters of a Korean word or place by the Revised Romanization and by McCune-Reischauer, without marks.
pub fn romanised_words(hangul: &str) -> Vec<String> {
    let revised = [romanization::revised_word(hangul), romanization::revised_place(hangul)];
    let reischauer = romanization::mccune_reischauer_word(hangul).map(|word| romanization::bare(&word));
    let words = revised.into_iter().chain([reischauer]).flatten();
    let mut letters: Vec<String> =
        words.map(|word| word.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect()).collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}

fn latin_and_hangul(orders: &[LatinName], hangul: &str, bearer: Bearer) -> Option<Way> {
    let transcribed = |system: System| {
        let spelled = orders.iter().flat_map(|order| pinyin::readings(order, system));
        spelled.into_iter().any(|syllables| syllables.len() > 1 && transcription::hangul_of(&syllables) == hangul)
    };
    if transcribed(System::Pinyin) {
        return Some(Way::Transcription);
    }
    let korean = korean_fit(orders, hangul, bearer);
    korean.or_else(|| transcribed(System::WadeGiles).then_some(Way::WadeGiles))
}

fn hangul_and_hangul(a: &str, b: &str, bearer: Bearer) -> Option<Way> {
    if a == b || a.chars().count() != b.chars().count() {
        return None;
    }
    if bearer == Bearer::Person && initial_sound::lawful_word(a) == initial_sound::lawful_word(b) {
        return Some(Way::InitialSound);
    }
    let plain = transcription::without_slips(a);
    (plain.is_some() && plain == transcription::without_slips(b)).then_some(Way::TranscriptionSlip)
}

fn same_sound(a: &[LatinName], b: &[LatinName], bearer: Bearer) -> Option<Way> {
    let pairs = || a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    if bearer != Bearer::Person {
        return None;
    }
    if pairs().any(|(a, b)| korean_spelling::may_be_one(a, b)) {
        return Some(Way::SameSound);
    }
    let read = |names: &[LatinName], system| -> Vec<Vec<&'static Syllable>> {
        names.iter().flat_map(|name| pinyin::readings(name, system)).filter(|reading| reading.len() > 1).collect()
    };
    let meet = |a: Vec<Vec<&'static Syllable>>, b: Vec<Vec<&'static Syllable>>| a.iter().any(|reading| b.contains(reading));
    let across =
        meet(read(a, System::Pinyin), read(b, System::WadeGiles)) || meet(read(a, System::WadeGiles), read(b, System::Pinyin));
    across.then_some(Way::WadeGiles)
}

/// Returns Mandarin readings as pinyin and Wade-Giles letters, each once. ü is typed in many ways; all of them are u here.
pub fn mandarin_letters(readings: &[Mandarin]) -> Vec<String> {
    let mut letters: Vec<String> = Vec::with_capacity(2 * readings.len());
    for reading in readings {
        let syllables = || reading.family.iter().chain(&reading.given);
        letters
            .push(syllables().flat_map(|syllable| syllable.pinyin.chars()).map(|c| if c == 'v' { 'u' } else { c }).collect());
        letters.push(syllables().map(|syllable| syllable.bare_wade_giles.as_str()).collect());
    }
    letters.sort_unstable();
    letters.dedup();
    letters
}

impl Way {
    /// Returns whether Latin letters are taken for the spelling of a Korean name.
    pub fn is_korean_spelling(self) -> bool {
        matches!(self, Self::KoreanSpelling | Self::LooseSpelling | Self::SameSound)
    }

    /// Returns how sure it is that one name is meant, from 0 to 100.
    pub fn sureness(self) -> u8 {
        match self {
            Self::SinoKorean | Self::Transcription | Self::Pinyin => 92,
            Self::KoreanSpelling => 91,
            Self::KoreanWord | Self::InitialSound => 90,
            Self::WadeGiles => 88,
            Self::TranscriptionSlip => 84,
            Self::SameSound => 82,
            Self::LooseSpelling => 78,
        }
    }

    /// Returns the way in a word.
    pub fn how(self) -> How {
        match self {
            Self::SinoKorean | Self::InitialSound => How::Reading,
            Self::Transcription | Self::TranscriptionSlip => How::Transcription,
            _ => How::Romanization,
        }
    }

    /// Says how `a` leads to `b`, in a sentence without a full stop.
    pub fn sentence(self, a: &str, b: &str) -> String {
        match self {
            Self::SinoKorean if is_hangul(a) => format!("{a} is the Korean reading of {b}"),
            Self::SinoKorean => format!("{b} is the Korean reading of {a}"),
            Self::Transcription if is_hangul(a) => format!("{a} is {b} in Hangul by the loanword orthography"),
            Self::Transcription => format!("{b} is {a} in Hangul by the loanword orthography"),
            Self::Pinyin if is_latin(a) => format!("{a} is the pinyin of {b}"),
            Self::Pinyin => format!("{b} is the pinyin of {a}"),
            Self::WadeGiles => format!("{a} and {b} are one reading, one of them in Wade-Giles"),
            Self::KoreanSpelling if is_latin(a) => format!("{a} is a spelling of {b}"),
            Self::KoreanSpelling => format!("{b} is a spelling of {a}"),
            Self::KoreanWord => format!("{a} and {b} are one Korean word by the rules of romanisation"),
            Self::SameSound => format!("{a} and {b} may spell one name"),
            Self::InitialSound => format!("{a} is {b} but for the initial-sound law, which the North does not have"),
            Self::TranscriptionSlip => format!("{a} is {b} but for what is often confused in transcription"),
            Self::LooseSpelling => format!("{a} and {b} may be one name, loosely spelled"),
        }
    }
}

fn is_hangul(text: &str) -> bool {
    text.chars().any(hangul::is_syllable)
}

fn is_latin(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(a: &str, b: &str, bearer: Bearer) -> Option<Way> {
        let (a, b) = (WrittenName::new(a).unwrap(), WrittenName::new(b).unwrap());
        let found = relation(&a, &b, bearer);
        assert_eq!(found, relation(&b, &a, bearer));
        found
    }

    #[test]
    fn writings_of_a_person() {
        for (a, b, expected) in [
            ("조락제", "趙樂際", Way::SinoKorean),
            ("습근평", "习近平", Way::SinoKorean),
            ("시진핑", "习近平", Way::Transcription),
            ("Xi Jinping", "시진핑", Way::Transcription),
            ("Jinping Xi", "習近平", Way::Pinyin),
            ("Hsi Chin-p'ing", "习近平", Way::WadeGiles),
            ("Hsi Chin-ping", "Xi Jinping", Way::WadeGiles),
            ("Zhào Lèjì", "赵乐际", Way::Pinyin),
            ("Yi Jae-myeong", "이재명", Way::KoreanSpelling),
            ("I Caymyeng", "이재명", Way::KoreanSpelling),
            ("Ri Jae Myong", "李在明", Way::KoreanSpelling),
            ("Lee Jae-myung", "I Jaemyeong", Way::SameSound),
            ("리재명", "이재명", Way::InitialSound),
            ("추궈홍", "추궈훙", Way::TranscriptionSlip),
            ("추궈홍", "邱国洪", Way::TranscriptionSlip),
        ] {
            assert_eq!(way(a, b, Bearer::Person), Some(expected), "{a} {b}");
        }
    }

    #[test]
    fn writings_of_a_place() {
        for (a, b, expected) in [
            ("Pyongyang", "평양", Way::KoreanWord),
            ("Gyeongbokgung", "경복궁", Way::KoreanWord),
            ("Kyongbokkung", "경복궁", Way::KoreanWord),
            ("북경", "北京", Way::SinoKorean),
            ("텐진", "톈진", Way::TranscriptionSlip),
            ("충칭", "重庆", Way::Transcription),
        ] {
            assert_eq!(way(a, b, Bearer::Place), Some(expected), "{a} {b}");
        }
    }

    #[test]
    fn different_people_are_not_related() {
        for (a, b) in [
            ("Li Qiang", "Li Keqiang"),
            ("이재명", "이재형"),
            ("김정은", "김종은"),
            ("이강", "이강인"),
            ("Lee Chang", "리창"),
            ("Li Qiang", "李克强"),
            ("Kim Jong-in", "김정은"),
            ("Lee Jae-hyung", "Lee Jae-myung"),
        ] {
            assert_eq!(way(a, b, Bearer::Person).filter(|way| *way != Way::KoreanSpelling), None, "{a} {b}");
        }
    }
}
