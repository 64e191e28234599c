//! Korean in Latin letters: Revised Romanization, McCune-Reischauer and Yale, from Hangul alone.
//!
//! Rules of 국어의 로마자 표기법 (2000-8, now 2014-42), of McCune and Reischauer (1939) with the hyphen of the Library of
//! Congress in names, and of Martin (Yale). Knows letters, no words: how a person spells their own name, and what only the
//! meaning tells, is left to others. Not done, because the letters do not show it:
//!
//! - ㄴ or ㄹ put in between the parts of a compound: 학여울 is Hangnyeoul by the notice and `hagyeoul` here, 알약 `aryak`;
//! - the part that begins with a vowel of its own: 맛없다 [마덥따], 밭이랑 [반니랑] are read like 맛을 and 같이;
//! - verbs: ㄱ ㄷ ㅂ before ㅎ keep their `h` as in nouns (묵호 `mukho`), so 잡혀 is `japhyeo` where the notice has japyeo; ㄺ is
//!   ㄱ before ㄱ as in 닭과, also in 맑게; ㄼ is ㄹ as in 여덟, also in 밟다.
//!
//! Every function returns `None` for what is not one to forty composed Hangul syllables.

mod letters;
mod pronunciation;

use crate::names::romanization::letters::letter;
use crate::names::romanization::pronunciation::{Sound, Syllable, pronounced, syllables};

/// Returns an ordinary word or a place as it is pronounced, in Revised Romanization, lower case: 신라 `silla`, 같이 `gachi`.
///
/// Notice, chapter 2 and chapter 3 paragraph 1. ㄱ ㄷ ㅂ before ㅎ are read as in a noun, tensing is never written, and the
/// hyphen that may tell 중앙 Jung-ang from Jun-gang is left out. ㄴㄹ is `ll` (대관령), but `nn` before 로 at the end of three or
/// more syllables, which is nearly always a road (신문로, 공원로; not 국가원로).
pub fn revised_word(hangul: &str) -> Option<String> {
    Some(revised(&pronounced(&syllables(hangul)?)))
}

/// Returns the name of an administrative unit in Revised Romanization, lower case: 경기도 `gyeonggi-do`.
///
/// Notice, chapter 3 paragraph 5: a hyphen before the unit and no sound change across it (삼죽면 `samjuk-myeon`). 도 is a unit
/// only after a province: 제주도 is the province `jeju-do`, and the island `jejudo` with [`revised_word`]; 독도 is `dokdo`. What
/// has no unit at its end (부산, and 대구, 안동, which only look like it) is written as [`revised_word`] does. 특별시, 광역시 and
/// the like are taken as one unit, of which the notice says nothing.
pub fn revised_place(hangul: &str) -> Option<String> {
    let whole = revised_word(hangul)?;
    let Some((name, unit)) = name_and_unit(hangul) else { return Some(whole) };
    Some(format!("{}-{}", revised_word(name)?, revised_word(unit)?))
}

/// Returns each syllable by itself in Revised Romanization, lower case: 한복남 `han`, `bok`, `nam`.
///
/// Notice, chapter 3 paragraph 4: in a personal name no sound change between syllables is written.
pub fn revised_syllables(hangul: &str) -> Option<Vec<String>> {
    Some(syllables(hangul)?.iter().map(|syllable| revised(&[syllable.alone()])).collect())
}

/// Returns a name in McCune-Reischauer, the syllables of the given name joined by hyphens: 이재명 `Yi Chae-myŏng`.
///
/// Sound changes within each of the two parts and none between them; a consonant that is heard with the next syllable stays
/// before the hyphen (박목월 `Pak Mog-wŏl`). 이 as a family name is `Yi`. Library of Congress, Korean Romanization, rules 4
/// and 9, which also writes 리 as Yi; here it is `Ri`, as in the North.
pub fn mccune_reischauer_name(family: &str, given: &str) -> Option<String> {
    let family = if family == "이" { "yi".to_owned() } else { mccune_reischauer_word(family)? };
    let given = mccune_reischauer(&pronounced(&syllables(given)?), Joint::Hyphen);
    Some(format!("{} {}", capitalised(&family), capitalised(&given)))
}

/// Returns a word or a place as it is pronounced, in McCune-Reischauer, lower case: 평양 `p'yŏngyang`, 독립문 `tongnimmun`.
///
/// Read as by [`revised_word`]. ㄷ and ㅈ after ㄹ are `t` and `ch`, which is right in Sino-Korean words (홍길동 has `kil-tong`)
/// and not in native 길잡이 kiljabi. Where a consonant is tense and the letters do not show it, 한자 is hancha in libraries and
/// `hanja` here.
pub fn mccune_reischauer_word(hangul: &str) -> Option<String> {
    Some(mccune_reischauer(&pronounced(&syllables(hangul)?), Joint::None))
}

/// Returns each syllable by itself in Yale romanization, letter by letter, lower case: 닭 `talk`, 최 `choy`.
///
/// Martin, A Reference Grammar of Korean: ㅜ after ㅁ ㅂ ㅃ ㅍ is shortened to `u` (문 `mun`).
pub fn yale_syllables(hangul: &str) -> Option<Vec<String>> {
    Some(syllables(hangul)?.iter().map(yale).collect())
}

/// Returns McCune-Reischauer without its marks, as it is printed in news: `Yi Chae-myong`, `Pyongyang`.
pub fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '\u{306}' | '\u{308}'))
        .map(|c| match c {
            'ŏ' => 'o',
            'Ŏ' => 'O',
            'ŭ' => 'u',
            'Ŭ' => 'U',
            'ë' => 'e',
            'Ë' => 'E',
            _ => c,
        })
        .collect()
}

/// Splits off the administrative unit that a place ends in.
fn name_and_unit(place: &str) -> Option<(&str, &str)> {
    let unit = UNITS.into_iter().find(|unit| place.ends_with(unit))?;
    let name = place.strip_suffix(unit).filter(|name| !name.is_empty())?;
    let is_unit =
        if unit == "도" { PROVINCES.split(' ').any(|province| province == name) } else { !WITHOUT_UNIT.contains(&place) };
    is_unit.then_some((name, unit))
}

/// Administrative units, the longer before the shorter that they end in.
const UNITS: [&str; 13] =
    ["특별자치도", "특별자치시", "특별시", "광역시", "도", "시", "군", "구", "읍", "면", "리", "동", "가"];

/// Provinces without 도, today's and those of before 1896, North and South, and their short forms.
const PROVINCES: &str = "경기 강원 충청 충청북 충청남 충북 충남 전라 전라북 전라남 전북 전남 경상 경상북 경상남 경북 경남 제주 \
    황해 황해북 황해남 황북 황남 평안 평안북 평안남 평북 평남 함경 함경북 함경남 함북 함남 자강 양강 량강";

/// Cities, counties and districts whose own name ends like a unit: 대구 is no 구.
const WITHOUT_UNIT: [&str; 9] = ["대구", "구리", "안동", "정읍", "양구", "영동", "하동", "강동", "성동"];

fn revised(sounds: &[Sound]) -> String {
    let mut out = String::new();
    let mut last = None;
    for sound in sounds {
        let doubled = sound.initial == 'ㄹ' && last == Some('ㄹ');
        out.push_str(if doubled { "l" } else { letter(sound.initial).revised });
        out.push_str(letter(sound.vowel).revised);
        out.push_str(sound.last.map_or("", spelled_final));
        last = sound.last;
    }
    out
}

/// What stands between two syllables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Hyphen,
    None,
}

fn mccune_reischauer(sounds: &[Sound], joint: Joint) -> String {
    let mut out = String::new();
    let mut before: Option<&Sound> = None;
    for (at, sound) in sounds.iter().enumerate() {
        let initial = mccune_initial(sound, before);
        match (before, joint) {
            (None, _) => out.push_str(initial),
            (Some(_), Joint::Hyphen) if sound.moved => out.extend([initial, "-"]),
            (Some(_), Joint::Hyphen) => out.extend(["-", initial]),
            // n'g is ㄴㄱ, ng is ㅇ.
            (Some(before), Joint::None) if before.last == Some('ㄴ') && initial == "g" => out.push_str("'g"),
            (Some(_), Joint::None) => out.push_str(initial),
        }
        // aë is ㅏ에 and ae is ㅐ, oë is ㅗ에 and oe is ㅚ.
        let apart = (sound.initial, sound.vowel) == ('ㅇ', 'ㅔ') && out.ends_with(['a', 'o']);
        out.push_str(if apart { "ë" } else { letter(sound.vowel).mccune });
        out.push_str(sound.last.map_or("", |last| mccune_final(last, sounds.get(at + 1))));
        before = Some(sound);
    }
    out
}

fn mccune_initial(sound: &Sound, before: Option<&Sound>) -> &'static str {
    let last = before.and_then(|before| before.last);
    let after_voiced = before.is_some() && matches!(last, None | Some('ㄴ' | 'ㅁ' | 'ㅇ'));
    let after_liquid = last == Some('ㄹ');
    match sound.initial {
        'ㄱ' if after_voiced || after_liquid => "g",
        'ㅂ' if after_voiced || after_liquid => "b",
        'ㄷ' if after_voiced => "d",
        'ㅈ' if after_voiced => "j",
        'ㄹ' if after_liquid => "l",
        'ㅅ' if sound.vowel == 'ㅟ' => "sh",
        initial => letter(last.map_or(initial, |last| plain_after(last, initial))).mccune,
    }
}

/// Returns a tense initial as the plain one where a final of the same place already doubles it: 떡깨 is ttŏkkae.
fn plain_after(last: char, initial: char) -> char {
    match (last, initial) {
        ('ㄱ', 'ㄲ') => 'ㄱ',
        ('ㅂ', 'ㅃ') => 'ㅂ',
        ('ㄷ', 'ㄸ') => 'ㄷ',
        ('ㄷ', 'ㅆ') => 'ㅅ',
        ('ㄷ', 'ㅉ') => 'ㅈ',
        _ => initial,
    }
}

fn mccune_final(last: char, next: Option<&Sound>) -> &'static str {
    match (last, next.map(|next| next.initial)) {
        ('ㄹ', Some('ㅎ')) => "r",
        // 맞선 massŏn, and ㄷㅈ is tch because ㅈ is ch.
        ('ㄷ', Some('ㅅ' | 'ㅆ')) => "s",
        _ => spelled_final(last),
    }
}

fn spelled_final(last: char) -> &'static str {
    match last {
        'ㄱ' => "k",
        'ㄴ' => "n",
        'ㄷ' => "t",
        'ㄹ' => "l",
        'ㅁ' => "m",
        'ㅂ' => "p",
        _ => "ng",
    }
}

fn yale(syllable: &Syllable) -> String {
    let labial = matches!(syllable.initial, 'ㅁ' | 'ㅂ' | 'ㅃ' | 'ㅍ');
    let vowel = if labial && syllable.vowel == 'ㅜ' { "u" } else { letter(syllable.vowel).yale };
    let finals = syllable.finals.chars().map(|c| if c == 'ㅇ' { "ng" } else { letter(c).yale });
    [letter(syllable.initial).yale, vowel].into_iter().chain(finals).collect()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cases are `hangul romanized`, each ended by a comma.
    fn check(cases: &str, romanize: impl Fn(&str) -> Option<String>) {
        for case in cases.split(',').map(str::trim).filter(|case| !case.is_empty()) {
            let (hangul, expected) = case.split_once(' ').unwrap();
            assert_eq!(romanize(hangul).as_deref(), Some(expected), "{hangul}");
        }
    }

    #[test]
    fn words_are_those_of_the_notice() {
        check(
            "광희문 gwanghuimun, 구미 gumi, 영동 yeongdong, 백암 baegam, 옥천 okcheon, 합덕 hapdeok, 호법 hobeop, 월곶 wolgot, \
             벚꽃 beotkkot, 한밭 hanbat, 구리 guri, 설악 seorak, 칠곡 chilgok, 임실 imsil, 울릉 ulleung, 대관령 daegwallyeong, \
             백마 baengma, 신문로 sinmunno, 종로 jongno, 왕십리 wangsimni, 별내 byeollae, 신라 silla, 해돋이 haedoji, 같이 gachi, \
             굳히다 guchida, 맞히다 machida, 좋고 joko, 놓다 nota, 낳지 nachi, 묵호 mukho, 집현전 jiphyeonjeon, 압구정 apgujeong, \
             낙동강 nakdonggang, 죽변 jukbyeon, 낙성대 nakseongdae, 합정 hapjeong, 팔당 paldang, 샛별 saetbyeol, 울산 ulsan, \
             중앙 jungang, 반구대 bangudae, 세운 seun, 해운대 haeundae, 부산 busan, 세종 sejong, \
             퇴계로 toegyero, 청주 cheongju, 함평 hampyeong, 순창 sunchang, 남산 namsan, 속리산 songnisan, 금강 geumgang, 독도 dokdo, \
             경복궁 gyeongbokgung, 무량수전 muryangsujeon, 연화교 yeonhwagyo, 극락전 geungnakjeon, 안압지 anapji, 남한산성 namhansanseong, \
             화랑대 hwarangdae, 불국사 bulguksa, 현충사 hyeonchungsa, 독립문 dongnimmun, 오죽헌 ojukheon, 촉석루 chokseongnu, 종묘 jongmyo, \
             다보탑 dabotap,",
            revised_word,
        );
    }

    #[test]
    fn words_follow_standard_pronunciation() {
        check(
            "한라산 hallasan, 전라 jeolla, 설날 seollal, 강릉 gangneung, 담력 damnyeok, 법륜사 beomnyunsa, 청량리 cheongnyangni, \
             여의도 yeouido, 북한 bukhan, 발해 balhae, 국회 gukhoe, 꽃잎을 kkochipeul, 영어 yeongeo, 밖에 bakke, 한강로 hangangno, \
             공원로 gongwonno, 원로 wollo, 난로 nallo, \
             닭이 dalgi, 닭 dak, 삶 sam, 값이 gapsi, 값 gap, 넋이 neoksi, 여덟 yeodeol, 앉아 anja, 많아 mana, 많고 manko, 않네 anne, \
             싫어 sireo, 뚫네 ttulle, 핥이다 halchida, 앉히다 anchida, 읊는 eumneun, 흙만 heungman, 좋아 joa, 놓는 nonneun, 닿소 daso, \
             히읗 hieut, 있는 inneun, \
             잡혀 japhyeo, 학여울 hagyeoul, 알약 aryak,",
            revised_word,
        );
    }

    #[test]
    fn places_have_a_hyphen_before_their_unit() {
        check(
            "충청북도 chungcheongbuk-do, 제주도 jeju-do, 경기도 gyeonggi-do, 의정부시 uijeongbu-si, 양주군 yangju-gun, 도봉구 dobong-gu, \
             종로구 jongno-gu, 신창읍 sinchang-eup, 삼죽면 samjuk-myeon, 인왕리 inwang-ri, 당산동 dangsan-dong, 명동 myeong-dong, \
             중구 jung-gu, 신문로가 sinmunno-ga, 진도군 jindo-gun, 안동시 andong-si, 서울특별시 seoul-teukbyeolsi, \
             부산광역시 busan-gwangyeoksi, 량강도 ryanggang-do, 부산 busan, 대구 daegu, 안동 andong, 독도 dokdo, 여의도 yeouido, 동 dong, \
             광역시 gwangyeoksi,",
            revised_place,
        );
    }

    #[test]
    fn names_are_revised_syllable_by_syllable() {
        check(
            "한복남 han bok nam, 홍빛나 hong bit na, 민용하 min yong ha, 송나리 song na ri, 이재명 i jae myeong, 강유정 gang yu jeong, \
             위성락 wi seong rak, 안규백 an gyu baek, 김민석 gim min seok, 노무현 no mu hyeon, 최상목 choe sang mok, 우원식 u won sik, \
             석민 seok min,",
            |name| Some(revised_syllables(name)?.join(" ")),
        );
    }

    #[test]
    fn names_in_mccune_reischauer() {
        for (family, given, expected) in [
            ("이", "재명", "Yi Chae-myŏng"),
            ("박", "정희", "Pak Chŏng-hŭi"),
            ("김", "대중", "Kim Tae-jung"),
            ("정", "동영", "Chŏng Tong-yŏng"),
            ("노", "무현", "No Mu-hyŏn"),
            ("김", "구", "Kim Ku"),
            ("김", "은경", "Kim Ŭn-gyŏng"),
            ("홍", "길동", "Hong Kil-tong"),
            ("최", "규하", "Ch'oe Kyu-ha"),
            ("안", "창호", "An Ch'ang-ho"),
            ("남궁", "억", "Namgung Ŏk"),
            ("황보", "인", "Hwangbo In"),
            ("제갈", "량", "Chegal Ryang"),
            // Examples of the Library of Congress.
            ("안", "응렬", "An Ŭng-nyŏl"),
            ("박", "목월", "Pak Mog-wŏl"),
            ("김", "철원", "Kim Ch'ŏr-wŏn"),
            ("이", "석민", "Yi Sŏng-min"),
            ("안", "중근", "An Chung-gŭn"),
            ("이", "어령", "Yi Ŏ-ryŏng"),
            ("김", "창룡", "Kim Ch'ang-nyong"),
            ("이", "율곡", "Yi Yul-gok"),
            ("김", "지하", "Kim Chi-ha"),
            ("김", "소월", "Kim So-wŏl"),
            ("이", "순신", "Yi Sun-sin"),
            ("최", "란", "Ch'oe Ran"),
        ] {
            assert_eq!(mccune_reischauer_name(family, given).as_deref(), Some(expected), "{family}{given}");
        }
    }

    #[test]
    fn words_in_mccune_reischauer() {
        check(
            "평양 p'yŏngyang, 경복궁 kyŏngbokkung, 부산 pusan, 전라 chŏlla, 독립문 tongnimmun, 한글 han'gŭl, 한국 han'guk, 조선 chosŏn, \
             대구 taegu, 광주 kwangju, 인천 inch'ŏn, 제주 cheju, 신라 silla, 발해 parhae, 팔당 p'altang, 가구 kagu, 등대 tŭngdae, \
             반복 panbok, 주장 chujang, 투표 t'up'yo, 못하다 mothada, 합하다 haphada, 학회 hakhoe, 금강 kŭmgang, 좋고 chok'o, 쉬 shwi, \
             회사에서 hoesaësŏ, 맞선 massŏn, 떡깨 ttŏkkae, 낙지 nakchi, 값진 kapchin, 있고 itko, 섞다 sŏkta,",
            mccune_reischauer_word,
        );
    }

    #[test]
    fn syllables_in_yale() {
        check(
            "이재명 i cay myeng, 최 choy, 문 mun, 우주 wu cwu, 닭 talk, 빛나 pich na, 남궁 nam kwung, 황보 hwang po, 의 uy, 쉬 swi, \
             값 kaps, 락 lak,",
            |name| Some(yale_syllables(name)?.join(" ")),
        );
    }

    #[test]
    fn marks_are_dropped() {
        for (marked, expected) in [
            ("Yi Chae-myŏng", "Yi Chae-myong"),
            ("P'yŏngyang", "Pyongyang"),
            ("P’yo\u{306}ngyang", "Pyongyang"),
            ("Kim Ŭn-gyŏng", "Kim Un-gyong"),
            ("hoesaësŏ", "hoesaeso"),
        ] {
            assert_eq!(bare(marked), expected);
        }
    }

    #[test]
    fn anything_but_one_to_forty_syllables_is_none() {
        for text in ["", "a", "김 구", "ㄱ", "종로2가", "金", "\u{1100}\u{1161}", &"가".repeat(41)] {
            assert_eq!(revised_word(text), None, "{text}");
            assert_eq!(revised_place(text), None, "{text}");
            assert_eq!(revised_syllables(text), None, "{text}");
            assert_eq!(mccune_reischauer_word(text), None, "{text}");
            assert_eq!(mccune_reischauer_name("김", text), None, "{text}");
            assert_eq!(mccune_reischauer_name(text, "구"), None, "{text}");
            assert_eq!(yale_syllables(text), None, "{text}");
        }
        assert_eq!(revised_word(&"가".repeat(40)), Some("ga".repeat(40)));
    }

    #[test]
    fn every_syllable_is_written_after_every_final() {
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        for c in '가'..='힣' {
            let alone = c.to_string();
            assert!(revised_syllables(&alone).unwrap().iter().chain(&yale_syllables(&alone).unwrap()).all(|text| plain(text)));
            assert!(bare(&mccune_reischauer_name(&alone, &alone).unwrap()).is_ascii());
        }
        for (next, before) in ('가'..='힣').step_by(28).flat_map(|next| ('가'..='갛').map(move |before| (next, before))) {
            let word: String = [before, next].iter().collect();
            assert!(plain(&revised_word(&word).unwrap()) && plain(&revised_place(&word).unwrap()), "{word}");
            assert!(plain(&bare(&mccune_reischauer_word(&word).unwrap())), "{word}");
        }
    }
}
