//! The integration tests: what the whole program promises.

mod check_gold;
mod layers;
mod lookup_gold;
mod shipped;
