//! A reader of text in another encoding as UTF-8, which refuses what is not in it.

use std::io::{self, Read};
use std::path::PathBuf;

use encoding_rs::{Decoder, DecoderResult, Encoding};

use crate::exchange::encoding::{ReadError, ReadSeek};

/// Reads text of another encoding as UTF-8.
pub(super) struct Transcoder {
    path: PathBuf,
    encoding: &'static Encoding,
    decoder: Decoder,
    reader: Box<dyn ReadSeek + Send>,
    raw: Vec<u8>,
    raw_start: usize,
    raw_end: usize,
    text: Vec<u8>,
    text_start: usize,
    offset: u64,
    finished: bool,
}

impl Transcoder {
    /// Reads on from where `reader` stands; `path` stands for the file in messages.
    pub(super) fn new(path: PathBuf, encoding: &'static Encoding, reader: Box<dyn ReadSeek + Send>) -> Self {
        Self {
            path,
            encoding,
            decoder: encoding.new_decoder_with_bom_removal(),
            reader,
            raw: vec![0; 1 << 16],
            raw_start: 0,
            raw_end: 0,
            text: Vec::new(),
            text_start: 0,
            offset: 0,
            finished: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.raw_start == self.raw_end {
            self.offset += self.raw_end as u64;
            self.raw_end = self.reader.read(&mut self.raw)?;
            self.raw_start = 0;
        }
        let last = self.raw_end == 0;
        self.text.resize(1 << 17, 0);
        let raw = &self.raw[self.raw_start..self.raw_end];
        let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(raw, &mut self.text, last);
        self.raw_start += read;
        self.text.truncate(written);
        self.text_start = 0;
        self.finished = last && result == DecoderResult::InputEmpty;
        if let DecoderResult::Malformed(..) = result {
            let offset = self.offset + self.raw_start as u64;
            let error = ReadError::WrongEncoding { path: self.path.clone(), encoding: self.encoding.name(), offset };
            return Err(io::Error::new(io::ErrorKind::InvalidData, error));
        }
        Ok(())
    }
}

impl Read for Transcoder {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.text_start == self.text.len() && !self.finished {
            self.refill()?;
        }
        let ready = &self.text[self.text_start..];
        let count = ready.len().min(out.len());
        out[..count].copy_from_slice(&ready[..count]);
        self.text_start += count;
        Ok(count)
    }
}
