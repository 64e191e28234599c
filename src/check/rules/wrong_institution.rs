//! A body of one country where the words around it speak of another's.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::gloss;
use crate::check::national::{self, Body, COUNTRIES, Country};
use crate::check::rules::Rule;
use crate::check::title_word::TitleWords;
use crate::glossary::concept::{ConceptId, Kind};
use crate::glossary::matcher::TermMatch;
use crate::lang::Lang;
use crate::text::script::Script;
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "wrong-institution",
    severity: Severity::Warning,
    on: true,
    manual: "The legislature or the cabinet of one country where the words around it speak of another's: Zhao Leji, \
             chairman of the Standing Committee of the National Assembly; South Korea’s National People’s Congress; 중국 \
             국회; 赵乐际说，韩国 国会愿. Write the body that the finding names. Only where the country stands right beside \
             the body, where the person who heads the other one is called its head or presides over it, or where that \
             person speaks of what the body is willing to do. Silent in quotations, where the right body stands in the same \
             sentence (국회 격인 전인대), and for a country whose body the glossary does not have.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let plain = draft.outer_matches().filter(|found| found.term().is_accepted() && draft.quotation(found.span).is_none());
    findings.extend(plain.filter_map(|found| {
        let body = national::body(&found.found.concept.id)?;
        let (meant, place) = meant(draft, found, body)?;
        finding(draft, place, meant)
    }));
}

/// Returns the body that is meant instead, and the place of the words for the wrong one.
fn meant(draft: &Draft<'_>, found: &TermMatch, body: Body) -> Option<(Body, Span)> {
    let inner = inner_place(draft, found);
    let spoken_of = head(draft, found, body).or_else(|| willing(draft, found, body));
    if let Some(country) = spoken_of.or_else(|| cabinet(draft, found, body)) {
        return Some((national::counterpart(body, country)?, found.span));
    }
    let country = owner_before(draft, inner).or_else(|| owner_after(draft, inner))?;
    let meant = national::counterpart(body, country).filter(|_| country != body.country)?;
    (!names(draft, found, meant)).then_some((meant, inner))
}

/// Returns the place of a body without the country that its own name begins with (韩国国会).
fn inner_place(draft: &Draft<'_>, found: &TermMatch) -> Span {
    let written = found.span.of(draft.text);
    let words = COUNTRIES.iter().flat_map(|country| country.possessives(&draft.lang));
    let length = words.filter(|word| written.starts_with(**word)).map(|word| word.len()).max().unwrap_or(0);
    let inside = &written[length..];
    Span::new(found.span.end - inside.trim_start().len(), found.span.end)
}

/// Returns the country that stands right before a body: China’s National Assembly, 중국 국회.
fn owner_before(draft: &Draft<'_>, body: Span) -> Option<Country> {
    let before = draft.before(body, 40).trim_end();
    let before = if draft.lang == Lang::En { before.strip_suffix(" the").unwrap_or(before) } else { before };
    let ends = |country: &&Country| country.possessives(&draft.lang).iter().any(|owner| is_owner(before, owner));
    COUNTRIES.iter().find(ends).copied()
}

/// Returns whether a text ends in a word for a country that is not part of a longer one (한중, 南韩国).
fn is_owner(before: &str, owner: &str) -> bool {
    let rest = before.strip_suffix(owner);
    rest.is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() && !is_chinese(c)) && !rest.ends_with(['-', '–']))
}

fn is_chinese(c: char) -> bool {
    Script::of(c) == Script::Han
}

/// Returns the country that an apposition after an English body names: the National Assembly, China's legislature.
fn owner_after(draft: &Draft<'_>, body: Span) -> Option<Country> {
    let after = draft.after(body, 60);
    if draft.lang != Lang::En {
        return None;
    }
    let rest = after.strip_prefix(", ")?;
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let kinds = [" legislature", " parliament", " top legislature", " lawmaking body", " rubber-stamp parliament"];
    let named = |country: &&Country| {
        let owners = country.possessives(&draft.lang).iter();
        let mut rests = owners.filter_map(|owner| rest.strip_prefix("South ").unwrap_or(rest).strip_prefix(owner));
        rests.any(|rest| kinds.iter().any(|kind| rest.starts_with(kind)))
    };
    COUNTRIES.iter().find(named).copied()
}

/// Words of an office between its holder and the body.
const OFFICE_WORDS: &str = "chairman chair chairperson chairwoman speaker head leader vice deputy of the its who \
    heads leads chairs standing committee top chief presiding officer south korea s china korean chinese";

/// Returns the country of the person who is called the head of a body, where it is another's: Zhao Leji, chairman of the
/// Standing Committee of the National Assembly.
fn head(draft: &Draft<'_>, found: &TermMatch, body: Body) -> Option<Country> {
    match (&draft.lang, body.role) {
        (Lang::En, "legislature") => english_head(draft, found, body).or_else(|| english_head_behind(draft, found, body)),
        (Lang::Ko, "legislature" | "speaker") => korean_head(draft, found, body),
        _ => None,
    }
}

/// Finds National Assembly Chairman Zhao Leji.
fn english_head_behind(draft: &Draft<'_>, found: &TermMatch, body: Body) -> Option<Country> {
    let behind = Span::new(found.span.end, draft.sentence(found.span).end);
    let person = draft.matches_in(behind).find(|other| other.found.concept.kind == Kind::Person)?;
    let between = &draft.text[found.span.end..person.span.start];
    let only = !between.contains([',', '.', ';']) && is_office(between);
    office_country(draft, person, "speaker").filter(|country| only && *country != body.country)
}

/// Finds 자오러지 국회 상무위원장 and 우원식 전인대 상무위원장.
fn korean_head(draft: &Draft<'_>, found: &TermMatch, body: Body) -> Option<Country> {
    let before = Span::new(draft.sentence(found.span).start, found.span.start);
    let person = draft.matches_in(before).filter(|other| other.found.concept.kind == Kind::Person).last()?;
    let between = &draft.text[person.span.end..found.span.start];
    let between = between[gloss::length_at_start(between)..].trim();
    let after = draft.after(found.span, 24).trim_start();
    let offices = ["의장", "부의장", "위원장", "상무위원", "상임위원"];
    let of_office = body.role == "speaker" || offices.iter().any(|office| after.starts_with(office));
    let only = matches!(between, "" | "중국" | "한국") && of_office;
    office_country(draft, person, "speaker").filter(|country| only && *country != body.country)
}

/// Finds Zhao Leji, chairman of the Standing Committee of the National Assembly.
fn english_head(draft: &Draft<'_>, found: &TermMatch, body: Body) -> Option<Country> {
    let before = Span::new(draft.sentence(found.span).start, found.span.start);
    let person = draft.matches_in(before).filter(|other| other.found.concept.kind == Kind::Person).last()?;
    let between = &draft.text[person.span.end..found.span.start];
    let office = between.starts_with(',') || between.starts_with(" who ");
    let only = is_office(between);
    let country = office_country(draft, person, "speaker").filter(|_| office && only)?;
    (country != body.country).then_some(country)
}

/// Returns whether a text is made of words of an office, and not of none.
fn is_office(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| OFFICE_WORDS.split(' ').any(|office| office == word.to_lowercase()))
}

/// What a cabinet's meeting does, in Korean and Chinese.
const MEETING: &str = "주재 의결 심의 主持 召开 召開 审议 審議";

/// Returns the country of the head of state or government who presides over a cabinet of another, in a sentence that says
/// nothing of that other country: 이재명 대통령은 국무원을 주재했다.
fn cabinet(draft: &Draft<'_>, found: &TermMatch, body: Body) -> Option<Country> {
    if body.role != "cabinet" || draft.lang == Lang::En {
        return None;
    }
    let sentence = draft.sentence(found.span);
    let others = || draft.matches_in(sentence).filter(|other| other.span != found.span);
    let of_own = others().any(|other| national::country_of(&other.found.concept.id) == Some(body.country));
    let meets = MEETING.split(' ').any(|verb| sentence.of(draft.text).contains(verb));
    let presides = |other: &TermMatch| {
        let offices = other.found.concept.offices().into_iter();
        let mut now = offices.filter(|office| office.term.holds_on(draft.date.day));
        now.any(|office| TitleWords::of(&office.title).is_some_and(|words| matches!(words.rank, "state" | "government")))
    };
    if !meets || of_own {
        return None;
    }
    // 이 대통령 after 이재명 대통령 is nobody's but the ROK's.
    let president = draft.lang == Lang::Ko && body.country == Country::China && sentence.of(draft.text).contains("대통령은 ");
    let head = others().find(|other| presides(other)).and_then(|head| national::country_of(&head.found.concept.id));
    head.filter(|country| *country != body.country).or_else(|| president.then_some(Country::SouthKorea))
}

/// Returns the country in whose legislature or cabinet a person holds an office of this role on the day of the draft.
fn office_country(draft: &Draft<'_>, person: &TermMatch, role: &str) -> Option<Country> {
    let offices = person.found.concept.offices().into_iter();
    let now = offices.filter(|office| office.term.holds_on(draft.date.day));
    now.filter_map(|office| national::body(&office.title)).find(|body| body.role == role).map(|body| body.country)
}

/// Verbs of speech after which a Chinese sentence tells what the speaker's own side is willing to do.
const SAYS: [&str; 8] = ["说", "表示", "指出", "強調", "强调", "說", "称", "稱"];

/// Returns the country of the head of a legislature who is quoted on what the legislature of another is willing to do:
/// 赵乐际说，韩国国会愿.
fn willing(draft: &Draft<'_>, found: &TermMatch, body: Body) -> Option<Country> {
    let after = draft.after(found.span, 12);
    if !draft.lang.is_chinese() || body.role != "legislature" || !after.starts_with(['愿', '願']) {
        return None;
    }
    let sentence = draft.sentence(found.span);
    let before = Span::new(sentence.start, found.span.start);
    let speaker = draft.matches_in(before).filter(|other| other.found.concept.kind == Kind::Person).last()?;
    let between = draft.text[speaker.span.end..found.span.start].trim_end_matches(['，', ',', '：', ' ']);
    let says = SAYS.iter().any(|verb| between.ends_with(verb)) && between.chars().count() <= 8;
    let country = office_country(draft, speaker, "speaker").filter(|_| says)?;
    (country != body.country).then_some(country)
}

/// Returns whether the sentence names the right body too, or says that one is like the other.
fn names(draft: &Draft<'_>, found: &TermMatch, meant: Body) -> bool {
    let sentence = draft.sentence(found.span);
    // One that is itself called another country's proves nothing.
    let own = |other: &TermMatch| owner_before(draft, inner_place(draft, other)).is_none_or(|owner| owner == meant.country);
    let named = draft.matches_in(sentence).any(|other| other.found.concept.id.as_str() == meant.id && own(other));
    let after = draft.after(found.span, 24).trim_start();
    let like = ["격", "에 해당", "에 상당", "역할", "라고 할", "相当", "相當"].iter().any(|like| after.starts_with(like));
    let before = draft.before(found.span, 24);
    let likened = ["equivalent of ", "like a ", "akin to ", "相当于", "相當於"].iter().any(|like| before.ends_with(like));
    named || like || likened
}

fn finding(draft: &Draft<'_>, place: Span, meant: Body) -> Option<Finding> {
    let id = ConceptId(meant.id.to_owned());
    let suggestions = renderings(draft, &id)?;
    let form = &suggestions[0];
    let written = draft.written(place);
    let why = match meant.country {
        Country::China => "China",
        Country::SouthKorea => "South Korea",
        Country::NorthKorea => "North Korea",
    };
    Some(
        RULE.finding(place, format!("{written} is not of {why}, of which the words around it speak; write {form}"))
            .about(&id)
            .fixed_by(draft.fix(place, form, false))
            .suggesting(suggestions),
    )
}

/// Returns the names to write, never none: in English the full one without the country, else a short one and the full one.
fn renderings(draft: &Draft<'_>, id: &ConceptId) -> Option<Vec<String>> {
    let full = draft.related.get(id)?.preferred(&draft.lang)?.text.as_str();
    if draft.lang == Lang::En {
        return Some(vec![full.split(" of the ").next().unwrap_or(full).to_owned()]);
    }
    let short = draft.related.short_name(id, &draft.lang).unwrap_or(full);
    let mut names = vec![short.to_owned()];
    if short != full {
        names.push(full.to_owned());
    }
    Some(names)
}
