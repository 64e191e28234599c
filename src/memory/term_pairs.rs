//! Proposes pairs of terms from aligned units: which English names and phrases are rendered how in Korean or Chinese.
//!
//! A proposal rests on counts alone, and on the sound of a name where it is transcribed. Whether it is in the glossary
//! already, and whether it is right, is for others to say.

mod english;
mod pairing;
mod target;
mod units;

use crate::lang::Lang;
use units::Units;

/// What a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermPairKind {
    /// A name: its words are capitalised in running text.
    Name,
    /// A phrase of two or three words.
    Phrase,
}

/// An English term and its likely rendering.
#[derive(Clone, Debug, PartialEq)]
pub struct TermPair {
    /// What it is.
    pub kind: TermPairKind,
    /// The English term as it stands in the units.
    pub english: String,
    /// The rendering; Korean ones without particles.
    pub rendering: String,
    /// In how many units both stand, and each of them.
    pub joint: u32,
    /// In how many units the English term stands.
    pub english_count: u32,
    /// In how many units the rendering stands.
    pub rendering_count: u32,
    /// How sure the pair is, 0 to 1: the Dice coefficient of the counts, less for few units, more for a like sound.
    pub score: f32,
    /// The numbers of up to three units where both stand.
    pub examples: Vec<u64>,
}

/// So many units give examples.
const MOST_EXAMPLES: usize = 3;

/// Learns [`TermPair`]s from aligned units in bounded memory.
#[derive(Clone, Debug)]
pub struct TermPairLearner {
    lang: Lang,
    units: Units,
}

impl TermPairLearner {
    /// Starts with nothing. `lang` is the language of the renderings, Korean or Chinese.
    pub fn new(lang: &Lang) -> Self {
        Self { lang: lang.clone(), units: Units::default() }
    }

    /// Takes in one unit by its number. Of more text than is kept, every second, fourth ... unit counts.
    pub fn add(&mut self, unit: u64, english: &str, rendering: &str) {
        self.units.add(unit, english, rendering);
    }

    /// Returns the pairs that stand together in at least `least` units: names, then phrases, the surest first.
    pub fn finish(self, least: u32) -> Vec<TermPair> {
        let mut pairs = pairing::pairs(&self.units, &self.lang, least.max(2));
        pairs.sort_by(|a, b| {
            a.kind.cmp(&b.kind).then(b.score.total_cmp(&a.score)).then(b.joint.cmp(&a.joint)).then(a.english.cmp(&b.english))
        });
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(lang: &Lang, units: &[(&str, &str)], least: u32) -> Vec<TermPair> {
        let mut learner = TermPairLearner::new(lang);
        units.iter().zip(1..).for_each(|((english, rendering), number)| learner.add(number, english, rendering));
        learner.finish(least)
    }

    fn rendering<'a>(pairs: &'a [TermPair], english: &str) -> Option<&'a str> {
        pairs.iter().find(|pair| pair.english == english).map(|pair| pair.rendering.as_str())
    }

    const KOREAN: [(&str, &str); 7] = [
        ("The mayor met Anna Becker in the old town yesterday.", "시장은 어제 구시가지에서 안나 베커를 만났다."),
        ("Critics praised Anna Becker for her calm.", "비평가들은 안나 베커의 침착함을 칭찬했다."),
        ("Later Anna Becker left for the coast with her dog.", "나중에 안나 베커는 개와 함께 해안으로 떠났다."),
        ("Nobody in the old town knew what to say.", "구시가지의 누구도 할 말을 찾지 못했다."),
        ("They say the old town floods every spring.", "사람들은 봄마다 구시가지가 물에 잠긴다고 한다."),
        ("The dog slept.", "개는 잤다."),
        ("The coast was empty.", "해안은 비어 있었다."),
    ];

    #[test]
    fn names_and_phrases_find_their_korean_without_particles() {
        let pairs = pairs(&Lang::Ko, &KOREAN, 3);
        assert_eq!(rendering(&pairs, "Anna Becker"), Some("안나 베커"), "{pairs:?}");
        assert_eq!(rendering(&pairs, "old town"), Some("구시가지"), "{pairs:?}");
        let name = &pairs[0];
        assert_eq!((name.kind, name.joint, name.english_count), (TermPairKind::Name, 3, 3));
        assert_eq!(name.examples, [1, 2, 3]);
        assert!(pairs.iter().all(|pair| (0.0..=1.0).contains(&pair.score)));
    }

    #[test]
    fn chinese_is_cut_by_its_neighbours() {
        let units = [
            ("Reporters saw Anna Becker leave.", "记者看见贝克尔离开。"),
            ("In spring Anna Becker won again.", "春天贝克尔再次获胜。"),
            ("The prize went to Anna Becker.", "奖项颁给了贝克尔。"),
            ("Her rival left early.", "她的对手早早离开。"),
        ];
        assert_eq!(rendering(&pairs(&Lang::ZhHans, &units, 3), "Anna Becker"), Some("贝克尔"));
    }

    #[test]
    fn rare_and_unmatched_terms_are_not_proposed() {
        assert!(pairs(&Lang::Ko, &KOREAN[..2], 3).is_empty());
        let scattered = [
            ("We asked Clara Winter twice.", "오늘은 비가 온다."),
            ("Then Clara Winter spoke.", "고양이가 운다."),
            ("So said Clara Winter.", "문이 닫혔다."),
        ];
        assert!(pairs(&Lang::Ko, &scattered, 2).is_empty());
        assert!(pairs(&Lang::ZhHant, &[], 2).is_empty());
    }
}
