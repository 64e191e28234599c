//! The lanes of a run that have one gram: a directory of two bytes a container, then a piece for each.

use std::ops::Range;

use bumpalo::Bump;

use crate::memory::run::{BITMAP, Bitmap, CONTAINER};

/// The lanes of some containers that have one gram, as they are kept.
#[derive(Clone, Copy, Debug)]
pub struct GramRow<'a> {
    body: &'a [u8],
    /// For each container, the kind of its piece and where it begins; one more for the end.
    pieces: &'a [(u16, u32)],
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

impl<'a> GramRow<'a> {
    /// Reads what a row of `size` bytes says of some of the `all` containers of its run, and no more of it than that, into
    /// `room`; `None` where the bytes are none.
    pub fn read<E>(
        size: usize,
        all: usize,
        containers: Range<usize>,
        room: &'a Bump,
        mut read: impl FnMut(usize, &mut [u8]) -> Result<(), E>,
    ) -> Result<Option<Self>, E> {
        let mut part = |range: Range<usize>| {
            let bytes = room.alloc_slice_fill_copy(range.len(), 0);
            read(range.start, bytes)?;
            Ok(&*bytes)
        };
        let start = 2 * all;
        if size < start {
            return Ok(None);
        }
        let directory = part(0..start)?;
        let mut ends = Vec::with_capacity(all + 1);
        let mut at = 0;
        for entry in directory.as_chunks::<2>().0 {
            let entry = u16::from_le_bytes(*entry);
            ends.push((entry & BITS, at));
            at += u32::from(entry & !BITS);
        }
        ends.push((GAPS, at));
        let Some(own) = ends.get(containers.start..=containers.end).filter(|_| start + at as usize == size) else {
            return Ok(None);
        };
        let (from, to) = (own[0].1, own[own.len() - 1].1);
        let pieces = room.alloc_slice_fill_iter(own.iter().map(|(kind, at)| (*kind, at - from)));
        Ok(Some(Self { body: part(start + from as usize..start + to as usize)?, pieces, first: containers.start }))
    }

    /// Returns the lanes of a container.
    #[inline]
    pub fn piece(&self, container: usize) -> Piece<'a> {
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

/// From so many bytes a container on, a bit for each lane is quicker to read. With fewer, setting the bits takes no longer than
/// fetching all of them from memory, and the rows of a language whose grams are spread evenly, such as Korean, take much less.
const LEAST_BYTES: usize = 144;

/// A row in either form.
#[derive(Clone, Debug)]
pub enum Row<'a> {
    /// As it is kept, for one question.
    Packed(GramRow<'a>),
    /// For who asks again.
    Unpacked(&'a UnpackedRow),
}

impl Row<'_> {
    /// Returns the lanes of a container.
    #[inline]
    pub fn piece(&self, container: usize) -> Piece<'_> {
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
    #[inline]
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

/// Visits the lanes that `write_piece` has written as gaps: a machine word of half bytes at a time, from mark to mark.
fn for_each_gap(bytes: &[u8], mut visit: impl FnMut(usize)) {
    let (mut lane, mut at) = (0, 0);
    while let Some(mut word) = halves_from(bytes, at) {
        let mut ends = !word & MARKS;
        if ends == 0 {
            return;
        }
        while ends != 0 {
            let length = ends.trailing_zeros() + 1;
            let gap = word & 7 | word >> 1 & 7 << 3 | word >> 2 & 7 << 6 | word >> 3 & 7 << 9 | word >> 4 & 7 << 12;
            // What follows the mark is of the next gap.
            let gap = gap & ((1 << (3 * length / 4)) - 1);
            lane = (lane + gap as usize) % CONTAINER;
            visit(lane);
            lane += 1;
            at += length as usize / 4;
            (word, ends) = (word >> 1 >> (length - 1), ends >> 1 >> (length - 1));
        }
    }
}

/// The mark of going on in each half byte of a word.
const MARKS: u64 = 0x8888_8888_8888_8888;

/// Returns the sixteen half bytes from a place on, filled up with such as go on; `None` behind the end.
fn halves_from(bytes: &[u8], at: usize) -> Option<u64> {
    let rest = bytes.get(at / 2..).filter(|rest| !rest.is_empty())?;
    let word = match rest.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().rev().fold(MARKS, |word, byte| word << 8 | u64::from(*byte)),
    };
    Some(if at.is_multiple_of(2) { word } else { word >> 4 | u64::from(ON) << 60 })
}

/// How a piece is written, in the upper bit of its entry in the directory.
const GAPS: u16 = 0;
pub(super) const BITS: u16 = 1 << 15;

/// Lanes whose gaps would take more bytes than this are written as bits, which are read with no decoding and take up to 1.6 times
/// the room. Such pieces hold most of the lanes that a question meets, and are a twentieth of the rows.
const MOST_GAPS: usize = BITMAP / 8 * 5;

/// Writes the lanes of one container that have a gram: the gaps between them, three bits and a mark of going on in each half of
/// a byte; or a bit for each lane.
pub(super) fn write_piece(lanes: &[u16], body: &mut Vec<u8>) -> u16 {
    let start = body.len();
    // Each gap takes half a byte or more.
    if lanes.len() <= 2 * MOST_GAPS {
        write_gaps(lanes, body);
        if body.len() - start <= MOST_GAPS {
            return GAPS;
        }
    }
    body.truncate(start);
    body.resize(start + BITMAP, 0);
    for lane in lanes {
        body[start + usize::from(*lane) / 8] |= 1 << (lane % 8);
    }
    BITS
}

/// Writes gaps: each time eight bytes, of which the next gap writes over those that are not full.
fn write_gaps(lanes: &[u16], body: &mut Vec<u8>) {
    let mut at = body.len();
    body.resize(at + MOST_GAP * lanes.len() + size_of::<u64>(), 0);
    let (mut next, mut waiting, mut bits) = (0, 0, 0);
    for lane in lanes {
        let gap = u64::from(lane - next);
        next = lane + 1;
        let halves = gap.checked_ilog2().map_or(1, |top| top / 3 + 1);
        let spread = gap & 7 | (gap & 0o70) << 1 | (gap & 0o700) << 2 | (gap & 0o7000) << 3 | (gap & 0o70000) << 4;
        waiting |= (spread | MARKS & ((1 << (4 * (halves - 1))) - 1)) << bits;
        bits += 4 * halves;
        body[at..at + size_of::<u64>()].copy_from_slice(&waiting.to_le_bytes());
        at += bits as usize / 8;
        waiting >>= bits / 8 * 8;
        bits %= 8;
    }
    // The last upper half, if no other takes its place, goes on and never ends: it is no lane.
    body[at] = (waiting | u64::from(ON) << bits) as u8;
    body.truncate(at + bits.div_ceil(8) as usize);
}

/// The most bytes that a gap takes.
const MOST_GAP: usize = 3;

/// Marks half a byte whose number goes on in the next.
const ON: u8 = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_from<'a>(body: &[u8], all: usize, containers: Range<usize>, room: &'a Bump) -> Option<GramRow<'a>> {
        let read = |start: usize, bytes: &mut [u8]| {
            bytes.copy_from_slice(body.get(start..start + bytes.len()).ok_or(())?);
            Ok::<(), ()>(())
        };
        GramRow::read(body.len(), all, containers, room, read).unwrap()
    }

    proptest! {
        #[test]
        fn pieces_hold_their_lanes(lanes in proptest::collection::btree_set(0_u16..CONTAINER as u16, 0..2_000)) {
            let lanes: Vec<u16> = lanes.into_iter().collect();
            let mut piece = Vec::new();
            let kind = write_piece(&lanes, &mut piece);
            let mut row = (kind | piece.len() as u16).to_le_bytes().to_vec();
            row.extend_from_slice(&piece);
            let room = Bump::new();
            let row = read_from(&row, 1, 0..1, &room).unwrap();
            let unpacked = row.unpacked();
            for piece in [row.piece(0), unpacked.piece(0)] {
                let mut bits = [0; BITMAP];
                piece.expand(&mut bits);
                let is_set = |lane: &u16| bits[usize::from(lane / 8)] >> (lane % 8) & 1 == 1;
                prop_assert_eq!(&(0..CONTAINER as u16).filter(is_set).collect::<Vec<_>>(), &lanes);
            }
        }

        #[test]
        fn a_damaged_row_does_no_harm(bytes in proptest::collection::vec(0_u8.., 0..200), containers in 0_usize..5) {
            let room = Bump::new();
            if let Some(row) = read_from(&bytes, containers, containers / 2..containers, &room) {
                let unpacked = row.unpacked();
                for container in 0..containers + 1 {
                    let mut bits = [[0; BITMAP]; 2];
                    row.piece(container).expand(&mut bits[0]);
                    unpacked.piece(container).expand(&mut bits[1]);
                    prop_assert_eq!(bits[0], bits[1]);
                }
            }
        }
    }
}
