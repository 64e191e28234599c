//! The bytes of a file in its own encoding, changed at some places of its text and nowhere else.

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::exchange::draft_file::change::{Change, ChangeError, changed_text};
use crate::exchange::encoding::FileEncoding;

/// The bytes of a text file with what is known of them.
pub(super) struct Encoded<'a> {
    /// The draft, for messages.
    pub name: &'a str,
    /// The text in the bytes, without the byte order mark.
    pub text: &'a str,
    /// The bytes, where they are not the text as UTF-8.
    pub raw: Option<&'a [u8]>,
    /// How they are encoded; UTF-8 for a text that lies in no file.
    pub encoding: Option<FileEncoding>,
    /// Whether a character that the encoding lacks can be written as `&#1234;`.
    pub references: bool,
}

impl Encoded<'_> {
    /// Returns the bytes with the changes, which are in order and lie within the text.
    pub fn changed(&self, changes: &[Change]) -> Result<Vec<u8>, ChangeError> {
        match (self.raw, self.encoding) {
            (Some(raw), Some(encoding)) => self.changed_raw(raw, encoding, changes),
            (_, encoding) => {
                let mark = if encoding.is_some_and(|encoding| encoding.bom) { "\u{FEFF}" } else { "" };
                Ok(format!("{mark}{}", changed_text(self.text, changes)).into_bytes())
            }
        }
    }

    fn changed_raw(&self, raw: &[u8], encoding: FileEncoding, changes: &[Change]) -> Result<Vec<u8>, ChangeError> {
        let wanted: Vec<usize> = changes.iter().flat_map(|change| [change.span.start, change.span.end]).collect();
        let not_reproducible = || ChangeError::NotReproducible { name: self.name.to_owned(), encoding };
        let offsets = raw_offsets(raw, encoding, &wanted).ok_or_else(not_reproducible)?;
        let mut bytes = Vec::with_capacity(raw.len());
        let mut from = 0;
        for (change, offset) in changes.iter().zip(offsets.chunks_exact(2)) {
            bytes.extend_from_slice(&raw[from..offset[0]]);
            bytes.extend(self.encode(&change.text, encoding)?);
            from = offset[1];
        }
        bytes.extend_from_slice(&raw[from..]);
        // An encoding with states would read what follows a change otherwise.
        let read = encoding.encoding.decode_with_bom_removal(&bytes).0;
        let meant: Vec<Change> = changes.iter().map(|change| self.as_written(change, encoding)).collect();
        if read == changed_text(self.text, &meant) { Ok(bytes) } else { Err(not_reproducible()) }
    }

    /// Returns a change with references for the characters that the encoding lacks, where they are allowed.
    fn as_written(&self, change: &Change, encoding: FileEncoding) -> Change {
        if !self.references || [UTF_16LE, UTF_16BE].contains(&encoding.encoding) {
            return change.clone();
        }
        let mut text = String::with_capacity(change.text.len());
        for character in change.text.chars() {
            let (.., lacking) = encoding.encoding.encode(character.encode_utf8(&mut [0; 4]));
            if lacking {
                text.push_str(&format!("&#{};", u32::from(character)));
            } else {
                text.push(character);
            }
        }
        Change { span: change.span, text }
    }

    fn encode(&self, text: &str, encoding: FileEncoding) -> Result<Vec<u8>, ChangeError> {
        if [UTF_16LE, UTF_16BE].contains(&encoding.encoding) {
            return Ok(utf_16(text, encoding.encoding));
        }
        // What the encoding lacks becomes a reference, which is right in HTML only.
        let (bytes, _, lacking) = encoding.encoding.encode(text);
        if lacking && !self.references {
            return Err(ChangeError::NotInEncoding { name: self.name.to_owned(), encoding, text: text.to_owned() });
        }
        Ok(bytes.into_owned())
    }
}

fn utf_16(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let order = if encoding == UTF_16LE { u16::to_le_bytes } else { u16::to_be_bytes };
    text.encode_utf16().flat_map(order).collect()
}

/// Returns where offsets of the text, in order, lie in the bytes; `None` where one lies inside of what is decoded at once.
fn raw_offsets(raw: &[u8], encoding: FileEncoding, wanted: &[usize]) -> Option<Vec<usize>> {
    let mark = match (encoding.bom, encoding.encoding) {
        (false, _) => 0,
        (true, encoding) if encoding == UTF_8 => 3,
        (true, _) => 2,
    };
    let mut decoder = encoding.encoding.new_decoder_without_bom_handling();
    let mut offsets = Vec::with_capacity(wanted.len());
    let mut wanted = wanted.iter().peekable();
    let (mut text_offset, mut at) = (0, mark);
    // The decoder does not say where in the bytes a character ends, so it is given one byte after another.
    let mut character = [0; 32];
    loop {
        while wanted.next_if_eq(&&text_offset).is_some() {
            offsets.push(at);
        }
        match wanted.peek() {
            None => return Some(offsets),
            Some(next) if **next < text_offset => return None,
            Some(_) => {}
        }
        let mut written = 0;
        while written == 0 {
            let byte = raw.get(at..=at)?;
            let (result, _, count) = decoder.decode_to_utf8_without_replacement(byte, &mut character, false);
            if matches!(result, DecoderResult::Malformed(..)) {
                return None;
            }
            at += 1;
            written = count;
        }
        text_offset += written;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::Span;
    use proptest::prelude::*;

    fn changed(text: &str, label: &str, bom: bool, change: Change) -> Result<Vec<u8>, ChangeError> {
        let encoding = FileEncoding { encoding: Encoding::for_label(label.as_bytes()).unwrap(), bom, guessed: false };
        let raw = encoded(text, encoding);
        Encoded { name: "a.txt", text, raw: Some(&raw), encoding: Some(encoding), references: false }.changed(&[change])
    }

    fn encoded(text: &str, encoding: FileEncoding) -> Vec<u8> {
        let text = if encoding.bom { format!("\u{FEFF}{text}") } else { text.to_owned() };
        match encoding.encoding {
            utf_16le if utf_16le == UTF_16LE || utf_16le == UTF_16BE => utf_16(&text, utf_16le),
            encoding => encoding.encode(&text).0.into_owned(),
        }
    }

    proptest! {
        #[test]
        fn only_the_place_changes_in_any_encoding(
            before in "[a-c가-갛漢習\r\n]{0,12}", old in "[가-깋習]{0,3}", after in "[a-c가-갛漢習\r\n]{0,12}", new in "[가-깋漢]{0,3}",
        ) {
            let change = Change { span: Span::new(before.len(), before.len() + old.len()), text: new.clone() };
            for (label, bom) in [("euc-kr", false), ("utf-16le", true), ("utf-16be", true), ("utf-16le", false), ("gb18030", false)] {
                let encoding = FileEncoding { encoding: Encoding::for_label(label.as_bytes()).unwrap(), bom, guessed: false };
                let expected = encoded(&format!("{before}{new}{after}"), encoding);
                let found = changed(&format!("{before}{old}{after}"), label, bom, change.clone()).unwrap();
                prop_assert_eq!(found, expected, "{} {}", label, bom);
            }
        }
    }

    #[test]
    fn a_character_that_the_encoding_lacks_is_said() {
        let change = Change { span: Span::new(0, 6), text: "赵乐际".into() };
        let said = changed("조락제가", "euc-kr", false, change).unwrap_err().to_string();
        assert_eq!(said, "a.txt is in EUC-KR, which cannot hold `赵乐际`; save it as UTF-8 and try again");
    }

    #[test]
    fn what_would_be_read_otherwise_is_not_written() {
        // In ISO-2022-JP a name within Japanese text stands in a state that new bytes would end.
        let encoding = FileEncoding { encoding: encoding_rs::ISO_2022_JP, bom: false, guessed: false };
        let text = "今日，小公園在北京市。";
        let raw = encoding.encoding.encode(text).0;
        let start = text.find("小公園").unwrap();
        for references in [false, true] {
            let place = Encoded { name: "a.html", text, raw: Some(&raw), encoding: Some(encoding), references };
            let change = Change { span: Span::new(start, start + "小公園".len()), text: "大公園".into() };
            assert!(matches!(place.changed(&[change]), Err(ChangeError::NotReproducible { .. })), "{references}");
        }
    }

    #[test]
    fn bytes_that_another_program_would_write_otherwise_stay() {
        // GB18030 has four bytes for what GBK has two for; a decoder reads both.
        let raw = b"\xA2\xE3 \xC0\xEE";
        let encoding = FileEncoding { encoding: encoding_rs::GBK, bom: false, guessed: true };
        let text = encoding.encoding.decode(raw).0.into_owned();
        let place = Encoded { name: "a", text: &text, raw: Some(raw), encoding: Some(encoding), references: false };
        let change = Change { span: Span::new(text.find('李').unwrap(), text.len()), text: "王".into() };
        assert_eq!(place.changed(&[change]).unwrap(), b"\xA2\xE3 \xCD\xF5");
    }
}
