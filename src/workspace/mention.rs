//! The concepts that the segments of an article name.

use crate::glossary::matcher::{self, Reading};
use crate::glossary::mention::{self, Families, Mention};
use crate::lang::Lang;
use crate::store::articles::{StoredMention, StoredSegment};
use crate::text::fold::Folded;
use crate::workspace::{Result, Workspace};

impl Workspace {
    /// Finds the concepts that each segment of one article names.
    pub(super) fn mentions(&self, segments: Vec<String>, lang: &Lang) -> Result<Vec<StoredSegment>> {
        let reading = Reading { lang: Some(lang), any_case: false };
        let blocks: Vec<Folded> = segments.iter().map(|segment| Folded::new(segment)).collect();
        let mut found = Vec::new();
        for (segment, block) in segments.iter().zip(&blocks) {
            let mut matches = matcher::find_terms(&self.store, segment, block, reading)?;
            matcher::drop_uncued_homographs(segment, &mut matches);
            found.push(matches);
        }
        let families = Families::named(found.iter().flatten(), lang);
        let with_mentions = segments.into_iter().zip(&blocks).zip(&found).map(|((text, block), matches)| {
            let mut mentions = mention::full_mentions(&text, matches);
            mentions.extend(mention::second_mentions(&text, block, matches, &families, lang));
            let mut mentions: Vec<StoredMention> = mentions.into_iter().map(stored).collect();
            mentions.sort_by(|a, b| (a.span.start, b.span.end, &a.concept).cmp(&(b.span.start, a.span.end, &b.concept)));
            StoredSegment { text, mentions }
        });
        Ok(with_mentions.collect())
    }
}

fn stored(mention: Mention) -> StoredMention {
    StoredMention { span: mention.span, concept: mention.found.concept.id.as_str().to_owned(), term: mention.term }
}
