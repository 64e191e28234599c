//! A run of the match index: many folded segments of one language, in order of their length, with a row of bits for each gram.
//!
//! The segments of a run stand in lanes, [`CONTAINER`] of them together. What a run is made of are byte strings that whoever
//! keeps the index stores under their [`PageKey`]: for each container the texts of its lanes, for each gram the lanes that
//! have it. A question reads the rows of its own grams, and the texts of the few lanes that have enough of them.

use std::hash::BuildHasher;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use crate::memory::gram::{self, GRAMS, Half};
use crate::text::characters::{self, Characters, Width};

/// How many lanes stand together.
pub const CONTAINER: usize = 1 << 12;
/// The bits of one row in one container, in bytes.
pub const BITMAP: usize = CONTAINER / 8;
/// A bit for each lane of a container.
pub type Bitmap = [u8; BITMAP];
/// The most lanes of a run.
pub const CAPACITY: usize = 1 << 18;
/// The most text that a run collects, in bytes.
const MOST_TEXT: usize = 32 << 20;
/// How many rows a run may have: one for each gram in each half.
pub const ROWS: usize = 2 * GRAMS;
/// A run of fewer lanes has no rows: reading all of its texts costs less.
const LEAST_WITH_ROWS: usize = 512;

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

/// Returns the row of a gram in a half.
pub fn row(gram: u16, half: Half) -> u16 {
    match half {
        Half::First => gram,
        Half::Second => gram + GRAMS as u16,
    }
}

/// Collects the rows of a run, a container at a time.
struct RowsBuilder {
    lanes: Vec<Vec<u16>>,
    rows: Vec<(Vec<u16>, Vec<u8>)>,
}

impl Default for RowsBuilder {
    fn default() -> Self {
        Self { lanes: vec![Vec::new(); ROWS], rows: vec![Default::default(); ROWS] }
    }
}

impl RowsBuilder {
    fn add(&mut self, lane: usize, text: &Characters<'_>) {
        let (length, mut place) = (text.len(), 0);
        gram::for_each_gram(text, |gram| {
            let lanes = &mut self.lanes[usize::from(row(gram, Half::of(place, length)))];
            if lanes.last() != Some(&(lane as u16)) {
                lanes.push(lane as u16);
            }
            place += 1;
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

/// How a piece is written, in the upper bit of its entry in the directory.
const GAPS: u16 = 0;
const BITS: u16 = 1 << 15;

/// Writes the lanes of one container that have a gram, in the less space: the gaps between them, three bits and a mark of going
/// on in each half of a byte; or a bit for each lane.
fn write_piece(lanes: &[u16], body: &mut Vec<u8>) -> u16 {
    let start = body.len();
    let mut halves = 0;
    let mut push = |half: u8, body: &mut Vec<u8>| {
        if halves % 2 == 0 {
            // The upper half, if no other takes its place, goes on and never ends: it is no lane.
            body.push(half | ON << 4);
        } else if let Some(last) = body.last_mut() {
            *last = *last & 0xF | half << 4;
        }
        halves += 1;
    };
    let mut next = 0;
    for lane in lanes {
        let mut gap = lane - next;
        next = lane + 1;
        while gap >= u16::from(ON) {
            push(gap as u8 & 7 | ON, body);
            gap >>= 3;
        }
        push(gap as u8, body);
    }
    if body.len() - start < BITMAP {
        return GAPS;
    }
    body.truncate(start);
    body.resize(start + BITMAP, 0);
    for lane in lanes {
        body[start + usize::from(*lane) / 8] |= 1 << (lane % 8);
    }
    BITS
}

/// Marks half a byte whose number goes on in the next.
const ON: u8 = 8;

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

/// The lanes of some containers that have one gram, as they are kept.
#[derive(Clone, Debug, Default)]
pub struct GramRow {
    body: Box<[u8]>,
    /// For each container, the kind of its piece and where it begins; one more for the end.
    pieces: Box<[(u16, u32)]>,
    /// The first of the containers.
    first: usize,
}

/// The lanes of one container that have one gram.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    /// None.
    Empty,
    /// The lanes of the bits that are set.
    Bits(&'a Bitmap),
    /// The lanes by the gaps between them.
    Gaps(&'a [u8]),
    /// The lanes by number.
    Lanes(&'a [u16]),
}

impl GramRow {
    /// Reads what a row says of some of the `all` containers of its run; `None` where the bytes are none.
    pub fn new(body: &[u8], all: usize, containers: Range<usize>) -> Option<Self> {
        let (directory, bytes) = body.split_at_checked(2 * all)?;
        let mut ends = Vec::with_capacity(all + 1);
        let mut at = 0;
        for entry in directory.as_chunks::<2>().0 {
            let entry = u16::from_le_bytes(*entry);
            ends.push((entry & BITS, at));
            at += u32::from(entry & !BITS);
        }
        ends.push((GAPS, at));
        let own = ends.get(containers.start..=containers.end).filter(|_| at as usize == bytes.len())?;
        let start = own.first()?.1;
        let pieces = own.iter().map(|(kind, at)| (*kind, at - start)).collect();
        Some(Self { body: bytes[start as usize..own.last()?.1 as usize].into(), pieces, first: containers.start })
    }

    /// Returns how many bytes it takes.
    pub fn size(&self) -> usize {
        self.body.len() + size_of_val(&*self.pieces)
    }

    /// Returns the lanes of a container.
    pub fn piece(&self, container: usize) -> Piece<'_> {
        let Some(at) = container.checked_sub(self.first) else { return Piece::Empty };
        let (Some((kind, start)), Some((_, end))) = (self.pieces.get(at), self.pieces.get(at + 1)) else { return Piece::Empty };
        let bytes = &self.body[*start as usize..*end as usize];
        match *kind {
            _ if bytes.is_empty() => Piece::Empty,
            BITS => bytes.try_into().map_or(Piece::Empty, Piece::Bits),
            _ => Piece::Gaps(bytes),
        }
    }

    /// Makes all lanes ready to be asked for again and again.
    pub fn unpacked(&self) -> UnpackedRow {
        let containers = self.first + self.pieces.len().saturating_sub(1);
        if self.body.len() >= LEAST_BYTES * containers {
            let mut bits = vec![[0; BITMAP]; containers].into_boxed_slice();
            bits.iter_mut().enumerate().for_each(|(container, bits)| self.piece(container).expand(bits));
            return UnpackedRow::Bits(bits);
        }
        let (mut lanes, mut ends) = (Vec::new(), Vec::with_capacity(containers));
        for container in 0..containers {
            match self.piece(container) {
                Piece::Gaps(bytes) => for_each_gap(bytes, |lane| lanes.push(lane as u16)),
                Piece::Bits(bits) => {
                    let has = |lane: &u16| bits[usize::from(lane / 8)] >> (lane % 8) & 1 == 1;
                    lanes.extend((0..CONTAINER as u16).filter(has));
                }
                Piece::Empty | Piece::Lanes(_) => {}
            }
            ends.push(lanes.len() as u32);
        }
        UnpackedRow::Lanes { lanes: lanes.into_boxed_slice(), ends: ends.into_boxed_slice() }
    }
}

/// From so many bytes a container on, a bit for each lane is quicker to read and not much longer.
const LEAST_BYTES: usize = 36;

/// A row in either form.
#[derive(Clone, Copy, Debug)]
pub enum Row<'a> {
    /// As it is kept.
    Packed(&'a GramRow),
    /// For who asks again.
    Unpacked(&'a UnpackedRow),
}

impl<'a> Row<'a> {
    /// Returns the lanes of a container.
    pub fn piece(&self, container: usize) -> Piece<'a> {
        match self {
            Self::Packed(row) => row.piece(container),
            Self::Unpacked(row) => row.piece(container),
        }
    }
}

/// A row that is asked for again and again.
#[derive(Clone, Debug)]
pub enum UnpackedRow {
    /// The bits of each container.
    Bits(Box<[Bitmap]>),
    /// The lanes by number, with the end of each container among them.
    Lanes {
        /// The lanes.
        lanes: Box<[u16]>,
        /// The ends.
        ends: Box<[u32]>,
    },
}

impl UnpackedRow {
    /// Returns how many bytes it takes.
    pub fn size(&self) -> usize {
        match self {
            Self::Bits(bits) => size_of_val(&**bits),
            Self::Lanes { lanes, ends } => size_of_val(&**lanes) + size_of_val(&**ends),
        }
    }

    /// Returns the lanes of a container.
    pub fn piece(&self, container: usize) -> Piece<'_> {
        match self {
            Self::Bits(bits) => bits.get(container).map_or(Piece::Empty, Piece::Bits),
            Self::Lanes { lanes, ends } => {
                let start = container.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |end| *end as usize);
                let end = ends.get(container).map_or(start, |end| *end as usize);
                if start < end { Piece::Lanes(&lanes[start..end]) } else { Piece::Empty }
            }
        }
    }
}

impl Piece<'_> {
    /// Sets the bits of the lanes in `bits`, which has none set.
    pub fn expand(&self, bits: &mut Bitmap) {
        let mut set = |lane: usize| bits[lane / 8 % BITMAP] |= 1 << (lane % 8);
        match self {
            Self::Empty => {}
            Self::Bits(own) => *bits = **own,
            Self::Gaps(bytes) => for_each_gap(bytes, set),
            Self::Lanes(lanes) => lanes.iter().for_each(|lane| set(usize::from(*lane))),
        }
    }
}

/// Visits the lanes that `write_piece` has written as gaps.
fn for_each_gap(bytes: &[u8], mut visit: impl FnMut(usize)) {
    let (mut lane, mut gap, mut shift) = (0_usize, 0_usize, 0_u32);
    for byte in bytes {
        for half in [byte & 0xF, byte >> 4] {
            gap |= usize::from(half & 7) << shift;
            shift = (shift + 3).min(30);
            if half & ON == 0 {
                lane = (lane + gap) % CONTAINER;
                visit(lane);
                (lane, gap, shift) = (lane + 1, 0, 0);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_hold_their_lanes(lanes in proptest::collection::btree_set(0_u16..CONTAINER as u16, 0..2_000)) {
            let lanes: Vec<u16> = lanes.into_iter().collect();
            let mut piece = Vec::new();
            let kind = write_piece(&lanes, &mut piece);
            let mut row = (kind | piece.len() as u16).to_le_bytes().to_vec();
            row.extend_from_slice(&piece);
            let row = GramRow::new(&row, 1, 0..1).unwrap();
            let unpacked = row.unpacked();
            for piece in [row.piece(0), unpacked.piece(0)] {
                let mut bits = [0; BITMAP];
                piece.expand(&mut bits);
                let is_set = |lane: &u16| bits[usize::from(lane / 8)] >> (lane % 8) & 1 == 1;
                prop_assert_eq!(&(0..CONTAINER as u16).filter(is_set).collect::<Vec<_>>(), &lanes);
            }
        }

        #[test]
        fn damaged_rows_and_shapes_do_no_harm(bytes in proptest::collection::vec(0_u8.., 0..200), containers in 0_usize..5) {
            if let Some(row) = GramRow::new(&bytes, containers, containers / 2..containers) {
                let unpacked = row.unpacked();
                for container in 0..containers + 1 {
                    let mut bits = [[0; BITMAP]; 2];
                    row.piece(container).expand(&mut bits[0]);
                    unpacked.piece(container).expand(&mut bits[1]);
                    prop_assert_eq!(bits[0], bits[1]);
                }
            }
            let _ = RunShape::from_bytes(&bytes, containers * 100);
            let _ = LaneDirectory::new(&bytes, (0..bytes.len()).map(|lane| lane * 7919));
        }

        #[test]
        fn a_shape_knows_the_lengths_of_its_lanes(mut lengths in proptest::collection::vec(0_u32..40, 0..200), range in 0_usize..40) {
            lengths.sort_unstable();
            let shape = RunShape::of(lengths.iter().copied());
            let bytes = shape.to_bytes();
            prop_assert_eq!(RunShape::from_bytes(&bytes, lengths.len()), Some(shape.clone()));
            let lanes = shape.lanes_of(range..range + 5);
            let inside: Vec<usize> = (0..lengths.len()).filter(|lane| (range..range + 5).contains(&(lengths[*lane] as usize))).collect();
            prop_assert_eq!(lanes.clone().collect::<Vec<_>>(), inside.clone());
            let own: Vec<usize> = shape.lane_lengths(lanes.clone()).collect();
            prop_assert_eq!(&own, &inside.iter().map(|lane| lengths[*lane] as usize).collect::<Vec<_>>());
            let mut distinct = own;
            distinct.dedup();
            let lengths: Vec<usize> = shape.lengths_of(lanes.clone()).collect();
            prop_assert!(lanes.is_empty() || lengths == distinct, "{:?} {:?}", lengths, distinct);
        }
    }
}
