//! The text of a settings file: TOML with known keys, each of its own type.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::check::house::{ChineseRegion, CountryOrder, KoreanReading};
use crate::check::levels::{FailOn, Level};
use crate::check::rules;
use crate::glossary::day::Day;
use crate::lang::Lang;
use crate::settings::globs::Globs;
use crate::settings::{CheckSettings, PathSettings, SettingsError, SettingsFile};
use crate::text::distance;

type Result<T> = std::result::Result<T, SettingsError>;

/// The keys that `[check]` and `[[check.for]]` share.
const SHARED_KEYS: [&str; 9] =
    ["rules", "korean-reading", "country-order", "chinese", "ignore-names", "glossaries", "fail-on", "lang", "date"];

/// Reads a file that lies in `folder` and is called `name` in messages.
pub fn read(text: &str, folder: &Path, name: &str) -> Result<SettingsFile> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let reader = Reader { text, folder, name };
    let document = DeTable::parse(text).map_err(|error| {
        let reason = error.message().lines().next().unwrap_or_default().to_owned();
        reader.wrong(error.span().map_or(0, |span| span.start), format!("this is no TOML: {reason}"))
    })?;
    let mut file = SettingsFile {
        folder: folder.to_owned(),
        check: CheckSettings::default(),
        exclude: Globs::none(),
        overrides: Vec::new(),
    };
    for (key, value) in document.get_ref() {
        match key.get_ref().as_ref() {
            "check" => reader.check(value, &mut file)?,
            _ => return Err(reader.unknown(key, "at the top of the file", &["check"])),
        }
    }
    Ok(file)
}

type Key<'t> = Spanned<std::borrow::Cow<'t, str>>;
type Value<'t> = Spanned<DeValue<'t>>;

struct Reader<'f> {
    text: &'f str,
    folder: &'f Path,
    name: &'f str,
}

impl Reader<'_> {
    fn check(&self, table: &Value<'_>, file: &mut SettingsFile) -> Result<()> {
        for (key, value) in self.table(table, "check")? {
            match key.get_ref().as_ref() {
                "exclude" => file.exclude = self.globs(value, "exclude")?,
                "for" => {
                    for table in self.list(value, "for", "an array of tables, [[check.for]]")? {
                        file.overrides.push(self.path_settings(table)?);
                    }
                }
                _ if self.shared(key, value, &mut file.check)? => {}
                _ => return Err(self.unknown(key, "in [check]", &[&SHARED_KEYS[..], &["exclude", "for"]].concat())),
            }
        }
        Ok(())
    }

    fn path_settings(&self, table: &Value<'_>) -> Result<PathSettings> {
        let mut these = PathSettings { paths: Globs::none(), check: CheckSettings::default() };
        let entries = self.table(table, "for")?;
        if !entries.contains_key("paths") {
            return Err(self.wrong(table.span().start, "[[check.for]] needs `paths`, as in paths = [\"zh/**\"]".to_owned()));
        }
        for (key, value) in entries {
            match key.get_ref().as_ref() {
                "paths" => these.paths = self.globs(value, "paths")?,
                _ if self.shared(key, value, &mut these.check)? => {}
                _ => return Err(self.unknown(key, "in [[check.for]]", &[&SHARED_KEYS[..], &["paths"]].concat())),
            }
        }
        Ok(these)
    }

    /// Takes a key that both kinds of tables have; `false` where it is none.
    fn shared(&self, key: &Key<'_>, value: &Value<'_>, settings: &mut CheckSettings) -> Result<bool> {
        let name = key.get_ref().as_ref();
        match name {
            "rules" => self.rules(value, settings)?,
            "korean-reading" => settings.korean_reading = Some(self.choice(value, name, &KoreanReading::NAMES)?),
            "country-order" => settings.country_order = Some(self.choice(value, name, &CountryOrder::NAMES)?),
            "chinese" => settings.chinese = Some(self.choice(value, name, &ChineseRegion::NAMES)?),
            "ignore-names" => settings.ignored_names = self.words(value, name)?,
            "glossaries" => {
                settings.glossaries = self.words(value, name)?.iter().map(|path| self.folder.join(path)).collect();
            }
            "fail-on" => settings.fail_on = Some(self.choice(value, name, &FailOn::NAMES)?),
            "lang" => {
                let tag = self.word(value, name)?;
                settings.lang = Some(Lang::of_people(tag).map_err(|error| self.wrong(value.span().start, error))?);
            }
            "date" => settings.date = Some(self.date(value)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn rules(&self, table: &Value<'_>, settings: &mut CheckSettings) -> Result<()> {
        for (key, value) in self.table(table, "rules")? {
            let name = key.get_ref().as_ref();
            if rules::named(name).is_none() {
                return Err(self.wrong(key.span().start, rules::no_rule(name)));
            }
            settings.levels.set(name, self.choice(value, name, &Level::NAMES)?);
        }
        Ok(())
    }

    fn table<'v, 't>(&self, value: &'v Value<'t>, key: &str) -> Result<&'v DeTable<'t>> {
        match value.get_ref() {
            DeValue::Table(table) => Ok(table),
            other => Err(self.wrong_type(value, key, "a table", other)),
        }
    }

    fn list<'v, 't>(&self, value: &'v Value<'t>, key: &str, wanted: &str) -> Result<impl Iterator<Item = &'v Value<'t>>> {
        match value.get_ref() {
            DeValue::Array(array) => Ok(array.iter()),
            other => Err(self.wrong_type(value, key, wanted, other)),
        }
    }

    fn word<'v>(&self, value: &'v Value<'_>, key: &str) -> Result<&'v str> {
        match value.get_ref() {
            DeValue::String(word) => Ok(word),
            other => Err(self.wrong_type(value, key, "a string", other)),
        }
    }

    fn words(&self, value: &Value<'_>, key: &str) -> Result<Vec<String>> {
        let words = self.list(value, key, "an array of strings")?;
        words.map(|word| self.word(word, key).map(str::to_owned)).collect()
    }

    fn globs(&self, value: &Value<'_>, key: &str) -> Result<Globs> {
        Globs::new(&self.words(value, key)?).map_err(|reason| self.wrong(value.span().start, reason))
    }

    fn choice<T: Copy>(&self, value: &Value<'_>, key: &str, names: &[(&str, T)]) -> Result<T> {
        let word = self.word(value, key)?;
        let found = names.iter().find(|(name, _)| *name == word);
        found.map(|(_, choice)| *choice).ok_or_else(|| {
            let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            self.wrong(value.span().start, format!("`{key}` is `{word}`, and can be {}", names.join(", ")))
        })
    }

    /// Takes a date of TOML, or one in quotes.
    fn date(&self, value: &Value<'_>) -> Result<String> {
        let date = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            _ => self.word(value, "date")?.to_owned(),
        };
        // A day alone: what `Day::parse` passes over behind it has no place here.
        if date.len() == 10 && Day::parse(&date).is_some() {
            return Ok(date);
        }
        Err(self.wrong(value.span().start, format!("`{date}` is no date; write one as 2026-01-07")))
    }

    fn unknown(&self, key: &Key<'_>, place: &str, known: &[&str]) -> SettingsError {
        let name = key.get_ref().as_ref();
        let offer = match distance::nearest_word(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", known.join(", ")),
        };
        self.wrong(key.span().start, format!("there is no key `{name}` {place}; {offer}"))
    }

    fn wrong_type(&self, value: &Value<'_>, key: &str, wanted: &str, found: &DeValue<'_>) -> SettingsError {
        let found = match found {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        self.wrong(value.span().start, format!("`{key}` is {found}, and has to be {wanted}"))
    }

    fn wrong(&self, at: usize, reason: String) -> SettingsError {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        SettingsError::Wrong { name: self.name.to_owned(), line, reason }
    }
}
