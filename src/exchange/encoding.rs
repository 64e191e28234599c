//! Bytes to text: which encoding a file is in, and a reader that refuses what is not in it.

mod survey;
mod transcoder;

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, UTF_8};

use crate::exchange::draft_file::unfit::Unfit;
use crate::exchange::encoding::survey::Survey;
use crate::exchange::encoding::transcoder::Transcoder;

/// Why a file cannot be read as text.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system refuses.
    #[error("{path} cannot be read: {reason}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// It is a folder.
    #[error("{0} is a folder; name the files in it")]
    Folder(PathBuf),
    /// It has zero bytes in it.
    #[error("{0} is not a text file (it has zero bytes in it); save it as text or CSV and try again")]
    Binary(PathBuf),
    /// It is in a format that is not read, or damaged.
    #[error("{path} {unfit}")]
    Unfit {
        /// The file.
        path: PathBuf,
        /// Why, and what to do.
        unfit: Unfit,
    },
    /// It has nothing in it.
    #[error("{0} is empty; there is nothing to read")]
    Empty(PathBuf),
    /// It is UTF-8 but for some bytes.
    #[error("{path} is UTF-8 but for byte {offset} in line {line}; repair it, or name its encoding")]
    BrokenUtf8 {
        /// The file.
        path: PathBuf,
        /// The first wrong byte, from 0.
        offset: u64,
        /// Its line, from 1.
        line: u64,
    },
    /// It is not in the encoding that was named or guessed.
    #[error("{path} is not in {encoding} (a byte before offset {offset} is wrong); name its encoding")]
    WrongEncoding {
        /// The file.
        path: PathBuf,
        /// The encoding.
        encoding: &'static str,
        /// Where it failed.
        offset: u64,
    },
    /// Its encoding cannot be told.
    #[error("the encoding of {0} cannot be told; name it, as in euc-kr")]
    NoGuess(PathBuf),
    /// No encoding has this name.
    #[error("no encoding is called `{0}`; try utf-8, utf-16le, euc-kr, gb18030, big5 or shift_jis")]
    UnknownEncoding(String),
}

/// How a file is encoded, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileEncoding {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// Whether it begins with a byte order mark.
    pub bom: bool,
    /// Whether it was guessed from the bytes.
    pub guessed: bool,
}

impl FileEncoding {
    /// Says it in a few words.
    pub fn describe(self) -> String {
        let bom = if self.bom { " with a byte order mark" } else { "" };
        let guessed = if self.guessed { " (guessed; --encoding overrides)" } else { "" };
        format!("{}{bom}{guessed}", self.encoding.name())
    }
}

/// Where text comes from: a file, or bytes that have been read.
pub struct TextSource {
    path: PathBuf,
    reader: Box<dyn ReadSeek + Send>,
    /// The number of bytes.
    pub size: u64,
}

trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

impl TextSource {
    /// Opens a file. What is no plain file, such as a named pipe, is read to its end at once.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        if path.is_dir() {
            return Err(ReadError::Folder(path.to_owned()));
        }
        let io = |error: io::Error| ReadError::Io { path: path.to_owned(), reason: plain_reason(&error) };
        let file = File::open(path).map_err(io)?;
        let metadata = file.metadata().map_err(io)?;
        if !metadata.is_file() {
            // A pipe can be read only once, and how much comes through it is not known beforehand.
            let mut bytes = Vec::new();
            BufReader::new(file).read_to_end(&mut bytes).map_err(io)?;
            return Ok(Self::from_bytes(path, bytes));
        }
        Self::of_file(path, &file)
    }

    /// Takes an open file; `name` stands for it in messages.
    pub fn of_file(name: impl Into<PathBuf>, file: &File) -> Result<Self, ReadError> {
        let path = name.into();
        let io = |error: io::Error| ReadError::Io { path: path.clone(), reason: plain_reason(&error) };
        let size = file.metadata().map_err(io)?.len();
        let mut reader = BufReader::with_capacity(1 << 18, file.try_clone().map_err(io)?);
        reader.rewind().map_err(io)?;
        Ok(Self { path, reader: Box::new(reader), size })
    }

    /// Takes bytes that have been read from elsewhere; `name` stands for them in messages.
    pub fn from_bytes(name: impl Into<PathBuf>, bytes: Vec<u8>) -> Self {
        let size = bytes.len() as u64;
        Self { path: name.into(), reader: Box::new(Cursor::new(bytes)), size }
    }

    /// Returns the first bytes of the file, fewer where it has fewer.
    pub fn beginning(&mut self, length: usize) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        let sought = self.reader.seek(SeekFrom::Start(0));
        let read = sought.and_then(|_| self.reader.as_mut().take(length as u64).read_to_end(&mut bytes));
        read.map_err(|error| self.io(&error))?;
        Ok(bytes)
    }

    /// Returns the encoding: the one that is `named`, else by byte order mark, else UTF-8 where the whole file is, else the
    /// best guess.
    pub fn detect(&mut self, named: Option<&str>) -> Result<FileEncoding, ReadError> {
        let survey = Survey::of(&mut self.reader).map_err(|error| self.io(&error))?;
        if let Some(name) = named {
            // What Windows calls code page 949 is what the Web calls euc-kr.
            let korean = ["cp949", "ms949", "uhc"].contains(&name.to_lowercase().as_str());
            let encoding = Encoding::for_label(if korean { b"euc-kr" } else { name.as_bytes() });
            let encoding = encoding.ok_or_else(|| ReadError::UnknownEncoding(name.to_owned()))?;
            return Ok(FileEncoding { encoding, bom: survey.bom == Some(encoding), guessed: false });
        }
        if survey.bytes == 0 {
            return Err(ReadError::Empty(self.path.clone()));
        }
        if let Some(encoding) = survey.bom.filter(|encoding| *encoding != UTF_8 || survey.wrong.is_none()) {
            return Ok(FileEncoding { encoding, bom: true, guessed: false });
        }
        if survey.zeros {
            return Err(ReadError::Binary(self.path.clone()));
        }
        let Some((offset, line)) = survey.wrong else {
            return Ok(FileEncoding { encoding: UTF_8, bom: false, guessed: false });
        };
        if survey.is_broken_utf8() {
            return Err(ReadError::BrokenUtf8 { path: self.path.clone(), offset, line });
        }
        let encoding = survey.guess().ok_or_else(|| ReadError::NoGuess(self.path.clone()))?;
        Ok(FileEncoding { encoding, bom: false, guessed: true })
    }

    /// Returns the text as UTF-8. Bytes that are not in the encoding end the reading with an error of kind `InvalidData`
    /// that holds a [`ReadError`].
    pub fn decode(mut self, encoding: FileEncoding) -> Result<Box<dyn Read + Send>, ReadError> {
        let start = if encoding.bom && encoding.encoding == UTF_8 { 3 } else { 0 };
        self.reader.seek(SeekFrom::Start(start)).map_err(|error| self.io(&error))?;
        if encoding.encoding == UTF_8 && !encoding.guessed {
            return Ok(Box::new(self.reader));
        }
        Ok(Box::new(Transcoder::new(self.path, encoding.encoding, self.reader)))
    }

    /// Reads the whole text.
    pub fn read_all(mut self, named: Option<&str>) -> Result<(String, FileEncoding), ReadError> {
        let encoding = self.detect(named)?;
        Ok((self.read_as(encoding)?, encoding))
    }

    /// Reads the whole text in an encoding that is known.
    pub fn read_as(self, encoding: FileEncoding) -> Result<String, ReadError> {
        let path = self.path.clone();
        let mut text = String::with_capacity(self.size as usize);
        self.decode(encoding)?.read_to_string(&mut text).map_err(|error| read_failure(&path, error))?;
        Ok(text)
    }

    fn io(&self, error: &io::Error) -> ReadError {
        ReadError::Io { path: self.path.clone(), reason: plain_reason(error) }
    }
}

/// Returns the reading error inside an input error.
pub fn read_failure(path: &Path, error: io::Error) -> ReadError {
    let reason = plain_reason(&error);
    match error.into_inner().map(|inner| inner.downcast::<ReadError>()) {
        Some(Ok(inner)) => *inner,
        _ => ReadError::Io { path: path.to_owned(), reason },
    }
}

/// Says what the system says, without its number.
pub fn plain_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], named: Option<&str>) -> Result<(String, String), String> {
        let source = TextSource::from_bytes("a.csv", bytes.to_vec());
        source.read_all(named).map(|(text, encoding)| (text, encoding.describe())).map_err(|error| error.to_string())
    }

    #[test]
    fn encodings_are_recognised_and_said() {
        let korean = "영어,한국어\nZhao Leji,자오러지\nDiaoyutai,댜오위타이 국빈관\nLi Qiang,리창 국무원 총리\n";
        let simplified = "国务院总理李强会见韩国总统李在明，全国人民代表大会常务委员会委员长赵乐际也会见了他。\n";
        let traditional = "國務院總理李強會見韓國總統李在明，全國人民代表大會常務委員會委員長趙樂際也會見了他。\n";
        for (label, text, said) in [
            ("utf-8", korean, "UTF-8"),
            ("euc-kr", korean, "EUC-KR (guessed; --encoding overrides)"),
            ("gbk", simplified, "GBK (guessed; --encoding overrides)"),
            ("big5", traditional, "Big5 (guessed; --encoding overrides)"),
        ] {
            let (bytes, _, unmappable) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
            assert!(!unmappable, "{label}");
            assert_eq!(read(&bytes, None), Ok((text.to_owned(), said.to_owned())), "{label}");
            assert_eq!(read(&bytes, Some(label)).map(|(text, _)| text), Ok(text.to_owned()), "{label}");
        }
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(korean.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(read(&utf16, None), Ok((korean.to_owned(), "UTF-16LE with a byte order mark".to_owned())));
        let bom = [b"\xEF\xBB\xBF", korean.as_bytes()].concat();
        assert_eq!(read(&bom, None), Ok((korean.to_owned(), "UTF-8 with a byte order mark".to_owned())));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        let mut broken = "가나다라마바사아자차카타파하\n".repeat(3).into_bytes();
        broken[50] = 0xFF;
        for (bytes, named, expected) in [
            (&b""[..], None, "a.csv is empty; there is nothing to read"),
            (&[0; 100], None, "a.csv is not a text file (it has zero bytes in it); save it as text or CSV and try again"),
            (&broken, None, "a.csv is UTF-8 but for byte 49 in line 2; repair it, or name its encoding"),
            (
                "가".as_bytes(),
                Some("klingon"),
                "no encoding is called `klingon`; try utf-8, utf-16le, euc-kr, gb18030, big5 or shift_jis",
            ),
        ] {
            assert_eq!(read(bytes, named), Err(expected.to_owned()));
        }
        assert!(read(&[0xB0, 0xFF, 0x30], Some("euc-kr")).unwrap_err().starts_with("a.csv is not in EUC-KR"));
    }

    #[test]
    fn long_texts_are_decoded_across_borders() {
        let text = "자오러지, 趙樂際\n".repeat(40_000);
        let (bytes, ..) = Encoding::for_label(b"euc-kr").unwrap().encode(&text);
        assert_eq!(read(&bytes, Some("euc-kr")).unwrap().0, text);
        assert_eq!(read(text.as_bytes(), None).unwrap().0, text);
    }
}
