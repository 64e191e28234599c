//! What the columns of a glossary hold, by their heading or, where there is none, by their letters.

use crate::glossary::term::{TermForm, TermStatus};
use crate::lang::Lang;
use crate::text::script;

/// What one column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// The id of the concept.
    Id,
    /// Its kind.
    Kind,
    /// Its field.
    Domain,
    /// A remark.
    Note,
    /// Who says so.
    Source,
    /// The first day.
    ValidFrom,
    /// The last day.
    ValidTo,
    /// Terms of a language: the preferred one where the status is preferred and the form full.
    Terms(Lang, TermStatus, TermForm),
    /// Anything else, kept under its heading.
    Property(String),
    /// A column without heading and content.
    Nothing,
}

/// Why the columns cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// No column holds terms.
    #[error("no column is in a language that can be told; name the columns, as in en,ko")]
    NoLanguage,
    /// Two columns have one heading.
    #[error("the columns {first} and {second} are both called `{heading}`; rename or remove one")]
    Twice {
        /// The heading.
        heading: String,
        /// The number of the first, from 1.
        first: usize,
        /// The number of the second.
        second: usize,
    },
}

/// Headings by which other programs and people call a language.
const LANGUAGES: [(&str, &[&str]); 4] = [
    ("en", &["english", "영어", "영문", "英文", "英语", "英語", "en term", "eng", "english term"]),
    ("ko", &["korean", "한국어", "국문", "한글", "국어", "韩文", "韓文", "韩语", "韓語", "韩国语", "kor", "korean term"]),
    (
        "zh-Hans",
        &[
            "chinese",
            "chinese (simplified)",
            "simplified chinese",
            "simplified",
            "中文",
            "汉语",
            "简体",
            "简体中文",
            "중국어",
            "중국어(간체)",
            "중국어 간체",
            "간체",
            "간체자",
            "chi",
            "zho",
        ],
    ),
    (
        "zh-Hant",
        &[
            "chinese (traditional)",
            "traditional chinese",
            "traditional",
            "繁體",
            "繁體中文",
            "繁体",
            "繁体中文",
            "正體中文",
            "번체",
            "번체자",
            "중국어(번체)",
            "중국어 번체",
        ],
    ),
];

/// Headings of the other columns that are known.
const KNOWN: [(Column, &[&str]); 7] = [
    (Column::Id, &["id", "concept", "concept id", "concept_id", "term id"]),
    (Column::Kind, &["kind", "type", "category", "분류", "종류", "类别", "類別"]),
    (Column::Domain, &["domain", "subject", "field", "분야", "领域", "領域"]),
    (Column::Note, &["note", "notes", "comment", "comments", "remark", "remarks", "비고", "备注", "備註", "메모"]),
    (Column::Source, &["source", "출처", "来源", "來源", "reference"]),
    (Column::ValidFrom, &["valid_from", "valid from", "from"]),
    (Column::ValidTo, &["valid_to", "valid to", "to", "until"]),
];

/// Reads a header row; `None` where the cells are no headings.
pub fn read(cells: &[&str]) -> Option<Result<Vec<Column>, HeaderError>> {
    let cells: Vec<String> = cells.iter().map(|cell| cell.trim().trim_start_matches('\u{FEFF}').to_owned()).collect();
    let pair = cells.iter().any(|cell| cell.eq_ignore_ascii_case("source"))
        && cells.iter().any(|cell| cell.eq_ignore_ascii_case("target"));
    let columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    let languages = columns.iter().any(|column| matches!(column, Column::Terms(..)));
    let known = columns.iter().filter(|column| !matches!(column, Column::Property(_) | Column::Nothing)).count();
    if !languages && (pair || known < 2) {
        return None;
    }
    Some(if languages { without_repeats(&cells, columns) } else { Err(HeaderError::NoLanguage) })
}

/// Reads the names of columns as the user has given them; an unknown one is a property.
pub fn named(list: &str) -> Result<Vec<Column>, HeaderError> {
    let cells: Vec<String> = list.split(',').map(|cell| cell.trim().to_owned()).collect();
    let columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    if !columns.iter().any(|column| matches!(column, Column::Terms(..))) {
        return Err(HeaderError::NoLanguage);
    }
    without_repeats(&cells, columns)
}

fn without_repeats(cells: &[String], columns: Vec<Column>) -> Result<Vec<Column>, HeaderError> {
    let mut seen = std::collections::HashMap::new();
    for (position, column) in columns.iter().enumerate().filter(|(_, column)| **column != Column::Nothing) {
        if let Some(first) = seen.insert(heading(column), position) {
            let heading = cells[position].clone();
            return Err(HeaderError::Twice { heading, first: first + 1, second: position + 1 });
        }
    }
    Ok(columns)
}

/// Tells the columns of a file without headings by the letters in its first rows: a language each, then a note, then whatever
/// it is. A first row `source, target` is skipped by the caller.
pub fn guess(rows: &[Vec<&str>]) -> Result<Vec<Column>, HeaderError> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut columns: Vec<Column> = Vec::new();
    for position in 0..width {
        let text: Vec<&str> = rows.iter().filter_map(|row| row.get(position).copied()).collect();
        let lang = script::detect_language(&text.join("\n"));
        let free = |lang: &Lang| !columns.iter().any(|column| matches!(column, Column::Terms(taken, ..) if taken == lang));
        columns.push(match lang.filter(free) {
            Some(lang) => Column::Terms(lang, TermStatus::Preferred, TermForm::Full),
            None if text.iter().all(|cell| cell.trim().is_empty()) => Column::Nothing,
            None if !columns.contains(&Column::Note) => Column::Note,
            None => Column::Property(format!("column {}", position + 1)),
        });
    }
    let languages = columns.iter().filter(|column| matches!(column, Column::Terms(..))).count();
    if languages == 0 || languages == 1 && width > 1 { Err(HeaderError::NoLanguage) } else { Ok(columns) }
}

/// Returns the heading under which a column is written.
pub fn heading(column: &Column) -> String {
    match column {
        Column::Id => "id".into(),
        Column::Kind => "kind".into(),
        Column::Domain => "domain".into(),
        Column::Note => "note".into(),
        Column::Source => "source".into(),
        Column::ValidFrom => "valid_from".into(),
        Column::ValidTo => "valid_to".into(),
        Column::Property(name) => name.clone(),
        Column::Nothing => String::new(),
        Column::Terms(lang, status, form) => match (status, form) {
            (TermStatus::Preferred, TermForm::Full) => lang.tag().to_owned(),
            (status, TermForm::Full) => format!("{lang}:{status}"),
            (TermStatus::Admitted, form) => format!("{lang}:{form}"),
            (status, form) => format!("{lang}:{status}:{form}"),
        },
    }
}

fn column(cell: &str) -> Column {
    if cell.is_empty() {
        return Column::Nothing;
    }
    let lower = cell.to_lowercase();
    if let Some((column, _)) = KNOWN.iter().find(|(_, names)| names.contains(&lower.as_str())) {
        return column.clone();
    }
    terms(&lower).unwrap_or_else(|| Column::Property(cell.to_owned()))
}

/// Reads `ko`, `ko:short`, `ko:forbidden`, `ko:deprecated:acronym`.
fn terms(heading: &str) -> Option<Column> {
    let mut parts = heading.split(':').map(str::trim);
    let lang = language(parts.next()?)?;
    let (mut status, mut form) = (None, None);
    for part in parts {
        match (TermStatus::from_name(part), TermForm::from_name(part)) {
            (Some(found), _) if status.is_none() => status = Some(found),
            (_, Some(found)) if form.is_none() => form = Some(found),
            _ => return None,
        }
    }
    // A form alone says that the term is right beside the preferred one.
    let status = status.unwrap_or(if form.is_some() { TermStatus::Admitted } else { TermStatus::Preferred });
    Some(Column::Terms(lang, status, form.unwrap_or(TermForm::Full)))
}

/// Words that say no more than that a column holds names.
const NAME_WORDS: [&str; 11] = [" name", " term", "명칭", "명", " 표기", "표기", " 용어", "이름", "名称", "名稱", "译名"];

/// Returns the language that a heading names: an alias, or a tag that begins with a code of two letters.
pub(super) fn language(heading: &str) -> Option<Lang> {
    let plain = NAME_WORDS.iter().find_map(|word| heading.strip_suffix(word)).unwrap_or(heading).trim();
    let alias = LANGUAGES.iter().find(|(_, names)| names.contains(&plain)).map(|(tag, _)| *tag);
    let alias = alias.or_else(|| chinese_script(plain));
    let tag = alias.unwrap_or(heading);
    let primary = tag.split(['-', '_']).next()?;
    let two_letters = primary.len() == 2 && ISO_639_1.contains(&format!(" {primary} "));
    let lang = Lang::parse(tag).ok()?;
    (alias.is_some() || two_letters || matches!(primary, "yue" | "nan" | "cmn" | "lzh")).then_some(lang)
}

/// Returns the tag of a Chinese heading that names its script: 중문간체, Chinese (Traditional, Taiwan).
fn chinese_script(heading: &str) -> Option<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    if !has(&["중문", "중국어", "중국", "中文", "汉语", "漢語", "chinese", "간체", "번체"]) || heading.chars().count() > 40
    {
        return None;
    }
    if has(&["번체", "正體", "繁", "traditional"]) {
        Some("zh-Hant")
    } else if has(&["간체", "简体", "簡體", "simplified"]) || matches!(heading, "중문" | "중국어" | "中文" | "chinese")
    {
        Some("zh-Hans")
    } else {
        None
    }
}

/// The codes of two letters of ISO 639, but for those that are more often words in a heading (id, no, is, to).
const ISO_639_1: &str = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia ie ig ii ik io it iu ja jv ka kg ki \
kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn nr nv ny oc oj \
om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn tr ts tt \
tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(cells: &[&str]) -> Option<String> {
        let columns = read(cells)?;
        Some(match columns {
            Ok(columns) => columns.iter().map(heading).collect::<Vec<_>>().join(" | "),
            Err(error) => error.to_string(),
        })
    }

    #[test]
    fn headings_are_read_as_people_write_them() {
        for (cells, expected) in [
            (&["id", "en", "ko:forbidden", "zh_CN"][..], Some("id | en | ko:forbidden | zh-Hans")),
            (&["영문", "국문", "비고"], Some("en | ko | note")),
            (&["영문명", "한글 표기", "중문간체", "중국어(번체)"], Some("en | ko | zh-Hans | zh-Hant")),
            (&["English name", "Korean note", "ko"], Some("en | Korean note | ko")),
            (&["\u{FEFF}English", "Korean", "Team"], Some("en | ko | Team")),
            (&["en", "ko", "ko:acronym", "ko-Latn:variant", "ja"], Some("en | ko | ko:acronym | ko-Latn:variant | ja")),
            (&["en", "EN", "ko"], Some("the columns 1 and 2 are both called `EN`; rename or remove one")),
            (&["en", "pos", "pos"], Some("the columns 2 and 3 are both called `pos`; rename or remove one")),
            (&["id", "kind", "note"], Some("no column is in a language that can be told; name the columns, as in en,ko")),
            (&["Zhao Leji", "자오러지"], None),
            (&["source", "target"], None),
            (&["no", "name"], None),
        ] {
            assert_eq!(headings(cells).as_deref(), expected, "{cells:?}");
        }
    }

    #[test]
    fn columns_without_headings_are_told_by_their_letters() {
        let guessed = |rows: &[Vec<&str>]| guess(rows).map(|columns| columns.iter().map(heading).collect::<Vec<_>>().join(" "));
        assert_eq!(guessed(&[vec!["Zhao Leji", "자오러지", "chairman"], vec!["Li Xi", "리시", ""]]), Ok("en ko note".into()));
        assert_eq!(guessed(&[vec!["趙樂際", "조락제"]]), Ok("zh-Hant ko".into()));
        assert_eq!(guessed(&[vec!["a", "b"]]), Err(HeaderError::NoLanguage));
    }
}
