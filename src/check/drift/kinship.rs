//! Words that say of a name that a relative is meant, whose name may well be like another.

use std::sync::LazyLock;

use rustc_hash::FxHashSet as HashSet;

use crate::check::draft::Draft;
use crate::text::script::Script;
use crate::text::span::Span;

/// By language; compiled for this project.
const WORDS: &str = "brother brothers sister sisters son sons daughter daughters father mother wife husband twin twins cousin \
    cousins nephew niece uncle aunt namesake siblings \
    동생 남동생 여동생 형 누나 언니 오빠 아들 딸 부인 남편 아내 아버지 어머니 부친 모친 형제 자매 남매 조카 사촌 쌍둥이 \
    兄弟 姐妹 哥哥 弟弟 姐姐 妹妹 儿子 女儿 兒子 女兒 妻子 丈夫 父亲 母亲 父親 母親 胞弟 胞兄 之子 之女 双胞胎 雙胞胎";

static KIN: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());

/// Those in characters of their own, which stand within a run of others.
static HAN_KIN: LazyLock<Vec<&str>> =
    LazyLock::new(|| WORDS.split_whitespace().filter(|kin| kin.starts_with(|c| Script::of(c) == Script::Han)).collect());

/// So many bytes before and after a name are looked at.
const NEAR: usize = 24;

/// Returns whether a relative is spoken of right beside a place.
pub(super) fn is_beside(draft: &Draft<'_>, place: Span) -> bool {
    let is_kin = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut spaced = words.filter(|word| word.is_ascii() || draft.lang.family() == "ko");
        spaced.any(|word| KIN.contains(word)) || draft.lang.is_chinese() && HAN_KIN.iter().any(|kin| text.contains(kin))
    };
    is_kin(draft.before(place, NEAR)) || is_kin(draft.after(place, NEAR))
}
