//! Lines that say who wrote an article, and nothing else.

use crate::names::korean_surname;

/// What Korean writers of articles are called.
const KOREAN_ROLES: [&str; 6] = ["기자", "특파원", "선임기자", "논설위원", "통신원", "인턴기자"];

/// What Chinese lines about the writer or the editor begin with.
const CHINESE_ROLES: [&str; 10] =
    ["记者", "記者", "本报记者", "本報記者", "新华社记者", "责任编辑", "責任編輯", "编辑", "編輯", "作者"];

/// The most words in a byline.
const MOST_WORDS: usize = 8;

/// Returns whether a line is a byline: `By Kim Min-su`, `Kim Min-su kim@example.com`, `홍길동 기자`, `记者 张三`.
pub(super) fn is_byline(line: &str) -> bool {
    let line = line.trim_matches(|c: char| "()[]（）【】<>=■▲".contains(c)).trim();
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() > MOST_WORDS || line.ends_with(['.', '。', '?', '!', ':', '：']) {
        return false;
    }
    is_signed(&words) || is_english(&words) || is_korean(&words) || is_chinese(line)
}

/// Returns whether names stand beside an e-mail address.
fn is_signed(words: &[&str]) -> bool {
    let (addresses, names): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| is_address(word));
    let is_name = |word: &&str| {
        word.starts_with(|c: char| c.is_uppercase() || !c.is_ascii_alphanumeric()) || matches!(*word, "and" | "by")
    };
    addresses.len() == 1 && names.len() <= 5 && names.iter().all(is_name)
}

fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| "()[]<>,".contains(c));
    word.is_ascii()
        && word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.ends_with('.'))
}

/// Returns whether the words are "By" and names, at least two.
fn is_english(words: &[&str]) -> bool {
    let Some((&("By" | "BY"), names)) = words.split_first() else { return false };
    let is_name = |word: &&str| *word == "and" || word.starts_with(char::is_uppercase);
    names.len() > 1 && names.iter().all(is_name)
}

/// Returns whether the words are a Korean name with what a writer is called: 홍길동 기자, 베이징=홍길동 특파원. The place
/// stands between them only where a correspondent has one: 홍길동 베이징 특파원.
fn is_korean(words: &[&str]) -> bool {
    let Some((role, names)) = words.split_last() else { return false };
    let Some(name) = names.first().map(|name| name.rsplit('=').next().unwrap_or(name)) else { return false };
    let most = if *role == "특파원" { 2 } else { 1 };
    KOREAN_ROLES.contains(role) && names.len() <= most && name.split(['·', ',']).all(is_korean_name)
}

/// How many surnames are common enough that a word which begins like one is a name: 사라진 is none.
const COMMON_SURNAMES: usize = 60;

fn is_korean_name(name: &str) -> bool {
    let Some((family, _)) = korean_surname::family_and_given(name) else { return false };
    let common = korean_surname::surnames().iter().take(COMMON_SURNAMES);
    name.chars().count() < 5 && common.into_iter().any(|surname| surname.hangul == family)
}

/// Returns whether a short line names a writer or an editor after what they are called.
fn is_chinese(line: &str) -> bool {
    let names = CHINESE_ROLES.iter().find_map(|role| line.strip_prefix(role)?.strip_prefix([' ', '　', '：', ':', '/', '丨']));
    names.is_some_and(|names| names.chars().count() <= 12 && !names.contains(['，', '。', '、', '：']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        for line in [
            "By Kim Min-su",
            "By Kim Min-su and Lee Young-hee",
            "Kim Min-su minsu@example.com",
            "홍길동 기자 hong@example.com",
            "hong@example.com",
            "홍길동 기자",
            "[홍길동·김철수 기자]",
            "베이징=홍길동 특파원",
            "홍길동 베이징 특파원",
            "记者 张三 李四",
            "（责任编辑：王五）",
        ] {
            assert!(is_byline(line), "{line}");
        }
    }

    #[test]
    fn sentences_are_none() {
        for line in [
            "By Monday",
            "By all accounts it rained",
            "문의는 press@example.com으로 하면 된다.",
            "Write to press@example.com for more",
            "사라진 외신 기자",
            "쫓겨난 기자",
            "사라진 기자",
            "记者 会上，部长说",
            "记者会在北京举行",
        ] {
            assert!(!is_byline(line), "{line}");
        }
    }
}
