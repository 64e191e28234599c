//! How a name is written: its order, its titles, its reading in another script.
//!
//! Pure: knows text, but no concept, no store and no file.

pub mod given_name;
pub mod person;
pub mod reading;
pub mod title;
