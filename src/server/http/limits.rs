//! How much and how long: what the server does not take, and when it stops to wait.

use std::time::Duration;

/// A body of JSON has at most so many bytes; a novel has two million.
pub const LONGEST_TEXT: u64 = 20 << 20;
/// A file to import has at most so many bytes.
pub const LONGEST_IMPORT: u64 = 1 << 30;
/// The head of a request has at most so many bytes; a question in it is no longer than a paragraph.
pub const LONGEST_HEAD: usize = 1 << 17;
/// After its first moments a body comes in with at least so many bytes a second.
pub const SLOWEST_BODY: u64 = 16 << 10;
/// A page of a list has at most so many rows.
pub const LONGEST_PAGE: usize = 1_000;
/// One request brings at most so many segments to match.
pub const MOST_SEGMENTS: usize = 1_000;

/// How long the server waits, and how much it does at once.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the head of a request, for its body to begin, for the next request of a connection that is kept, and for a client to
    /// take what it is sent.
    pub patience: Duration,
    /// For an answer that reads.
    pub reading: Duration,
    /// For a job that writes, those before it included.
    pub writing: Duration,
    /// For what is under way when the server is told to end, and once more for jobs that nobody waits for.
    pub ending: Duration,
    /// At most so many questions that take longer are read for at once; the others wait.
    pub readers: usize,
    /// At most so many of them are read for or wait.
    pub waiting: usize,
    /// At most so many jobs that write wait for each other.
    pub writers: usize,
    /// At most so many long answers are sent at once.
    pub senders: usize,
    /// The bodies that are coming in have at most so many kilobytes together, but for files, which are not held.
    pub held: usize,
    /// At most so many connections are open.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            patience: seconds(30),
            reading: seconds(60),
            writing: seconds(600),
            ending: seconds(30),
            readers: 8,
            waiting: 64,
            writers: 8,
            senders: 8,
            held: 256 << 10,
            connections: 4_096,
        }
    }
}
