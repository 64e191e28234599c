//! The keys under which a name is found from another script or another romanisation.
//!
//! A key proposes; [`relation`](crate::names::relation) disposes. Its first letter says what it is a key of: `r` a Korean
//! reading, `t` a transcription with the common slips made alike, `l` letters of a romanisation, `k` the consonants of Korean
//! spellings. What a name is read as stands in the index; what a query may be is asked for.

use crate::names::han_name::{self, Bearer, Mandarin};
use crate::names::korean_skeleton;
use crate::names::korean_spelling;
use crate::names::latin::LatinName;
use crate::names::pinyin::{self, System};
use crate::names::relation::{self, Way, WrittenName};
use crate::names::{initial_sound, transcription};

/// What to ask an index for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryKeys {
    /// Sound keys.
    pub sounds: Vec<String>,
    /// Folded terms that are the query in another script.
    pub terms: Vec<String>,
}

/// A name in all its writings.
#[derive(Clone, Debug)]
pub struct Name {
    writings: Vec<WrittenName>,
    bearer: Bearer,
    /// Whether the name is Korean and not Chinese; `None` where its writings do not tell.
    is_korean: Option<bool>,
}

impl Name {
    /// Makes a name of its writings, the preferred ones first.
    pub fn new(writings: Vec<WrittenName>, bearer: Bearer) -> Self {
        let is_korean = if bearer == Bearer::Other { None } else { is_korean(&writings, bearer) };
        Self { writings, bearer, is_korean }
    }

    /// Returns the sound keys, each once.
    pub fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        for (place, writing) in self.writings.iter().enumerate() {
            // Simplified and traditional are one key.
            if self.writings[..place].iter().any(|before| before.key() == writing.key()) {
                continue;
            }
            if let Some(han) = writing.han() {
                push_han_keys(han, self.bearer, self.is_korean, &mut keys);
            }
            if let Some(hangul) = writing.hangul() {
                push_hangul_keys(hangul, self.bearer, self.is_korean, &mut keys);
            }
        }
        if keys.is_empty() && self.bearer == Bearer::Person {
            self.writings.iter().filter_map(|name| name.latin().first()).for_each(|name| push_latin_keys(name, &mut keys));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Returns whether the name is Korean and not Chinese; `None` where its writings do not tell.
    pub fn is_korean(&self) -> Option<bool> {
        self.is_korean
    }

    /// Returns the Korean readings of the Han forms.
    pub fn readings(&self) -> Vec<String> {
        let han = self.writings.iter().filter_map(WrittenName::han);
        han.flat_map(|name| han_name::korean(name, self.bearer)).collect()
    }

    /// Returns how a query leads to one of the writings: a Korean name is not read as a transcription of Mandarin, nor a
    /// Chinese one in Korean spelling (Lee Chang is not 리창).
    pub fn way(&self, query: &WrittenName, writing: &WrittenName) -> Option<Way> {
        let way = relation::relation(query, writing, self.bearer)?;
        // 김정운 is not 김정은 because both may be spelled Kim Jong Un.
        if query.hangul().is_some() && way.is_korean_spelling() && self.writings.iter().any(|name| name.hangul().is_some()) {
            return None;
        }
        let fits = match self.is_korean {
            Some(true) => self.bearer != Bearer::Person || !matches!(way, Way::Transcription | Way::TranscriptionSlip),
            Some(false) => !way.is_korean_spelling(),
            None => true,
        };
        fits.then_some(way)
    }
}

/// Returns whether the name is Korean: all its Hangul is the Korean reading of its Han form (섬서성 is one of 陕西省, and 산시성 is
/// not). `None` where it lacks either.
fn is_korean(writings: &[WrittenName], bearer: Bearer) -> Option<bool> {
    let han = || writings.iter().filter_map(WrittenName::han);
    let mut hangul = writings.iter().filter_map(WrittenName::hangul).peekable();
    han().next()?;
    hangul.peek()?;
    Some(hangul.all(|hangul| han().any(|han| han_name::reads_back(han, hangul, bearer))))
}

/// Returns whether the Latin writing is that of a Korean or Chinese person: a family name and a given name apart.
pub fn is_personal(writings: &[WrittenName]) -> bool {
    let mut names = writings.iter().filter_map(|writing| writing.latin().first());
    names.any(|name| {
        let apart = name.words().count() == 2 || name.words().count() == 3 && name.pieces() == 3;
        apart && (korean_spelling::is_korean(name) || !pinyin::readings(name, System::Pinyin).is_empty())
    })
}

fn push_han_keys(name: &str, bearer: Bearer, is_korean: Option<bool>, keys: &mut Vec<String>) {
    if bearer == Bearer::Other {
        // Of what is no name, the usual reading is enough.
        if let Some((letters, korean)) = han_name::usual_readings(name) {
            keys.extend([format!("l{letters}"), format!("r{korean}")]);
        }
        return;
    }
    let readings = han_name::mandarin(name, bearer);
    keys.extend(relation::mandarin_letters(&readings).into_iter().map(|letters| format!("l{letters}")));
    if is_korean == Some(true) {
        return;
    }
    keys.extend(readings.iter().filter_map(|reading| transcription_key(&transcription::hangul_of(&reading.syllables()))));
    let korean = han_name::korean(name, bearer);
    if is_korean.is_none() && bearer == Bearer::Person {
        keys.extend(korean.iter().flat_map(|hangul| korean_skeleton::skeletons(hangul)).map(|skeleton| format!("k{skeleton}")));
    }
    keys.extend(korean.into_iter().map(|reading| format!("r{reading}")));
}

fn push_hangul_keys(name: &str, bearer: Bearer, is_korean: Option<bool>, keys: &mut Vec<String>) {
    match bearer {
        Bearer::Person if is_korean != Some(false) => {
            keys.extend(korean_skeleton::skeletons(name).into_iter().map(|skeleton| format!("k{skeleton}")));
            keys.push(format!("r{}", initial_sound::lawful_word(name)));
            keys.extend(relation::yale_letters(name).map(|letters| format!("l{letters}")));
        }
        Bearer::Place => keys.extend(relation::romanised_words(name).into_iter().map(|letters| format!("l{letters}"))),
        Bearer::Person | Bearer::Other => {}
    }
    if is_korean != Some(true) && bearer != Bearer::Other {
        keys.extend(transcription_key(name));
    }
}

fn push_latin_keys(name: &LatinName, keys: &mut Vec<String>) {
    if korean_spelling::is_korean(name) {
        keys.push(format!("k{}", korean_skeleton::skeleton(name.letters())));
    }
}

fn transcription_key(hangul: &str) -> Option<String> {
    transcription::without_slips(hangul).map(|plain| format!("t{plain}"))
}

/// Returns what to ask for to find whom Hangul names by Korean reading or mistaken transcription.
pub fn misreading_keys(hangul: &str) -> QueryKeys {
    let sounds = [Some(format!("r{hangul}")), transcription_key(hangul)];
    QueryKeys { sounds: sounds.into_iter().flatten().collect(), terms: Vec::new() }
}

/// Returns what to ask for to find whom a query may name.
pub fn keys_of_query(query: &WrittenName) -> QueryKeys {
    let mut keys = QueryKeys::default();
    if let Some(hangul) = query.hangul() {
        ask_for_hangul(hangul, &mut keys);
    } else if let Some(han) = query.han() {
        ask_for_han(han, &mut keys);
    } else {
        query.latin().iter().for_each(|name| ask_for_latin(name, &mut keys));
    }
    for list in [&mut keys.sounds, &mut keys.terms] {
        list.sort_unstable();
        list.dedup();
    }
    keys
}

fn ask_for_hangul(hangul: &str, keys: &mut QueryKeys) {
    keys.sounds.push(format!("r{hangul}"));
    keys.sounds.push(format!("r{}", initial_sound::lawful_word(hangul)));
    keys.sounds.extend(transcription_key(hangul));
    keys.sounds.extend(korean_skeleton::skeletons(hangul).into_iter().map(|skeleton| format!("k{skeleton}")));
    let mandarin = transcription::candidates(hangul).into_iter().filter(|syllables| syllables.len() > 1);
    keys.terms.extend(mandarin.map(|syllables| pinyin::letters(&syllables).replace('v', "u")));
    keys.terms.extend(relation::romanised_words(hangul));
}

fn ask_for_han(han: &str, keys: &mut QueryKeys) {
    for bearer in [Bearer::Person, Bearer::Place] {
        let readings: Vec<Mandarin> = han_name::mandarin(han, bearer);
        keys.terms.extend(relation::mandarin_letters(&readings));
        keys.terms.extend(readings.iter().map(|reading| transcription::hangul_of(&reading.syllables())));
        let korean = han_name::korean(han, bearer);
        keys.sounds
            .extend(korean.iter().flat_map(|hangul| korean_skeleton::skeletons(hangul)).map(|skeleton| format!("k{skeleton}")));
        keys.terms.extend(korean);
    }
}

fn ask_for_latin(name: &LatinName, keys: &mut QueryKeys) {
    keys.sounds.push(format!("l{}", name.letters().replace('v', "u")));
    keys.sounds.push(format!("k{}", korean_skeleton::skeleton(name.letters())));
    for system in [System::Pinyin, System::WadeGiles] {
        for syllables in pinyin::readings(name, system).into_iter().filter(|syllables| syllables.len() > 1) {
            keys.terms.push(transcription::hangul_of(&syllables));
            if system == System::WadeGiles {
                keys.terms.push(pinyin::letters(&syllables).replace('v', "u"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns whether a name with the writings `name` is proposed to who asks for `query`.
    fn meets(query: &str, name: &[&str], bearer: Bearer) -> bool {
        let writings: Vec<WrittenName> = name.iter().filter_map(|text| WrittenName::new(text)).collect();
        let known = Name::new(writings, bearer).keys();
        let asked = keys_of_query(&WrittenName::new(query).unwrap());
        let terms: Vec<String> = name.iter().map(|text| crate::text::fold::key(text)).collect();
        asked.sounds.iter().any(|key| known.contains(key)) || asked.terms.iter().any(|term| terms.contains(term))
    }

    #[test]
    fn every_writing_of_a_name_proposes_it() {
        for (bearer, name, queries) in [
            (Bearer::Person, "赵乐际", "조락제|자오러지|Zhao Leji|Leji Zhao|Chao Le-chi|Zhào Lèjì"),
            (
                Bearer::Person,
                "이재명|李在明",
                "Yi Jae-myeong|Ri Jae Myong|I Jaemyeong|I Caymyeng|Jae-myung Lee|리재명|Li Zaiming",
            ),
            (Bearer::Person, "리설주", "Yi Sol-ju|이설주|Lee Seol-ju"),
            (Bearer::Person, "Kim Min-seok", "김민석|Gim Minseok|金民錫"),
            (Bearer::Person, "Zhao Leji", "자오러지|赵乐际|Chao Le-chi"),
            (Bearer::Person, "자오러지", "Zhao Leji|趙樂際"),
            (Bearer::Person, "추궈훙", "추궈홍|邱国洪|Qiu Guohong"),
            (Bearer::Place, "톈진|天津", "텐진|천진|Tianjin"),
            (Bearer::Place, "경복궁", "Gyeongbokgung|Kyongbokkung"),
            (Bearer::Other, "全国人民代表大会", "전국인민대표대회"),
        ] {
            let name: Vec<&str> = name.split('|').collect();
            for query in queries.split('|') {
                assert!(meets(query, &name, bearer), "{query} {name:?}");
            }
        }
    }

    #[test]
    fn a_chinese_name_is_no_korean_one() {
        assert!(!meets("Lee Chang", &["리창", "李强"], Bearer::Person));
        assert!(!meets("Li Keqiang", &["리창", "李强", "Li Qiang"], Bearer::Person));
        assert!(!meets("이강인", &["李强", "Li Qiang", "리창"], Bearer::Person));
    }
}
