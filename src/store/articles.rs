//! Articles in the store: segments, and the places in them where a concept is named.

use rusqlite::{OptionalExtension, TransactionBehavior, params};

use crate::lang::Lang;
use crate::store::{Result, Store, StoreError, failure};
use crate::text::span::Span;

/// A concept named in a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMention {
    /// The place in the segment.
    pub span: Span,
    /// The id of the concept.
    pub concept: String,
    /// The recorded term that was found there.
    pub term: String,
}

/// A segment with its mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSegment {
    /// The text.
    pub text: String,
    /// The concepts named in it, in order of place.
    pub mentions: Vec<StoredMention>,
}

/// An article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredArticle {
    /// The name it is known by.
    pub name: String,
    /// Where it was read from.
    pub origin: String,
    /// Its language.
    pub lang: Lang,
    /// Tells versions of the text apart.
    pub digest: String,
    /// When it was added, in RFC 3339.
    pub added_at: String,
}

/// A segment in which a concept was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The article.
    pub article: String,
    /// When the article was added.
    pub added_at: String,
    /// The number of the segment, from 1.
    pub ordinal: usize,
    /// The segment.
    pub text: String,
}

impl Store {
    /// Returns an article without its segments.
    pub fn article(&self, name: &str) -> Result<Option<StoredArticle>> {
        let sql = "SELECT name, origin, lang, digest, added_at FROM article WHERE name = ?1";
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.failure(error))?;
        let found = statement.query_row([name], read_article).optional().map_err(|error| self.failure(error))?;
        found.transpose().map_err(|reason| StoreError::Damaged { path: self.path.clone(), reason })
    }

    /// Returns the articles in the store, in order of their names.
    pub fn articles(&self) -> Result<Vec<StoredArticle>> {
        let sql = "SELECT name, origin, lang, digest, added_at FROM article ORDER BY name";
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.failure(error))?;
        let found = statement.query_map([], read_article).and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>);
        let found = found.map_err(|error| self.failure(error))?;
        let damaged = |reason| StoreError::Damaged { path: self.path.clone(), reason };
        found.into_iter().map(|article| article.map_err(damaged)).collect()
    }

    /// Returns the segments of an article with their mentions.
    pub fn segments(&self, article: &str) -> Result<Vec<StoredSegment>> {
        self.read_segments(article).map_err(|error| self.failure(error))
    }

    fn read_segments(&self, article: &str) -> rusqlite::Result<Vec<StoredSegment>> {
        let sql = "SELECT segment.id, text FROM segment JOIN article ON article.id = article
                   WHERE name = ?1 ORDER BY ordinal";
        let mut segments = self.connection.prepare_cached(sql)?;
        let sql = "SELECT start, end, concept, term FROM mention WHERE segment = ?1 ORDER BY start, end DESC, concept";
        let mut mentions = self.connection.prepare_cached(sql)?;
        let rows = segments.query_map([article], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (id, text) = row?;
            let mentions = mentions.query_map([id], |row| {
                let offset = |column| row.get::<_, i64>(column).map(|offset| offset as usize);
                Ok(StoredMention { span: Span::new(offset(0)?, offset(1)?), concept: row.get(2)?, term: row.get(3)? })
            })?;
            Ok(StoredSegment { text, mentions: mentions.collect::<rusqlite::Result<_>>()? })
        })
        .collect()
    }

    /// Returns whether no article is kept, asked once for each state that is read.
    fn has_no_article(&self) -> Result<bool> {
        self.begin_reading()?;
        if let Some(known) = self.index.borrow().has_no_article {
            return Ok(known);
        }
        let none = self.connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM article)", [], |row| row.get(0));
        let none = none.map_err(|error| self.failure(error))?;
        self.index.borrow_mut().has_no_article = Some(none);
        Ok(none)
    }

    /// Returns the names of the articles whose mentions were found with other glossaries than the store has now.
    pub fn stale_articles(&self) -> Result<Vec<String>> {
        if self.has_no_article()? {
            return Ok(Vec::new());
        }
        let sql = "SELECT name FROM article WHERE aligned <> (SELECT value FROM setting WHERE name = 'generation') ORDER BY id";
        let failed = |error| self.failure(error);
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let names = statement.query_map([], |row| row.get(0)).and_then(Iterator::collect);
        names.map_err(failed)
    }

    /// Puts an article in the place of the one with its name, in one transaction.
    pub fn put_article(&mut self, article: &StoredArticle, segments: &[StoredSegment]) -> Result<()> {
        self.begin_writing()?;
        let path = self.path.clone();
        put_article(&mut self.connection, article, segments).map_err(|error| failure(&path, error))
    }

    /// Returns the latest segments in which a concept is named, at most `limit`.
    pub fn sightings(&self, concept: &str, limit: usize) -> Result<Vec<Sighting>> {
        if self.has_no_article()? {
            return Ok(Vec::new());
        }
        let sql = "SELECT name, added_at, ordinal, text
                   FROM (SELECT DISTINCT segment AS id FROM mention WHERE concept = ?1 ORDER BY segment DESC LIMIT ?2) AS seen
                   JOIN segment ON segment.id = seen.id JOIN article ON article.id = article ORDER BY segment.id DESC";
        let sightings = |error| self.failure(error);
        let mut statement = self.connection.prepare_cached(sql).map_err(sightings)?;
        let rows = statement.query_map(params![concept, limit as i64], read_sighting);
        rows.and_then(Iterator::collect).map_err(sightings)
    }

    /// Visits every segment, the latest first.
    pub fn for_each_segment(&self, mut visit: impl FnMut(Sighting)) -> Result<()> {
        let sql = "SELECT name, added_at, ordinal, text FROM segment JOIN article ON article.id = article
                   ORDER BY segment.id DESC";
        let failed = |error| self.failure(error);
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            visit(read_sighting(row).map_err(failed)?);
        }
        Ok(())
    }
}

fn read_article(row: &rusqlite::Row<'_>) -> rusqlite::Result<std::result::Result<StoredArticle, String>> {
    let tag: String = row.get(2)?;
    let (name, origin, digest, added_at) = (row.get(0)?, row.get(1)?, row.get(3)?, row.get(4)?);
    Ok(Lang::parse(&tag).map(|lang| StoredArticle { name, origin, lang, digest, added_at }).map_err(|error| error.to_string()))
}

fn read_sighting(row: &rusqlite::Row<'_>) -> rusqlite::Result<Sighting> {
    let ordinal = row.get::<_, i64>(2)? as usize;
    Ok(Sighting { article: row.get(0)?, added_at: row.get(1)?, ordinal, text: row.get(3)? })
}

fn put_article(
    connection: &mut rusqlite::Connection,
    article: &StoredArticle,
    segments: &[StoredSegment],
) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute("DELETE FROM article WHERE name = ?1", [&article.name])?;
    let sql = "INSERT INTO article (name, origin, lang, digest, added_at, aligned)
               VALUES (?1, ?2, ?3, ?4, ?5, (SELECT value FROM setting WHERE name = 'generation'))";
    let values = params![article.name, article.origin, article.lang.tag(), article.digest, article.added_at];
    transaction.execute(sql, values)?;
    let id = transaction.last_insert_rowid();
    for (position, segment) in segments.iter().enumerate() {
        let sql = "INSERT INTO segment (article, ordinal, text) VALUES (?1, ?2, ?3)";
        transaction.prepare_cached(sql)?.execute(params![id, position as i64 + 1, segment.text])?;
        let segment_id = transaction.last_insert_rowid();
        let sql = "INSERT OR IGNORE INTO mention (segment, start, end, concept, term) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut statement = transaction.prepare_cached(sql)?;
        for mention in &segment.mentions {
            let (start, end) = (mention.span.start as i64, mention.span.end as i64);
            statement.execute(params![segment_id, start, end, mention.concept, mention.term])?;
        }
    }
    transaction.commit()
}
