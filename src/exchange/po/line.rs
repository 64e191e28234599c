//! One line of a catalogue: a comment, a keyword with its string, or a string that continues the one before.

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line<'l> {
    Blank,
    /// An entry that is no longer in the program: `#~ msgid "..."`, with what comes after the sign.
    Obsolete(&'l str),
    /// The flags after `#,`.
    Flags(&'l str),
    /// The places in the program after `#:`.
    References(&'l str),
    /// A remark of the translator or the programmer.
    Comment(&'l str),
    /// What the entry was before, after `#|`.
    Previous,
    /// A keyword and its string.
    Field(Keyword, String),
    /// More of the string before.
    More(String),
}

/// The keywords of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    Context,
    Id,
    Plural,
    /// A translation, with the number of its plural form or 0.
    Translation(usize),
}

/// What is wrong with a line, and the column where, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineFault {
    pub column: u64,
    pub reason: &'static str,
    /// Whether more of the line might have made it right.
    pub cut_off: bool,
}

/// No language has so many plural forms; a number beyond it is a slip.
const MOST_FORMS: usize = 16;

impl<'l> Line<'l> {
    /// Reads a line without its end.
    pub fn parse(line: &'l str) -> Result<Self, LineFault> {
        let trimmed = line.trim();
        let indent = line.len() - line.trim_start().len();
        if let Some(comment) = trimmed.strip_prefix('#') {
            return Ok(Self::comment(comment));
        }
        if trimmed.is_empty() {
            return Ok(Self::Blank);
        }
        let keyword = trimmed.split('"').next().unwrap_or_default();
        let (quoted, start) = (&trimmed[keyword.len()..], indent + keyword.len());
        let fault = |at: usize, reason, cut_off| {
            let column = line.get(..at).map_or(1, |before| before.chars().count() as u64 + 1);
            LineFault { column, reason, cut_off }
        };
        if keyword.is_empty() {
            return Ok(Self::More(string(quoted).map_err(|(at, reason, cut)| fault(start + at, reason, cut))?));
        }
        let known = read_keyword(keyword.trim_end());
        let known = known.ok_or_else(|| fault(indent, "this is neither a comment nor a known keyword nor a string", false))?;
        Ok(Self::Field(known, string(quoted).map_err(|(at, reason, cut)| fault(start + at, reason, cut))?))
    }

    fn comment(comment: &'l str) -> Self {
        let mut rest = comment.chars();
        let kind = rest.next();
        let text = rest.as_str().trim();
        match kind {
            Some('~') => Self::Obsolete(text),
            Some(',') => Self::Flags(text),
            Some(':') => Self::References(text),
            Some('|') => Self::Previous,
            Some('.') => Self::Comment(text),
            _ => Self::Comment(comment.trim()),
        }
    }
}

fn read_keyword(keyword: &str) -> Option<Keyword> {
    Some(match keyword {
        "msgctxt" => Keyword::Context,
        "msgid" => Keyword::Id,
        "msgid_plural" => Keyword::Plural,
        "msgstr" => Keyword::Translation(0),
        _ => {
            let number = keyword.strip_prefix("msgstr")?.trim_start().strip_prefix('[')?.strip_suffix(']')?;
            Keyword::Translation(number.trim().parse().ok().filter(|form| *form < MOST_FORMS)?)
        }
    })
}

/// Reads a string in quotes with its escapes; a fault has its offset.
fn string(quoted: &str) -> Result<String, (usize, &'static str, bool)> {
    let Some(inside) = quoted.strip_prefix('"') else { return Err((0, "a string in quotes is missing", true)) };
    let mut text = String::with_capacity(inside.len());
    let mut chars = inside.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' if at + 2 == quoted.len() => return Ok(text),
            '"' => return Err((at + 2, "after the string comes something else", false)),
            '\\' => match chars.next() {
                Some((_, escaped)) => push_escaped(&mut text, escaped),
                None => break,
            },
            c => text.push(c),
        }
    }
    Err((quoted.len(), "the string is not closed", true))
}

/// Escapes as in C; what no escape is stays as it is written.
fn push_escaped(text: &mut String, escaped: char) {
    let meant = match escaped {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'v' => '\u{B}',
        'f' => '\u{C}',
        '"' | '\\' => escaped,
        other => {
            text.push('\\');
            other
        }
    };
    text.push(meant);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        for (line, expected) in [
            ("", Line::Blank),
            ("#~ msgid \"x\"", Line::Obsolete("msgid \"x\"")),
            ("#, fuzzy, c-format", Line::Flags("fuzzy, c-format")),
            ("#: a.c:1", Line::References("a.c:1")),
            ("#| msgid \"x\"", Line::Previous),
            ("#. seen once", Line::Comment("seen once")),
            ("#  seen once", Line::Comment("seen once")),
            ("#", Line::Comment("")),
            ("msgctxt \"menu\"", Line::Field(Keyword::Context, "menu".into())),
            ("msgid\t\"a\\tb\\\"\\\\n\\q\"  ", Line::Field(Keyword::Id, "a\tb\"\\n\\q".into())),
            ("msgstr [1] \"x\"", Line::Field(Keyword::Translation(1), "x".into())),
            (" \"가\"", Line::More("가".into())),
        ] {
            assert_eq!(Line::parse(line), Ok(expected), "{line}");
        }
        for (line, column, reason) in [
            ("msgid \"가나", 10, "the string is not closed"),
            ("msgid \"a\" b", 10, "after the string comes something else"),
            ("  msgtext \"a\"", 3, "this is neither a comment nor a known keyword nor a string"),
            ("msgstr[99] \"a\"", 1, "this is neither a comment nor a known keyword nor a string"),
            ("msgid", 6, "a string in quotes is missing"),
            ("msgid \"\\", 9, "the string is not closed"),
        ] {
            let fault = Line::parse(line).unwrap_err();
            assert_eq!((fault.column, fault.reason), (column, reason), "{line}");
        }
    }
}
