//! Names that go on from what stands before the cursor.

use crate::glossary::term::LanguageSection;
use crate::lang::Lang;
use crate::server::lsp::document::Document;
use crate::server::lsp::position::{PositionEncoding, Range};
use crate::server::lsp::protocol::{CompletionItem, CompletionList, TextEdit};
use crate::text::script::Script;
use crate::workspace::completion::{Completion, Completions};
use crate::workspace::{Result, Workspace};

/// At most so many names are offered at a time.
const MOST_OFFERED: usize = 30;
/// A name is looked for from so many words before the cursor on, and in Chinese from so many characters.
const MOST_WORDS: usize = 5;
const MOST_CHARACTERS: usize = 8;
/// So much of a line before the cursor is looked at, in bytes.
const REACH: usize = 400;
/// The number of the kind "constant".
const CONSTANT: u8 = 21;

/// Returns the names that go on from what stands before a byte of a document: from the longest stretch that begins a name.
pub fn complete(
    document: &Document,
    offset: usize,
    lang: Option<&Lang>,
    encoding: PositionEncoding,
    workspace: &Workspace,
) -> Result<CompletionList> {
    let text = document.text();
    let line_start = document.line_start(offset).max(text.ceil_char_boundary(offset.saturating_sub(REACH)));
    let line = &text[line_start..offset];
    for start in starts(line) {
        let typed = &line[start..];
        if !is_enough(typed) || !workspace.may_begin_name(typed)? {
            continue;
        }
        let Completions { found, .. } = workspace.complete(typed, lang, MOST_OFFERED)?;
        if !found.is_empty() {
            let range =
                Range { start: document.position(line_start + start, encoding), end: document.position(offset, encoding) };
            let items = found.iter().enumerate().map(|(nth, completion)| item(nth, completion, typed, range)).collect();
            // Another letter brings other names to the top.
            return Ok(CompletionList { is_incomplete: true, items });
        }
    }
    // A name may begin with the next letter.
    Ok(CompletionList { is_incomplete: true, items: Vec::new() })
}

fn item(nth: usize, completion: &Completion, typed: &str, range: Range) -> CompletionItem {
    let concept = &completion.found.concept;
    let preferred = concept.sections.iter().filter_map(LanguageSection::preferred).map(|term| term.text.as_str());
    let mut others: Vec<&str> = preferred.filter(|text| *text != completion.text).take(4).collect();
    others.dedup();
    others.push(concept.kind.name());
    CompletionItem {
        label: completion.text.clone(),
        kind: CONSTANT,
        detail: others.join(" · "),
        sort_text: format!("{nth:02}"),
        filter_text: typed.to_owned(),
        text_edit: TextEdit { range, new_text: completion.text.clone() },
    }
}

/// Returns where in a line that ends at the cursor a name may begin, the farthest place first.
fn starts(line: &str) -> Vec<usize> {
    let last = line.chars().next_back();
    let mut starts = match last.map(Script::of) {
        Some(Script::Han) => character_starts(line),
        Some(_) if last.is_some_and(char::is_alphanumeric) => word_starts(line),
        _ => Vec::new(),
    };
    starts.reverse();
    starts
}

/// Chinese has no words: a name may begin with any of the last characters.
fn character_starts(line: &str) -> Vec<usize> {
    let name = line.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric() || *c == '·');
    name.take(MOST_CHARACTERS).filter(|(_, c)| *c != '·').map(|(at, _)| at).collect()
}

/// A name may begin with any of the last words, as far back as no sign parts them.
fn word_starts(line: &str) -> Vec<usize> {
    let joins = |c: char| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '\'' | '’' | '·' | '‑' | '‐');
    let begins = |(at, c): &(usize, char)| {
        let before = line[..*at].chars().next_back();
        // A change of script begins a word, too: Xi시진핑.
        let parted = |before: char| before.is_alphanumeric() && Script::of(before) != Script::of(*c);
        c.is_alphanumeric() && before.is_none_or(|before| before.is_whitespace() || !joins(before) || parted(before))
    };
    let words = line.char_indices().rev().take_while(|(_, c)| joins(*c)).filter(begins);
    words.take(MOST_WORDS).map(|(at, _)| at).collect()
}

/// Returns whether enough is typed to look for names: two Han characters or Hangul syllables, the second perhaps unfinished;
/// four Latin letters, which "the" has not, or two after a capital.
fn is_enough(typed: &str) -> bool {
    let letters: Vec<char> = typed.chars().filter(|c| c.is_alphanumeric()).collect();
    let capital = letters.first().is_some_and(|c| c.is_uppercase());
    match letters.first().map(|c| Script::of(*c)) {
        Some(Script::Alphabetic) if !capital => letters.len() >= 4,
        _ => letters.len() >= 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::lsp::protocol::TextDocumentItem;

    fn completed(line: &str, lang: Lang) -> CompletionList {
        let text = format!("첫 줄 😀\r\n{line} and more");
        let item = TextDocumentItem { uri: "file:///a.md".into(), language_id: "markdown".into(), version: None, text };
        let document = Document::open(item, None, 0);
        let offset = document.text().find(line).unwrap() + line.len();
        let workspace = Workspace::in_memory().unwrap();
        complete(&document, offset, Some(&lang), PositionEncoding::Utf16, &workspace).unwrap()
    }

    #[test]
    fn names_take_the_place_of_what_was_typed() {
        for (line, lang, label, typed) in [
            ("그는 시진ㅍ", Lang::Ko, "시진핑", "시진ㅍ"),
            ("그는 이재며", Lang::Ko, "이재명", "이재며"),
            ("met with president Lee Jae-m", Lang::En, "Lee Jae-myung", "Lee Jae-m"),
            ("He met xi jinp", Lang::En, "Xi Jinping", "xi jinp"),
            ("(Xi J", Lang::En, "Xi Jinping", "Xi J"),
            ("他在北京会见了习近", Lang::ZhHans, "习近平", "习近"),
            ("he met 习近", Lang::En, "Xi Jinping", "习近"),
            ("그는 전국인민대표대회 상", Lang::Ko, "전국인민대표대회 상무위원회", "전국인민대표대회 상"),
            ("😀 Zhao L", Lang::ZhHant, "趙樂際", "Zhao L"),
        ] {
            let found = completed(line, lang);
            let item = found.items.iter().find(|item| item.label == label).unwrap_or_else(|| panic!("{line}: {found:?}"));
            assert_eq!(item.filter_text, typed);
            let units = |text: &str| text.encode_utf16().count() as u32;
            let range = item.text_edit.range;
            assert_eq!((range.start.line, range.start.character), (1, units(line) - units(typed)), "{line}");
            assert_eq!(range.end.character, units(line), "{line}");
        }
    }

    #[test]
    fn nothing_is_offered_where_nothing_was_begun() {
        for line in ["", "그는 ", "met.", "xi", "the", "Q", "习"] {
            let found = completed(line, Lang::En);
            assert!(found.items.is_empty() && found.is_incomplete, "{line}: {found:?}");
        }
    }

    #[test]
    fn the_other_languages_stand_beside_a_name() {
        let found = completed("시진핑", Lang::En);
        let item = found.items.iter().find(|item| item.label == "Xi Jinping").unwrap();
        assert_eq!(item.detail, "시진핑 · 习近平 · 習近平 · person");
    }
}
