//! The questions of one command: its words, or a line each of standard input.

use std::io::{self, BufRead, Write};

use crate::cli::{Failure, Outcome};

/// Where the answers go.
pub type Out = io::BufWriter<anstream::AutoStream<io::StdoutLock<'static>>>;

/// Reads how many answers are shown at most.
pub fn parse_limit(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(limit) if limit > 0 => Ok(limit),
        _ => Err("the limit is a number from 1 on".into()),
    }
}

/// Answers the words of the command as one question or, without words, every line of standard input that is not blank.
pub fn answer_each(
    words: &[String],
    mut answer: impl FnMut(&str, &mut Out) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    let mut outcome = Outcome::Good;
    if !words.is_empty() {
        let query = words.join(" ");
        if !query.contains(char::is_alphanumeric) {
            return Err(Failure::question("there is no letter in the query; type a name or a sentence"));
        }
        outcome = answer(&query, &mut out)?;
        out.flush()?;
        return Ok(outcome);
    }
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line =
            line.map_err(|error| Failure::question(format!("line {} of standard input cannot be read: {error}", number + 1)))?;
        // A line without a letter asks nothing; the others are answered all the same.
        if !line.trim().is_empty() {
            outcome = outcome.max(answer(line.trim(), &mut out)?);
            // Whoever asks through a pipe waits for the answer.
            out.flush()?;
        }
    }
    Ok(outcome)
}
