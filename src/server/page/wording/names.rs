//! What rules, kinds, statuses and ways of matching are called in the languages of the page.

use crate::check::finding::Severity;
use crate::glossary::concept::Kind;
use crate::glossary::term::{TermForm, TermStatus};
use crate::lang::Lang;
use crate::names::relation::How;
use crate::server::page::tongue::Tongue;

type Row = (&'static str, [&'static str; 4]);

/// The rules of the checker.
const RULES: [Row; 27] = [
    ("acronym", ["Acronym", "약칭", "缩写", "縮寫"]),
    ("country-order", ["Order of countries", "나라 이름 순서", "国名顺序", "國名順序"]),
    ("deprecated-term", ["Deprecated form", "쓰지 않는 표기", "已停用的写法", "已停用的寫法"]),
    ("first-mention", ["First mention without a title", "첫 언급에 직함 없음", "首次出现未注明身份", "首次出現未註明身分"]),
    ("forbidden-term", ["Forbidden form", "금지 표기", "禁用写法", "禁用寫法"]),
    ("homograph", ["Name taken for another", "다른 이름과 혼동", "与另一名称混淆", "與另一名稱混淆"]),
    ("inconsistent-rendering", ["Two renderings of one name", "한 이름을 두 가지로 옮김", "同名异译", "同名異譯"]),
    ("missing-rendering", ["Name missing from the translation", "번역에서 빠진 이름", "漏译名称", "漏譯名稱"]),
    ("mixed-forms", ["Two forms of one name", "표기 혼용", "同一名称写法不一", "同一名稱寫法不一"]),
    ("mixed-script", ["Simplified and traditional mixed", "간체·번체 혼용", "简繁混用", "簡繁混用"]),
    ("name-drift", ["Name spelt in two ways", "이름 표기 흔들림", "人名写法前后不一", "人名寫法前後不一"]),
    ("name-order", ["Order of family and given name", "성과 이름 순서", "姓名顺序", "姓名順序"]),
    ("near-miss", ["Slip in a name", "이름 오기", "名称误写", "名稱誤寫"]),
    ("number-mismatch", ["Number not as in the source", "원문과 다른 숫자", "数字与原文不符", "數字與原文不符"]),
    ("outdated-name", ["Outdated name", "옛 명칭", "旧名称", "舊名稱"]),
    ("particle", ["Korean particle", "조사 오류", "韩语助词", "韓語助詞"]),
    (
        "romanization-variant",
        ["Romanisation not the person's own", "본인과 다른 로마자 표기", "罗马字拼写与本人不符", "羅馬字拼寫與本人不符"],
    ),
    ("second-mention", ["Given name alone", "성 없이 이름만 씀", "只写名不写姓", "只寫名不寫姓"]),
    (
        "transcription-rule",
        ["Hangul against the loanword rules", "외래어 표기법에 어긋남", "韩文转写不合外来语标记法", "韓文轉寫不合外來語標記法"],
    ),
    ("unintroduced-surname", ["Surname not introduced", "소개 없이 성만 씀", "未介绍全名而只写姓", "未介紹全名而只寫姓"]),
    ("unknown-ignore", ["Comment names no rule", "없는 규칙을 적은 주석", "注释中的规则不存在", "註解中的規則不存在"]),
    ("unused-ignore", ["Comment silences nothing", "쓰이지 않는 주석", "注释未起作用", "註解未起作用"]),
    ("wrong-character", ["Wrong Han character", "틀린 한자", "用字错误", "用字錯誤"]),
    ("wrong-institution", ["Body of another country", "다른 나라의 기관명", "他国机构名", "他國機構名"]),
    (
        "wrong-reading",
        ["Korean reading of a Chinese name", "중국 이름의 한자음 표기", "中文名误用韩文汉字音", "中文名誤用韓文漢字音"],
    ),
    ("wrong-rendering", ["Rendered as another name", "잘못 옮긴 이름", "误译为另一名称", "誤譯為另一名稱"]),
    ("wrong-title", ["Title not held", "틀린 직함", "职务有误", "職務有誤"]),
];

const KINDS: [Row; 13] = [
    ("person", ["person", "인물", "人物", "人物"]),
    ("institution", ["institution", "기관", "机构", "機構"]),
    ("place", ["place", "지명", "地名", "地名"]),
    ("facility", ["building or site", "시설", "设施", "設施"]),
    ("country", ["country", "국가", "国家", "國家"]),
    ("title", ["title", "직함", "职务", "職務"]),
    ("event", ["event", "행사·사건", "事件", "事件"]),
    ("document", ["document", "문서·조약", "文件", "文件"]),
    ("media", ["media", "언론", "媒体", "媒體"]),
    ("party", ["party", "정당", "政党", "政黨"]),
    ("company", ["company", "기업", "企业", "企業"]),
    ("policy", ["policy", "정책", "政策", "政策"]),
    ("term", ["term", "용어", "术语", "詞彙"]),
];

fn named(rows: &[Row], name: &str, tongue: Tongue) -> Option<&'static str> {
    rows.iter().find(|(key, _)| *key == name).map(|(_, texts)| texts[tongue as usize])
}

/// Returns what a rule finds, in a few words; its name where there are none.
pub fn rule(name: &'static str, tongue: Tongue) -> &'static str {
    named(&RULES, name, tongue).unwrap_or(name)
}

/// Returns the kinds that can be chosen.
pub fn kinds() -> impl Iterator<Item = Kind> {
    KINDS.iter().map(|(name, _)| Kind::from_name(name))
}

/// Returns the word for a kind; that of the glossary where the page has none.
pub fn kind(kind: &Kind, tongue: Tongue) -> &str {
    named(&KINDS, kind.name(), tongue).unwrap_or_else(|| kind.name())
}

/// Returns the word for a status.
pub fn status(status: TermStatus, tongue: Tongue) -> &'static str {
    let texts = match status {
        TermStatus::Preferred => ["preferred", "표준", "首选", "首選"],
        TermStatus::Admitted => ["admitted", "허용", "亦可", "亦可"],
        TermStatus::Deprecated => ["deprecated", "쓰지 않음", "不宜用", "不宜用"],
        TermStatus::Forbidden => ["forbidden", "금지", "禁用", "禁用"],
    };
    texts[tongue as usize]
}

/// Returns the word for a form; none for a full name.
pub fn form(form: TermForm, tongue: Tongue) -> Option<&'static str> {
    let texts = match form {
        TermForm::Full => return None,
        TermForm::Short => ["short", "줄임말", "简称", "簡稱"],
        TermForm::Acronym => ["acronym", "약칭", "缩写", "縮寫"],
        TermForm::Variant => ["variant", "이표기", "异写", "異寫"],
    };
    Some(texts[tongue as usize])
}

/// Returns the word for a severity.
pub fn severity(severity: Severity, tongue: Tongue) -> &'static str {
    let texts = match severity {
        Severity::Error => ["error", "오류", "错误", "錯誤"],
        Severity::Warning => ["warning", "주의", "提醒", "提醒"],
        Severity::Info => ["information", "참고", "提示", "提示"],
    };
    texts[tongue as usize]
}

/// Returns the words for a way of matching.
pub fn how(how: How, tongue: Tongue) -> &'static str {
    let texts = match how {
        How::Exact => ["exact", "일치", "完全一致", "完全一致"],
        How::Folded => ["the same but for writing", "표기만 다름", "仅写法不同", "僅寫法不同"],
        How::Variant => ["recorded variant", "등록된 이표기", "已登记的异写", "已登記的異寫"],
        How::Reading => ["Korean reading", "한자음", "汉字的韩文读音", "漢字的韓文讀音"],
        How::Transcription => ["transcription", "외래어 표기", "音译", "音譯"],
        How::Romanization => ["romanisation", "로마자 표기", "罗马字拼写", "羅馬字拼寫"],
        How::Fuzzy => ["near", "비슷함", "相近", "相近"],
    };
    texts[tongue as usize]
}

/// Returns the name of a language; its tag where the page has none.
pub fn lang(lang: &Lang, tongue: Tongue) -> &str {
    let texts = match lang {
        Lang::En => ["English", "영어", "英文", "英文"],
        Lang::Ko => ["Korean", "한국어", "韩文", "韓文"],
        Lang::ZhHans => ["Chinese, simplified", "중국어 간체", "简体中文", "簡體中文"],
        Lang::ZhHant => ["Chinese, traditional", "중국어 번체", "繁体中文", "繁體中文"],
        Lang::Other(tag) => return tag,
    };
    texts[tongue as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules;

    #[test]
    fn every_rule_has_a_name() {
        let named: Vec<&str> = RULES.iter().map(|(name, _)| *name).collect();
        let there: Vec<&str> = rules::RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(named, there);
    }

    #[test]
    fn every_kind_has_a_name() {
        for (name, _) in KINDS {
            assert_eq!(Kind::from_name(name).name(), name);
            assert!(!matches!(Kind::from_name(name), Kind::Other(_)));
        }
    }
}
