//! Lexicons that were learned from the units, one for each pair of languages, with the state of the memory they were learned in.

use rusqlite::{OptionalExtension, params};

use crate::lang::Lang;
use crate::memory::lexicon::Lexicon;
use crate::memory::unit::TranslationUnit;
use crate::store::{Result, Store, StoreError, failure};

impl Store {
    /// Returns the lexicon of two languages and how many units there were when it was learned; `None` where there is none or
    /// where it cannot be read any more.
    pub fn lexicon(&self, source: &Lang, target: &Lang) -> Result<Option<(Lexicon, usize)>> {
        self.begin_reading()?;
        let sql = "SELECT body, units FROM lexicon WHERE source = ?1 AND target = ?2";
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.failure(error))?;
        let found = statement.query_row([source.family(), target.family()], |row| {
            Ok((Lexicon::from_bytes(row.get_ref(0)?.as_blob()?).ok(), row.get::<_, i64>(1)? as usize))
        });
        let found = found.optional().map_err(|error| self.failure(error))?;
        Ok(found.and_then(|(lexicon, units)| Some((lexicon?, units))))
    }

    /// Keeps a lexicon in the place of the one before.
    pub fn put_lexicon(&mut self, source: &Lang, target: &Lang, lexicon: &Lexicon, units: usize) -> Result<()> {
        self.begin_writing()?;
        let sql = "INSERT INTO lexicon (source, target, units, body) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT DO UPDATE SET units = excluded.units, body = excluded.body";
        let values = params![source.family(), target.family(), units as i64, lexicon.to_bytes()];
        self.connection.execute(sql, values).map(drop).map_err(|error| failure(&self.path, error))
    }

    /// Visits about `most` units, evenly spread over the memory.
    pub fn for_some_units(&self, most: usize, mut visit: impl FnMut(u32, &TranslationUnit)) -> Result<()> {
        let step = self.unit_count()?.div_ceil(most.max(1)).max(1) as u32;
        let mut seen = 0;
        self.for_each_unit(|stored| -> std::result::Result<(), StoreError> {
            if seen % step == 0 {
                visit(stored.row, &stored.unit);
            }
            seen += 1;
            Ok(())
        })
    }
}
