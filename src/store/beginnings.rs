//! The terms that begin with some letters, found by reading all folded terms: a few milliseconds for a hundred thousand concepts.

use memchr::{memchr_iter, memmem};

use crate::store::folded_terms::{FoldedPage, FoldedTerm};
use crate::store::{Result, Store};

impl Store {
    /// Visits the folded terms that begin with `start`, all of them where it is empty. Rows may be stale: whoever asks finds the
    /// concepts gone.
    pub fn terms_beginning(&self, start: &str, visit: &mut dyn FnMut(FoldedTerm<'_>)) -> Result<()> {
        self.begin_reading()?;
        self.read_beginnings(start, visit).map_err(|error| self.failure(error))?;
        self.above.as_ref().map_or(Ok(()), |above| above.terms_beginning(start, visit))
    }

    fn read_beginnings(&self, start: &str, visit: &mut dyn FnMut(FoldedTerm<'_>)) -> rusqlite::Result<()> {
        let after_line_feed = format!("\n{start}");
        let finder = memmem::Finder::new(&after_line_feed);
        let mut statement = self.connection.prepare_cached("SELECT page, body FROM folded_page")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let page = FoldedPage { number: row.get(0)?, body: row.get_ref(1)?.as_blob()? };
            let text = page.text();
            if text.starts_with(start.as_bytes()) {
                page.visit_term_at(0, visit);
            }
            if start.is_empty() {
                memchr_iter(b'\n', text).for_each(|at| page.visit_term_at(at + 1, visit));
            } else {
                finder.find_iter(text).for_each(|at| page.visit_term_at(at + 1, visit));
            }
        }
        Ok(())
    }
}
