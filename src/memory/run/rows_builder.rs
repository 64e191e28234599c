//! The rows of a run while it is written: which lanes of each container have which gram.
//!
//! The grams of a container are counted as they come, so that its lanes can be dealt out to their rows in one block of memory;
//! a list for each row would be ten thousands of small ones. How a piece is written is left to [`super::gram_row`].

use crate::memory::gram::{self, Half};
use crate::memory::run::gram_row::{BITS, write_piece};
use crate::memory::run::{ROWS, row};
use crate::text::characters::Characters;

/// Stands before the lanes of each row, and is none.
const NO_LANE: u16 = u16::MAX;

/// Collects the rows of a run, a container at a time. Its memory serves for one run after another.
#[derive(Default)]
pub struct RowsBuilder {
    /// The rows of the lanes of the open container, lane after lane, and where each lane ends.
    grams: Vec<u16>,
    lane_ends: Vec<usize>,
    /// The lanes of the container that is being closed, row after row.
    lanes: Vec<u16>,
    /// The pieces of the closed containers, each container row after row, and where each container begins.
    pieces: Vec<u8>,
    starts: Vec<usize>,
    /// The entry of each piece in the directory of its row.
    entries: Vec<u16>,
}

impl RowsBuilder {
    /// Adds the next lane.
    pub fn add(&mut self, text: &Characters<'_>) {
        let (length, mut place) = (text.len(), 0);
        gram::for_each_gram(text, |gram| {
            self.grams.push(row(gram, Half::of(place, length)));
            place += 1;
        });
        self.lane_ends.push(self.grams.len());
    }

    /// Ends a container.
    pub fn close_container(&mut self) {
        let starts = self.row_starts();
        let ends = self.deal_lanes(starts);
        self.starts.push(self.pieces.len());
        for (start, end) in starts.into_iter().zip(ends) {
            let before = self.pieces.len();
            let kind = write_piece(&self.lanes[start as usize..end as usize], &mut self.pieces);
            self.entries.push(kind | (self.pieces.len() - before) as u16);
        }
        self.grams.clear();
        self.lane_ends.clear();
    }

    /// Returns where the lanes of each row of the open container will begin.
    fn row_starts(&self) -> [u32; ROWS] {
        let mut places = [0; ROWS];
        self.grams.iter().for_each(|row| places[usize::from(*row) % ROWS] += 1);
        let mut start = 0;
        for place in &mut places {
            start += 1;
            start += std::mem::replace(place, start);
        }
        places
    }

    /// Puts each lane into its rows, once, and returns where the rows end.
    fn deal_lanes(&mut self, mut ends: [u32; ROWS]) -> [u32; ROWS] {
        self.lanes.clear();
        self.lanes.resize(self.grams.len() + ROWS, NO_LANE);
        let mut from = 0;
        for (lane, to) in self.lane_ends.iter().enumerate() {
            for row in &self.grams[from..*to] {
                let end = &mut ends[usize::from(*row) % ROWS];
                let place = *end as usize;
                // A lane that has the gram before is written over.
                *end += u32::from(self.lanes[place - 1] != lane as u16);
                self.lanes[place] = lane as u16;
            }
            from = *to;
        }
        ends
    }

    /// Writes the rows that have a lane, and empties the builder. A row is a directory of two bytes a container, then the pieces.
    pub fn finish<E>(&mut self, mut write: impl FnMut(u16, &[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut row = Vec::new();
        for number in 0..ROWS {
            row.clear();
            for entries in self.entries.chunks(ROWS) {
                row.extend_from_slice(&entries[number].to_le_bytes());
            }
            let directory = row.len();
            for (start, entries) in self.starts.iter_mut().zip(self.entries.chunks(ROWS)) {
                let end = *start + usize::from(entries[number] & !BITS);
                row.extend_from_slice(&self.pieces[*start..end]);
                *start = end;
            }
            if row.len() > directory {
                write(number as u16, &row)?;
            }
        }
        self.pieces.clear();
        self.starts.clear();
        self.entries.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use crate::memory::run::gram_row::GramRow;
    use crate::memory::run::{BITMAP, CONTAINER};
    use crate::text::characters;

    type Lanes = BTreeMap<(u16, usize), BTreeSet<usize>>;

    fn with_characters(text: &str, visit: impl FnOnce(&Characters<'_>)) {
        let mut bytes = Vec::new();
        let width = characters::encode(text, &mut bytes);
        visit(&Characters::new(&bytes, width));
    }

    /// The lanes of each row and container, as they are written.
    fn written(builder: &mut RowsBuilder, containers: &[Vec<String>]) -> Lanes {
        for texts in containers {
            texts.iter().for_each(|text| with_characters(text, |text| builder.add(text)));
            builder.close_container();
        }
        let mut lanes = Lanes::new();
        let written = builder.finish(|number, row| {
            let row = GramRow::new(row, containers.len(), 0..containers.len()).ok_or(number)?;
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
                let mut place = 0;
                with_characters(text, |text| {
                    gram::for_each_gram(text, |gram| {
                        let number = row(gram, Half::of(place, text.len()));
                        lanes.entry((number, container)).or_default().insert(lane);
                        place += 1;
                    });
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
            let mut builder = RowsBuilder::default();
            let containers = [first, second];
            prop_assert_eq!(written(&mut builder, &containers), expected(&containers));
            // What was written leaves nothing behind.
            prop_assert_eq!(written(&mut builder, &containers[..1]), expected(&containers[..1]));
        }
    }

    #[test]
    fn a_gram_of_many_lanes_is_found_in_all() {
        let texts = (0..6_000).map(|lane| if lane % 3 == 0 { "abab".to_owned() } else { "ab".to_owned() });
        let containers = [texts.collect()];
        assert_eq!(written(&mut RowsBuilder::default(), &containers), expected(&containers));
    }
}
