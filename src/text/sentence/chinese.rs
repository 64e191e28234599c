//! Whether a stop of Chinese punctuation, or one between Han characters, ends a sentence.

use crate::text::sentence::stop::Stop;

/// What a clause that says who spoke ends with: “好。”他说。
const SAYING: [&str; 18] = [
    "说", "說", "道", "问", "問", "表示", "指出", "称", "稱", "答", "喊", "强调", "強調", "写道", "寫道", "补充", "補充",
    "回应",
];

/// The longest clause in characters that says who spoke.
const LONGEST_CLAUSE: usize = 20;

pub(super) fn ends_sentence(stop: &Stop) -> bool {
    let after = stop.after();
    if after.starts_with(['，', ',', '、', '；', ';', '：', '）', ')', '—']) {
        return false;
    }
    match stop.before_quotation() {
        Some("") => !is_said(after),
        Some(before) if before.ends_with(['：', ':', '，', ',']) => !after.starts_with('的'),
        // “加油！”的口号: the quoted words are a part of the sentence.
        Some(_) => matches!(stop.mark(), '。' | '．'),
        // ……然后: an ellipsis alone leaves the sentence open.
        None => matches!(stop.mark(), '。' | '．' | '！' | '？' | '!' | '?') || stop.is_spaced() && !stop.is_ellipsis(),
    }
}

/// Returns whether the clause after a quotation only says who spoke.
fn is_said(after: &str) -> bool {
    let Some((end, _)) = after.char_indices().take(LONGEST_CLAUSE).find(|(_, c)| "。！？，：“「".contains(*c)) else {
        return false;
    };
    let said = SAYING.iter().any(|verb| after[..end].ends_with(verb));
    let rest = &after[end..];
    said && (rest.starts_with(['。', '：']) || rest.starts_with("，“") || rest.starts_with("，「"))
}
