//! The units that term pairs are learned from, kept in bounded memory.

/// How many bytes of text are kept.
const MOST_BYTES: usize = 64 << 20;
/// What is longer is no sentence, in bytes.
const LONGEST: usize = 1200;

/// A unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'a> {
    pub number: u64,
    pub english: &'a str,
    pub rendering: &'a str,
}

/// Units, one after another in one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Units {
    text: String,
    places: Vec<Place>,
    /// One unit in 2 to this power is kept.
    bits: u32,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    number: u64,
    start: u32,
    middle: u32,
    end: u32,
}

impl Units {
    pub fn add(&mut self, number: u64, english: &str, rendering: &str) {
        if !is_sampled(number, self.bits) || english.len() > LONGEST || rendering.len() > LONGEST {
            return;
        }
        let start = self.text.len() as u32;
        self.text.push_str(english);
        let middle = self.text.len() as u32;
        self.text.push_str(rendering);
        self.places.push(Place { number, start, middle, end: self.text.len() as u32 });
        while self.text.len() > MOST_BYTES {
            self.bits += 1;
            self.thin();
        }
    }

    fn thin(&mut self) {
        let mut thinned = Self { bits: self.bits, ..Self::default() };
        for unit in self.iter().filter(|unit| is_sampled(unit.number, self.bits)) {
            thinned.add(unit.number, unit.english, unit.rendering);
        }
        *self = thinned;
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn get(&self, nth: usize) -> Unit<'_> {
        let place = self.places[nth];
        let text = |from: u32, to: u32| &self.text[from as usize..to as usize];
        Unit { number: place.number, english: text(place.start, place.middle), rendering: text(place.middle, place.end) }
    }

    pub fn iter(&self) -> impl Iterator<Item = Unit<'_>> {
        (0..self.len()).map(|nth| self.get(nth))
    }
}

/// Returns whether a unit is kept, by its number mixed so that neighbours part.
fn is_sampled(number: u64, bits: u32) -> bool {
    let mixed = (number ^ number >> 31).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32).trailing_zeros() >= bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_within_bounds_and_comes_back() {
        let mut units = Units::default();
        let long = "a".repeat(1000);
        for number in 0..70_000 {
            units.add(number, &long, "가");
        }
        assert!(units.text.len() <= MOST_BYTES && units.len() > 20_000);
        let unit = units.get(0);
        assert_eq!((unit.english.len(), unit.rendering), (1000, "가"));
        units.add(7, &"b".repeat(LONGEST + 1), "가");
        assert!(units.iter().all(|unit| unit.english.len() <= LONGEST));
    }
}
