//! Fixing: which changes of the findings are made in one go, and what beside them has to agree.
//!
//! Whether a change is safe its rule has said; how a changed text gets into a file is left to others.

use std::collections::BTreeMap;

use crate::check::finding::{Finding, Fix};
use crate::check::gloss;
use crate::lang::Lang;
use crate::text::common_ends::{CommonEnds, common_ends};
use crate::text::indefinite_article::indefinite_article;
use crate::text::span::Span;
use crate::text::{hangul, particle};

/// Which fixes are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixScope {
    /// Those that can be made without asking.
    Safe,
    /// Those that are probable too.
    All,
}

/// Returns the fixes to make in a text, in order of place. Of two at overlapping places the graver or first is made; the other
/// is left until the text is checked again.
///
/// `prose` are the blocks of the text as they are read. A fix that would go through what is between their pieces, such as the
/// sign of an emphasis, is made where old and new words differ, or not at all.
pub fn fixes(text: &str, prose: &[Vec<Span>], lang: &Lang, findings: &[Finding], scope: FixScope) -> Vec<Fix> {
    let wanted = |finding: &&Finding| finding.fix.as_ref().is_some_and(|fix| fix.safe || scope == FixScope::All);
    let mut ranked: Vec<&Finding> = findings.iter().filter(wanted).collect();
    ranked.sort_by(|a, b| b.severity.cmp(&a.severity).then(a.span.cmp(&b.span)));
    let mut taken: BTreeMap<usize, (Span, Fix)> = BTreeMap::new();
    for fix in ranked.into_iter().filter_map(|finding| finding.fix.as_ref()) {
        let fix = agreeing(text, lang, fix);
        let beside = taken.range(..fix.span.end.max(fix.span.start + 1)).next_back();
        let free = beside.is_none_or(|(_, (span, _))| span.end <= fix.span.start);
        if free
            && fix.text != fix.span.of(text)
            && let Some(narrow) = in_prose(text, prose, &fix)
        {
            taken.insert(fix.span.start, (fix.span, narrow));
        }
    }
    taken.into_values().map(|(_, fix)| fix).collect()
}

/// Returns the change that writes `words` at a place of a text, with the particles after it made to agree.
pub fn with_particles(text: &str, place: Span, words: &str, safe: bool) -> Fix {
    let after = &text[place.end..text.floor_char_boundary((place.end + 60).min(text.len()))];
    // A gloss in brackets stands between the name and its particle: 자오러지(趙樂際)가.
    let (gloss, after) = after.split_at(gloss::length_at_start(after));
    let eojeol_end = after.find(|c: char| !hangul::is_syllable(c)).unwrap_or(after.len());
    let tail = &after[..eojeol_end];
    let agreed = if particle::is_chain(tail) { particle::agreeing(words, tail) } else { tail.to_owned() };
    if agreed == tail {
        return Fix { safe, span: place, text: words.to_owned() };
    }
    let end = place.end + gloss.len() + tail.len();
    Fix { safe, span: Span::new(place.start, end), text: format!("{words}{gloss}{agreed}") }
}

/// Returns a fix as it is made where nothing is in its way; `None` where it cannot be made in the prose, or changes nothing.
pub fn fix_made(text: &str, prose: &[Vec<Span>], lang: &Lang, fix: &Fix) -> Option<Fix> {
    let fix = agreeing(text, lang, fix);
    if fix.text == fix.span.of(text) { None } else { in_prose(text, prose, &fix) }
}

/// Returns the fix with the lines broken where they were, and with the English article before it and the possessive after it
/// as the new words want them.
fn agreeing(text: &str, lang: &Lang, fix: &Fix) -> Fix {
    let mut fix = Fix { text: with_line_breaks(fix.span.of(text), &fix.text), ..fix.clone() };
    if *lang == Lang::En && !fix.text.is_empty() {
        if let Some((place, article)) = article_before(text, &fix) {
            fix.text = format!("{article}{}{}", &text[place.end..fix.span.start], fix.text);
            fix.span.start = place.start;
        }
        if lacks_possessive_s(text, &fix) {
            let apostrophe = if text[fix.span.end..].starts_with('’') { "’" } else { "'" };
            fix.text = format!("{}{apostrophe}s", fix.text);
            fix.span.end += apostrophe.len();
        }
    }
    fix
}

/// Returns the new words with the line breaks that stand between the old ones, after as many words.
fn with_line_breaks(old: &str, new: &str) -> String {
    if !old.contains('\n') || new.contains('\n') {
        return new.to_owned();
    }
    let gaps = old.split(|c: char| !c.is_whitespace()).filter(|gap| !gap.is_empty());
    let mut gaps = gaps.map(|gap| if gap.contains('\n') { gap } else { " " });
    let mut words = new.split(' ');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |text, word| format!("{text}{}{word}", gaps.next().unwrap_or(" ")))
}

/// Returns the place of an article right before the words that agreed with the old ones, and the one that the new ones want.
fn article_before(text: &str, fix: &Fix) -> Option<(Span, String)> {
    let before = text[..fix.span.start].trim_end_matches([' ', '\u{A0}']);
    let gap = fix.span.start - before.len();
    let article = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let start = before.len() - article.len();
    let wanted = indefinite_article(&fix.text)?;
    // A capital A within a sentence is a letter: Vitamin A.
    let begins =
        before[..start].trim_end_matches([' ', '"', '“', '‘', '\'', '(', '*', '_']).ends_with(['.', '!', '?', '\n', ':']);
    let begins = begins || before[..start].trim().is_empty();
    let is_article = matches!(article, "a" | "an") || matches!(article, "A" | "An") && begins;
    if gap == 0 || gap > 2 || !is_article || article.eq_ignore_ascii_case(wanted) {
        return None;
    }
    let agreed = indefinite_article(fix.span.of(text)).is_none_or(|old| article.eq_ignore_ascii_case(old));
    let written = if article.starts_with('A') { format!("A{}", &wanted[1..]) } else { wanted.to_owned() };
    agreed.then_some((Span::new(start, before.len()), written))
}

/// Returns whether a lone apostrophe made a possessive of the old words, and the new ones need an s behind it: the
/// Philippines' becomes Manila's. After an opening quotation mark the apostrophe may close it.
fn lacks_possessive_s(text: &str, fix: &Fix) -> bool {
    let after = &text[fix.span.end..];
    let lone = after.strip_prefix(['\'', '’']).is_some_and(|rest| rest.starts_with(' '));
    if !lone || !fix.span.of(text).ends_with('s') || fix.text.ends_with(['s', 'x', 'z']) {
        return false;
    }
    let line_start = text[..fix.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = &text[line_start..fix.span.start];
    let opens = [" '", " ‘", "('", "(‘", "\"'", "“‘"];
    !line.starts_with(['\'', '‘']) && !opens.iter().any(|open| line.contains(open))
}

/// Returns the fix as one place of the prose that is read on without a gap; `None` where there is none such.
fn in_prose(text: &str, prose: &[Vec<Span>], fix: &Fix) -> Option<Fix> {
    let block = prose.get(prose.partition_point(|block| block.last().is_some_and(|last| last.end < fix.span.end)))?;
    let pieces = pieces(block, fix.span);
    if let [piece] = pieces.as_slice() {
        return (*piece == fix.span).then(|| fix.clone());
    }
    let read: String = pieces.iter().map(|piece| piece.of(text)).collect();
    let CommonEnds { before, after } = common_ends(&read, &fix.text);
    let (mut from, to) = (before, read.len() - after);
    let new = fix.text[before..fix.text.len() - after].to_owned();
    let mut offset = 0;
    for piece in pieces {
        if from < offset + piece.len() || from == to && from == offset + piece.len() {
            from = from.max(offset);
            let inside = to <= offset + piece.len();
            let span = Span::new(piece.start + from - offset, piece.start + to - offset);
            return inside.then_some(Fix { span, text: new, safe: fix.safe });
        }
        offset += piece.len();
    }
    None
}

/// Returns the parts of a block's pieces that lie in a place, those without a gap between them as one.
fn pieces(block: &[Span], place: Span) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    let first = block.partition_point(|piece| piece.end < place.start);
    let near = block[first..].iter().take_while(|piece| piece.start <= place.end);
    for piece in near.filter(|piece| piece.overlaps(place) || place.is_empty() && piece.contains(place)) {
        let part = Span::new(piece.start.max(place.start), piece.end.min(place.end));
        match pieces.last_mut() {
            Some(last) if last.end == part.start => last.end = part.end,
            _ => pieces.push(part),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::finding::Severity;

    /// A finding of `⟦old→new⟧` in a text, graver the more `!` stand before the new words.
    fn marked(marked: &str, safe: bool) -> (String, Vec<Finding>) {
        let (mut text, mut findings) = (String::new(), Vec::new());
        let mut rest = marked;
        while let Some((before, after)) = rest.split_once('⟦') {
            let (inside, after) = after.split_once('⟧').unwrap();
            let (old, new) = inside.split_once('→').unwrap();
            text.push_str(before);
            let span = Span::new(text.len(), text.len() + old.len());
            text.push_str(old);
            let severity = if new.starts_with('!') { Severity::Error } else { Severity::Warning };
            let fix = Some(Fix { safe, span, text: new.trim_start_matches('!').to_owned() });
            let (message, suggestions) = (String::new(), Vec::new());
            findings.push(Finding { rule: "r", severity, span, message, concept: None, source: None, suggestions, fix });
            rest = after;
        }
        (format!("{text}{rest}"), findings)
    }

    fn fixed(text: &str, prose: &[Vec<Span>], findings: &[Finding]) -> String {
        let mut out = text.to_owned();
        for fix in fixes(text, prose, &Lang::En, findings, FixScope::Safe).iter().rev() {
            out.replace_range(fix.span.start..fix.span.end, &fix.text);
        }
        out
    }

    #[test]
    fn articles_and_possessives_agree() {
        for (draft, expected) in [
            ("An ⟦NCP→Chinese⟧ deputy and a ⟦Congress→NPC⟧ one", "A Chinese deputy and an NPC one"),
            ("Vitamin A ⟦Congress→NPC⟧ and by-a ⟦Congress→NPC⟧", "Vitamin A NPC and by-an NPC"),
            ("a ⟦Peking→Beijing⟧ duck, a ⟦Treaty→NATO⟧ one", "a Beijing duck, a NATO one"),
            ("the ⟦Philippines→Manila⟧' answer, '⟦Philippines→Manila⟧' said", "the Manila's answer, 'Manila' said"),
            ("Xi ⟦Jingping→Jinping⟧'s and ⟦Peking→Beijing⟧’s", "Xi Jinping's and Beijing’s"),
        ] {
            let (text, findings) = marked(draft, true);
            assert_eq!(fixed(&text, &[vec![Span::new(0, text.len())]], &findings), expected);
        }
    }

    #[test]
    fn markup_between_words_stays() {
        for (draft, pieces, expected) in [
            ("⟦Zhao **Leiji→Zhao Leji⟧**.", vec![(0, 5), (7, 12), (14, 15)], "Zhao **Leji**."),
            ("⟦Xi **Ping→Mao Wen⟧**.", vec![(0, 3), (5, 9), (11, 12)], "Xi **Ping**."),
            ("⟦Xi\nJingping→Xi Jinping⟧.", vec![(0, 2), (2, 3), (3, 12)], "Xi\nJinping."),
            ("⟦One Belt\r\n  One Road→Belt and Road⟧.", vec![(0, 19), (19, 20)], "Belt and\r\n  Road."),
        ] {
            let (text, findings) = marked(draft, true);
            let block: Vec<Span> = pieces.into_iter().map(|(start, end)| Span::new(start, end)).collect();
            assert_eq!(fixed(&text, &[block], &findings), expected);
        }
    }

    #[test]
    fn of_overlapping_fixes_the_graver_is_made() {
        let (text, mut findings) = marked("a ⟦Peking→Beijing⟧⟦ University→!College⟧", true);
        findings[0].fix.as_mut().unwrap().span.end += 4;
        assert_eq!(fixed(&text, &[vec![Span::new(0, text.len())]], &findings), "a PekingCollege");
        let (text, findings) = marked("⟦Peking→Beijing⟧", false);
        assert_eq!(fixed(&text, &[vec![Span::new(0, text.len())]], &findings), "Peking");
    }
}
