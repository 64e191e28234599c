//! Simplified and traditional Chinese: what a name or term is likely to be in the other script. For suggestions only: what
//! people have written down always comes first.
//!
//! The tables are `han_*.txt` and `han_names.tsv` beside this file; each names its source (mostly OpenCC) and its changes.
//! Texts are expected in NFC. "Traditional" without a region is OpenCC's own standard (爲, 衆, 臺), which no region prints.

mod name_characters;
mod table;

use std::sync::LazyLock;

use crate::names::han_conversion::name_characters::NameCharacters;
use crate::names::han_conversion::table::Table;

/// A region whose print forms differ from OpenCC's standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// Prints 臺, 裡, 為, 著, 衛, 線, 說.
    Taiwan,
    /// Prints 台, 裏, 為, 着, 衞, 線, 説.
    HongKong,
}

/// A personal name in traditional characters, and what cannot be known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraditionalName {
    /// The name with the likeliest character at each place.
    pub text: String,
    /// The characters that may be others, in their order.
    pub ambiguous: Vec<AmbiguousCharacter>,
}

/// A character of a simplified name that stands for several traditional ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmbiguousCharacter {
    /// Its place in the name, counted in characters from 0.
    pub position: usize,
    /// The character as the simplified name has it.
    pub simplified: char,
    /// What it may be, the likeliest first; at least two.
    pub candidates: Vec<char>,
}

/// How many spellings of one name are worth showing.
const MOST_SPELLINGS: usize = 16;

impl TraditionalName {
    /// Returns the name if no character of it is in doubt.
    pub fn certain(&self) -> Option<&str> {
        self.ambiguous.is_empty().then_some(self.text.as_str())
    }

    /// Returns every way the name may be written, the likeliest first; no more than sixteen.
    pub fn spellings(&self) -> Vec<String> {
        let mut spellings: Vec<Vec<char>> = vec![self.text.chars().collect()];
        for character in &self.ambiguous {
            let with = |candidate: &char| {
                spellings.iter().map(|spelling| replaced(spelling, character.position, *candidate)).collect::<Vec<_>>()
            };
            spellings = character.candidates.iter().flat_map(with).take(MOST_SPELLINGS).collect();
        }
        spellings.into_iter().map(|spelling| spelling.into_iter().collect()).collect()
    }

    fn with_candidates(places: &[(char, Vec<char>)]) -> TraditionalName {
        let text = places.iter().map(|(simplified, candidates)| *candidates.first().unwrap_or(simplified)).collect();
        let ambiguous = places.iter().enumerate().filter(|(_, (_, candidates))| candidates.len() > 1);
        let ambiguous = ambiguous.map(|(position, (simplified, candidates))| AmbiguousCharacter {
            position,
            simplified: *simplified,
            candidates: candidates.clone(),
        });
        TraditionalName { text, ambiguous: ambiguous.collect() }
    }
}

fn replaced(spelling: &[char], position: usize, candidate: char) -> Vec<char> {
    spelling.iter().enumerate().map(|(at, c)| if at == position { candidate } else { *c }).collect()
}

/// Returns a simplified text in traditional characters (OpenCC's standard, with its phrases). Not for personal names, nor for
/// text that is traditional already.
pub fn to_traditional(text: &str) -> String {
    TRADITIONAL.convert(text)
}

/// Returns a simplified text in the traditional characters of a region; its words stay (信息 does not become 資訊).
pub fn to_traditional_for(text: &str, region: Region) -> String {
    in_region(&to_traditional(text), region)
}

/// Returns a traditional text of OpenCC's standard with the characters of a region.
pub fn in_region(traditional: &str, region: Region) -> String {
    region.table().convert(traditional)
}

/// Returns a traditional text in simplified characters, whether it is printed as in Taiwan, Hong Kong, Korea (淸) or Japan (徳).
pub fn to_simplified(text: &str) -> String {
    SIMPLIFIED.convert(&PRINT_FORMS.convert(text))
}

/// Returns every traditional character that simplified text writes as `c`, the usual first; `c` alone where there is no other.
pub fn traditional_candidates(c: char) -> Vec<char> {
    TRADITIONAL.candidates(c).map_or_else(|| vec![c], |candidates| candidates.chars().collect())
}

/// Returns a simplified personal name in traditional characters (OpenCC's standard), with the characters that cannot be known.
///
/// A name known to OpenCC as a whole (周杰伦) is certain. A surname keeps its own form (于, 范, 钟 is 鍾); the other characters
/// have the forms that names have (`han_names.tsv`), of which a name may be any.
pub fn name_to_traditional(text: &str) -> TraditionalName {
    let places = match TRADITIONAL.whole(text).filter(|_| text.chars().count() >= SHORTEST_KNOWN_NAME) {
        Some(known) => text.chars().zip(known.chars().map(|c| vec![c])).collect(),
        None => NAMES.places(text),
    };
    TraditionalName::with_candidates(&places)
}

/// Returns a simplified personal name in the traditional characters of a region, with the characters that cannot be known.
pub fn name_to_traditional_for(text: &str, region: Region) -> TraditionalName {
    let name = name_to_traditional(text);
    let whole = in_region(&name.text, region);
    let regional = |c: char| region.table().candidates(c).and_then(|found| found.chars().next()).unwrap_or(c);
    let mut places: Vec<(char, Vec<char>)> = text.chars().zip(whole.chars().map(|c| vec![c])).collect();
    for character in name.ambiguous {
        let Some((_, candidates)) = places.get_mut(character.position) else { continue };
        for candidate in character.candidates.into_iter().map(regional) {
            if !candidates.contains(&candidate) {
                candidates.push(candidate);
            }
        }
    }
    TraditionalName::with_candidates(&places)
}

/// Two characters that OpenCC knows as a phrase are more often a word than a name (高升).
const SHORTEST_KNOWN_NAME: usize = 3;

static TRADITIONAL: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("han_traditional.txt")));
static SIMPLIFIED: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("han_simplified.txt")));
static PRINT_FORMS: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("han_print_forms.txt")));
static TAIWAN: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("han_taiwan.txt")));
static HONG_KONG: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("han_hong_kong.txt")));
static NAMES: LazyLock<NameCharacters> = LazyLock::new(|| NameCharacters::parse(include_str!("han_names.tsv")));

impl Region {
    fn table(self) -> &'static Table {
        match self {
            Region::Taiwan => &TAIWAN,
            Region::HongKong => &HONG_KONG,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_surname_and_say_what_is_unknown() {
        for (simplified, traditional, unknown) in [
            ("朴槿惠", "朴槿惠", ""),
            ("朴炳锡", "朴炳錫", ""),
            ("栗战书", "栗戰書", ""),
            ("于正声", "于正聲", ""),
            ("范长龙", "范長龍", ""),
            ("姜由桢", "姜由楨", ""),
            ("余文乐", "余文樂", ""),
            ("后晓荣", "后曉榮", ""),
            ("沈从文", "沈從文", ""),
            ("岳飞", "岳飛", ""),
            ("谷开来", "谷開來", ""),
            ("仇保兴", "仇保興", ""),
            ("叶剑英", "葉劍英", ""),
            ("钟南山", "鍾南山", ""),
            ("鲜于枢", "鮮于樞", ""),
            ("李在明", "李在明", ""),
            ("周杰伦", "周杰倫", ""),
            ("金范锡", "金范錫", "范範"),
            ("李钟奭", "李鍾奭", "鍾鐘"),
            ("朴志云", "朴志雲", "雲云"),
            ("余余", "余余", "余餘"),
            ("肖捷", "肖捷", "肖蕭"),
        ] {
            let name = name_to_traditional(simplified);
            let candidates: String = name.ambiguous.iter().flat_map(|character| &character.candidates).collect();
            assert_eq!((name.text.as_str(), candidates.as_str()), (traditional, unknown), "{simplified}");
            assert_eq!(name.certain().is_some(), unknown.is_empty());
        }
    }

    #[test]
    fn an_ambiguous_name_has_all_its_spellings() {
        let name = name_to_traditional("金范钟");
        assert_eq!(name.spellings(), ["金范鍾", "金範鍾", "金范鐘", "金範鐘"]);
        assert_eq!(name.ambiguous[1], AmbiguousCharacter { position: 2, simplified: '钟', candidates: vec!['鍾', '鐘'] });
        assert_eq!(name_to_traditional("李强").spellings(), ["李強"]);
        assert_eq!(name_to_traditional("").spellings(), [""]);
        assert_eq!(name_to_traditional(&"钟".repeat(99)).spellings().len(), 16);
    }

    #[test]
    fn names_take_the_characters_of_a_region() {
        for (simplified, taiwan, hong_kong) in
            [("韩悦", "韓悅", "韓悦"), ("卫为众", "衛為眾", "衞為眾"), ("黄启文", "黃啟文", "黃啓文")]
        {
            assert_eq!(name_to_traditional_for(simplified, Region::Taiwan).text, taiwan);
            assert_eq!(name_to_traditional_for(simplified, Region::HongKong).text, hong_kong);
        }
        assert_eq!(name_to_traditional_for("金成台", Region::Taiwan).spellings(), ["金成臺", "金成台"]);
        assert_eq!(name_to_traditional_for("金成台", Region::HongKong).certain(), Some("金成台"));
    }

    #[test]
    fn texts_become_traditional() {
        for (simplified, traditional, taiwan, hong_kong) in [
            ("一个中国", "一個中國", "一個中國", "一個中國"),
            ("余干县", "余干縣", "余干縣", "余干縣"),
            ("并为此", "並爲此", "並為此", "並為此"),
            ("青瓦台", "青瓦臺", "青瓦臺", "青瓦台"),
            ("钓鱼台国宾馆", "釣魚臺國賓館", "釣魚臺國賓館", "釣魚台國賓館"),
            ("工业和信息化部", "工業和信息化部", "工業和信息化部", "工業和信息化部"),
            ("国务院台湾事务办公室", "國務院臺灣事務辦公室", "國務院臺灣事務辦公室", "國務院台灣事務辦公室"),
            ("沈阳的皇后", "瀋陽的皇后", "瀋陽的皇后", "瀋陽的皇后"),
            ("头发发财", "頭髮發財", "頭髮發財", "頭髮發財"),
            ("返回文件控制面板", "返回文件控制面板", "返回文件控制面板", "返回文件控制面板"),
            ("会干扰他", "會干擾他", "會干擾他", "會干擾他"),
            ("里面说着", "裏面說着", "裡面說著", "裏面説着"),
            ("王家卫", "王家衛", "王家衛", "王家衛"),
            ("APEC 한국 2025", "APEC 한국 2025", "APEC 한국 2025", "APEC 한국 2025"),
            ("", "", "", ""),
        ] {
            assert_eq!(to_traditional(simplified), traditional);
            assert_eq!(to_traditional_for(simplified, Region::Taiwan), taiwan);
            assert_eq!(to_traditional_for(simplified, Region::HongKong), hong_kong);
        }
    }

    #[test]
    fn texts_become_simplified_from_any_print_form() {
        for (traditional, simplified) in [
            ("賴淸德", "赖清德"),
            ("靑瓦臺", "青瓦台"),
            ("兪正聲", "俞正声"),
            ("李尙福", "李尚福"),
            ("裵斗娜", "裴斗娜"),
            ("曺國", "曹国"),
            ("李承晩", "李承晚"),
            ("鄭淸來", "郑清来"),
            ("衞生署説明", "卫生署说明"),
            ("徳川家康", "德川家康"),
            ("乾隆皇帝的乾糧", "乾隆皇帝的干粮"),
            ("乾淸宮", "乾清宫"),
            ("李鍾奭", "李钟奭"),
            ("瀋陽", "沈阳"),
            ("赵乐际", "赵乐际"),
        ] {
            assert_eq!(to_simplified(traditional), simplified);
        }
    }

    #[test]
    fn names_come_back_as_they_were() {
        for simplified in ["李钟奭", "朴炳锡", "余干县", "赖清德", "钓鱼台国宾馆", "中国共产党中央委员会", "乾安县"]
        {
            assert_eq!(to_simplified(&to_traditional(simplified)), simplified);
            assert_eq!(to_simplified(&to_traditional_for(simplified, Region::HongKong)), simplified);
        }
        for simplified in ["李钟奭", "张升民", "朴志云", "金范锡", "梁家杰", "魏征"] {
            assert_eq!(to_simplified(&name_to_traditional(simplified).text), simplified);
        }
    }

    #[test]
    fn candidates_are_all_that_a_character_may_be() {
        for (simplified, candidates) in
            [('范', "范範"), ('钟', "鍾鐘鈡"), ('后', "後后"), ('王', "王"), ('赵', "趙"), ('a', "a")]
        {
            assert_eq!(traditional_candidates(simplified).iter().collect::<String>(), candidates);
        }
    }

    #[test]
    fn tables_are_well_formed() {
        for table in [&TRADITIONAL, &SIMPLIFIED, &PRINT_FORMS, &TAIWAN, &HONG_KONG] {
            for line in table.lines.values() {
                let phrases: Vec<&str> = line.split(' ').skip(1).collect();
                let lengths = phrases.iter().map(|phrase| phrase.split('=').next().map_or(0, |key| key.chars().count()));
                assert!(lengths.is_sorted_by(|longer, shorter| longer >= shorter), "{line}");
                assert!(phrases.iter().all(|phrase| !phrase.is_empty()), "{line}");
            }
        }
        assert!(NAMES.compound.values().all(|becomes| becomes.is_empty() || becomes.chars().count() == 2));
    }
}
