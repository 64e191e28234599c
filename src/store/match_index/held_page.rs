//! What is held of the lanes of a container: parts of them, once they are asked for again.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use crate::memory::run::UnitRow;
use crate::memory::run::lane_directory::LaneDirectory;
use crate::memory::run::shape::RunShape;
use crate::text::characters::Characters;

/// So many lanes are held together: few enough that reading all of them costs little more than reading some.
const PART: usize = 256;
/// A part is held when more of its texts than this were asked for ...
const FEW_TEXTS: u32 = 2;
/// ... and where many more questions are to come at once, unless its texts are longer than this together, in bytes.
const LONG_TEXTS: usize = 1 << 16;

/// The page of a container and what is held of it.
pub(super) struct HeldPage {
    directory: LaneDirectory,
    parts: Box<[HeldPart]>,
}

/// Lanes side by side.
#[derive(Default)]
struct HeldPart {
    asked: Cell<u32>,
    lanes: OnceCell<HeldLanes>,
}

struct HeldLanes {
    units: Box<[u8]>,
    texts: Box<[u8]>,
    /// Where the texts begin in the page.
    start: usize,
}

impl HeldPage {
    /// Holds nothing yet of a container of a run.
    pub fn new(shape: &RunShape, container: usize) -> Self {
        let directory = LaneDirectory::of(shape, container);
        let parts = (0..directory.len().div_ceil(PART)).map(|_| HeldPart::default()).collect();
        Self { directory, parts }
    }

    /// Returns where the lanes stand.
    pub fn directory(&self) -> &LaneDirectory {
        &self.directory
    }

    /// Returns the text of a lane, where it is held.
    pub fn text(&self, lane: usize) -> Option<Characters<'_>> {
        let lanes = self.parts.get(lane / PART)?.lanes.get()?;
        let (range, width) = self.directory.text_at(lane);
        let own = range.start.checked_sub(lanes.start)?..range.end.checked_sub(lanes.start)?;
        Some(Characters::new(lanes.texts.get(own)?, width))
    }

    /// Returns the unit of a lane, where it is held.
    pub fn unit(&self, lane: usize) -> Option<UnitRow> {
        let lanes = self.parts.get(lane / PART)?.lanes.get()?;
        lanes.units.as_chunks().0.get(lane % PART).copied().map(UnitRow::from_le_bytes)
    }

    /// Notes that the text of a lane is wanted, and reads the part that it stands in: when that is wanted often or, with
    /// `at_once`, now. Returns how many bytes more are held.
    pub fn want<E>(&self, lane: usize, at_once: bool, read: impl Fn(Range<usize>) -> Result<Box<[u8]>, E>) -> Result<usize, E> {
        let Some(part) = self.parts.get(lane / PART) else { return Ok(0) };
        if part.lanes.get().is_some() {
            return Ok(0);
        }
        part.asked.set(part.asked.get().saturating_add(1));
        let (units, texts) = self.directory.lanes_at(lane / PART * PART..(lane / PART + 1) * PART);
        if part.asked.get() <= FEW_TEXTS && !(at_once && texts.len() <= LONG_TEXTS) {
            return Ok(0);
        }
        let start = texts.start;
        let lanes = HeldLanes { units: read(units)?, texts: read(texts)?, start };
        let bytes = lanes.units.len() + lanes.texts.len();
        let _ = part.lanes.set(lanes);
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::run::{PageKey, RunBuilder};

    #[test]
    fn long_texts_are_not_held_at_once() {
        let mut builder = RunBuilder::default();
        (0..700).for_each(|number| builder.add(&"daniel ".repeat(if number < 256 { 30 } else { 40 }), number));
        let shape = builder.build(|rows| rows, |_, _| Ok::<(), ()>(())).unwrap();
        let held = HeldPage::new(&shape, 0);
        let read = |part: Range<usize>| Ok::<_, ()>(vec![0; part.len()].into_boxed_slice());
        assert_eq!([0, 300].map(|lane| held.want(lane, true, read)), [Ok(256 * (4 + 210)), Ok(0)]);
        assert_eq!([300, 300].map(|lane| held.want(lane, true, read)), [Ok(0), Ok(256 * (4 + 280))]);
    }

    #[test]
    fn what_is_held_is_what_the_page_says() {
        let mut builder = RunBuilder::default();
        for number in 0..700 {
            let name = if number % 3 == 0 { "다니엘 ".repeat(4) } else { "daniel ".repeat(4) };
            builder.add(&name.chars().take(number as usize % 13).collect::<String>(), number);
        }
        let mut page = Vec::new();
        let shape = builder.build(
            |rows| rows,
            |key, body| {
                if key == PageKey::Lanes(0) {
                    page = body.to_vec();
                }
                Ok::<(), ()>(())
            },
        );
        let held = HeldPage::new(&shape.unwrap(), 0);
        let read = |part: Range<usize>| page.get(part).map(Box::from).ok_or("damaged");
        for lane in [699, 0, 255, 256] {
            assert!(held.text(lane).is_none() && held.unit(lane).is_none());
            assert_eq!(held.want(lane, false, |_| Err("not asked for yet")), Ok(0));
        }
        assert_eq!(held.want(256, false, |_| Err("damaged")), Ok(0));
        assert_eq!(held.want(256, false, |_| Err("damaged")), Err("damaged"));
        assert!(held.text(256).is_none());
        assert!(held.want(511, true, read).unwrap() > 0 && held.text(511).is_some());
        for lane in 0..700 {
            for _ in 0..=FEW_TEXTS {
                held.want(lane, false, read).unwrap();
            }
            let (range, width) = held.directory().text_at(lane);
            let unit = page[held.directory().unit_at(lane)].try_into().unwrap();
            let text = held.text(lane).map(|text| text.to_text());
            assert_eq!(text, Some(Characters::new(&page[range], width).to_text()), "lane {lane}");
            assert_eq!(held.unit(lane), Some(UnitRow::from_le_bytes(unit)), "lane {lane}");
        }
    }
}
