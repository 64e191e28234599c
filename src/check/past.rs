//! Whether a draft speaks of a thing or an office as past: former, 전, 前, a date before the change.

use crate::check::dates;
use crate::check::draft::Draft;
use crate::glossary::day::{Day, Period};
use crate::text::span::Span;

/// Words right before a name that call it past.
const BEFORE: &str = "former then formerly old ex late erstwhile previous outgoing ousted impeached deposed jailed \
    disgraced 옛 구 당시 전 고 故 舊 전임 역대 직전 onetime founding";

/// Han characters right before a name that call it past.
const HAN_BEFORE: &str = "前 原 旧 舊 时任 時任 已故 前任";

/// Words right after a name that put it into a time of its own.
const AFTER: &str = "시절 시대 재임 당시 때 时期 時期 时代 時代 任内 任內";

/// Words in a sentence that speak of a change of name, or of somebody's career.
const CHANGED: &str = "served 출신 지낸 지냈 역임 曾任 历任 歷任 \
    renam formerly previously predecessor reorgani 명칭 개편 바뀌 바뀐 전신 이름을 개칭 분리 更名 改名 改称 前身 改组 拆分";

/// Returns whether the words right before or after a place call it past.
pub(super) fn is_called_past(draft: &Draft<'_>, place: Span) -> bool {
    let before = draft.before(place, 30).trim_end();
    let word =
        before.rsplit([' ', '\n', '(', '（', '"', '“']).next().unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
    let word = word.to_lowercase();
    let joined = word.rsplit('-').next().unwrap_or("");
    let after = draft.after(place, 24).trim_start_matches(' ');
    BEFORE.split(' ').any(|past| past == word || past == joined)
        || HAN_BEFORE.split(' ').any(|past| before.ends_with(past))
        || AFTER.split(' ').any(|time| after.starts_with(time))
}

/// Returns whether the sentence around a place names a day, a month or a year no later than `end`; a year is no such date when
/// it is the draft's own.
pub(super) fn names_time_before(draft: &Draft<'_>, place: Span, end: Day) -> bool {
    let sentence = draft.sentence(place);
    let today = draft.date.day;
    let own_year = |period: &Period| period.first.year() == today.year() && period.last.month() != period.first.month();
    dates::periods(sentence.of(draft.text), today).iter().any(|period| period.first <= end && !own_year(period))
}

/// Returns whether the sentence around a place speaks of a change of name or of somebody's career.
pub(super) fn speaks_of_change(draft: &Draft<'_>, place: Span) -> bool {
    let sentence = draft.sentence(place).of(draft.text);
    CHANGED.split(' ').any(|word| sentence.contains(word))
}

/// Returns whether the draft shows that it is from after a day: it is dated, or names a later year.
pub(super) fn is_surely_after(draft: &Draft<'_>, end: Day) -> bool {
    draft.date.told || draft.latest_year().is_some_and(|year| year > end.year())
}
