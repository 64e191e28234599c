//! Words that say of a name that a relative is meant, whose name may well be like another.

use crate::check::draft::Draft;
use crate::text::span::Span;

/// By language; compiled for this project.
const WORDS: &str = "brother brothers sister sisters son sons daughter daughters father mother wife husband twin twins cousin \
    cousins nephew niece uncle aunt namesake siblings \
    동생 남동생 여동생 형 누나 언니 오빠 아들 딸 부인 남편 아내 아버지 어머니 부친 모친 형제 자매 남매 조카 사촌 쌍둥이 \
    兄弟 姐妹 哥哥 弟弟 姐姐 妹妹 儿子 女儿 兒子 女兒 妻子 丈夫 父亲 母亲 父親 母親 胞弟 胞兄 之子 之女 双胞胎 雙胞胎";

/// So many bytes before and after a name are looked at.
const NEAR: usize = 24;

/// Returns whether a relative is spoken of right beside a place.
pub(super) fn is_beside(draft: &Draft<'_>, place: Span) -> bool {
    let is_kin = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut spaced = words.filter(|word| word.is_ascii() || draft.lang.family() == "ko");
        let chinese = draft.lang.is_chinese();
        spaced.any(|word| WORDS.split_whitespace().any(|kin| kin == word))
            || chinese && WORDS.split_whitespace().any(|kin| !kin.is_ascii() && text.contains(kin))
    };
    is_kin(draft.before(place, NEAR)) || is_kin(draft.after(place, NEAR))
}
