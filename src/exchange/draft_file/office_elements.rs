//! What the elements of DOCX, HWPX and ODT mean for the text: a table each.

use quick_xml::events::BytesStart;

use crate::exchange::draft_file::office::Meaning;

/// WordprocessingML (ECMA-376, part 1, 17): transitional and strict differ in the namespace only.
pub(super) fn docx(namespace: &str, name: &str, element: &BytesStart<'_>) -> Meaning {
    if name == "Fallback" {
        // The same text box once more, for programs of before 2010.
        return Meaning::Skipped;
    }
    if !namespace.ends_with("/wordprocessingml/2006/main") && !namespace.ends_with("/wordprocessingml/main") {
        return Meaning::Transparent;
    }
    match name {
        "p" => Meaning::Paragraph,
        "r" => Meaning::Run,
        "t" => Meaning::TrimmedText,
        "tab" | "ptab" if !is_tab_stop(element) => Meaning::Character("\t", 1),
        "br" | "cr" => Meaning::Break,
        "noBreakHyphen" => Meaning::Character("\u{2011}", 1),
        "softHyphen" => Meaning::Character("\u{AD}", 1),
        "vanish" | "webHidden" if !is_off(element, "val") => Meaning::Hides,
        // What was deleted or moved away, the codes of fields, older looks, the reading beside a character.
        "del" | "moveFrom" | "instrText" | "delInstrText" | "rPrChange" | "pPrChange" | "rt" => Meaning::Skipped,
        _ => Meaning::Transparent,
    }
}

/// Returns whether an element says where tabulators stop, and is none itself.
fn is_tab_stop(element: &BytesStart<'_>) -> bool {
    has_attribute(element, "pos")
}

fn is_off(element: &BytesStart<'_>, name: &str) -> bool {
    let attributes = element.attributes().flatten();
    attributes
        .filter(|attribute| attribute.key.local_name().into_inner() == name)
        .any(|attribute| matches!(&*attribute.value, "0" | "false" | "off"))
}

fn has_attribute(element: &BytesStart<'_>, name: &str) -> bool {
    element.attributes().flatten().any(|attribute| attribute.key.local_name().into_inner() == name)
}

/// OWPML (KS X 6101): paragraphs of a section, with notes, tables and boxes in them.
pub(super) fn hwpx(namespace: &str, name: &str, _element: &BytesStart<'_>) -> Meaning {
    if !namespace.contains("/hwpml/") || !namespace.ends_with("/paragraph") {
        return Meaning::Transparent;
    }
    match name {
        "p" => Meaning::Paragraph,
        "run" => Meaning::Run,
        "t" => Meaning::Text,
        "tab" => Meaning::Character("\t", 1),
        "lineBreak" => Meaning::Break,
        "nbSpace" => Meaning::Character("\u{A0}", 1),
        "fwSpace" => Meaning::Character(" ", 1),
        "hyphen" => Meaning::Character("\u{AD}", 1),
        "deleteBegin" => Meaning::Hidden(true),
        "deleteEnd" => Meaning::Hidden(false),
        "hiddenComment" | "memogroup" | "equation" | "subText" => Meaning::Skipped,
        _ => Meaning::Transparent,
    }
}

/// OpenDocument 1.3, part 3, 5 and 6. The prefix tells the namespace apart by its last part, `text` or another.
pub(super) fn odt(namespace: &str, name: &str, element: &BytesStart<'_>) -> Meaning {
    let space = namespace.strip_prefix("urn:oasis:names:tc:opendocument:xmlns:").and_then(|rest| rest.split(':').next());
    match (space, name) {
        (Some("text"), "p" | "h") => Meaning::TextParagraph,
        (Some("text"), "span") => Meaning::Run,
        (Some("text"), "s") => Meaning::Character(" ", blanks(element)),
        (Some("text"), "tab") => Meaning::Character("\t", 1),
        (Some("text"), "line-break") => Meaning::Break,
        (Some("text"), "note-citation" | "tracked-changes" | "ruby-text" | "hidden-text" | "hidden-paragraph") => {
            Meaning::Skipped
        }
        (Some("office"), "annotation" | "event-listeners" | "scripts") => Meaning::Skipped,
        (Some("svg-compatible"), "title" | "desc") => Meaning::Skipped,
        _ => Meaning::Transparent,
    }
}

/// Returns how many blanks `text:s` stands for; more than a line of them is a mistake.
fn blanks(element: &BytesStart<'_>) -> usize {
    let count = element.attributes().flatten().find(|attribute| attribute.key.local_name().into_inner() == "c");
    count.and_then(|count| count.value.parse().ok()).unwrap_or(1).min(200)
}
