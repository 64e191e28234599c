//! The names of a draft that no glossary knows: every spelling with the places where it stands and what stands beside it.
//!
//! Owns what it holds, so that drafts can be compared when their texts are gone. What two spellings mean is left to
//! `sameness`.

mod chinese;
mod english;
mod korean;

use std::borrow::Cow;

use rustc_hash::FxHashMap as HashMap;

use crate::check::draft::Draft;
use crate::check::drift::kinship;
use crate::lang::Lang;
use crate::text::span::Span;

/// What a spelling is the spelling of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Form {
    /// A whole name: Zhao Leji, Halden Institute, 이재명.
    Name,
    /// One word of an English name, wherever it stands.
    Word,
}

/// One place of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub span: Span,
    /// The number of its sentence in the draft.
    pub sentence: u32,
    /// Whether it opens a sentence, where any word has a capital.
    pub opens: bool,
    /// Whether nothing is said of this place: it is spoken of, stands in a headline, or names a relative.
    pub excused: bool,
}

/// One spelling with everything that the draft says of it.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    pub text: String,
    pub form: Form,
    pub places: Vec<Place>,
    /// The words of the same name right before it and after it, each once.
    pub before: Vec<String>,
    pub after: Vec<String>,
    /// The titles and glosses beside it, each once.
    pub titles: Vec<String>,
    /// Whether the draft also has it in small letters.
    pub is_everyday: bool,
}

/// A name where a reader of the draft met it.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameSpan<'t> {
    pub span: Span,
    pub form: Form,
    pub sentence: u32,
    pub opens: bool,
    pub before: Option<&'t str>,
    pub after: Option<&'t str>,
    pub title: Option<&'t str>,
}

/// The unrecorded names of a draft.
#[derive(Clone, Debug)]
pub struct Census {
    pub(super) lang: Lang,
    pub(super) spellings: Vec<Spelling>,
}

/// A spelling that stands at more places is nobody's slip.
pub(super) const MOST_STRAYS: usize = 2;

/// So many different words beside a spelling are kept.
const MOST_BESIDE: usize = 12;

impl Census {
    /// Counts the names of a draft.
    pub fn of(draft: &Draft<'_>) -> Self {
        let mut tally = Tally { draft, rows: HashMap::default(), spellings: Vec::new() };
        match &draft.lang {
            Lang::En => english::count(&mut tally),
            Lang::Ko => korean::count(&mut tally),
            lang if lang.is_chinese() => chinese::count(&mut tally),
            _ => {}
        }
        tally.excuse();
        Self { lang: draft.lang.clone(), spellings: tally.spellings }
    }
}

/// The census of a draft in the making.
pub(super) struct Tally<'d, 't> {
    pub draft: &'d Draft<'t>,
    rows: HashMap<(Form, Cow<'t, str>), usize>,
    pub spellings: Vec<Spelling>,
}

impl<'t> Tally<'_, 't> {
    /// Counts a name, unless the glossary knows it or another rule speaks of it.
    pub fn add(&mut self, name: NameSpan<'t>) {
        if self.draft.is_matched(name.span) || self.draft.is_suspect(name.span) {
            return;
        }
        let written = name.span.of(self.draft.text);
        let text = if written.contains('\n') { Cow::Owned(written.replace('\n', " ")) } else { Cow::Borrowed(written) };
        let next = self.spellings.len();
        let row = *self.rows.entry((name.form, text)).or_insert(next);
        if row == next {
            self.spellings.push(Spelling::new(name.form, written));
        }
        let spelling = &mut self.spellings[row];
        let place = Place { span: name.span, sentence: name.sentence, opens: name.opens, excused: false };
        spelling.places.push(place);
        for (list, word) in
            [(&mut spelling.before, name.before), (&mut spelling.after, name.after), (&mut spelling.titles, name.title)]
        {
            let new = word.filter(|word| list.len() < MOST_BESIDE && !list.iter().any(|known| known == word));
            list.extend(new.map(str::to_owned));
        }
    }

    /// Marks the places of rare spellings of which nothing is said.
    fn excuse(&mut self) {
        for spelling in self.spellings.iter_mut().filter(|spelling| spelling.places.len() <= MOST_STRAYS) {
            for place in &mut spelling.places {
                let (draft, span) = (self.draft, place.span);
                place.excused = is_spoken_of(draft, span) || draft.is_headline(span) || kinship::is_beside(draft, span);
            }
        }
    }
}

/// Returns whether a name is quoted for its own sake: little else stands between the marks.
fn is_spoken_of(draft: &Draft<'_>, name: Span) -> bool {
    draft.quotation(name).is_some_and(|quotation| quotation.len() <= 2 * name.len())
}

impl Spelling {
    fn new(form: Form, written: &str) -> Self {
        let text = written.replace('\n', " ");
        Self { text, form, places: Vec::new(), before: Vec::new(), after: Vec::new(), titles: Vec::new(), is_everyday: false }
    }
}
