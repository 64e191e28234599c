//! The rows of a run while it is written: which lanes of each container have which gram.
//!
//! The grams of a container are counted as they come, so that its lanes can be dealt out to their rows in one block of memory;
//! a list for each row would be ten thousands of small ones. How a piece is written is left to [`super::gram_row`].

use crate::memory::gram::{self, GRAMS, Half};
use crate::memory::run::ROWS;
use crate::memory::run::gram_row::{BITS, write_piece};
use crate::memory::run::row_directory::RowSize;
use crate::text::characters::Characters;

/// Stands before the lanes of each gram, and is none.
const NO_LANE: u16 = u16::MAX;

/// Collects the rows of a run, a container at a time. What it holds is much, and is let go of with the run.
#[derive(Default)]
pub struct RowsBuilder {
    /// The grams in one half of the lanes of a container, lane after lane, and where each lane ends.
    grams: Vec<u16>,
    lane_ends: Vec<usize>,
    /// Those lanes, gram after gram.
    lanes: Vec<u16>,
    /// The pieces of the container under way, row after row.
    pieces: Vec<u8>,
    /// Those of the others, each with no room to spare: together they are most of the memory.
    closed: Vec<Box<[u8]>>,
    /// The entry of each piece in the directory of its row.
    entries: Vec<u16>,
}

impl RowsBuilder {
    /// Adds a container by the texts of its lanes, one half after the other, which takes half the memory.
    pub fn add_container<'t>(&mut self, texts: impl Iterator<Item = Characters<'t>> + Clone) {
        for half in [Half::First, Half::Second] {
            self.collect_grams(texts.clone().map(|text| text.slice(half.characters(text.len()))));
            self.write_pieces();
        }
        self.closed.push(self.pieces.as_slice().into());
        self.pieces.clear();
    }

    fn collect_grams<'t>(&mut self, texts: impl Iterator<Item = Characters<'t>> + Clone) {
        self.grams.clear();
        self.lane_ends.clear();
        self.grams.reserve_exact(texts.clone().map(|text| text.len()).sum());
        for text in texts {
            gram::for_each_gram(&text, |gram| self.grams.push(gram));
            self.lane_ends.push(self.grams.len());
        }
    }

    fn write_pieces(&mut self) {
        let starts = self.gram_starts();
        let ends = self.deal_lanes(starts);
        for (start, end) in starts.into_iter().zip(ends) {
            let before = self.pieces.len();
            let kind = write_piece(&self.lanes[start as usize..end as usize], &mut self.pieces);
            self.entries.push(kind | (self.pieces.len() - before) as u16);
        }
    }

    /// Returns where the lanes of each gram will begin.
    fn gram_starts(&self) -> [u32; GRAMS] {
        let mut places = [0; GRAMS];
        self.grams.iter().for_each(|gram| places[usize::from(*gram) % GRAMS] += 1);
        let mut start = 0;
        for place in &mut places {
            start += 1;
            start += std::mem::replace(place, start);
        }
        places
    }

    /// Puts each lane beside its grams, once, and returns where the lanes of each gram end.
    fn deal_lanes(&mut self, mut ends: [u32; GRAMS]) -> [u32; GRAMS] {
        self.lanes.clear();
        self.lanes.reserve_exact(self.grams.len() + GRAMS);
        self.lanes.resize(self.grams.len() + GRAMS, NO_LANE);
        let mut from = 0;
        for (lane, to) in self.lane_ends.iter().enumerate() {
            for gram in &self.grams[from..*to] {
                let end = &mut ends[usize::from(*gram) % GRAMS];
                let place = *end as usize;
                // A lane that has the gram before is written over.
                *end += u32::from(self.lanes[place - 1] != lane as u16);
                self.lanes[place] = lane as u16;
            }
            from = *to;
        }
        ends
    }

    /// Returns the rows that have a lane, with their sizes.
    pub fn sizes(&self) -> Vec<RowSize> {
        let mut sizes = vec![0; ROWS];
        for entries in self.entries.chunks(ROWS) {
            sizes.iter_mut().zip(entries).for_each(|(size, entry)| *size += usize::from(entry & !BITS));
        }
        let directory = 2 * self.closed.len();
        let sizes = (0..).zip(sizes).filter(|(_, size)| *size > 0);
        sizes.map(|(row, size)| (row, directory + size)).collect()
    }

    /// Writes rows in this order, each with its place in it. A row is a directory of two bytes a container, then the pieces.
    pub fn finish<E>(self, rows: &[RowSize], mut write: impl FnMut(u16, &[u8]) -> Result<(), E>) -> Result<(), E> {
        let starts: Vec<Vec<u32>> = self.entries.chunks(ROWS).map(piece_starts).collect();
        let mut body = Vec::new();
        for (place, (row, _)) in (0..).zip(rows) {
            let row = usize::from(*row);
            body.clear();
            for entries in self.entries.chunks(ROWS) {
                body.extend_from_slice(&entries[row].to_le_bytes());
            }
            for ((pieces, starts), entries) in self.closed.iter().zip(&starts).zip(self.entries.chunks(ROWS)) {
                let start = starts[row] as usize;
                body.extend_from_slice(&pieces[start..start + usize::from(entries[row] & !BITS)]);
            }
            write(place, &body)?;
        }
        Ok(())
    }
}

/// Returns where the piece of each row begins in a container.
fn piece_starts(entries: &[u16]) -> Vec<u32> {
    let start = |end: &mut u32, entry: &u16| Some(std::mem::replace(end, *end + u32::from(entry & !BITS)));
    entries.iter().scan(0, start).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bumpalo::Bump;
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use crate::memory::run::gram_row::GramRow;
    use crate::memory::run::{BITMAP, CONTAINER, row};
    use crate::text::characters::{self, Width};

    type Lanes = BTreeMap<(u16, usize), BTreeSet<usize>>;

    fn encoded(text: &str) -> (Vec<u8>, Width) {
        let mut bytes = Vec::new();
        let width = characters::encode(text, &mut bytes);
        (bytes, width)
    }

    /// The lanes of each row and container, as they are written.
    fn written(containers: &[Vec<String>]) -> Lanes {
        let mut builder = RowsBuilder::default();
        for texts in containers {
            let encoded: Vec<_> = texts.iter().map(|text| encoded(text)).collect();
            builder.add_container(encoded.iter().map(|(bytes, width)| Characters::new(bytes, *width)));
        }
        let mut lanes = Lanes::new();
        let mut sizes = builder.sizes();
        sizes.reverse();
        let written = builder.finish(&sizes, |place, row| {
            let (number, size) = sizes[usize::from(place)];
            assert_eq!(row.len(), size);
            let all = containers.len();
            let (room, from) = (Bump::new(), row);
            let row = GramRow::read(size, all, 0..all, &room, |start, bytes| {
                bytes.copy_from_slice(&from[start..start + bytes.len()]);
                Ok::<_, u16>(())
            });
            let row = row?.ok_or(number)?;
            for container in 0..containers.len() {
                let mut bits = [0; BITMAP];
                row.piece(container).expand(&mut bits);
                let set = (0..CONTAINER).filter(|lane| bits[lane / 8] >> (lane % 8) & 1 == 1);
                lanes.insert((number, container), set.collect());
            }
            Ok(())
        });
        assert_eq!(written, Ok::<(), u16>(()));
        lanes.retain(|_, lanes| !lanes.is_empty());
        lanes
    }

    /// The same, gram by gram.
    fn expected(containers: &[Vec<String>]) -> Lanes {
        let mut lanes = Lanes::new();
        for (container, texts) in containers.iter().enumerate() {
            for (lane, text) in texts.iter().enumerate() {
                let ((bytes, width), mut place) = (encoded(text), 0);
                let text = Characters::new(&bytes, width);
                gram::for_each_gram(&text, |gram| {
                    let number = row(gram, Half::of(place, text.len()));
                    lanes.entry((number, container)).or_default().insert(lane);
                    place += 1;
                });
            }
        }
        lanes
    }

    proptest! {
        #[test]
        fn a_row_has_the_lanes_that_have_its_gram(
            first in proptest::collection::vec("[a-c]{0,12}|[가-나 ]{0,6}", 0..60),
            second in proptest::collection::vec("[a-c]{0,12}|[가-나 ]{0,6}", 0..60),
        ) {
            let containers = [first, second];
            prop_assert_eq!(written(&containers), expected(&containers));
        }
    }

    #[test]
    fn a_gram_of_many_lanes_is_found_in_all() {
        let texts = (0..6_000).map(|lane| if lane % 3 == 0 { "abab".to_owned() } else { "ab".to_owned() });
        let containers = [texts.collect()];
        assert_eq!(written(&containers), expected(&containers));
    }
}
