//! Where a sentence ends, in English, Korean and Chinese news.
//!
//! A sentence ends at `.`, `!`, `?`, `…`, `。`, `！`, `？` with the closing quotes and brackets after it. An English full stop
//! does not end one after an abbreviation (Jan. 6), an initial (J. Lee), inside a number, an ellipsis with spaces or the title of a
//! work, nor before a small letter or a dash.

use crate::text::span::Span;

/// English abbreviations that a capital letter or a number may follow within a sentence.
const ABBREVIATIONS: [&str; 52] = [
    "e.g", "i.e", "cf", "al", "p", "pp", "vol", "Vol", "Rs", "rs", "SEC", "Sec", "Art", "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen",
    "Col", "Lt", "Sgt", "Capt", "Adm", "Gov", "Sen", "Rep", "Rev", "Hon", "St", "Mt", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul",
    "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "No", "Nos", "vs", "Inc", "Co", "Ltd", "Corp", "Jr", "Fig",
];

/// Abbreviations and acronyms with full stops that end sentences as well as stand in them: a word that mostly begins a
/// sentence decides.
const EITHER: [&str; 4] = ["Inc", "Co", "Ltd", "Corp"];
/// Words that with a capital begin a sentence, and are no part of a name.
const BEGINNERS: [&str; 22] = [
    "The", "He", "She", "It", "They", "We", "This", "That", "These", "Those", "In", "But", "And", "However", "When", "As",
    "At", "On", "There", "Its", "His", "Her",
];

/// Returns the sentences of one paragraph, without the white space around them.
pub fn sentences(paragraph: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut chars = paragraph.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if let Some(close) = closing_of_title(c)
            && let Some(length) = title_length(&paragraph[at..], close)
        {
            // 《摔跤吧！爸爸》 is one title.
            while chars.next_if(|(place, _)| *place < at + length).is_some() {}
            continue;
        }
        if !is_stop(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, c)) = chars.next_if(|(_, c)| is_stop(*c) || is_closing(*c)) {
            end = next + c.len_utf8();
        }
        if ends_sentence(paragraph, start, at, end) {
            push_trimmed(paragraph, Span::new(start, end), &mut spans);
            start = end;
        }
    }
    push_trimmed(paragraph, Span::new(start, paragraph.len()), &mut spans);
    spans
}

/// Returns what closes the title of a work that `c` opens.
fn closing_of_title(c: char) -> Option<char> {
    match c {
        '《' => Some('》'),
        '『' => Some('』'),
        _ => None,
    }
}

/// Returns the length of a title in bytes with its closing mark, where it closes within 60 characters.
fn title_length(text: &str, close: char) -> Option<usize> {
    text.char_indices().take(60).find(|(_, c)| *c == close).map(|(at, c)| at + c.len_utf8())
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '．')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '」' | '』' | '》' | '）' | '】')
}

/// Returns whether the stop at `at`, whose closing marks run to `end`, ends the sentence that began at `start`.
fn ends_sentence(text: &str, start: usize, at: usize, end: usize) -> bool {
    let stop = text[at..].chars().next().unwrap_or(' ');
    let after = &text[end..];
    if matches!(stop, '。' | '！' | '？' | '．') {
        return !quote_goes_on(after);
    }
    let spaced = after.is_empty() || after.starts_with(char::is_whitespace);
    let korean = text[..at].ends_with(['다', '요', '죠', '까']);
    let Some(next) = after.trim_start().chars().next() else { return true };
    if !spaced {
        return korean && stop == '.' && !next.is_ascii() && next.is_alphabetic() && end == at + 1;
    }
    // An ellipsis with spaces in it (. . .) goes on to its last full stop.
    if stop == '.' && next == '.' {
        return false;
    }
    if stop == '.' && end == at + 1 && is_abbreviation(&text[start..at]) {
        return may_end_sentence(&text[start..at]) && begins_sentence(after);
    }
    !next.is_lowercase() && !is_dash(after)
}

/// Returns whether an abbreviation may stand at the end of a sentence: U.S., Corp.
fn may_end_sentence(before: &str) -> bool {
    let word = last_word(before);
    word.contains('.') && word.chars().all(|c| c == '.' || c.is_uppercase()) || EITHER.contains(&word)
}

fn begins_sentence(after: &str) -> bool {
    let word = after.split_whitespace().next().unwrap_or("");
    BEGINNERS.contains(&word)
}

/// An aside between dashes may have its own mark: and -- voila! -- you have cake.
fn is_dash(after: &str) -> bool {
    let after = after.trim_start();
    after.starts_with("--") || after.starts_with(['–', '—'])
}

/// Returns whether a quotation that has just closed is only a part of the sentence: “……。”他说.
fn quote_goes_on(after: &str) -> bool {
    after.starts_with(['，', ',', '、', '；'])
}

fn is_abbreviation(before: &str) -> bool {
    let word = last_word(before);
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    initial || ABBREVIATIONS.contains(&word) || dotted && word.starts_with("U")
}

fn last_word(before: &str) -> &str {
    before.rsplit(|c: char| c.is_whitespace() || c == '(' || c == '“' || c == '"').next().unwrap_or("")
}

fn push_trimmed(text: &str, span: Span, spans: &mut Vec<Span>) {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    let end = start + inner.trim().len();
    if start < end {
        spans.push(Span::new(start, end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(paragraph: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(paragraph).into_iter().map(|span| span.of(paragraph)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn english() {
        check("Lee met Li on Jan. 6. He said so.", &["Lee met Li on Jan. 6.", "He said so."]);
        check("China’s No. 2 leader spoke. “Yes.” Kang agreed!", &["China’s No. 2 leader spoke.", "“Yes.”", "Kang agreed!"]);
        check("The U.S. Senate and J. Lee paid 3.5 million.", &["The U.S. Senate and J. Lee paid 3.5 million."]);
        check("He left . . . what he could. . . . Next one.", &["He left . . . what he could. . . .", "Next one."]);
        check(
            "It was in the U.S. The U.S. Senate met ABC Corp. She agreed.",
            &["It was in the U.S.", "The U.S. Senate met ABC Corp.", "She agreed."],
        );
        check("See p. 55, e.g. Mr. Smith -- voila! -- there.", &["See p. 55, e.g. Mr. Smith -- voila! -- there."]);
        check("“Really?” he asked. (So it is.) End", &["“Really?” he asked.", "(So it is.)", "End"]);
    }

    #[test]
    fn korean() {
        check("그는 말했다. 리 총리는 답했다.\"네\"라고 했다.", &["그는 말했다.", "리 총리는 답했다.\"네\"라고 했다."]);
        check("이 대통령은 7일 왔다.시 주석도 왔다.", &["이 대통령은 7일 왔다.", "시 주석도 왔다."]);
        check("\"정말?\" 이라고 물었다. 3.5%다.", &["\"정말?\"", "이라고 물었다.", "3.5%다."]);
    }

    #[test]
    fn chinese() {
        check("去看《摔跤吧！爸爸》好吗？好！", &["去看《摔跤吧！爸爸》好吗？", "好！"]);
        check("李强说：“中方重视。”毛宁表示同意！好。", &["李强说：“中方重视。”", "毛宁表示同意！", "好。"]);
    }

    proptest! {
        #[test]
        fn sentences_hold_every_letter_once_and_in_order(text in "[a-c A-C가-나다.!?。“”\"\n]{0,60}") {
            let letters = |part: &str| part.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let joined: String = sentences(&text).into_iter().map(|span| letters(span.of(&text))).collect();
            prop_assert_eq!(joined, letters(&text));
        }
    }
}
