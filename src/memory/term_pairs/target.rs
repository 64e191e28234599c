//! Korean and Chinese spans that may be renderings. Neither needs a segmenter: Korean words are cut off their particles in
//! every way that is possible, and of Chinese every short run of characters counts; the counts decide.

use crate::lang::Lang;
use crate::text::han;
use crate::text::particle;
use crate::text::script::Script;

/// The most eojeols and the most Han characters of a rendering.
const MOST_EOJEOLS: usize = 4;
const MOST_HAN: usize = 10;

/// Characters that neither begin nor end a Chinese name, and one that ends many (委员会) and begins none.
const NO_EDGES: &str =
    "的了在是和與与及或对對从從将將为為被把有不也就都而之其这這那该該并並但等于於以至向由让讓到他她它们們我你个個";
const NO_START: char = '会';

/// Returns the spans of a sentence; the same one may come several times.
pub(super) fn spans<'a>(sentence: &'a str, lang: &Lang) -> Vec<&'a str> {
    let mut spans = Vec::new();
    if lang.is_chinese() {
        runs(sentence, |c| Script::of(c) == Script::Han || c == '·').for_each(|run| push_han(run, &mut spans));
    } else {
        push_eojeols(sentence, &mut spans);
    }
    spans
}

/// Returns the runs of characters that pass a test.
fn runs(sentence: &str, test: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    sentence.split(move |c| !test(c)).filter(|run| !run.is_empty())
}

fn push_han<'a>(run: &'a str, spans: &mut Vec<&'a str>) {
    for (start, _) in run.char_indices().filter(|(_, first)| is_edge(*first) && han::simplified(*first) != NO_START) {
        let ends = run[start..].char_indices().skip(1).take(MOST_HAN - 1).filter(|(_, last)| is_edge(*last));
        spans.extend(ends.map(|(at, last)| &run[start..start + at + last.len_utf8()]));
    }
}

/// Returns whether a name may begin and end with a character.
pub(super) fn is_edge(c: char) -> bool {
    c != '·' && !NO_EDGES.contains(c)
}

/// Adds runs of eojeols that follow each other with one space between, the last one without its particles.
fn push_eojeols<'a>(sentence: &'a str, spans: &mut Vec<&'a str>) {
    let eojeols: Vec<&str> = runs(sentence, char::is_alphanumeric).collect();
    let offset = |part: &str| part.as_ptr() as usize - sentence.as_ptr() as usize;
    for (start, first) in eojeols.iter().enumerate() {
        let mut end_before = None;
        for eojeol in eojeols[start..].iter().take(MOST_EOJEOLS) {
            let at = offset(eojeol);
            if end_before.is_some_and(|end| &sentence[end..at] != " ") {
                break;
            }
            end_before = Some(at + eojeol.len());
            let stems = particle::chains_at_end(eojeol).into_iter().map(|chain| at + eojeol.len() - chain);
            let long = |end: &usize| sentence[offset(first)..*end].chars().count() > 1 && *end > at;
            spans.extend(stems.filter(long).map(|end| &sentence[offset(first)..end]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_is_cut_at_spaces_and_particles_and_chinese_everywhere() {
        let korean = spans("안나 베커는, 왔다", &Lang::Ko);
        for span in ["안나 베커", "베커", "안나 베커는", "왔다"] {
            assert!(korean.contains(&span), "{span} {korean:?}");
        }
        assert!(korean.iter().all(|span| !span.contains("베커는,") && !span.contains("는 왔")));
        assert_eq!(spans("在北京的", &Lang::ZhHans), ["北京"]);
        assert_eq!(spans("委员会, 会", &Lang::ZhHans), ["委员", "委员会", "员会"]);
    }
}
