//! Messages as they go over a pipe: a header with the length, an empty line, JSON.
//!
//! A length that nobody means, and a message that is none, end the conversation with a sentence.

use std::io::{self, BufRead, Read, Write};
use std::thread;
use std::time::Duration;

use lsp_server::{Connection, Message};

use crate::server::lsp::{self, Ending};
use crate::server::readers::{Clock, Readers};

/// No message is longer, in bytes: 10 MB of text are no more than 60 of JSON.
const LONGEST_MESSAGE: u64 = 1 << 28;
/// No line of a header is longer, in bytes.
const LONGEST_HEADER: u64 = 1 << 12;

/// Why no further message can be read.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// A header is none.
    #[error("the editor sent `{0}` where a header such as `Content-Length: 120` belongs; is it a language client?")]
    Header(String),
    /// There is no length.
    #[error("the editor sent a message without its Content-Length; is it a language client?")]
    NoLength,
    /// A message is too long.
    #[error("the editor announced a message of {0} bytes, and tongsa reads no longer one than {LONGEST_MESSAGE}")]
    TooLong(u64),
    /// The input ends within a message.
    #[error("the editor ended its output in the middle of a message")]
    Cut,
    /// What is in the frame is no message.
    #[error("the editor sent a message that is no JSON-RPC: {0}")]
    NoMessage(serde_json::Error),
    /// The system refuses.
    #[error("the messages of the editor cannot be read: {0}")]
    Unreadable(io::Error),
}

/// Reads the next message; `None` at the end of the input.
pub fn read_message(input: &mut impl BufRead) -> Result<Option<Message>, TransportError> {
    let mut length = None;
    let mut first = true;
    loop {
        let Some(line) = header(input)? else { return if first { Ok(None) } else { Err(TransportError::Cut) } };
        first = false;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| TransportError::Header(line.clone()))?;
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse::<u64>().map_err(|_| TransportError::Header(line.clone()))?);
        }
    }
    let length = length.ok_or(TransportError::NoLength)?;
    if length > LONGEST_MESSAGE {
        return Err(TransportError::TooLong(length));
    }
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body).map_err(TransportError::Unreadable)?;
    if body.len() as u64 != length {
        return Err(TransportError::Cut);
    }
    serde_json::from_slice(&body).map(Some).map_err(TransportError::NoMessage)
}

/// Reads a line of a header without its end; `None` at the end of the input.
fn header(input: &mut impl BufRead) -> Result<Option<String>, TransportError> {
    let mut line = Vec::new();
    input.take(LONGEST_HEADER).read_until(b'\n', &mut line).map_err(TransportError::Unreadable)?;
    let text = String::from_utf8_lossy(&line);
    match text.strip_suffix('\n') {
        Some(header) => Ok(Some(header.trim_end_matches('\r').to_owned())),
        None if line.is_empty() => Ok(None),
        None if (line.len() as u64) < LONGEST_HEADER => Err(TransportError::Cut),
        None => Err(TransportError::Header(text.chars().take(40).collect())),
    }
}

/// Serves over a pair of pipes until the editor ends the conversation.
pub fn serve(
    mut input: impl BufRead + Send + 'static,
    mut output: impl Write + Send + 'static,
    readers: &Readers,
    clock: Clock,
    pause: Duration,
) -> Result<Ending, TransportError> {
    let (server, Connection { sender, receiver }) = Connection::memory();
    let reading = thread::spawn(move || {
        while let Some(message) = read_message(&mut input)? {
            let is_last = matches!(&message, Message::Notification(notification) if notification.method == "exit");
            if sender.send(message).is_err() || is_last {
                break;
            }
        }
        Ok(())
    });
    // An editor that no longer reads will end its own output, too.
    let writing = thread::spawn(move || receiver.iter().all(|message| message.write(&mut output).is_ok()));
    let ending = lsp::serve(&server, readers, clock, pause);
    drop(server);
    // Neither thread has a way to panic; both have ended with the connection.
    let _ = writing.join();
    reading.join().unwrap_or(Ok(()))?;
    Ok(ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<String>, String> {
        let message = read_message(&mut text.as_bytes()).map_err(|error| error.to_string())?;
        Ok(message.map(|message| serde_json::to_string(&message).unwrap()))
    }

    #[test]
    fn frames_are_read() {
        let message = r#"{"method":"exit"}"#;
        assert_eq!(read(&format!("Content-Length: 17\r\n\r\n{message}rest")), Ok(Some(message.to_owned())));
        let typed = format!("content-type: x; charset=utf-8\r\ncontent-length:17\n\n{message}");
        assert_eq!(read(&typed), Ok(Some(message.to_owned())));
        assert_eq!(read(""), Ok(None));
    }

    #[test]
    fn what_is_no_frame_is_said() {
        for (text, sentence) in [
            ("hello\r\n", "the editor sent `hello` where a header"),
            ("Content-Length: -1\r\n\r\n", "the editor sent `Content-Length: -1` where"),
            ("\r\n", "the editor sent a message without its Content-Length"),
            ("Content-Length: 18446744073709551615\r\n\r\n", "the editor announced a message of 18446744073709551615 bytes"),
            ("Content-Length: 18446744073709551616\r\n\r\n", "the editor sent `Content-Length: 18446744073709551616`"),
            ("Content-Length: 5\r\n\r\n{}", "the editor ended its output in the middle of a message"),
            ("Content-Len", "the editor ended its output in the middle of a message"),
            ("Content-Length: 2\r\n", "the editor ended its output in the middle of a message"),
            ("Content-Length: 2\r\n\r\n{}", "the editor sent a message that is no JSON-RPC: "),
            ("Content-Length: 3\r\n\r\n\u{FF}a", "the editor sent a message that is no JSON-RPC: "),
        ] {
            let said = read(text).unwrap_err();
            assert!(said.starts_with(sentence), "{text}: {said}");
        }
        let endless = "x".repeat(1 << 20);
        assert!(read(&endless).unwrap_err().starts_with("the editor sent `xxxx"));
        let deep = "[".repeat(100_000);
        let framed = format!("Content-Length: {}\r\n\r\n{deep}", deep.len());
        assert!(read(&framed).unwrap_err().starts_with("the editor sent a message that is no JSON-RPC: "));
    }
}
