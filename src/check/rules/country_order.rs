//! Compounds of countries in another order than the desk's, or in two orders.

use rustc_hash::FxHashMap as HashMap;

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::house::CountryOrder;
use crate::check::national::{self, Country};
use crate::check::rules::Rule;
use crate::glossary::matcher::TermMatch;
use crate::lang::Lang;
use crate::text::script::Script;
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "country-order",
    severity: Severity::Warning,
    on: true,
    manual: "Countries in a compound in another order than the desk's: 중한일 정상회의 in a Korean draft, where Korea \
             stands first (한중일). In the other languages, and where a desk says that the order is as written, three \
             countries in two orders in one draft (Korea-China-Japan beside China-Japan-Korea): the rarer one follows the \
             other. Two countries are read in Korean only before a word for their affairs (중한 관계), since 중한 is also \
             an everyday word. Silent in official names (중한우호협회, 日韩议员联盟), and in quotations of people of the \
             country that stands first.",
    check,
};

/// The countries of compounds: the characters or words by which each language names them.
const KOREAN: [char; 3] = ['한', '중', '일'];
const SIMPLIFIED: [char; 3] = ['韩', '中', '日'];
const TRADITIONAL: [char; 3] = ['韓', '中', '日'];

/// The words of a language for Korea, China and Japan in English compounds.
const ENGLISH: [&[&str]; 3] = [&["South Korea", "Korea", "ROK"], &["China"], &["Japan"]];

/// Words after two countries that speak of their affairs.
const AFFAIRS: &str = "관계 정상 회담 양국 협력 수교 외교 무역 교역 자유무역 FTA 경제 국교 전략 교류 갈등";

/// Words after countries that make an official name of them.
const NAMES: &str = "우호 친선 협회 연맹 의원 사전 友好 协会 協會 议员 議員 联盟 聯盟 词典";

/// A compound of countries where it stands: which, in order.
struct Compound {
    span: Span,
    order: Vec<usize>,
}

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let compounds = match draft.lang {
        Lang::Ko => han_compounds(draft, KOREAN),
        Lang::ZhHans => han_compounds(draft, SIMPLIFIED),
        Lang::ZhHant => han_compounds(draft, TRADITIONAL),
        Lang::En => english_compounds(draft),
        _ => return,
    };
    let compounds: Vec<Compound> = compounds.into_iter().filter(|compound| !is_official(draft, compound)).collect();
    let first = first_country(draft);
    let (wrong, right): (Vec<&Compound>, Vec<&Compound>) =
        compounds.iter().partition(|compound| first.is_some_and(|first| is_out_of_order(draft, compound, first)));
    findings.extend(first.into_iter().flat_map(|first| wrong.iter().map(move |compound| reordered(draft, compound, first))));
    mixed(draft, &right, findings);
}

/// Returns the country that the desk puts first; `None` where the order is as written.
fn first_country(draft: &Draft<'_>) -> Option<usize> {
    match (draft.house.country_order, &draft.lang) {
        (CountryOrder::Korea, _) | (CountryOrder::Edition, Lang::Ko) => Some(0),
        (CountryOrder::China, _) => Some(1),
        _ => None,
    }
}

fn han_compounds(draft: &Draft<'_>, letters: [char; 3]) -> Vec<Compound> {
    let place = |c: char| letters.iter().position(|letter| *letter == c);
    let mut found = Vec::new();
    for word in draft.words() {
        let text = word.of(draft.text);
        let mut from = 0;
        // Korean compounds begin a word; Chinese ones stand anywhere.
        for (at, c) in text.char_indices() {
            if at < from || place(c).is_none() || draft.lang == Lang::Ko && at > 0 {
                continue;
            }
            let order: Vec<usize> = text[at..].chars().map_while(place).collect();
            let length: usize = text[at..].chars().take(order.len()).map(char::len_utf8).sum();
            from = at + length;
            let compound = Compound { span: Span::new(word.start + at, word.start + from), order };
            if compound.is_distinct() && (compound.order.len() == 3 || is_affair(draft, &compound)) {
                found.push(compound);
            }
        }
    }
    found
}

impl Compound {
    /// Two or three countries, none twice.
    fn is_distinct(&self) -> bool {
        let mut sorted = self.order.clone();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.len() == self.order.len() && sorted.len() >= 2
    }
}

/// 중한 and 일한 are everyday words in Korean but for what stands behind them; Chinese pairs need no such word.
fn is_affair(draft: &Draft<'_>, compound: &Compound) -> bool {
    let after = draft.after(compound.span, 24);
    draft.lang != Lang::Ko || AFFAIRS.split(' ').any(|word| after.trim_start_matches(' ').starts_with(word))
}

fn is_official(draft: &Draft<'_>, compound: &Compound) -> bool {
    let after = draft.after(compound.span, 24);
    let named = NAMES.split(' ').any(|name| after.trim_start_matches(' ').starts_with(name));
    // A single character more is another word or a fourth country: 韩中日 + 美.
    let last = draft.text[..compound.span.start].chars().next_back();
    let longer = last.is_some_and(|c| "北南对驻访美台".contains(c) && Script::of(c) == Script::Han);
    named || longer
}

fn is_out_of_order(draft: &Draft<'_>, compound: &Compound, first: usize) -> bool {
    compound.order[0] != first && compound.order.contains(&first) && !is_their_speech(draft, compound)
}

fn reordered(draft: &Draft<'_>, compound: &Compound, first: usize) -> Finding {
    let mut order = vec![first];
    order.extend(compound.order.iter().filter(|country| **country != first));
    let form = written_as(draft, compound, &order);
    let message = format!("{} has the countries in another order than the desk; write {form}", draft.written(compound.span));
    finding(draft, compound, form, message)
}

/// Returns whether somebody else's order is quoted: the sentence names the country that stands first there, outside of the
/// quotation.
fn is_their_speech(draft: &Draft<'_>, compound: &Compound) -> bool {
    let Some(quotation) = draft.quotation(compound.span) else { return false };
    let sentence = draft.sentence(compound.span);
    let foreign = |found: &&TermMatch| {
        let country = national::country_of(&found.found.concept.id);
        !quotation.overlaps(found.span) && country != Some(Country::SouthKorea)
    };
    let before = &draft.text[sentence.start.min(quotation.start)..quotation.start];
    draft.matches_in(sentence).any(|found| foreign(&found)) || SPEAKERS.split(' ').any(|word| before.contains(word))
}

/// Words for those who have an order of their own.
const SPEAKERS: &str = "중국 일본 북한 매체 언론 中国 日本 中方 日方 中國";

/// Finds the rarer order of three countries that stand in two orders in the draft.
fn mixed(draft: &Draft<'_>, compounds: &[&Compound], findings: &mut Vec<Finding>) {
    let plain = |compound: &&Compound| compound.order.len() == 3 && !is_their_speech(draft, compound);
    let three: Vec<&Compound> = compounds.iter().copied().filter(plain).collect();
    let mut counts: HashMap<&[usize], usize> = HashMap::default();
    three.iter().for_each(|compound| *counts.entry(&compound.order).or_default() += 1);
    // The first of equals is the one that the others follow.
    let Some(best) = three.iter().rev().max_by_key(|compound| counts[compound.order.as_slice()]) else { return };
    let form_of = |compound: &Compound| (written_as(draft, compound, &best.order), draft.written(best.span));
    let rarer = three.iter().filter(|compound| compound.order != best.order);
    findings.extend(rarer.map(|compound| {
        let (form, followed) = form_of(compound);
        let written = draft.written(compound.span);
        let message = format!("{written} and {followed} are both written in this draft; write {form}");
        finding(draft, compound, form, message)
    }));
}

/// Writes a compound in another order, with its own words for the countries.
fn written_as(draft: &Draft<'_>, compound: &Compound, order: &[usize]) -> String {
    let written = compound.span.of(draft.text);
    let words: Vec<&str> = match draft.lang {
        Lang::En => written.split(['-', '–']).collect(),
        _ => written.split_inclusive(|_| true).collect(),
    };
    let word = |country: &usize| compound.order.iter().position(|own| own == country).and_then(|at| words.get(at).copied());
    let joint = written.chars().find(|c| matches!(c, '-' | '–')).map(String::from).unwrap_or_default();
    order.iter().filter_map(word).collect::<Vec<_>>().join(&joint)
}

fn english_compounds(draft: &Draft<'_>) -> Vec<Compound> {
    let mut found = Vec::new();
    let country = |text: &str| {
        let all = ENGLISH.iter().enumerate().flat_map(|(at, words)| words.iter().map(move |word| (at, *word)));
        all.filter(|(_, word)| text.starts_with(word)).max_by_key(|(_, word)| word.len())
    };
    for word in draft.words().filter(|word| word.of(draft.text).contains(['-', '–']) || draft.text[word.end..].starts_with('–'))
    {
        let south = draft.text[..word.start].ends_with("South ");
        let start = if south { word.start - "South ".len() } else { word.start };
        let (mut at, mut order) = (start, Vec::new());
        while let Some((which, name)) = country(&draft.text[at..]) {
            order.push(which);
            at += name.len();
            match draft.text[at..].chars().next().filter(|c| matches!(c, '-' | '–')) {
                Some(joint) => at += joint.len_utf8(),
                None => break,
            }
        }
        let compound = Compound { span: Span::new(start, at), order };
        if compound.order.len() == 3 && compound.is_distinct() && !draft.text[at..].starts_with(char::is_alphanumeric) {
            found.push(compound);
        }
    }
    found
}

fn finding(draft: &Draft<'_>, compound: &Compound, form: String, message: String) -> Finding {
    RULE.finding(compound.span, message).fixed_by(draft.fix(compound.span, &form, false)).suggesting(vec![form])
}
