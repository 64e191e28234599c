//! Odds: positive numbers that may be larger than any float, since the odds of the sentences of a whole book are multiplied.
//!
//! They are added and multiplied as they are and not by their logarithms, which takes no exponential and no logarithm.

/// The number `mantissa` times [`STEP`] to the power of `exponent`. The mantissa of a sum stays below the step; one below 1 comes
/// only of a factor below 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odds {
    mantissa: f64,
    exponent: i32,
}

/// The binary digits of a step.
const DIGITS: i32 = 256;
/// Two to the power of the digits.
const STEP: f64 = power_of_two(DIGITS);

impl Odds {
    /// Nothing.
    pub const ZERO: Self = Self { mantissa: 0.0, exponent: 0 };
    /// As likely as not.
    pub const ONE: Self = Self { mantissa: 1.0, exponent: 0 };

    /// Returns the sum.
    pub fn plus(self, other: Self) -> Self {
        if self.exponent == other.exponent || other.mantissa == 0.0 {
            return Self { mantissa: self.mantissa + other.mantissa, ..self }.carried();
        }
        if self.mantissa == 0.0 {
            return other;
        }
        let (more, less) = if self.exponent > other.exponent { (self, other) } else { (other, self) };
        // Two steps further down, nothing is left of a number.
        let rest = if more.exponent - less.exponent == 1 { less.mantissa / STEP } else { 0.0 };
        Self { mantissa: more.mantissa + rest, ..more }.carried()
    }

    /// Returns the product with a factor below 2 and a power of two.
    pub fn times(self, factor: f64, power: i32) -> Self {
        let mantissa = self.mantissa * factor * power_of_two(power.rem_euclid(DIGITS));
        Self { mantissa, exponent: self.exponent.saturating_add(power.div_euclid(DIGITS)) }.carried()
    }

    /// Returns which share the product with `other` has of `all`, 0 to 1.
    pub fn share(self, other: Self, all: Self) -> f32 {
        let mut share = self.mantissa / all.mantissa * other.mantissa;
        let exponent = self.exponent.saturating_add(other.exponent).saturating_sub(all.exponent);
        match exponent {
            0 => {}
            1.. => share *= STEP,
            // The product of two mantissas has less than three steps.
            ..-2 => share = 0.0,
            _ => (exponent..0).for_each(|_| share /= STEP),
        }
        share.min(1.0) as f32
    }

    /// Brings the mantissa below the step.
    fn carried(self) -> Self {
        if self.mantissa < STEP {
            return self;
        }
        Self { mantissa: self.mantissa / STEP, exponent: self.exponent.saturating_add(1) }
    }
}

/// Returns two to a power of 0 to 1023.
const fn power_of_two(power: i32) -> f64 {
    f64::from_bits(((power + 1023) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns the logarithm to the base of two.
    fn logarithm(odds: Odds) -> f64 {
        odds.mantissa.log2() + f64::from(DIGITS) * f64::from(odds.exponent)
    }

    fn odds(power: i32) -> Odds {
        Odds::ONE.times(1.0, power)
    }

    #[test]
    fn nothing_is_lost_beyond_the_floats() {
        let book = (0..100_000).fold(Odds::ONE, |odds, _| odds.times(0.75, 30));
        assert!((logarithm(book) / 100_000.0 - (30.0 + 0.75_f64.log2())).abs() < 1e-6);
        assert_eq!(book.share(Odds::ONE, book), 1.0);
        assert_eq!(book.share(Odds::ONE, book.plus(book)), 0.5);
        assert_eq!(Odds::ONE.share(Odds::ONE, book), 0.0);
        assert_eq!(Odds::ZERO.plus(book), book);
        assert_eq!(book.plus(Odds::ZERO), book);
    }

    proptest! {
        #[test]
        fn sums_and_shares_are_right(a in 0..2000_i32, b in 0..2000_i32, more in 0..40_i32) {
            let sum = logarithm(odds(a).plus(odds(b)));
            let (most, least) = (f64::from(a.max(b)), f64::from(a.min(b)));
            prop_assert!((sum - most - (1.0 + (least - most).exp2()).log2()).abs() < 1e-9);
            let share = f64::from(odds(a).share(odds(b), odds(a + b + more)));
            prop_assert!((share - f64::from(-more).exp2()).abs() < 1e-9);
        }
    }
}
