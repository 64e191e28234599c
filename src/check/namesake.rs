//! Names that are taken for each other, and what beside them tells which is meant (`namesake_names.tsv`,
//! `namesake_provinces.tsv`).

use std::sync::LazyLock;

use crate::lang::Lang;

/// A name with the word for what another of a like name is.
#[derive(Clone, Copy, Debug)]
pub(super) struct MixedName {
    lang: &'static str,
    /// The name of the one.
    pub name: &'static str,
    /// The word for what the other is.
    pub word: &'static str,
    /// What to write.
    pub form: &'static str,
}

/// A province with cities in it, in one language.
#[derive(Clone, Debug)]
pub(super) struct Province {
    /// The provinces whose names are taken for each other have one group.
    pub group: &'static str,
    /// Its name; in Korean with the characters in brackets where the Hangul alone does not tell it.
    pub name: &'static str,
    /// Cities in it.
    pub cities: Vec<&'static str>,
}

static MIXED_NAMES: LazyLock<Vec<MixedName>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        Some(MixedName { lang: cells.next()?, name: cells.next()?, word: cells.next()?, form: cells.next()? })
    };
    rows(include_str!("namesake_names.tsv")).filter_map(row).collect()
});

/// The provinces in English, Korean and Chinese.
static PROVINCES: LazyLock<[Vec<Province>; 3]> = LazyLock::new(|| [1, 3, 5].map(provinces_of));

fn provinces_of(column: usize) -> Vec<Province> {
    let row = |line: &'static str| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let cities = cells.get(column + 1)?.split('|').collect();
        Some(Province { group: cells.first()?, name: cells.get(column)?, cities })
    };
    rows(include_str!("namesake_provinces.tsv")).filter_map(row).collect()
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// Returns the mixed names of a language.
pub(super) fn mixed_names(lang: &Lang) -> impl Iterator<Item = &'static MixedName> {
    let tag = if lang.is_chinese() { "zh" } else { lang.tag() };
    MIXED_NAMES.iter().filter(move |row| row.lang == tag)
}

/// Returns the provinces as a language writes them, Chinese in simplified characters.
pub(super) fn provinces(lang: &Lang) -> &'static [Province] {
    match lang {
        Lang::En => &PROVINCES[0],
        Lang::Ko => &PROVINCES[1],
        _ => &PROVINCES[2],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_two_provinces_in_each_language() {
        for lang in [Lang::En, Lang::Ko, Lang::ZhHans] {
            let provinces = provinces(&lang);
            for province in provinces {
                let group = provinces.iter().filter(|other| other.group == province.group).count();
                assert!(group == 2 && province.cities.len() >= 3, "{}", province.name);
            }
        }
    }
}
