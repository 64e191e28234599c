//! Decoded text on its way to a parser: how far it has been read, and in which line and column that is.
//!
//! Lines are counted a chunk at a time. The chunk before the current one is kept, since a parser finds a fault only after it
//! has read past it. What the text means is left to the parser.

use std::io::{self, BufRead, Read};

/// How much text is read at once, in bytes.
const CHUNK: usize = 1 << 18;

/// The longest piece a parser may ask for before it is told that this is no translation memory, in bytes.
const LONGEST_PIECE: u64 = 64 << 20;

/// A place in a text: line and column, both from 1, the column in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub line: u64,
    pub column: u64,
}

impl Place {
    const START: Self = Self { line: 1, column: 1 };

    /// Returns the place after some bytes of UTF-8 that begin here.
    fn after(self, bytes: &[u8]) -> Self {
        let scalars = |bytes: &[u8]| bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count() as u64;
        match memchr::memrchr(b'\n', bytes) {
            Some(last) => Self { line: self.line + count_lines(bytes), column: 1 + scalars(&bytes[last + 1..]) },
            None => Self { line: self.line, column: self.column + scalars(bytes) },
        }
    }
}

/// Returns how many lines end in the bytes.
pub(super) fn count_lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Some bytes with the place and the offset at which they begin.
struct Chunk {
    bytes: Vec<u8>,
    offset: u64,
    place: Place,
}

impl Chunk {
    fn end(&self) -> u64 {
        self.offset + self.bytes.len() as u64
    }
}

/// Text that knows its places.
pub(super) struct MeteredText {
    source: Box<dyn Read + Send>,
    before: Chunk,
    current: Chunk,
    /// How much of the current chunk has been read.
    read: usize,
    /// How far its lines have been counted, and the line there.
    counted: (usize, u64),
    piece_start: u64,
}

impl MeteredText {
    pub fn new(source: Box<dyn Read + Send>) -> Self {
        let empty = || Chunk { bytes: Vec::new(), offset: 0, place: Place::START };
        Self { source, before: empty(), current: empty(), read: 0, counted: (0, 1), piece_start: 0 }
    }

    /// Returns how many bytes have been read.
    pub fn position(&self) -> u64 {
        self.current.offset + self.read as u64
    }

    /// Returns the line that is being read.
    pub fn line(&mut self) -> u64 {
        let (counted, line) = self.counted;
        self.counted = (self.read, line + count_lines(&self.current.bytes[counted..self.read]));
        self.counted.1
    }

    /// Returns the place of an offset. What lies farther back than a chunk is taken for the first place that is known.
    pub fn place_of(&self, offset: u64) -> Place {
        let chunk = if offset >= self.current.offset { &self.current } else { &self.before };
        let inside = usize::try_from(offset.saturating_sub(chunk.offset)).unwrap_or(usize::MAX);
        chunk.place.after(&chunk.bytes[..inside.min(chunk.bytes.len())])
    }

    /// Notes that the parser begins with another piece, to which the limit of its length applies.
    pub fn begin_piece(&mut self) {
        self.piece_start = self.position();
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.position() - self.piece_start > LONGEST_PIECE {
            let line = self.place_of(self.position()).line;
            let reason = format!("a piece of text has gone on for 64 MB in line {line}; look for what is not closed before it");
            return Err(io::Error::other(reason));
        }
        let place = self.current.place.after(&self.current.bytes);
        let next = Chunk { bytes: std::mem::take(&mut self.before.bytes), offset: self.current.end(), place };
        self.before = std::mem::replace(&mut self.current, next);
        (self.read, self.counted) = (0, (0, place.line));
        self.current.bytes.resize(CHUNK, 0);
        let filled = read_some(&mut self.source, &mut self.current.bytes);
        self.current.bytes.truncate(*filled.as_ref().unwrap_or(&0));
        filled.map(|_| ())
    }
}

/// Reads what is ready, and tries again where the system was interrupted.
fn read_some(source: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

impl Read for MeteredText {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(out.len());
        out[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for MeteredText {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read == self.current.bytes.len() {
            self.refill()?;
        }
        Ok(&self.current.bytes[self.read..])
    }

    fn consume(&mut self, amount: usize) {
        self.read = (self.read + amount).min(self.current.bytes.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metered(text: &str) -> MeteredText {
        MeteredText::new(Box::new(io::Cursor::new(text.to_owned())))
    }

    #[test]
    fn places_are_lines_and_columns_of_characters() {
        let mut text = metered("ab\n리창 x\n");
        let mut all = String::new();
        assert_eq!(text.fill_buf().unwrap().len(), 12);
        for (offset, line, column) in [(0, 1, 1), (2, 1, 3), (3, 2, 1), (6, 2, 2), (10, 2, 4), (12, 3, 1), (99, 3, 1)] {
            assert_eq!(text.place_of(offset), Place { line, column }, "offset {offset}");
        }
        text.read_to_string(&mut all).unwrap();
        assert_eq!(text.line(), 3);
    }

    #[test]
    fn places_are_right_across_chunks_and_in_one_long_line() {
        let text = format!("{}\n{}", "가나다 ".repeat(CHUNK / 8), "라".repeat(CHUNK / 2));
        let mut metered = metered(&text);
        let mut step = [0; 1000];
        let mut read = 0;
        loop {
            let count = metered.read(&mut step).unwrap();
            read += count;
            let start = text.floor_char_boundary(read.saturating_sub(CHUNK / 2));
            let before = &text[..start];
            let expected = Place {
                line: 1 + before.matches('\n').count() as u64,
                column: 1 + before.rsplit('\n').next().unwrap().chars().count() as u64,
            };
            assert_eq!(metered.place_of(start as u64), expected, "offset {start} after {read}");
            assert_eq!(metered.position(), read as u64);
            if count == 0 {
                break assert_eq!(read, text.len());
            }
        }
        assert_eq!(metered.line(), 2);
    }

    #[test]
    fn a_piece_without_end_is_refused() {
        let mut metered = MeteredText::new(Box::new(io::repeat(b'a')));
        let said = io::copy(&mut metered, &mut io::sink()).unwrap_err().to_string();
        assert_eq!(said, "a piece of text has gone on for 64 MB in line 1; look for what is not closed before it");
    }
}
