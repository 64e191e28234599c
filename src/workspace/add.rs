//! Adding an article: text → segments → term matches → mentions → one transaction.

use crate::exchange::draft_file::DraftFile;
use crate::lang::Lang;
use crate::memory::article::Article;
use crate::memory::furniture::Furniture;
use crate::store::articles::StoredArticle;
use crate::text::hash;
use crate::workspace::{Result, Workspace, WorkspaceError};

/// The longest article, in bytes; what is longer is a book or no text.
const LONGEST_ARTICLE: usize = 1 << 20;

/// What became of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddReport {
    /// The name it is kept by.
    pub name: String,
    /// Whether it is new, an edited version, or the same as before.
    pub change: ArticleChange,
    /// Its language.
    pub lang: Lang,
    /// How many segments it has.
    pub segments: usize,
    /// How many mentions they hold.
    pub mentions: usize,
}

/// What adding an article has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleChange {
    /// It was not there.
    Added,
    /// It replaces an older version.
    Replaced,
    /// It was there as it is.
    Unchanged,
}

/// An article to be kept.
#[derive(Clone, Debug)]
pub struct ArticleText<'a> {
    /// The name to keep it by.
    pub name: &'a str,
    /// Where it comes from: one name stands for one place.
    pub origin: &'a str,
    /// The text as it lies in its file.
    pub file: &'a DraftFile,
    /// Its language, where the letters do not tell it.
    pub lang: Option<Lang>,
}

impl Workspace {
    /// Keeps an article. The same text again changes nothing; another text from the same place replaces the old one.
    pub fn add_article(&mut self, text: &ArticleText<'_>) -> Result<AddReport> {
        let before = self.store.article(text.name)?;
        if let Some(kept) = before.as_ref().filter(|kept| kept.origin != text.origin) {
            let kept = kept.origin.clone();
            return Err(WorkspaceError::ArticleElsewhere { name: text.name.to_owned(), kept });
        }
        if text.file.text.len() > LONGEST_ARTICLE {
            return Err(WorkspaceError::NoArticleText(text.name.to_owned()));
        }
        let plain = text.file.plain_text();
        let article = Article::new(&plain, text.lang.clone(), Furniture::LeftOut);
        let lang = article.lang.clone().ok_or_else(|| WorkspaceError::NoLanguage(text.name.to_owned()))?;
        let segments = article.lines(&plain);
        let digest = digest(&segments, &lang);
        let change = match &before {
            None => ArticleChange::Added,
            Some(kept) if kept.digest == digest => ArticleChange::Unchanged,
            Some(_) => ArticleChange::Replaced,
        };
        let segments = self.mentions(segments, &lang)?;
        let mentions = segments.iter().map(|segment| segment.mentions.len()).sum();
        let report = AddReport { name: text.name.to_owned(), change, lang: lang.clone(), segments: segments.len(), mentions };
        if change != ArticleChange::Unchanged {
            let (name, origin, added_at) = (text.name.to_owned(), text.origin.to_owned(), self.now.clone());
            self.store.put_article(&StoredArticle { name, origin, lang, digest, added_at }, &segments)?;
        }
        Ok(report)
    }

    /// Finds the mentions of kept articles anew where the glossaries have changed since.
    pub fn refresh_articles(&mut self) -> Result<()> {
        if !self.store.is_writable() {
            return Ok(());
        }
        for name in self.store.stale_articles()? {
            let Some(article) = self.store.article(&name)? else { continue };
            let segments = self.store.segments(&name)?.into_iter().map(|segment| segment.text).collect();
            let segments = self.mentions(segments, &article.lang)?;
            self.store.put_article(&article, &segments)?;
        }
        Ok(())
    }
}

/// Tells versions of an article apart: a hash of its language and segments.
fn digest(segments: &[String], lang: &Lang) -> String {
    let lines = segments.iter().map(String::as_str).chain([lang.tag()]);
    let bytes = lines.flat_map(|line| line.bytes().chain([b'\n']));
    format!("{:016x}", hash::fnv1a(bytes))
}
