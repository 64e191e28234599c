//! Logarithms and powers to five digits, without a branch, so that the compiler takes several numbers at a time.

/// Returns the natural logarithm of a positive number that is neither tiny nor infinite.
pub fn ln(number: f32) -> f32 {
    // The mantissa from the square root of a half to that of two, so that the series has its middle at 1.
    let shifted = number.to_bits().wrapping_sub(HALF_ROOT);
    let exponent = (shifted as i32) >> 23;
    let mantissa = f32::from_bits((shifted & 0x007F_FFFF).wrapping_add(HALF_ROOT));
    // ln m = 2 artanh t, a series in the odd powers of t.
    let t = (mantissa - 1.0) / (mantissa + 1.0);
    let square = t * t;
    let series = 2.0 + square * (2.0 / 3.0 + square * (2.0 / 5.0 + square * (2.0 / 7.0)));
    exponent as f32 * std::f32::consts::LN_2 + t * series
}

/// The bits of the square root of a half.
const HALF_ROOT: u32 = 0x3F35_04F3;

/// Returns two to a power that is not above 127; next to nothing below -126.
pub fn exp2(power: f32) -> f32 {
    let power = power.max(-126.0);
    // So far up, a float has no digits after the point, and its lowest bits are the whole part.
    let whole = power + WHOLE;
    let rest = (power - (whole - WHOLE)) * std::f32::consts::LN_2;
    let series = 1.0 + rest * (1.0 + rest * (1.0 / 2.0 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0)))));
    series * f32::from_bits((whole.to_bits() << 23).wrapping_add(1.0_f32.to_bits()))
}

/// One and a half times two to the power of 23.
const WHOLE: f32 = 12_582_912.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_digits_are_right() {
        for nth in 1..4000 {
            let number = 1.007_f32.powi(nth - 2000);
            assert!((ln(number) - number.ln()).abs() < 1e-5 * number.ln().abs().max(1.0), "{number}");
            let power = nth as f32 / 16.0 - 125.0;
            assert!((exp2(power.min(127.0)) / power.min(127.0).exp2() - 1.0).abs() < 1e-5, "{power}");
        }
        assert!(exp2(f32::NEG_INFINITY) < 1e-37);
        assert_eq!(exp2(0.0), 1.0);
    }
}
