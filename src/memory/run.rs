//! A run of the match index: many folded segments of one language, in order of their length, with a row of bits for each gram.
//!
//! The segments of a run stand in lanes, [`CONTAINER`] of them together. What a run is made of are byte strings that whoever
//! keeps the index stores under their [`PageKey`]: for each container the texts of its lanes, for each gram the lanes that
//! have it. A question reads the rows of its own grams, and the texts of the few lanes that have enough of them.

use std::hash::BuildHasher;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use crate::memory::gram::{GRAM_ROWS, GramCounter};
use crate::text::characters::{self, Characters, Width};

/// How many lanes stand together.
pub const CONTAINER: usize = 1 << 12;
/// The bits of one row in one container, in bytes.
pub const BITMAP: usize = CONTAINER / 8;
/// The most lanes of a run.
pub const CAPACITY: usize = 1 << 18;
/// The most text that a run collects, in bytes.
const MOST_TEXT: usize = 32 << 20;
/// A run of fewer lanes has no rows: reading all of its texts costs less.
const LEAST_WITH_ROWS: usize = 512;
/// Lanes that share a byte for their number.
const BLOCK: usize = 256;

/// The unit of a lane, as the keeper of the units knows it.
pub type UnitRow = u32;

/// A part of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageKey {
    /// The lanes that have a gram.
    Row(u16),
    /// The texts of a container.
    Lanes(u16),
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

    /// Writes the pages, and returns the shape of the run. The builder is empty afterwards.
    pub fn build<E>(&mut self, mut write: impl FnMut(PageKey, &[u8]) -> Result<(), E>) -> Result<RunShape, E> {
        self.lanes.sort_unstable_by_key(|lane| (lane.length, lane.hash, lane.unit));
        let shape = RunShape::of(self.lanes.iter().map(|lane| lane.length));
        let mut rows = (self.lanes.len() >= LEAST_WITH_ROWS).then(RowsBuilder::default);
        let mut page = Vec::new();
        for (number, lanes) in self.lanes.chunks(CONTAINER).enumerate() {
            self.lane_page(lanes, &mut page);
            write(PageKey::Lanes(number as u16), &page)?;
            if let Some(rows) = &mut rows {
                lanes.iter().enumerate().for_each(|(lane, new)| rows.add(lane, &self.characters(new)));
                rows.close_container();
            }
        }
        for (number, row) in rows.iter().flat_map(RowsBuilder::rows) {
            write(PageKey::Row(number), &row)?;
        }
        self.texts.clear();
        self.lanes.clear();
        Ok(shape)
    }

    fn characters(&self, lane: &NewLane) -> Characters<'_> {
        let start = lane.start as usize;
        Characters::new(&self.texts[start..start + lane.length as usize * lane.width.bytes()], lane.width)
    }

    /// A page of lanes: a byte for the width of each text, four for its unit, the texts.
    fn lane_page(&self, lanes: &[NewLane], page: &mut Vec<u8>) {
        page.clear();
        page.extend(lanes.iter().map(|lane| lane.width.bytes() as u8));
        page.extend(lanes.iter().flat_map(|lane| lane.unit.to_le_bytes()));
        for lane in lanes {
            let start = lane.start as usize;
            page.extend_from_slice(&self.texts[start..start + lane.length as usize * lane.width.bytes()]);
        }
    }
}

/// Collects the rows of a run, a container at a time.
struct RowsBuilder {
    counter: GramCounter,
    lanes: Vec<Vec<u16>>,
    rows: Vec<(Vec<u16>, Vec<u8>)>,
}

impl Default for RowsBuilder {
    fn default() -> Self {
        let (lanes, rows) = (vec![Vec::new(); GRAM_ROWS], vec![Default::default(); GRAM_ROWS]);
        Self { counter: GramCounter::default(), lanes, rows }
    }
}

impl RowsBuilder {
    fn add(&mut self, lane: usize, text: &Characters<'_>) {
        self.counter.for_each(text, |gram| {
            let Some(row) = gram.counted else { return };
            let lanes = &mut self.lanes[usize::from(row)];
            if lanes.last() != Some(&(lane as u16)) {
                lanes.push(lane as u16);
            }
        });
    }

    fn close_container(&mut self) {
        for (lanes, (directory, body)) in self.lanes.iter_mut().zip(&mut self.rows) {
            let before = body.len();
            let kind = write_piece(lanes, body);
            directory.push(kind | (body.len() - before) as u16);
            lanes.clear();
        }
    }

    /// Returns the rows that have a lane: a directory of two bytes a container, then the pieces.
    fn rows(&self) -> impl Iterator<Item = (u16, Vec<u8>)> {
        let filled = self.rows.iter().enumerate().filter(|(_, (_, body))| !body.is_empty());
        filled.map(|(number, (directory, body))| {
            let mut row: Vec<u8> = directory.iter().flat_map(|entry| entry.to_le_bytes()).collect();
            row.extend_from_slice(body);
            (number as u16, row)
        })
    }
}

/// How a piece is written, in the upper bits of its entry in the directory.
const LIST: u16 = 0;
const BLOCKS: u16 = 1 << 14;
const BITS: u16 = 2 << 14;
const KIND: u16 = 3 << 14;

/// Writes the lanes of one container that have a gram, in the least space: their numbers; for each block the count and the
/// numbers within; or a bit for each.
fn write_piece(lanes: &[u16], body: &mut Vec<u8>) -> u16 {
    let blocks = CONTAINER / BLOCK + lanes.len();
    let full_block = lanes.windows(BLOCK).any(|window| window[0] as usize % BLOCK == 0 && window[BLOCK - 1] - window[0] == 255);
    if 2 * lanes.len() <= blocks.min(BITMAP) {
        body.extend(lanes.iter().flat_map(|lane| lane.to_le_bytes()));
        return LIST;
    }
    if blocks < BITMAP && !full_block {
        let start = body.len();
        body.resize(start + CONTAINER / BLOCK, 0);
        for lane in lanes {
            body[start + usize::from(*lane) / BLOCK] += 1;
        }
        body.extend(lanes.iter().map(|lane| *lane as u8));
        return BLOCKS;
    }
    let start = body.len();
    body.resize(start + BITMAP, 0);
    for lane in lanes {
        body[start + usize::from(*lane) / 8] |= 1 << (lane % 8);
    }
    BITS
}

/// Which lanes have which length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunShape {
    /// Each length with the first lane of it, in order.
    starts: Vec<(u32, u32)>,
    lanes: u32,
}

impl RunShape {
    fn of(lengths: impl Iterator<Item = u32>) -> Self {
        let mut shape = Self::default();
        for length in lengths {
            if shape.starts.last().is_none_or(|(last, _)| *last != length) {
                shape.starts.push((length, shape.lanes));
            }
            shape.lanes += 1;
        }
        shape
    }

    /// Returns the number of lanes.
    pub fn lanes(&self) -> usize {
        self.lanes as usize
    }

    /// Returns the number of containers.
    pub fn containers(&self) -> usize {
        self.lanes().div_ceil(CONTAINER)
    }

    /// Returns whether the run has rows.
    pub fn has_rows(&self) -> bool {
        self.lanes() >= LEAST_WITH_ROWS
    }

    /// Returns the length of the longest text.
    pub fn longest(&self) -> Option<usize> {
        self.starts.last().map(|(length, _)| *length as usize)
    }

    /// Returns the lanes whose texts have these lengths.
    pub fn lanes_of(&self, lengths: Range<usize>) -> Range<usize> {
        let first = |length: usize| {
            let at = self.starts.partition_point(|(other, _)| (*other as usize) < length);
            self.starts.get(at).map_or(self.lanes(), |(_, lane)| *lane as usize)
        };
        first(lengths.start)..first(lengths.end)
    }

    /// Returns the length of each of these lanes.
    pub fn lane_lengths(&self, lanes: Range<usize>) -> impl Iterator<Item = usize> {
        let mut at = self.starts.partition_point(|(_, lane)| *lane as usize <= lanes.start).saturating_sub(1);
        lanes.map(move |lane| {
            while self.starts.get(at + 1).is_some_and(|(_, next)| *next as usize <= lane) {
                at += 1;
            }
            self.starts.get(at).map_or(0, |(length, _)| *length as usize)
        })
    }

    /// Returns the lengths of these lanes, each once.
    pub fn lengths_of(&self, lanes: Range<usize>) -> impl Iterator<Item = usize> {
        let from = self.starts.partition_point(|(_, lane)| *lane as usize <= lanes.start).saturating_sub(1);
        self.starts[from..].iter().take_while(move |(_, lane)| (*lane as usize) < lanes.end).map(|(length, _)| *length as usize)
    }

    /// Writes the shape.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.starts.iter().flat_map(|(length, lane)| [length.to_le_bytes(), lane.to_le_bytes()]).flatten().collect()
    }

    /// Reads a shape; `None` where the bytes are none.
    pub fn from_bytes(bytes: &[u8], lanes: usize) -> Option<Self> {
        let (pairs, rest) = bytes.as_chunks::<8>();
        let number = |bytes: &[u8]| bytes.try_into().map(u32::from_le_bytes).unwrap_or_default();
        let starts: Vec<(u32, u32)> = pairs.iter().map(|pair| (number(&pair[..4]), number(&pair[4..]))).collect();
        let ordered = starts.windows(2).all(|pair| pair[0] < pair[1] && pair[0].1 < pair[1].1);
        let bounded = lanes <= u16::MAX as usize * CONTAINER
            && starts.first().is_none_or(|(_, lane)| *lane == 0)
            && starts.last().is_none_or(|(_, lane)| (*lane as usize) < lanes);
        (rest.is_empty() && ordered && bounded && starts.is_empty() == (lanes == 0))
            .then_some(Self { starts, lanes: lanes as u32 })
    }
}

/// The lanes of a run that have one gram.
#[derive(Clone, Debug, Default)]
pub struct GramRow {
    body: Box<[u8]>,
    /// For each container, the kind of its piece and where it begins; one more for the end.
    pieces: Box<[(u16, u32)]>,
}

/// The lanes of one container that have one gram.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    /// None.
    Empty,
    /// The lanes of the bits that are set.
    Bits(&'a [u8; BITMAP]),
    /// The lanes by number.
    List(&'a [[u8; 2]]),
    /// For each block how many lanes it has, then their numbers in it.
    Blocks(&'a [u8]),
}

impl GramRow {
    /// Reads a row of a run; `None` where the bytes are none.
    pub fn new(body: Box<[u8]>, containers: usize) -> Option<Self> {
        let (directory, _) = body.get(..2 * containers)?.as_chunks::<2>();
        let mut at = 2 * containers as u32;
        let mut pieces = Vec::with_capacity(containers + 1);
        for entry in directory {
            let entry = u16::from_le_bytes(*entry);
            pieces.push((entry & KIND, at));
            at += u32::from(entry & !KIND);
        }
        pieces.push((LIST, at));
        (at as usize == body.len()).then(|| Self { body, pieces: pieces.into_boxed_slice() })
    }

    /// Returns how many bytes of it are lanes by number.
    pub fn packed(&self) -> usize {
        let pieces = self.pieces.windows(2).filter(|pair| pair[0].0 != BITS);
        pieces.map(|pair| (pair[1].1 - pair[0].1) as usize).sum()
    }

    /// Returns how many bytes it takes.
    pub fn size(&self) -> usize {
        self.body.len() + 8 * self.pieces.len()
    }

    /// Returns the lanes of a container.
    pub fn piece(&self, container: usize) -> Piece<'_> {
        let (Some((kind, start)), Some((_, end))) = (self.pieces.get(container), self.pieces.get(container + 1)) else {
            return Piece::Empty;
        };
        let bytes = &self.body[*start as usize..*end as usize];
        match *kind {
            _ if bytes.is_empty() => Piece::Empty,
            BITS => bytes.try_into().map_or(Piece::Empty, Piece::Bits),
            BLOCKS => Piece::Blocks(bytes),
            _ => Piece::List(bytes.as_chunks().0),
        }
    }
}

impl Piece<'_> {
    /// Sets the bits of the lanes in `bits`, which has none set.
    pub fn expand(&self, bits: &mut [u8; BITMAP]) {
        let mut set = |lane: usize| bits[lane / 8 % BITMAP] |= 1 << (lane % 8);
        match self {
            Self::Empty => {}
            Self::Bits(own) => *bits = **own,
            Self::List(lanes) => lanes.iter().for_each(|lane| set(usize::from(u16::from_le_bytes(*lane)))),
            Self::Blocks(bytes) => {
                let (counts, mut lanes) = bytes.split_at(bytes.len().min(CONTAINER / BLOCK));
                for (block, count) in counts.iter().enumerate() {
                    let (own, rest) = lanes.split_at(lanes.len().min(usize::from(*count)));
                    own.iter().for_each(|lane| set(BLOCK * block + usize::from(*lane)));
                    lanes = rest;
                }
            }
        }
    }
}

/// Where the texts of a container stand in its page.
#[derive(Clone, Debug, Default)]
pub struct LaneDirectory {
    widths: Box<[Width]>,
    starts: Box<[u32]>,
}

impl LaneDirectory {
    /// Reads the beginning of a page of `lengths.len()` lanes; `None` where it is none.
    pub fn new(beginning: &[u8], lengths: impl Iterator<Item = usize>) -> Option<Self> {
        let mut widths = Vec::with_capacity(CONTAINER);
        let mut lengths_kept = Vec::with_capacity(CONTAINER);
        for (byte, length) in beginning.iter().zip(lengths) {
            widths.push(match byte {
                1 => Width::One,
                2 => Width::Two,
                4 => Width::Four,
                _ => return None,
            });
            lengths_kept.push(length);
        }
        let mut at = 5 * widths.len() as u32;
        let mut starts = vec![at];
        for (width, length) in widths.iter().zip(lengths_kept) {
            at = at.checked_add(u32::try_from(length * width.bytes()).ok()?)?;
            starts.push(at);
        }
        Some(Self { widths: widths.into_boxed_slice(), starts: starts.into_boxed_slice() })
    }

    /// Returns the number of lanes.
    pub fn len(&self) -> usize {
        self.widths.len()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.widths.is_empty()
    }

    /// Returns where the number of the unit of a lane stands in the page.
    pub fn unit_at(&self, lane: usize) -> Range<usize> {
        let start = self.widths.len() + 4 * lane;
        start..start + 4
    }

    /// Returns where the text of a lane stands in the page, and its width.
    pub fn text_at(&self, lane: usize) -> (Range<usize>, Width) {
        (self.starts[lane] as usize..self.starts[lane + 1] as usize, self.widths[lane])
    }

    /// Returns the length of the page.
    pub fn page_length(&self) -> usize {
        self.starts.last().map_or(0, |end| *end as usize)
    }
}
