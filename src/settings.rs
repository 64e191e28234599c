//! Settings: what a `tongsa.toml` says about the drafts beside and below it, and the one struct that file and flags fill.
//!
//! Finds and reads the file and refuses what it does not know, with its place. What the choices mean is for the checker.

pub mod globs;
mod reader;

use std::path::{Path, PathBuf};

use crate::check::house::{ChineseRegion, CountryOrder, House, KoreanReading};
use crate::check::levels::{FailOn, Levels};
use crate::lang::Lang;
use crate::settings::globs::Globs;

/// The name of the settings file.
pub const FILE_NAME: &str = "tongsa.toml";

/// A file with more bytes than this holds no settings.
const LONGEST_FILE: u64 = 1 << 20;

/// Why a settings file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The system refuses.
    #[error("{name} cannot be read: {reason}")]
    Unreadable {
        /// The file.
        name: String,
        /// What the system says.
        reason: String,
    },
    /// It is not in UTF-8.
    #[error("{name}:{line}: the line is not in UTF-8; save the file as UTF-8")]
    NotUtf8 {
        /// The file.
        name: String,
        /// The line, from 1.
        line: usize,
    },
    /// Something in it is wrong.
    #[error("{name}:{line}: {reason}")]
    Wrong {
        /// The file.
        name: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong, and what to write.
        reason: String,
    },
}

/// What is chosen for the checking of drafts, by a file or on the command line; `None` and empty where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckSettings {
    /// The levels of rules.
    pub levels: Levels,
    /// How Korean writes Chinese names of today.
    pub korean_reading: Option<KoreanReading>,
    /// For which region Chinese is written.
    pub chinese: Option<ChineseRegion>,
    /// Which country stands first in compounds of countries.
    pub country_order: Option<CountryOrder>,
    /// Names that are never reported.
    pub ignored_names: Vec<String>,
    /// Glossaries that are read over the store's for these drafts.
    pub glossaries: Vec<PathBuf>,
    /// From which severity on a finding counts.
    pub fail_on: Option<FailOn>,
    /// The language of the drafts.
    pub lang: Option<Lang>,
    /// The day the drafts are of, as `2026-01-07`.
    pub date: Option<String>,
}

impl CheckSettings {
    /// Lays other settings over these: what they choose counts, and their lists are added.
    pub fn lay(&mut self, above: &Self) {
        self.levels.lay(&above.levels);
        self.korean_reading = above.korean_reading.or(self.korean_reading);
        self.chinese = above.chinese.or(self.chinese);
        self.country_order = above.country_order.or(self.country_order);
        self.fail_on = above.fail_on.or(self.fail_on);
        self.lang = above.lang.clone().or_else(|| self.lang.take());
        self.date = above.date.clone().or_else(|| self.date.take());
        self.ignored_names.extend_from_slice(&above.ignored_names);
        self.glossaries.extend_from_slice(&above.glossaries);
    }

    /// Returns the choices that the rules ask for.
    pub fn house(&self) -> House {
        House {
            korean_reading: self.korean_reading.unwrap_or_default(),
            country_order: self.country_order.unwrap_or_default(),
            chinese: self.chinese,
        }
    }
}

/// Settings for the drafts whose paths fit some patterns: `[[check.for]]`.
#[derive(Clone, Debug)]
struct PathSettings {
    paths: Globs,
    check: CheckSettings,
}

/// A settings file as it was read.
#[derive(Clone, Debug)]
pub struct SettingsFile {
    folder: PathBuf,
    check: CheckSettings,
    exclude: Globs,
    overrides: Vec<PathSettings>,
}

impl SettingsFile {
    /// Reads the file at an absolute path; `name` stands for it in messages.
    pub fn load(path: &Path, name: &str) -> Result<Self, SettingsError> {
        let unreadable = |reason: String| SettingsError::Unreadable { name: name.to_owned(), reason };
        let length = std::fs::metadata(path).map_err(|error| unreadable(plain_reason(&error)))?.len();
        if length > LONGEST_FILE {
            return Err(unreadable("it is longer than 1 MB, and settings are not".to_owned()));
        }
        let bytes = std::fs::read(path).map_err(|error| unreadable(plain_reason(&error)))?;
        let folder = path.parent().unwrap_or(path);
        match std::str::from_utf8(&bytes) {
            Ok(text) => Self::parse(text, folder, name),
            Err(error) => {
                let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
                Err(SettingsError::NotUtf8 { name: name.to_owned(), line })
            }
        }
    }

    /// Reads the text of a file that lies in `folder`; `name` stands for it in messages.
    pub fn parse(text: &str, folder: &Path, name: &str) -> Result<Self, SettingsError> {
        reader::read(text, folder, name)
    }

    /// Returns what the file says of the draft at an absolute path: its choices, and over them those for such paths, later
    /// ones above earlier ones.
    pub fn for_draft(&self, draft: &Path) -> CheckSettings {
        let mut settings = self.check.clone();
        let inside = self.inside(draft);
        self.overrides.iter().filter(|these| these.paths.fit(inside)).for_each(|these| settings.lay(&these.check));
        settings
    }

    /// Returns whether a draft in a folder, at an absolute path, is not to be checked.
    pub fn excludes(&self, draft: &Path) -> bool {
        self.exclude.fit(self.inside(draft))
    }

    /// Patterns are written from the folder of the file on.
    fn inside<'p>(&self, draft: &'p Path) -> &'p Path {
        draft.strip_prefix(&self.folder).unwrap_or(draft)
    }
}

/// Returns the settings file for the drafts in an absolute folder: the nearest one there or above. The search ends at the
/// top of a git repository.
pub fn find(folder: &Path) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        let file = folder.join(FILE_NAME);
        if file.is_file() {
            return Some(file);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

fn plain_reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::finding::Severity;
    use crate::check::levels::Level;
    use proptest::prelude::*;

    fn parse(text: &str) -> Result<SettingsFile, String> {
        SettingsFile::parse(text, Path::new("/desk"), "tongsa.toml").map_err(|error| error.to_string())
    }

    #[test]
    fn settings_are_read_and_laid_over_each_other() {
        let text = "[check]\nrules = { near-miss = \"error\", acronym = \"off\" }\nchinese = \"taiwan\"\nlang = \"en\"\n\
                    ignore-names = [\"Peking\"]\nexclude = [\"old/\"]\nglossaries = [\"desk.csv\"]\nfail-on = \"info\"\n\
                    date = 2026-01-07\n[[check.for]]\npaths = [\"yanbian/**\"]\nlang = \"ko\"\n\
                    korean-reading = \"characters\"\nignore-names = [\"Mao\"]\nrules.acronym = \"on\"\n";
        let file = parse(text).unwrap();
        let (desk, yanbian) = (file.for_draft(Path::new("/desk/a.md")), file.for_draft(Path::new("/desk/yanbian/a.md")));
        assert_eq!(desk.chinese, Some(ChineseRegion::Taiwan));
        assert_eq!((desk.fail_on, desk.date.as_deref()), (Some(FailOn::Info), Some("2026-01-07")));
        assert_eq!(desk.glossaries, [Path::new("/desk/desk.csv")]);
        assert_eq!((desk.korean_reading, desk.ignored_names.len()), (None, 1));
        assert_eq!((yanbian.korean_reading, yanbian.ignored_names.len()), (Some(KoreanReading::Characters), 2));
        assert_eq!((desk.lang, yanbian.lang), (Some(Lang::En), Some(Lang::Ko)));
        let mut levels = Levels::default();
        levels.set("near-miss", Level::As(Severity::Error));
        levels.set("acronym", Level::Off);
        assert_eq!(desk.levels, levels);
        levels.set("acronym", Level::On);
        assert_eq!(yanbian.levels, levels);
        assert!(file.excludes(Path::new("/desk/a/old/b.md")) && !file.excludes(Path::new("/desk/a.md")));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, sentence) in [
            (
                "[check]\nkorean-redaing = \"x\"",
                "2: there is no key `korean-redaing` in [check]; did you mean `korean-reading`?",
            ),
            ("[chekc]", "1: there is no key `chekc` at the top of the file; did you mean `check`?"),
            ("[check]\nx = 1", "2: there is no key `x` in [check]; known are rules, korean-reading, country-order, ..."),
            ("\n[check]\nrules = { near-mis = \"off\" }", "3: there is no rule `near-mis`; did you mean `near-miss`?"),
            ("[check]\nrules.acronym = \"of\"", "2: `acronym` is `of`, and can be off, on, info, warning, error"),
            ("[check]\nrules = \"off\"", "2: `rules` is a string, and has to be a table"),
            ("[check]\nignore-names = [\"a\",\n 3]", "3: `ignore-names` is a number, and has to be a string"),
            ("check = true", "1: `check` is true or false, and has to be a table"),
            ("[check]\nchinese = \"tawian\"", "2: `chinese` is `tawian`, and can be mainland, taiwan, hong-kong"),
            ("[check]\nlang = \"?\"", "2: `?` is not a language tag..."),
            ("[check]\ndate = \"yesterday\"", "2: `yesterday` is no date; write one as 2026-01-07"),
            ("[check]\ndate = \"2026-13-07\"", "2: `2026-13-07` is no date..."),
            ("[check]\nexclude = [\"[\"]", "2: `[` is no pattern of paths: ..."),
            ("[[check.for]]\nlang = \"en\"", "1: [[check.for]] needs `paths`..."),
            ("[[check.for]]\npath = []\npaths = []", "2: there is no key `path` in [[check.for]]; did you mean `paths`?"),
            ("[check\n", "1: this is no TOML: ..."),
        ] {
            let error = parse(text).unwrap_err();
            let error = error.strip_prefix("tongsa.toml:").unwrap();
            let fits = sentence.strip_suffix("...").map_or(error == sentence, |start| error.starts_with(start));
            assert!(fits, "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_at_a_line_it_has(text in "(\\[check\\]\n)?[a-z\\[\\]{}=.\",\n 가#-]{0,60}") {
            if let Err(SettingsError::Wrong { line, reason, .. }) = SettingsFile::parse(&text, Path::new("/"), "x") {
                prop_assert!(line >= 1 && line <= text.split('\n').count(), "{line} {reason}");
                prop_assert!(!reason.contains('\n'));
            }
        }
    }

    #[test]
    fn a_file_is_found_upward_and_within_the_repository() {
        let top = tempfile::tempdir().unwrap();
        let (repository, deep) = (top.path().join("repository"), top.path().join("repository/a/b"));
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(top.path().join(FILE_NAME), "").unwrap();
        assert_eq!(find(&deep), Some(top.path().join(FILE_NAME)));
        std::fs::create_dir(repository.join(".git")).unwrap();
        assert_eq!(find(&deep), None);
        std::fs::write(repository.join(FILE_NAME), "").unwrap();
        assert_eq!(find(&deep), Some(repository.join(FILE_NAME)));
    }
}
