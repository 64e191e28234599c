//! Translation units in and out: what the files in `tests/exchange` say, what is refused and why, and that what is written is
//! read again.

use proptest::prelude::*;
use tongsa::exchange::bitext::{BitextWriter, TableKind, UnitColumnSurvey};
use tongsa::exchange::encoding::TextSource;
use tongsa::exchange::tmx::TmxWriter;
use tongsa::exchange::unit_file::{UnitFileError, UnitFileOptions, UnitRecord, UnitWriter};
use tongsa::exchange::unit_format::{UnitFormat, open};
use tongsa::exchange::xliff::{Alternative, PretranslatedSegment, XliffWriter};
use tongsa::lang::Lang;
use tongsa::memory::unit::{Origin, TranslationUnit, Variant};

/// The files that every reader is shown, whole and damaged.
const FILES: [(UnitFormat, &[u8]); 6] = [
    (UnitFormat::Tmx, include_bytes!("../exchange/memory.tmx")),
    (UnitFormat::Tmx, include_bytes!("../exchange/old.tmx")),
    (UnitFormat::Xliff, include_bytes!("../exchange/desk-1.2.xlf")),
    (UnitFormat::Xliff, include_bytes!("../exchange/desk-2.0.xlf")),
    (UnitFormat::Po, include_bytes!("../exchange/desk.po")),
    (UnitFormat::Bitext, include_bytes!("../exchange/desk.tsv")),
];

struct Contents {
    records: Vec<UnitRecord>,
    said: String,
    left_out: u64,
}

impl Contents {
    fn units(self) -> Vec<TranslationUnit> {
        self.records.into_iter().map(|record| record.unit.unwrap()).collect()
    }
}

fn read(format: Option<UnitFormat>, bytes: &[u8]) -> Result<Contents, UnitFileError> {
    let (mut reader, _) = open(format, TextSource::from_bytes("file", bytes.to_vec()), &UnitFileOptions::default())?;
    let mut records = Vec::new();
    while let Some(record) = reader.next_unit()? {
        records.push(record);
    }
    Ok(Contents { records, said: reader.describe(), left_out: reader.left_out() })
}

/// Shows each record on a line: its segments, with markup where there is some, then what is known of it.
fn show(contents: &Contents) -> Vec<String> {
    contents
        .records
        .iter()
        .map(|record| format!("{}: {}", record.line, record.unit.as_ref().map_or_else(Clone::clone, show_unit)))
        .collect()
}

fn show_unit(unit: &TranslationUnit) -> String {
    let mut parts: Vec<String> = Vec::new();
    for variant in &unit.variants {
        parts.push(format!("{}={}", variant.lang, variant.text));
        parts.extend(variant.markup.clone());
    }
    let Origin { document, domain, date, author, .. } = &unit.origin;
    for (name, value) in [("document", document), ("domain", domain), ("date", date), ("author", author)] {
        parts.extend(value.as_ref().map(|value| format!("{name}={value}")));
    }
    parts.extend(unit.properties.iter().map(|(name, value)| format!("{name}={value}")));
    parts.join(" | ")
}

#[test]
fn tmx_is_read_with_its_codes_and_details() {
    let contents = read(None, FILES[0].1).unwrap();
    assert_eq!(contents.said, "TMX 1.4; source language *all*; made by desk 2");
    let bold = |before: &str, inside: &str, after: &str| {
        format!("{before}<bpt i=\"1\" type=\"bold\">&lt;b&gt;</bpt>{inside}<ept i=\"1\">&lt;/b&gt;</ept>{after}")
    };
    let expected = [
        [
            "10: en=The two leaders met in Beijing.",
            &bold("The two leaders met in ", "Beijing", "."),
            "ko=두 정상은 베이징에서 만났다.",
            &bold("두 정상은 ", "베이징", "에서 만났다."),
            "zh-Hans=两国领导人在北京会晤。",
            &bold("两国领导人在", "北京", "会晤。"),
            "document=visit.md | domain=politics | date=2026-01-07 | author=JH | tuid=1 | creationdate=20251231T080000Z",
            "changedate=20260107T093000Z | creationid=JH | usagecount=3 | ko:changeid=MK | note=Checked & filed.",
            "x-client=desk | ko:x-state=final",
        ]
        .join(" | "),
        [
            "18: en-US=Seen from Seoul, it was late.",
            "Seen from <hi type=\"name\">Seoul</hi>,<ph x=\"1\">&lt;br/&gt;<sub>a footnote</sub></ph> it was late\
            <it pos=\"begin\">&lt;i&gt;</it>.",
            "ko=서울에서 보면 <늦은> 때였다.",
            "domain=politics",
        ]
        .join(" | "),
        "22: the unit has a segment in en only; a unit needs two languages".to_owned(),
        "26: `x-unknown!` is not a language tag; write a BCP 47 tag such as en, ko, zh-Hans or zh-Hant".to_owned(),
        "30: en=Goodbye. | zh-Hant=再見。 | domain=politics".to_owned(),
    ];
    assert_eq!(show(&contents), expected);
}

#[test]
fn old_tmx_and_other_encodings_are_read() {
    let expected = "6: en-US=Press {Enter}. | Press {<ut>{\\b </ut>Enter<ut>}</ut>}. | ko={엔터}를 누르십시오. | \
        {<ut>{\\b </ut>엔터<ut>}</ut>}를 누르십시오. | date=2002-03-04 | author=KIM | creationdate=20020304T050607Z | \
        creationid=KIM";
    let text = std::str::from_utf8(FILES[1].1).unwrap();
    let declared = |encoding: &str| text.replace("UTF-8", encoding);
    let (korean, ..) = encoding_rs::EUC_KR.encode(text);
    let utf16 = |text: &str, mark: &str| format!("{mark}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    for (label, bytes) in [
        ("as it is", text.as_bytes().to_vec()),
        ("with a mark", format!("\u{FEFF}{text}").into_bytes()),
        ("UTF-16 with a mark", utf16(&declared("UTF-16"), "\u{FEFF}")),
        ("UTF-16 without a mark", utf16(&declared("UTF-16"), "")),
        ("UTF-16 by name only", declared("UTF-16").into_bytes()),
        ("EUC-KR declared", encoding_rs::EUC_KR.encode(&declared("euc-kr")).0.into_owned()),
        ("EUC-KR not declared", korean.into_owned()),
    ] {
        let contents = read(Some(UnitFormat::Tmx), &bytes).unwrap();
        assert_eq!(show(&contents), [expected], "{label}");
        assert_eq!(contents.said, "TMX 1.1; source language EN-US; made by old 1", "{label}");
    }
}

#[test]
fn xliff_is_read_without_what_is_not_translated() {
    let contents = read(None, FILES[2].1).unwrap();
    assert_eq!((contents.said.as_str(), contents.left_out), ("XLIFF 1.2; en to ko", 3));
    assert_eq!(
        show(&contents),
        [
            "7: en=Read the notice first. | Read the <bpt i=\"1\">&lt;g id=\"1\"&gt;</bpt>notice<ept i=\"1\">&lt;/g&gt;</ept> \
            first.<ph>&lt;x id=\"2\"/&gt;</ph> | ko=먼저 공지를 읽으십시오. | 먼저 <bpt i=\"1\">&lt;g id=\"1\"&gt;</bpt>공지\
            <ept i=\"1\">&lt;/g&gt;</ept>를 읽으십시오.<ph>&lt;x id=\"2\"/&gt;</ph> | document=notice.html | id=1 | \
            state=translated | note=Shown at the door.",
            "18: en=Line and more | Line <ph>&lt;ph id=\"1\"&gt;&lt;br/&gt;&lt;/ph&gt;</ph>and <it pos=\"begin\">&lt;bx \
            id=\"2\"/&gt;</it>more<it pos=\"end\">&lt;ex id=\"2\"/&gt;</it> | ko=줄 그리고 더 | 줄 <ph>&lt;ph \
            id=\"1\"&gt;&lt;br/&gt;&lt;/ph&gt;</ph>그리고 <it pos=\"begin\">&lt;bx id=\"2\"/&gt;</it>더\
            <it pos=\"end\">&lt;ex id=\"2\"/&gt;</it> | document=notice.html | id=5",
        ]
    );
    let contents = read(None, FILES[3].1).unwrap();
    assert_eq!((contents.said.as_str(), contents.left_out), ("XLIFF 2.0; en to zh-Hant", 1));
    assert_eq!(
        show(&contents),
        [
            "8: en=Close the door. | Close the <bpt i=\"1\">&lt;pc id=\"1\" dataRefStart=\"d1\"&gt;</bpt>door\
            <ept i=\"1\">&lt;/pc&gt;</ept><ph>&lt;ph id=\"2\"/&gt;</ph>. | zh-Hant=請關門。 | 請關<bpt i=\"1\">&lt;pc \
            id=\"1\" dataRefStart=\"d1\"&gt;</bpt>門<ept i=\"1\">&lt;/pc&gt;</ept><ph>&lt;ph id=\"2\"/&gt;</ph>。 | \
            document=notice.html | id=u1 | state=final | note=On the door.",
            "14: en=Thank you. | zh-Hant=謝謝。 | document=notice.html | id=u1 | note=On the door.",
        ]
    );
}

#[test]
fn catalogues_and_tables_are_read() {
    let contents = read(None, FILES[4].1).unwrap();
    assert_eq!((contents.said.as_str(), contents.left_out), ("gettext PO; en to ko", 3));
    assert_eq!(
        show(&contents),
        [
            "9: en=Open the draft | ko=초고 열기 | document=desk 1.0 | msgctxt=menu | reference=src/window.c:12",
            "18: en=%d name | ko=이름 %d개 | document=desk 1.0",
            "18: en=%d names | ko=이름 %d개 | document=desk 1.0",
            "23: en=A long message\non two lines | ko=두 줄에 걸친\n긴 글 | document=desk 1.0",
        ]
    );
    let contents = read(None, FILES[5].1).unwrap();
    assert_eq!(contents.said, "tab without quotes; columns document, en, ko, note");
    assert_eq!(
        show(&contents),
        [
            "2: en=\"I will go,\" she said. | ko=\"가겠습니다.\" | document=visit.md | note=quoted",
            "3: the row has 3 cells where there are 4 columns; check its separators",
            "4: en=Thanks. | ko=고맙습니다. | document=visit.md",
        ]
    );
}

#[test]
fn broken_files_are_refused_as_a_whole() {
    let tmx = |body: &str| format!("<tmx version=\"1.4\">\n<header/>\n<body>\n{body}\n</body>\n</tmx>");
    let unit = "<tu><tuv xml:lang=\"en\"><seg>Yes.</seg></tuv><tuv xml:lang=\"ko\"><seg>네.</seg></tuv></tu>";
    let bomb = format!("<!DOCTYPE tmx [\n<!ENTITY a \"aaaa\">\n<!ENTITY b \"&a;&a;\">\n]>{}", tmx(&unit.replace("네", "&b;")));
    for (text, expected) in [
        (tmx("<tu>\n<tuv xml:lang='ko'><seg>네.</sg></tuv></tu>"), "line 5, column 27: </sg> stands where </seg> is due; "),
        (tmx("<tu><tuv xml:lang=en></tuv></tu>"), "line 4, column 5: an attribute has a value without quotes; "),
        (tmx("<tu><tuv lang='en'><seg>a &nbsp; b</seg></tuv></tu>"), "line 4, column 27: the entity `&nbsp;` is not defined; "),
        (tmx("<tu><tuv lang='en'><seg><ph x='<'/></seg></tuv></tu>"), "line 4, column 25: the attribute x has a `<` in it; "),
        (bomb, "line 1: the file defines XML entities of its own, which are never expanded; "),
        (tmx(unit).replace("</body>\n</tmx>", ""), "the file ends in line 5, column 1, before it is complete; "),
        (tmx(unit).split_at(60).0.to_owned(), "the file ends in line 4, column 24, before it is complete; "),
        ("<html><body></body></html>".to_owned(), "it is no TMX, since its first element is <html>; "),
        ("no XML at all".to_owned(), "line 1, column 1: text stands outside of the root element; "),
        (String::new(), "file is empty; there is nothing to read"),
    ] {
        let error = read(Some(UnitFormat::Tmx), text.as_bytes()).err().map(|error| error.to_string());
        assert!(error.as_ref().is_some_and(|said| said.starts_with(expected)), "{text}\n{error:?}");
    }
    let unknown = read(None, b"one word").err().map(|error| error.to_string());
    assert!(unknown.unwrap().starts_with("its format cannot be told; "));
}

#[test]
fn a_segment_of_ten_megabytes_is_rejected_and_the_rest_read() {
    let unit =
        |text: &str| format!("<tu><tuv xml:lang='en'><seg>{text}</seg></tuv><tuv xml:lang='ko'><seg>네.</seg></tuv></tu>\n");
    let long = unit(&"Yes. ".repeat(2 << 20));
    let codes = unit(&format!("Yes.{}", "<ph>x</ph>".repeat(1 << 20)));
    let file = format!("<tmx version='1.4'><body>\n{}{long}{codes}{}</body></tmx>", unit("Yes."), unit("No."));
    assert_eq!(
        show(&read(None, file.as_bytes()).unwrap()),
        [
            "2: en=Yes. | ko=네.",
            "3: the segment in en is longer than 64 KB; cut it into its sentences",
            "4: the segment in en is longer than 64 KB; cut it into its sentences",
            "5: en=No. | ko=네.",
        ]
    );
}

fn write_tmx(units: &[TranslationUnit]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = Box::new(TmxWriter::new(&mut bytes, None).unwrap());
    units.iter().for_each(|unit| writer.write(unit).unwrap());
    writer.finish().unwrap();
    bytes
}

#[test]
fn what_was_read_is_written_as_tmx_and_read_again() {
    for (format, bytes) in FILES {
        let units: Vec<TranslationUnit> =
            read(Some(format), bytes).unwrap().records.into_iter().filter_map(|record| record.unit.ok()).collect();
        let written = write_tmx(&units);
        assert_eq!(read(None, &written).unwrap().units(), units, "{}", String::from_utf8_lossy(&written));
        assert_eq!(write_tmx(&read(None, &written).unwrap().units()), written);
    }
}

#[test]
fn pretranslations_are_xliff_that_our_own_reader_takes() {
    let alternatives = [
        Alternative { source: "Read the notice.", target: "공지를 <읽으십시오>.", score: 82, origin: "desk & co" },
        Alternative { source: "Read it.", target: "읽으십시오.", score: 71, origin: "desk" },
    ];
    let mut bytes = Vec::new();
    let mut writer = XliffWriter::new(&mut bytes, Lang::En, Lang::Ko, "draft \"1\".md").unwrap();
    writer
        .write(&PretranslatedSegment {
            id: "1",
            source: "Read\u{3} the notices.",
            alternatives: &alternatives,
            note: Some("공지"),
        })
        .unwrap();
    writer.write(&PretranslatedSegment { id: "2", source: "Unknown.", alternatives: &[], note: None }).unwrap();
    writer.finish().unwrap();
    let contents = read(None, &bytes).unwrap();
    assert_eq!((contents.said.as_str(), contents.left_out, contents.records.len()), ("XLIFF 1.2; en to ko", 2, 0));
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n\
        <file original=\"draft &quot;1&quot;.md\" source-language=\"en\" target-language=\"ko\" datatype=\"plaintext\">\n<body>\n\
        <trans-unit id=\"1\" xml:space=\"preserve\">\n<source xml:lang=\"en\">Read the notices.</source>\n\
        <alt-trans match-quality=\"82%\" origin=\"desk &amp; co\">\n<source xml:lang=\"en\">Read the notice.</source>\n\
        <target xml:lang=\"ko\">공지를 &lt;읽으십시오&gt;.</target>\n</alt-trans>\n\
        <alt-trans match-quality=\"71%\" origin=\"desk\">\n<source xml:lang=\"en\">Read it.</source>\n\
        <target xml:lang=\"ko\">읽으십시오.</target>\n</alt-trans>\n<note>공지</note>\n</trans-unit>\n\
        <trans-unit id=\"2\" xml:space=\"preserve\">\n<source xml:lang=\"en\">Unknown.</source>\n</trans-unit>\n\
        </body>\n</file>\n</xliff>\n"
    );
}

/// Text of all of Unicode that XML can hold, composed as a reader composes it.
fn any_text() -> impl Strategy<Value = String> {
    use unicode_normalization::UnicodeNormalization;
    let scraps = prop_oneof![
        any::<String>(),
        "[<>&\"';\\]\t\n\r \u{301}\u{338}\u{1100}-\u{11FF}]{0,6}",
        Just("]]><!--".to_owned()),
        "[가-힣一-龥a-z ]{0,12}",
    ];
    let legal = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..) && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    proptest::collection::vec(scraps, 0..4)
        .prop_map(move |scraps| format!("{}글", scraps.concat()).chars().filter(legal).nfc().collect())
}

/// A segment, in some cases with codes between its texts.
fn any_variant(lang: Lang) -> impl Strategy<Value = Variant> {
    (proptest::collection::vec(any_text(), 1..4), any::<bool>(), "[a-z&;\"'가]{0,5}").prop_map(move |(texts, codes, native)| {
        use unicode_normalization::UnicodeNormalization;
        let text = texts.concat().nfc().collect::<String>();
        if !codes {
            return Variant::new(lang.clone(), text);
        }
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#13;");
        let code = format!("<ph x=\"1\" type='q'>{}</ph>", escaped(&native));
        let markup = texts.iter().map(|text| escaped(text)).collect::<Vec<_>>().join(&code);
        Variant { markup: Some(format!("{code}{markup}<x/>")), ..Variant::new(lang.clone(), text) }
    })
}

fn any_unit() -> impl Strategy<Value = TranslationUnit> {
    let other = prop_oneof![Just("ko"), Just("zh-Hans"), Just("zh-Hant-HK"), Just("ja")];
    let variants = other.prop_flat_map(|tag| (any_variant(Lang::En), any_variant(Lang::parse(tag).unwrap())));
    let name = prop_oneof![
        Just("tuid"),
        Just("note"),
        Just("x-client"),
        Just("creationdate"),
        Just("ko:changeid"),
        Just("en:x-state"),
        Just("usagecount"),
        Just("changedate")
    ];
    let properties = proptest::collection::vec((name.prop_map(str::to_owned), any_text()), 0..5);
    let date = prop_oneof![Just("2026-01-07"), Just("2026"), Just("1999-12-31"), Just("20260107")].prop_map(str::to_owned);
    let options = (proptest::option::of(any_text()), proptest::option::of(any_text()), proptest::option::of(date));
    (variants, options, proptest::option::of(any_text()), proptest::option::of(0..=100u8), properties, any_text()).prop_map(
        |((first, second), (document, domain, date), author, confidence, properties, source)| TranslationUnit {
            variants: vec![first, second],
            origin: Origin { source, document, domain, date, author },
            confidence,
            properties,
        },
    )
}

/// Properties come back attributes first.
fn sorted(mut unit: TranslationUnit) -> TranslationUnit {
    unit.properties.sort();
    unit
}

proptest! {
    #[test]
    fn any_unit_is_written_as_tmx_and_read_again(units in proptest::collection::vec(any_unit(), 0..4)) {
        let written = write_tmx(&units);
        let back: Vec<TranslationUnit> = read(None, &written).unwrap().units().into_iter().map(sorted).collect();
        let units: Vec<TranslationUnit> = units.into_iter().map(sorted).collect();
        prop_assert_eq!(back, units, "{}", String::from_utf8_lossy(&written));
    }

    #[test]
    fn any_unit_is_written_as_a_table_and_read_again(units in proptest::collection::vec(any_unit(), 1..4)) {
        let one_line = |text: &str| text.replace(['\t', '\n', '\r', '"'], " ").trim_matches([' ', '\'']).to_owned();
        let units: Vec<TranslationUnit> = units.into_iter().map(|mut unit| {
            unit.variants.iter_mut().for_each(|variant| *variant = Variant::new(variant.lang.clone(), one_line(&variant.text)));
            unit.origin.source = one_line(&unit.origin.source).trim().to_owned();
            (unit.origin.document, unit.origin.domain, unit.origin.author, unit.properties) = (None, None, None, Vec::new());
            unit.variants.sort_by(|a, b| a.lang.cmp(&b.lang));
            unit
        }).collect();
        let mut survey = UnitColumnSurvey::default();
        units.iter().for_each(|unit| survey.see(unit));
        for kind in [TableKind::Tsv, TableKind::Csv] {
            let mut bytes = Vec::new();
            let mut writer = Box::new(BitextWriter::new(&mut bytes, kind, survey.columns()).unwrap());
            units.iter().for_each(|unit| writer.write(unit).unwrap());
            writer.finish().unwrap();
            let back = read(Some(UnitFormat::Bitext), &bytes).unwrap().units();
            prop_assert_eq!(&back, &units, "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn damaged_files_end_in_records_or_in_an_error(
        file in 0..FILES.len(),
        wrong in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 1..8),
        format in prop::sample::select(vec![UnitFormat::Tmx, UnitFormat::Xliff, UnitFormat::Po, UnitFormat::Bitext]),
        own in prop::bool::weighted(0.8),
    ) {
        let (own_format, bytes) = FILES[file];
        let mut bytes = bytes.to_vec();
        for (at, byte, how) in wrong {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        match read(Some(if own { own_format } else { format }), &bytes) {
            Ok(contents) => {
                let units = contents.records.into_iter().filter_map(|record| record.unit.ok());
                prop_assert!(units.map(|unit| unit.variants.len()).all(|count| count >= 2));
            }
            Err(error) => prop_assert!(error.to_string().len() > 20, "{error}"),
        }
    }
}
