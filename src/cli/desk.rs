//! The settings of a check: what the flags say, over what the settings file of each draft says.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap_complete::engine::ArgValueCandidates;
use tongsa::check::house::{ChineseRegion, CountryOrder, KoreanReading};
use tongsa::check::levels::{FailOn, Level};
use tongsa::check::rules;
use tongsa::glossary::day::Day;
use tongsa::lang::Lang;
use tongsa::settings::{self, CheckSettings, SettingsFile};

use crate::cli::failure::Failure;
use crate::cli::{check, completions};

/// The flags that choose settings.
#[derive(Debug, Default, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "What the desk has chosen")]
pub struct Arguments {
    /// The language of the drafts [default: told by their letters]
    #[arg(long, value_parser = check::parse_lang)]
    lang: Option<Lang>,
    /// The least severity that makes the exit code 1: info, warning, error or never [default: warning]
    #[arg(long, value_name = "SEVERITY", value_parser = |word: &str| choice(word, &FailOn::NAMES))]
    fail_on: Option<FailOn>,
    /// How Korean drafts write Chinese names of today: by the sound of the original (시진핑), or by the Korean reading of the
    /// characters (습근평): original or characters [default: original]
    #[arg(long, value_name = "READING", value_parser = |word: &str| choice(word, &KoreanReading::NAMES))]
    korean_reading: Option<KoreanReading>,
    /// The region that Chinese drafts are for: mainland, taiwan or hong-kong
    #[arg(long, value_name = "REGION", value_parser = |word: &str| choice(word, &ChineseRegion::NAMES))]
    chinese: Option<ChineseRegion>,
    /// Which country stands first in compounds (한중일, 中韩): edition, korea, china or written [default: edition]
    #[arg(long, value_name = "ORDER", value_parser = |word: &str| choice(word, &CountryOrder::NAMES))]
    country_order: Option<CountryOrder>,
    /// The day of the drafts, as 2026-01-07 [default: told by themselves, else today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<String>,
    /// The level of a rule, as in near-miss=error: off, on, info, warning or error; several times
    #[arg(long = "rule", value_name = "RULE=LEVEL", value_parser = rule_level)]
    rules: Vec<(String, Level)>,
    /// Only these rules, with commas between
    #[arg(long, value_name = "RULE,...", value_delimiter = ',', value_parser = rule,
        add = ArgValueCandidates::new(completions::rules))]
    only: Vec<String>,
    /// A name that is never reported, as it is written or by its id; several times
    #[arg(long = "ignore-name", value_name = "NAME")]
    ignored_names: Vec<String>,
    /// Report `tongsa-ignore` comments that silence nothing
    #[arg(long)]
    unused_ignores: bool,
    /// The settings file [default: the nearest tongsa.toml at or above each draft]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Read no settings file
    #[arg(long)]
    no_config: bool,
}

fn choice<T: Copy>(word: &str, names: &[(&str, T)]) -> Result<T, String> {
    let found = names.iter().find(|(name, _)| *name == word).map(|(_, choice)| *choice);
    found.ok_or_else(|| format!("it can be {}", names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")))
}

fn day(text: &str) -> Result<String, String> {
    let day = Day::parse(text).map(|_| text.to_owned());
    day.ok_or_else(|| format!("`{text}` is no day; write one like 2026-01-07"))
}

fn rule(name: &str) -> Result<String, String> {
    rules::named(name).map(|rule| rule.name.to_owned()).ok_or_else(|| rules::no_rule(name))
}

fn rule_level(text: &str) -> Result<(String, Level), String> {
    let (name, level) = text.split_once('=').ok_or("write a rule and its level, as in near-miss=error")?;
    Ok((rule(name)?, choice(level, &Level::NAMES)?))
}

impl Arguments {
    /// Returns what the flags choose.
    fn settings(&self) -> CheckSettings {
        let mut settings = CheckSettings {
            korean_reading: self.korean_reading,
            chinese: self.chinese,
            ignored_names: self.ignored_names.clone(),
            fail_on: self.fail_on,
            lang: self.lang.clone(),
            country_order: self.country_order,
            date: self.date.clone(),
            ..CheckSettings::default()
        };
        if self.unused_ignores {
            settings.levels.set("unused-ignore", Level::On);
        }
        self.rules.iter().for_each(|(rule, level)| settings.levels.set(rule, *level));
        settings
    }
}

/// Gives each draft its settings, reading each file once.
pub struct Desk<'a> {
    arguments: &'a Arguments,
    flags: CheckSettings,
    here: PathBuf,
    /// The files by the folders of drafts, and by their own paths.
    folders: HashMap<PathBuf, (PathBuf, Option<Rc<SettingsFile>>)>,
    files: HashMap<PathBuf, Rc<SettingsFile>>,
}

impl<'a> Desk<'a> {
    /// Takes the flags.
    pub fn new(arguments: &'a Arguments) -> Self {
        let here = Path::new(".").canonicalize().unwrap_or_default();
        Self { arguments, flags: arguments.settings(), here, folders: HashMap::new(), files: HashMap::new() }
    }

    /// Returns the settings of a draft; of standard input those of the folder where the command runs.
    pub fn settings(&mut self, draft: &Path) -> Result<CheckSettings, Failure> {
        let (path, file) = self.file(draft)?;
        let mut settings = file.map(|file| file.for_draft(&path)).unwrap_or_default();
        settings.lay(&self.flags);
        if !self.arguments.only.is_empty() {
            settings.levels.keep_only(&self.arguments.only);
            settings.levels.lay(&self.flags.levels);
        }
        Ok(settings)
    }

    /// Returns whether the settings keep a draft in a folder from being checked.
    pub fn excludes(&mut self, draft: &Path) -> Result<bool, Failure> {
        let (path, file) = self.file(draft)?;
        Ok(file.is_some_and(|file| file.excludes(&path)))
    }

    /// Returns the whole path of a draft and the file that is in force there.
    fn file(&mut self, draft: &Path) -> Result<(PathBuf, Option<Rc<SettingsFile>>), Failure> {
        let folder = draft.parent().unwrap_or(draft);
        if !self.folders.contains_key(folder) {
            // What is no folder is said when the draft is read.
            let whole = self.here.join(folder).canonicalize().unwrap_or_else(|_| self.here.join(folder));
            let file = match &self.arguments.config {
                _ if self.arguments.no_config => None,
                Some(file) => Some(self.load(&self.here.join(file))?),
                None => settings::find(&whole).map(|file| self.load(&file)).transpose()?,
            };
            self.folders.insert(folder.to_owned(), (whole, file));
        }
        let known = self.folders.get(folder).cloned();
        let (whole, file) = known.unwrap_or_default();
        Ok((whole.join(draft.file_name().unwrap_or(draft.as_os_str())), file))
    }

    fn load(&mut self, path: &Path) -> Result<Rc<SettingsFile>, Failure> {
        if let Some(file) = self.files.get(path) {
            return Ok(Rc::clone(file));
        }
        let name = path.strip_prefix(&self.here).unwrap_or(path).display().to_string();
        let file = SettingsFile::load(path, &name).map_err(|error| Failure::question(error.to_string()))?;
        Ok(Rc::clone(self.files.entry(path.to_owned()).or_insert(Rc::new(file))))
    }
}
