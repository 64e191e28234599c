//! interim
/// .
pub enum Named {
    /// .
    Person,
    /// .
    Organization,
}
/// .
pub const SAME: u8 = 80;
/// .
pub fn likeness(a: &str, b: &str, _named: Named) -> u8 {
    crate::text::distance::similarity(&crate::text::fold::key(a), &crate::text::fold::key(b))
}
