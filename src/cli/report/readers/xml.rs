//! XML as a tree, held to the elements and attributes that its reader knows.
#![cfg(test)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element with what is in it.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    attributes: BTreeMap<String, String>,
    pub children: Vec<Element>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// Returns the elements within it at any depth.
    pub fn descendants(&self) -> Vec<&Element> {
        self.children.iter().flat_map(|child| [vec![child], child.descendants()].concat()).collect()
    }
}

/// Reads a whole document.
pub fn read(text: &str) -> Element {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(element(&start)),
            Event::End(_) => {
                let closed = open.pop().unwrap();
                open.last_mut().unwrap().children.push(closed);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((open.len(), open[0].children.len()), (1, 1), "one root, all elements closed");
    open.remove(0).children.remove(0)
}

fn element(start: &BytesStart<'_>) -> Element {
    let mut element = Element { name: start.name().as_ref().to_owned(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.unwrap();
        let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap().into_owned();
        element.attributes.insert(attribute.key.as_ref().to_owned(), value);
    }
    element
}

/// Returns what XML can hold of a text (production 2 of XML 1.0).
pub fn legal(text: &str) -> String {
    let is_legal = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    text.chars().filter(is_legal).collect()
}

/// What an element may have: its attributes, whether each must be there, and the elements in it.
#[derive(Debug, Default)]
pub struct Allowed {
    attributes: BTreeMap<String, bool>,
    children: Vec<String>,
}

/// The elements of a kind of document.
pub type Shape = BTreeMap<String, Allowed>;

/// What readers of Checkstyle's XML look for.
pub static CHECKSTYLE: LazyLock<Shape> = LazyLock::new(|| {
    let rows: [(&str, &[&str], &[&str]); 3] = [
        ("checkstyle", &["version"], &["file"]),
        ("file", &["name"], &["error"]),
        ("error", &["line", "column", "severity", "message", "source"], &[]),
    ];
    let shape = rows.map(|(name, attributes, children)| {
        let attributes = attributes.iter().map(|name| ((*name).to_owned(), true)).collect();
        (name.to_owned(), Allowed { attributes, children: children.iter().map(|name| (*name).to_owned()).collect() })
    });
    shape.into_iter().collect()
});

/// The schema of JUnit's XML, read for its elements and attributes.
pub static JUNIT: LazyLock<Shape> = LazyLock::new(|| {
    let schema = read(include_str!("../../../../tests/schemas/junit-10.xsd"));
    let elements = schema.children.iter().filter(|child| child.name == "xs:element");
    let shape = elements.map(|element| {
        let mut allowed = Allowed::default();
        for part in element.descendants() {
            match part.name.as_str() {
                "xs:attribute" => {
                    allowed.attributes.insert(part.attribute("name").to_owned(), part.attribute("use") == "required");
                }
                "xs:element" => allowed.children.push(part.attribute("ref").to_owned()),
                _ => {}
            }
        }
        (element.attribute("name").to_owned(), allowed)
    });
    shape.collect()
});

/// Fails where a document has what its readers do not know, or lacks what they need.
pub fn check_shape(element: &Element, shape: &Shape) {
    let allowed = shape.get(&element.name).unwrap_or_else(|| panic!("<{}> is unknown", element.name));
    for name in element.attributes.keys() {
        assert!(allowed.attributes.contains_key(name), "<{}> has {name}", element.name);
    }
    for (name, _) in allowed.attributes.iter().filter(|(_, required)| **required) {
        assert!(element.attributes.contains_key(name), "<{}> lacks {name}", element.name);
    }
    for child in &element.children {
        assert!(allowed.children.contains(&child.name), "<{}> in <{}>", child.name, element.name);
        check_shape(child, shape);
    }
}
