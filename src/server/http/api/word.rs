//! Words that stand for a choice, and numbers that stand for how many: read once, and refused with what they can be.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de::Error};

use crate::lang::Lang;
use crate::server::http::problem::Problem;

/// A language tag, as people write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag(pub Lang);

impl<'de> Deserialize<'de> for Tag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(deserializer)?;
        Lang::of_people(&tag).map(Self).map_err(D::Error::custom)
    }
}

/// Returns the language of a tag.
pub fn lang(tag: Option<Tag>) -> Option<Lang> {
    tag.map(|Tag(lang)| lang)
}

/// Returns the choice that a word stands for; `what` is the name of the field.
pub fn choice<T: Copy>(what: &str, word: &str, names: &[(&str, T)]) -> Result<T, Problem> {
    let found = names.iter().find(|(name, _)| *name == word).map(|(_, choice)| *choice);
    found.ok_or_else(|| {
        let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        Problem::unprocessable(format!("`{what}` is `{word}`, and can be {}", names.join(", ")))
    })
}

/// Returns how many of something are asked for, from 1 to `most`.
pub fn limit(asked: Option<usize>, usual: usize, most: usize) -> Result<usize, Problem> {
    match asked.unwrap_or(usual) {
        limit if (1..=most).contains(&limit) => Ok(limit),
        limit => Err(Problem::bad_request(format!("`limit` is {limit}, and can be from 1 to {most}"))),
    }
}

/// Returns a score from `least` to 100.
pub fn score(asked: Option<u8>, usual: u8, least: u8) -> Result<u8, Problem> {
    match asked.unwrap_or(usual) {
        score if (least..=100).contains(&score) => Ok(score),
        score => Err(Problem::bad_request(format!("`min_score` is {score}, and can be from {least} to 100"))),
    }
}

/// Returns a query that asks for something, without the blanks around it.
pub fn query(text: &str, longest: usize) -> Result<&str, Problem> {
    let text = text.trim();
    if text.len() > longest {
        let detail = format!("the query is longer than {longest} bytes; POST a draft to /api/check or /api/match");
        return Err(Problem::bad_request(detail));
    }
    if !text.contains(char::is_alphanumeric) {
        return Err(Problem::bad_request("there is no letter in the query; send a name or a sentence"));
    }
    Ok(text)
}

/// Levels by rule, as they are sent.
pub type SentLevels = BTreeMap<String, String>;
