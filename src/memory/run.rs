//! A run of the match index: many folded segments of one language, in order of their length, with a row of bits for each gram.
//!
//! The segments of a run stand in lanes, [`CONTAINER`] of them together. What a run is made of are byte strings that whoever
//! keeps the index stores under their [`PageKey`]: for each container the texts of its lanes, for each gram the lanes that
//! have it. A question reads the rows of its own grams, and the texts of the few lanes that have enough of them.
//!
//! Which gram has its row where is written in a directory, so that whoever keeps the rows may put them in the order that wastes
//! least of its own pages.

pub mod gram_row;
pub mod lane_directory;
pub mod row_directory;
mod rows_builder;
pub mod shape;

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::memory::gram::{GRAMS, Half};
use crate::memory::run::row_directory::{RowDirectory, RowSize};
use crate::memory::run::rows_builder::RowsBuilder;
use crate::memory::run::shape::RunShape;
use crate::text::characters::{self, Characters, Width};

/// How many lanes stand together: the bits of a row in one container are read in one go, and long enough for the memory to
/// keep up.
pub const CONTAINER: usize = 1 << 14;
/// The bits of one row in one container, in bytes.
pub const BITMAP: usize = CONTAINER / 8;
/// A bit for each lane of a container.
pub type Bitmap = [u8; BITMAP];
/// The most lanes of a run.
pub const CAPACITY: usize = 1 << 18;
/// The most text that a run collects, in bytes.
const MOST_TEXT: usize = 32 << 20;
/// A run that collects more than this is taken for one that will be full: to grow step by step would copy all of it each time.
const MUCH_TEXT: usize = 1 << 20;
/// How many rows a run may have: one for each gram in each half.
pub const ROWS: usize = 2 * GRAMS;
/// A run of fewer lanes has no rows: reading all of its texts costs less.
const LEAST_WITH_ROWS: usize = 512;

/// The unit of a lane, as the keeper of the units knows it.
pub type UnitRow = u32;

/// A part of a run, in the order in which they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageKey {
    /// The units and the texts of a container.
    Lanes(u16),
    /// Which gram has which row.
    Directory,
    /// The lanes that have a gram.
    Row(u16),
}

/// Collects the segments of a run.
#[derive(Default)]
pub struct RunBuilder {
    texts: Vec<u8>,
    lanes: Vec<NewLane>,
}

#[derive(Clone, Copy)]
struct NewLane {
    start: u32,
    length: u32,
    width: Width,
    unit: UnitRow,
    /// Brings equal texts together.
    hash: u64,
}

impl NewLane {
    /// Returns how many bytes the text takes.
    fn bytes(&self) -> usize {
        self.length as usize * self.width.bytes()
    }

    fn size(&self) -> (u32, Width) {
        (self.length, self.width)
    }
}

impl RunBuilder {
    /// Adds a folded segment of a unit.
    pub fn add(&mut self, folded: &str, unit: UnitRow) {
        let start = self.texts.len();
        let width = characters::encode(folded, &mut self.texts);
        self.push(start, width, unit);
    }

    /// Adds a lane of another run.
    pub fn add_lane(&mut self, text: &Characters<'_>, unit: UnitRow) {
        let start = self.texts.len();
        let width = match text {
            Characters::One(_) => Width::One,
            Characters::Two(_) => Width::Two,
            Characters::Four(_) => Width::Four,
        };
        match text {
            Characters::One(text) => self.texts.extend_from_slice(text),
            Characters::Two(text) => self.texts.extend_from_slice(text.as_flattened()),
            Characters::Four(text) => self.texts.extend_from_slice(text.as_flattened()),
        }
        self.push(start, width, unit);
    }

    fn push(&mut self, start: usize, width: Width, unit: UnitRow) {
        if self.texts.len() > MUCH_TEXT && self.texts.capacity() < MOST_TEXT {
            self.texts.reserve_exact(MOST_TEXT + MUCH_TEXT - self.texts.len());
        }
        let text = &self.texts[start..];
        let lane = NewLane {
            start: start as u32,
            length: (text.len() / width.bytes()) as u32,
            width,
            unit,
            hash: FxBuildHasher.hash_one(text),
        };
        self.lanes.push(lane);
    }

    /// Returns how many lanes there are.
    pub fn len(&self) -> usize {
        self.lanes.len()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lanes.is_empty()
    }

    /// Returns the first and the last unit.
    pub fn units(&self) -> (UnitRow, UnitRow) {
        let units = || self.lanes.iter().map(|lane| lane.unit);
        (units().min().unwrap_or(0), units().max().unwrap_or(0))
    }

    /// Returns whether no more should be added.
    pub fn is_full(&self) -> bool {
        self.lanes.len() >= CAPACITY || self.texts.len() >= MOST_TEXT
    }

    /// Writes the pages, the rows in the order in which `arrange` puts them, and returns the shape of the run. The builder is
    /// empty afterwards.
    pub fn build<E>(
        &mut self,
        arrange: impl FnOnce(Vec<RowSize>) -> Vec<RowSize>,
        mut write: impl FnMut(PageKey, &[u8]) -> Result<(), E>,
    ) -> Result<RunShape, E> {
        self.lanes.sort_unstable_by_key(|lane| (lane.size(), lane.hash, lane.unit));
        let shape = RunShape::of(self.lanes.iter().map(NewLane::size));
        let (mut rows, mut page) = (RowsBuilder::default(), Vec::new());
        for (number, lanes) in self.lanes.chunks(CONTAINER).enumerate() {
            self.lane_page(lanes, &mut page);
            write(PageKey::Lanes(number as u16), &page)?;
            if shape.has_rows() {
                // The texts stand side by side in the page, and all over the place where they were collected.
                rows.add_container(lanes.iter().scan(size_of::<UnitRow>() * lanes.len(), |end, lane| {
                    let start = *end;
                    *end += lane.bytes();
                    Some(Characters::new(&page[start..*end], lane.width))
                }));
            }
        }
        if shape.has_rows() {
            let sizes = arrange(rows.sizes());
            write(PageKey::Directory, &RowDirectory::to_bytes(&sizes))?;
            rows.finish(&sizes, |place, row| write(PageKey::Row(place), row))?;
        }
        self.texts.clear();
        self.lanes.clear();
        Ok(shape)
    }

    /// A page of lanes: four bytes for the unit of each, then the texts ([`lane_directory::LaneDirectory`] knows where).
    fn lane_page(&self, lanes: &[NewLane], page: &mut Vec<u8>) {
        page.clear();
        page.reserve(lanes.iter().map(|lane| size_of::<UnitRow>() + lane.bytes()).sum());
        page.extend(lanes.iter().flat_map(|lane| lane.unit.to_le_bytes()));
        for lane in lanes {
            let start = lane.start as usize;
            page.extend_from_slice(&self.texts[start..start + lane.bytes()]);
        }
    }
}

/// Returns the row of a gram in a half.
pub fn row(gram: u16, half: Half) -> u16 {
    match half {
        Half::First => gram,
        Half::Second => gram + GRAMS as u16,
    }
}
