//! The folded terms by row, in pages of 64 rows: what proves a near term without its concept.
//!
//! A page holds the ends of its 64 texts, four bytes each, and then the texts; a text is the terms of a row, a line feed after
//! each. Rows that are gone stay until their numbers are used again: whoever asks finds the concepts gone.

use memchr::memchr;
use rusqlite::{Connection, OptionalExtension, params};

use crate::glossary::index::ConceptRow;

/// How many rows stand in a page.
const PAGE_ROWS: u32 = 64;
/// Bytes of the ends at the head of a page.
const ENDS: usize = 4 * PAGE_ROWS as usize;

/// Returns the number of the page that holds a row.
pub(super) fn page_of(row: ConceptRow) -> u32 {
    row.0 / PAGE_ROWS
}

/// Returns the folded terms of a row in its page.
pub(super) fn terms_in(page: &[u8], row: ConceptRow) -> impl Iterator<Item = &[u8]> {
    let mut terms = text_in(page, (row.0 % PAGE_ROWS) as usize).unwrap_or_default().split(|byte| *byte == b'\n');
    // Every term has a line feed after it.
    let _ = terms.next_back();
    terms
}

fn text_in(page: &[u8], slot: usize) -> Option<&[u8]> {
    let end = |slot: usize| Some(u32::from_le_bytes(*page.get(4 * slot..)?.first_chunk()?) as usize);
    let start = if slot == 0 { 0 } else { end(slot - 1)? };
    page.get(ENDS..)?.get(start..end(slot)?)
}

/// A folded term where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoldedTerm<'p> {
    /// The concept.
    pub row: ConceptRow,
    /// Which of the concept's terms, turned names not counted.
    pub nth: usize,
    /// The folded term.
    pub text: &'p str,
}

/// A stored page that is read as a whole.
pub(super) struct FoldedPage<'p> {
    pub number: u32,
    pub body: &'p [u8],
}

impl<'p> FoldedPage<'p> {
    /// Returns the terms of all its rows, a line feed after each.
    pub(super) fn text(&self) -> &'p [u8] {
        self.body.get(ENDS..).unwrap_or_default()
    }

    /// Visits the term that begins at a byte of the text; none does at its end.
    pub(super) fn visit_term_at(&self, at: usize, visit: &mut dyn FnMut(FoldedTerm<'p>)) {
        let ends = self.body.get(..ENDS).unwrap_or_default();
        let end = |slot: usize| ends.get(4 * slot..).and_then(|end| end.first_chunk()).map(|end| u32::from_le_bytes(*end));
        let slots: [usize; PAGE_ROWS as usize] = std::array::from_fn(|slot| slot);
        let slot = slots.partition_point(|slot| end(*slot).is_some_and(|end| end as usize <= at));
        let start = slot.checked_sub(1).and_then(end).unwrap_or_default() as usize;
        let (Some(before), Some(rest)) = (self.text().get(start..at), self.text().get(at..)) else { return };
        let Some(length) = memchr(b'\n', rest) else { return };
        if let Ok(text) = std::str::from_utf8(&rest[..length]) {
            let nth = before.iter().filter(|byte| **byte == b'\n').count();
            visit(FoldedTerm { row: ConceptRow(self.number * PAGE_ROWS + slot as u32), nth, text });
        }
    }
}

/// Returns a stored page, empty where there is none.
pub(super) fn read(connection: &Connection, page: u32) -> rusqlite::Result<Box<[u8]>> {
    let mut statement = connection.prepare_cached("SELECT body FROM folded_page WHERE page = ?1")?;
    let body = statement.query_row([page], |row| row.get_ref(0)?.as_blob().map(Box::from).map_err(Into::into));
    Ok(body.optional()?.unwrap_or_default())
}

/// Writes the folded terms of rows that come in order, a page at a time.
#[derive(Debug, Default)]
pub(super) struct FoldedWriter {
    page: Option<OpenPage>,
}

#[derive(Debug)]
struct OpenPage {
    number: u32,
    /// The slots that are filled.
    ends: Vec<u32>,
    text: Vec<u8>,
}

impl FoldedWriter {
    /// Adds the folded terms of a row, which comes after those before it.
    pub(super) fn add(&mut self, connection: &Connection, row: ConceptRow, folded: &str) -> rusqlite::Result<()> {
        if self.page.as_ref().is_some_and(|page| page.number != page_of(row)) {
            self.finish(connection)?;
        }
        let page = match &mut self.page {
            Some(page) => page,
            None => self.page.insert(OpenPage::begin(connection, row)?),
        };
        page.push(row, folded);
        Ok(())
    }

    /// Writes the last page.
    pub(super) fn finish(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let Some(page) = self.page.take() else { return Ok(()) };
        let mut insert = connection.prepare_cached("INSERT OR REPLACE INTO folded_page (page, body) VALUES (?1, ?2)")?;
        let (number, body) = (page.number, page.encode());
        insert.execute(params![number, body]).map(drop)
    }
}

impl OpenPage {
    /// Begins the page of a row with what is kept of the rows before it.
    fn begin(connection: &Connection, row: ConceptRow) -> rusqlite::Result<Self> {
        let number = page_of(row);
        let mut page = Self { number, ends: Vec::with_capacity(PAGE_ROWS as usize), text: Vec::new() };
        if !row.0.is_multiple_of(PAGE_ROWS) {
            let kept = read(connection, number)?;
            for slot in 0..(row.0 % PAGE_ROWS) as usize {
                page.text.extend(text_in(&kept, slot).unwrap_or_default());
                page.ends.push(page.text.len() as u32);
            }
        }
        Ok(page)
    }

    fn push(&mut self, row: ConceptRow, folded: &str) {
        self.ends.resize((row.0 % PAGE_ROWS) as usize, self.text.len() as u32);
        self.text.extend(folded.as_bytes());
        self.ends.push(self.text.len() as u32);
    }

    fn encode(mut self) -> Vec<u8> {
        self.ends.resize(PAGE_ROWS as usize, self.text.len() as u32);
        let mut bytes: Vec<u8> = self.ends.iter().flat_map(|end| end.to_le_bytes()).collect();
        bytes.append(&mut self.text);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE folded_page (page INTEGER PRIMARY KEY, body BLOB NOT NULL)").unwrap();
        let write = |rows: &[(u32, &str)]| {
            let mut writer = FoldedWriter::default();
            rows.iter().for_each(|(row, text)| writer.add(&connection, ConceptRow(*row), text).unwrap());
            writer.finish(&connection).unwrap();
        };
        let terms = |row: u32| -> Vec<Vec<u8>> {
            let page = read(&connection, page_of(ConceptRow(row))).unwrap();
            terms_in(&page, ConceptRow(row)).map(<[u8]>::to_vec).collect()
        };
        write(&[(1, "seoul\n"), (3, "busan\n\n"), (64, "daegu\n")]);
        assert_eq!((terms(1), terms(2)), (vec![b"seoul".to_vec()], vec![]));
        assert_eq!((terms(3), terms(64)), (vec![b"busan".to_vec(), vec![]], vec![b"daegu".to_vec()]));
        // A later batch goes on in the page; a row that was given away is written over.
        write(&[(4, "jeju\n")]);
        write(&[(64, "ulsan\n")]);
        assert_eq!((terms(3).len(), terms(4), terms(64)), (2, vec![b"jeju".to_vec()], vec![b"ulsan".to_vec()]));
        assert!(terms(1000).is_empty());
    }
}
