//! What one look at all bytes of a file tells: whether they are UTF-8, and which encoding they may else be in.

use std::io::{self, SeekFrom};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use crate::exchange::encoding::ReadSeek;

/// So much of a file is shown to the detector.
const SAMPLE: usize = 4 << 20;

/// What one look at all bytes tells.
pub(super) struct Survey {
    pub(super) bytes: u64,
    pub(super) bom: Option<&'static Encoding>,
    pub(super) zeros: bool,
    /// Offset and line of the first byte that is not UTF-8.
    pub(super) wrong: Option<(u64, u64)>,
    /// The beginning, and what surrounds the first wrong byte.
    pub(super) sample: Vec<u8>,
}

impl Survey {
    pub(super) fn of(reader: &mut dyn ReadSeek) -> io::Result<Self> {
        reader.seek(SeekFrom::Start(0))?;
        let mut survey = Self { bytes: 0, bom: None, zeros: false, wrong: None, sample: Vec::new() };
        let mut buffer = vec![0; 1 << 18];
        let mut kept = 0;
        let mut line = 1;
        loop {
            let read = reader.read(&mut buffer[kept..])?;
            let end = kept + read;
            if survey.bytes == 0 {
                survey.bom = Encoding::for_bom(&buffer[..end]).map(|(encoding, _)| encoding);
            }
            kept = survey.look_at(&buffer[..end], read == 0, &mut line);
            if read == 0 {
                return Ok(survey);
            }
            buffer.copy_within(end - kept..end, 0);
        }
    }

    /// Takes in a piece and returns how many bytes at its end are an unfinished character.
    fn look_at(&mut self, piece: &[u8], last: bool, line: &mut u64) -> usize {
        self.zeros |= piece.contains(&0);
        let mut rest = piece;
        loop {
            match std::str::from_utf8(rest) {
                Ok(_) => break rest = &[],
                Err(error) => {
                    let wrong = &rest[error.valid_up_to()..];
                    let Some(length) = error.error_len().or(last.then_some(wrong.len())) else { break rest = wrong };
                    let at = piece.len() - wrong.len();
                    self.wrong.get_or_insert_with(|| (self.bytes + at as u64, *line + count_lines(&piece[..at])));
                    rest = &wrong[length..];
                }
            }
        }
        if self.sample.len() < SAMPLE || self.wrong.is_some() && self.sample.len() < 2 * SAMPLE {
            self.sample.extend_from_slice(piece);
        }
        let whole = &piece[..piece.len() - rest.len()];
        *line += count_lines(whole);
        self.bytes += whole.len() as u64;
        rest.len()
    }

    pub(super) fn is_broken_utf8(&self) -> bool {
        let text = String::from_utf8_lossy(&self.sample);
        let right = text.chars().filter(|c| c.len_utf8() >= 3 && *c != char::REPLACEMENT_CHARACTER).count();
        let wrong = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
        right > 2 * wrong
    }

    /// Returns the detector's guess; a Western one only for a text that is Western but for a few letters, since a short Korean
    /// or Chinese text may look like one.
    pub(super) fn guess(&self) -> Option<&'static Encoding> {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&self.sample, true);
        let guess = detector.guess(None, Utf8Detection::Deny);
        let high = self.sample.iter().filter(|byte| **byte >= 0x80).count();
        if !guess.is_single_byte() || high * 10 < self.sample.len() {
            return Some(guess);
        }
        let decodes = |encoding: &&'static Encoding| {
            let text = encoding.decode_without_bom_handling_and_without_replacement(&self.sample);
            text.is_some_and(|text| {
                let foreign = text.chars().filter(|c| !c.is_ascii()).count();
                let known =
                    text.chars().filter(|c| matches!(*c as u32, 0x3001..=0x301F | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3)).count();
                known * 10 >= foreign * 9
            })
        };
        [encoding_rs::EUC_KR, encoding_rs::GBK, encoding_rs::BIG5].into_iter().find(decodes)
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}
