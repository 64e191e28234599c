//! Showing a kept article: its segments, the concepts named in each, and their renderings.

use crate::glossary::concept::{Concept, ConceptId};
use crate::store::articles::{StoredArticle, StoredMention};
use crate::workspace::{Result, Workspace, WorkspaceError};

/// An article as it is shown.
#[derive(Clone, Debug)]
pub struct ShownArticle {
    /// The article.
    pub article: StoredArticle,
    /// Its segments.
    pub segments: Vec<ShownSegment>,
}

/// A segment with the concepts named in it.
#[derive(Clone, Debug)]
pub struct ShownSegment {
    /// The text.
    pub text: String,
    /// The concepts in order of place, longer terms first.
    pub mentions: Vec<(StoredMention, Concept)>,
}

impl Workspace {
    /// Returns the articles in the store.
    pub fn articles(&self) -> Result<Vec<StoredArticle>> {
        Ok(self.store.articles()?)
    }

    /// Returns an article with the names in it, found with the glossaries as they are now.
    pub fn show(&mut self, name: &str) -> Result<ShownArticle> {
        self.refresh_articles()?;
        let article = self.store.article(name)?.ok_or_else(|| WorkspaceError::NoArticle(name.to_owned()))?;
        let mut segments = Vec::new();
        for segment in self.store.segments(name)? {
            let mut mentions = Vec::new();
            for mention in segment.mentions {
                let id = ConceptId(mention.concept.clone());
                mentions.extend(self.store.current(&id)?.map(|stored| (mention, stored.concept)));
            }
            segments.push(ShownSegment { text: segment.text, mentions });
        }
        Ok(ShownArticle { article, segments })
    }
}
