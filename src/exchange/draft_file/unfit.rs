//! Why a file is no draft that can be read, and what to do about it.

/// Why a file cannot be read as a draft. The sentence goes on after the name of the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A program for print has made it.
    #[error("is a PDF, which does not say what stands beside what; check the document that it was made from")]
    Pdf,
    /// The rich text of old word processors.
    #[error("is RTF; save it as DOCX or as plain text and try again")]
    Rtf,
    /// The binary format of Word before 2007.
    #[error("is a document of Word 97 to 2003; save it as .docx and try again")]
    OldWord,
    /// The binary format of Hangul.
    #[error("is a document of Hangul in the binary format; save it as .hwpx and try again")]
    OldHangul,
    /// A compound file of another program.
    #[error("is in a binary format of Microsoft Office; save it as .docx and try again")]
    OldOffice,
    /// It is closed with a password.
    #[error("is closed with a password; save it without one and try again")]
    Password,
    /// It is an office document without running text.
    #[error("is {0}, and no running text; save the text in it as .docx or plain text and try again")]
    OtherDocument(&'static str),
    /// It is an archive of other things.
    #[error("is an archive, but no DOCX, HWPX or ODT; unpack it and name the drafts in it")]
    OtherArchive,
    /// Its name promises another format than it has.
    #[error("is called {0}, but is no archive as {0} is one; give it the ending of what it is, such as .txt")]
    NoArchive(&'static str),
    /// The archive is damaged.
    #[error("is a damaged archive ({0}); open it in the program that wrote it, and save it again")]
    BrokenArchive(String),
    /// It unpacks to more than anybody has written.
    #[error("unpacks to more than a document holds ({0}); it is not opened")]
    Bomb(&'static str),
    /// A part of it is no XML.
    #[error("is damaged in {part}: {reason}; open it in the program that wrote it, and save it again")]
    BrokenPart {
        /// The entry of the archive.
        part: String,
        /// What is wrong there.
        reason: String,
    },
}

/// What an OLE compound file begins with.
const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

impl Unfit {
    /// Tells by the bytes of a file what it is, where it is in a format that is known and not read.
    pub(super) fn of_content(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(COMPOUND_FILE) {
            return Some(Self::of_compound_file(bytes));
        }
        let beginning = bytes.trim_ascii_start();
        let signatures: [(&[u8], Self); 3] =
            [(b"%PDF-", Self::Pdf), (b"{\\rtf", Self::Rtf), (b"HWP Document File", Self::OldHangul)];
        signatures.into_iter().find(|(signature, _)| beginning.starts_with(signature)).map(|(_, unfit)| unfit)
    }

    /// Tells compound files apart by the names of their streams, which stand in them as UTF-16.
    fn of_compound_file(bytes: &[u8]) -> Self {
        let has_stream = |name: &str| {
            let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            memchr::memmem::find(bytes, &name).is_some()
        };
        if has_stream("EncryptedPackage") {
            Self::Password
        } else if has_stream("WordDocument") {
            Self::OldWord
        } else if has_stream("HwpSummaryInformation") || has_stream("BodyText") {
            Self::OldHangul
        } else {
            Self::OldOffice
        }
    }
}
