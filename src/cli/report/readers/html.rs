//! HTML as far as a page of ours goes: tags that close, links that lead somewhere, nothing from outside.
#![cfg(test)]

use std::collections::BTreeSet;

/// What was read from a page.
#[derive(Debug, Default)]
pub struct Page {
    /// The text of each draft.
    pub drafts: Vec<String>,
    /// The targets of links that no element has as its id.
    pub missing_ids: Vec<String>,
}

/// The elements that have no end tag.
const VOID: [&str; 3] = ["meta", "br", "!DOCTYPE"];
/// The attributes that are known to fetch nothing.
const HARMLESS: [&str; 13] =
    ["charset", "class", "content", "data-note", "href", "http-equiv", "html", "id", "lang", "name", "open", "scope", "title"];

/// Reads a page; fails where a browser would have to guess, fetch or run.
pub fn read(text: &str) -> Page {
    let mut page = Page::default();
    let (mut open, mut ids, mut targets): (Vec<String>, BTreeSet<String>, Vec<String>) = Default::default();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        keep(&mut page, &open, &rest[..at]);
        let end = tag_end(&rest[at..]);
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "</{name}> closes another element");
            continue;
        }
        let (name, attributes) = attributes(tag);
        assert!(!matches!(name, "script" | "link" | "img" | "iframe" | "form" | "object"), "<{name}>");
        for (attribute, value) in attributes {
            assert!(HARMLESS.contains(&attribute) || attribute.starts_with("aria-"), "<{name} {attribute}>");
            match attribute {
                "href" => targets.push(value.strip_prefix('#').unwrap_or_else(|| panic!("a link leads to {value}")).to_owned()),
                "id" => assert!(ids.insert(value.to_owned()), "two elements are {value}"),
                _ => {}
            }
        }
        if !VOID.contains(&name) {
            open.push(name.to_owned());
        }
        if name == "pre" {
            page.drafts.push(String::new());
        }
    }
    assert_eq!(open, Vec::<String>::new(), "elements are left open");
    page.missing_ids = targets.into_iter().filter(|target| !ids.contains(target)).collect();
    page
}

fn keep(page: &mut Page, open: &[String], text: &str) {
    if open.iter().any(|name| name == "style") {
        assert!(!text.contains("url(") && !text.contains("@import"), "a style fetches something");
    }
    if open.iter().any(|name| name == "pre")
        && let Some(draft) = page.drafts.last_mut()
    {
        draft.push_str(&unescaped(text));
    }
}

/// Returns where the tag at the beginning of a text ends, outside of quotes.
fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    let end = text.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == '>' && !quoted
    });
    end.expect("a tag is left open").0
}

/// Returns the name of a tag, and its attributes with their values.
fn attributes(tag: &str) -> (&str, Vec<(&str, &str)>) {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(end);
        let (value, after) = after.strip_prefix("=\"").map_or(("", after), |quoted| quoted.split_once('"').unwrap());
        attributes.push((attribute, value));
        rest = after.trim_start_matches(' ');
    }
    (name, attributes)
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Returns a text as a page can show it.
pub fn legible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && !"\n\r\t".contains(c) { '\u{FFFD}' } else { c }).collect()
}
