//! Titles that the person beside them does not hold.

use rustc_hash::FxHashSet as HashSet;

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::gloss;
use crate::check::past;
use crate::check::rules::Rule;
use crate::check::title_word::{self, Side, TitleBeside, TitleWords};
use crate::glossary::concept::{Concept, ConceptId, Kind};
use crate::glossary::day::Day;
use crate::glossary::index::ConceptRow;
use crate::glossary::matcher::TermMatch;
use crate::glossary::office::Office;
use crate::lang::Lang;
use crate::names::han_conversion;
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "wrong-title",
    severity: Severity::Warning,
    on: true,
    manual: "A title beside a known person whose recorded offices are others: what another country calls the office (Prime \
             Minister Li Qiang for Premier Li Qiang, 国务院总理金民锡 for 国务总理金民锡), or an office that the person had \
             left before the day of the draft (문재인 대통령 in 2026). Write the title that the finding names, or former. \
             The day is that of --date, of the front matter or of the first lines; a draft without one is taken as of \
             today, and what depends on the day is information only, unless the draft names a later year or the present \
             holder. Silent in quotations, in headlines, beside former, then-, 전, 당시, 前 and their like, for people \
             whose offices are not recorded, and for those who left office more than ten years before, where the sentence \
             names a year of theirs or they have died.",
    check,
};

/// For so many years people are called by an old office only with a word that says so, also where the sentence has a date.
const RECENT: u16 = 10;
/// After so many years a title without that word is history, not a slip.
const HISTORY: u16 = 20;

/// Offices of which nobody holds two.
const HIGH_RANKS: [&str; 6] = ["state", "government", "legislature", "foreign", "presidency", "spokesperson"];

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let held = held_offices(draft);
    let persons = draft.outer_matches().filter(|found| found.found.concept.kind == Kind::Person && !found.is_turned());
    findings.extend(persons.filter_map(|found| Titled::new(draft, found)?.finding(draft, &held)));
}

/// A person with a title beside the name.
struct Titled<'d> {
    found: &'d TermMatch,
    title: TitleBeside,
    offices: Vec<(Office, &'static TitleWords)>,
}

impl<'d> Titled<'d> {
    fn new(draft: &Draft<'_>, found: &'d TermMatch) -> Option<Self> {
        let offices = found.found.concept.offices().into_iter();
        let offices: Vec<_> = offices.filter_map(|office| Some((TitleWords::of(&office.title)?, office))).collect();
        if offices.is_empty() || draft.concepts_at(found.span).count() > 1 || draft.quotation(found.span).is_some() {
            return None;
        }
        let title = title_word::beside(draft, found.span)?;
        let offices = offices.into_iter().map(|(words, office)| (office, words)).collect();
        Some(Self { found, title, offices })
    }

    fn finding(&self, draft: &Draft<'_>, held: &HashSet<ConceptId>) -> Option<Finding> {
        let called = self.offices.iter().any(|(_, words)| words.has(&draft.lang, self.title.word));
        if called { self.past_office(draft, held) } else { self.other_word(draft) }
    }

    /// Finds a title by which another country calls the office, or that is another office altogether.
    fn other_word(&self, draft: &Draft<'_>) -> Option<Finding> {
        let (office, words) = self.office_of_rank(draft).or_else(|| self.office_of_other_rank(draft))?;
        let dated = office.term.first_day().is_some_and(|first| past::names_time_before(draft, self.found.span, first));
        let word = words.word_like(&draft.lang, self.title.word);
        (!dated && !word.is_empty()).then(|| self.other_word_finding(draft, word))
    }

    /// Returns the office of the person that other countries call by the title; one that is held now where people of several
    /// ranks are called so.
    fn office_of_rank(&self, draft: &Draft<'_>) -> Option<&(Office, &'static TitleWords)> {
        let now = |office: &Office| office.term.holds_on(draft.date.day);
        let (lang, word) = (&draft.lang, self.title.word);
        let of_rank = |words: &TitleWords, sure: bool| {
            let called = |other: &&TitleWords| if sure { other.is_told_by(lang, word) } else { other.has(lang, word) };
            TitleWords::all().iter().filter(called).any(|other| other.rank == words.rank)
        };
        // Anybody may be a chairman in English; 장관 and 主席 are offices of state.
        let vague = *lang != Lang::En;
        let fits = |(office, words): &&(Office, &'static TitleWords)| {
            of_rank(words, true) || vague && now(office) && of_rank(words, false)
        };
        self.offices.iter().filter(fits).max_by_key(|(office, _)| (now(office), office.term.first_day()))
    }

    /// Returns the high office that the person holds on the day of the draft, where the title is of another high office.
    fn office_of_other_rank(&self, draft: &Draft<'_>) -> Option<&(Office, &'static TitleWords)> {
        let told = |words: &&TitleWords| words.is_told_by(&draft.lang, self.title.word);
        let mut named = TitleWords::all().iter().filter(told).peekable();
        let other = draft.date.told && named.peek().is_some() && named.all(|words| HIGH_RANKS.contains(&words.rank));
        let held = |(office, words): &&(Office, &'static TitleWords)| {
            HIGH_RANKS.contains(&words.rank) && office.term.holds_on(draft.date.day)
        };
        self.offices.iter().find(|office| other && held(office))
    }

    fn other_word_finding(&self, draft: &Draft<'_>, word: &str) -> Finding {
        let (name, title) = (draft.written(self.found.span), draft.written(self.title.span));
        let form = self.form(draft, &cased(&in_script(&draft.lang, word), &title), &name);
        let message = format!("{title} is not the title of {name}; write {form}");
        self.worded(draft, message, vec![form], Severity::Warning)
    }

    /// Finds a title that the person had laid down before the day of the draft.
    fn past_office(&self, draft: &Draft<'_>, held: &HashSet<ConceptId>) -> Option<Finding> {
        let lang = &draft.lang;
        let day = draft.date.day;
        let mut called = self.offices.iter().filter(|(_, words)| words.has(lang, self.title.word));
        if self.title.side == Side::Apposition || called.clone().any(|(office, _)| !office.term.has_ended_by(day)) {
            return None;
        }
        let (office, _) = called.clone().max_by_key(|(office, _)| office.term.last_day())?;
        let end = office.term.last_day()?;
        let told = called.any(|(_, words)| words.is_told_by(lang, self.title.word));
        if !told || self.is_history(draft, end) || self.is_called_past(draft) {
            return None;
        }
        let sure = past::is_surely_after(draft, end) || held.contains(&office.title);
        let severity = if sure { RULE.severity } else { Severity::Info };
        Some(self.past_finding(draft, office, severity))
    }

    fn is_called_past(&self, draft: &Draft<'_>) -> bool {
        let after = draft.after(self.found.span, 30);
        let reign =
            ["’s administration", "'s administration", "’s government", "'s government", "’s presidency", "'s presidency"];
        let of_reign = reign.iter().any(|reign| after.starts_with(reign));
        draft.is_headline(self.found.span) || of_reign || past::is_called_past(draft, self.whole())
    }

    /// Returns whether the title is history here rather than a slip.
    fn is_history(&self, draft: &Draft<'_>, end: Day) -> bool {
        let years = draft.date.day.year().saturating_sub(end.year());
        let dead = self.found.found.concept.died().is_some();
        years > HISTORY || years > RECENT && (dead || past::names_time_before(draft, self.found.span, end))
    }

    fn past_finding(&self, draft: &Draft<'_>, office: &Office, severity: Severity) -> Finding {
        let concept = &self.found.found.concept;
        let (name, title) = (draft.written(self.found.span), draft.written(self.title.span));
        let former = self.former(draft, &title, &name);
        let holder = draft.related.holder(&office.title, &concept.id).and_then(|holder| rendering(draft, holder));
        let mut suggestions = vec![former];
        if let Some(holder) = holder {
            // The dead do not act: somebody else is meant.
            let place = if concept.died().is_some_and(|died| died < draft.date.day) { 0 } else { 1 };
            suggestions.insert(place, self.form(draft, &title, &holder));
        }
        let form = &suggestions[0];
        let end = office.term.to.as_deref().unwrap_or_default();
        let message = format!("{name} was {title} until {end}; write {form}");
        self.worded(draft, message, suggestions, severity)
    }

    /// Returns the title and the name as they stand together.
    fn whole(&self) -> Span {
        let (name, title) = (self.found.span, self.title.span);
        Span::new(name.start.min(title.start), name.end.max(title.end))
    }

    /// Puts another title and another name in their places, with what stands between and beside them.
    fn form(&self, draft: &Draft<'_>, title: &str, name: &str) -> String {
        let (own, place) = (self.found.span, self.title.span);
        if place.start < own.start {
            format!("{title}{}{name}", &draft.text[place.end..own.start])
        } else {
            // A gloss belongs to the name before it, and goes with another name.
            let between = &draft.text[own.end..place.start];
            let same = name == draft.written(own);
            let between = if same { between } else { between.rsplit([')', '）']).next().unwrap_or(between) };
            format!("{name}{between}{title}")
        }
    }

    /// Returns the title and the name with the word that calls the office past.
    fn former(&self, draft: &Draft<'_>, title: &str, name: &str) -> String {
        match draft.lang {
            Lang::En => {
                let starts = draft.sentence(self.whole()).start == self.title.span.start;
                self.form(draft, &format!("{} {title}", if starts { "Former" } else { "former" }), name)
            }
            Lang::Ko => {
                // 아베 신조 전 일본 총리: before the country too, and behind a gloss.
                let after = &draft.text[self.found.span.end..self.title.span.start];
                let (gloss, country) = after.split_at(gloss::length_at_start(after));
                format!("{name}{gloss} 전 {}{title}", country.trim_start())
            }
            _ => format!("前{title}{name}"),
        }
    }

    fn worded(&self, draft: &Draft<'_>, message: String, suggestions: Vec<String>, severity: Severity) -> Finding {
        let span = self.whole();
        let finding = RULE.finding(span, message).about(&self.found.found.concept.id);
        let fix = suggestions.first().map(|form| draft.fix(span, form, false));
        Finding { severity, ..finding.fixed_by(fix).suggesting(suggestions) }
    }
}

/// Returns the offices whose holders on its day the draft names.
fn held_offices(draft: &Draft<'_>) -> HashSet<ConceptId> {
    let mut seen: HashSet<ConceptRow> = HashSet::default();
    let persons = draft.outer_matches().filter(|found| found.found.concept.kind == Kind::Person);
    let offices = persons.filter(|found| seen.insert(found.found.row)).flat_map(|found| found.found.concept.offices());
    offices.filter(|office| office.term.holds_on(draft.date.day)).map(|office| office.title).collect()
}

fn rendering(draft: &Draft<'_>, concept: &Concept) -> Option<String> {
    concept.preferred(&draft.lang).map(|term| term.text.clone())
}

/// Returns a word of the table in the characters of the draft.
fn in_script(lang: &Lang, word: &str) -> String {
    if *lang == Lang::ZhHant { han_conversion::to_traditional(word) } else { word.to_owned() }
}

/// Returns a title with capitals where the one in its place has them.
fn cased(word: &str, like: &str) -> String {
    if !like.starts_with(char::is_uppercase) {
        return word.to_owned();
    }
    let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    if word.is_ascii() { word.split(' ').map(capital).collect::<Vec<_>>().join(" ") } else { word.to_owned() }
}
