//! The page as far as it needs no browser: what is in it, in which language, and what its forms do.

use crate::desk;
use crate::server::client::{Reply, Server};
use crate::server::{WRITER, lay_tokens};

/// Every view.
const VIEWS: [&str; 8] = [
    "/",
    "/?q=%EC%A1%B0%EB%9D%BD%EC%A0%9C",
    "/?q=%EB%B0%95%EA%B8%B8%EB%8F%99",
    "/check",
    "/glossary",
    "/concept?id=npc.zhao-leji",
    "/concept/edit?id=npc.zhao-leji",
    "/sign-in",
];
const PARTIAL: &[&str] = &["HX-Request: true"];
const DRAFT: &str = "President Lee Jae-myung met Premier Li Qiang in Peking.\n\nHe left Peking on Monday.\n";

/// Returns the values of an attribute in a page.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let begin = format!(" {name}=\"");
    page.split(begin.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Returns what stands in a field for text.
fn textarea<'p>(page: &'p str, name: &str) -> &'p str {
    let field = page.split("<textarea").find(|field| field.contains(&format!(" name=\"{name}\""))).unwrap();
    field.split_once(">\n").unwrap().1.split("</textarea>").next().unwrap()
}

/// Returns the value of the button or field of a name.
fn value<'p>(page: &'p str, name: &str) -> &'p str {
    let tag = page.split('<').find(|tag| tag.contains(&format!(" name=\"{name}\""))).unwrap_or_else(|| panic!("no {name}"));
    attributes(tag, "value").first().copied().unwrap_or_else(|| panic!("{tag}"))
}

/// A field of a form.
#[derive(Clone, Copy)]
struct Part<'a> {
    name: &'a str,
    /// The name of the file, where it is one.
    file: Option<&'a str>,
    content: &'a str,
}

/// Makes a field that is no file.
fn part<'a>(name: &'a str, content: &'a str) -> Part<'a> {
    Part { name, file: None, content }
}

fn get(server: &Server, path: &str, headers: &[&str]) -> Reply {
    server.ask("GET", path, headers, "")
}

/// Sends the fields of a form as a browser does.
fn post(server: &Server, path: &str, fields: &[(&str, &str)]) -> Reply {
    let encoded = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    server.ask("POST", path, &["Content-Type: application/x-www-form-urlencoded"], &pairs.join("&"))
}

/// Sends fields, and files where a field has the name of one, as a form with files does.
fn post_parts(server: &Server, path: &str, headers: &[&str], parts: &[Part<'_>]) -> Reply {
    let mut body = String::new();
    for Part { name, file, content } in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        body.push_str(&format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n"));
    }
    body.push_str("--limit--\r\n");
    let headers = [&["Content-Type: multipart/form-data; boundary=limit"], headers].concat();
    server.ask("POST", path, &headers, &body)
}

fn check(server: &Server, headers: &[&str], parts: &[Part<'_>]) -> Reply {
    post_parts(server, "/check", headers, parts)
}

/// Runs the program on the store that is served.
fn run(server: &Server, arguments: &[&str]) -> String {
    let output = desk::sealed(server.folder.path()).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_view_asks_nothing_of_anybody_else() {
    let server = Server::start(&[]);
    let mut largest = 0;
    let mut assets = std::collections::BTreeMap::new();
    for view in VIEWS {
        let page = get(&server, view, &[]);
        assert_eq!(page.status, 200, "{view}");
        assert!(page.body.starts_with("<!DOCTYPE html><html lang=\"en\" data-theme=\"auto\">"), "{view}");
        for name in ["href", "src", "action", "hx-get", "hx-post"] {
            for address in attributes(&page.body, name) {
                let own = address.starts_with(['/', '#']) && !address.starts_with("//");
                assert!(own || address.starts_with("data:image/svg+xml,"), "{view}: {address}");
            }
        }
        // The policy of the server allows neither.
        for inline in ["<style", " style=", " onclick=", " oninput=", "<script>", "javascript:"] {
            assert!(!page.body.contains(inline), "{view}: {inline}");
        }
        largest = largest.max(page.body.len());
        for address in attributes(&page.body, "src").into_iter().chain(attributes(&page.body, "href")) {
            if address.starts_with("/assets/") {
                assets.entry(address.to_owned()).or_insert_with(|| get(&server, address, &[]));
            }
        }
    }
    let names: Vec<&str> = assets.keys().map(|address| address.split('?').next().unwrap()).collect();
    assert_eq!(names, ["/assets/htmx.js", "/assets/page.js", "/assets/style.css"]);
    for (address, asset) in &assets {
        assert_eq!(asset.status, 200, "{address}");
        assert!(asset.header("cache-control").contains("immutable"), "{address}");
        assert!(!asset.body.contains("url(") && !asset.body.contains("@import"), "{address}");
    }
    let total = largest + assets.values().map(|asset| asset.body.len()).sum::<usize>();
    assert!(total < 150_000, "{total} bytes");
    assert_eq!(get(&server, "/assets/other.js", &[]).status, 404);
}

#[test]
fn the_language_is_the_one_that_was_asked_for() {
    let server = Server::start(&[]);
    for (path, headers, lang) in [
        ("/", vec![], "en"),
        ("/", vec!["Accept-Language: ko-KR,ko;q=0.9"], "ko"),
        ("/", vec!["Accept-Language: ko", "Cookie: a=b; tongsa-lang=zh-Hans"], "zh-Hans"),
        ("/?lang=zh-Hant", vec!["Cookie: tongsa-lang=ko"], "zh-Hant"),
        ("/?lang=xx", vec!["Cookie: tongsa-lang=\"><script>"], "en"),
    ] {
        let page = get(&server, path, &headers).body;
        assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path} {headers:?}");
    }
    let card = get(&server, "/?q=%EC%A1%B0%EB%9D%BD%EC%A0%9C", &["Accept-Language: ko"]).body;
    for text in ["lang=\"zh-Hans\">赵乐际<", "lang=\"ko\">조락제<", "<b>쓰지 않음</b>", "lang=\"en\">exactly this term"]
    {
        assert!(card.contains(text), "{text}");
    }
}

#[test]
fn choices_are_kept_and_lead_nowhere_else() {
    let server = Server::start(&[]);
    let chosen = get(&server, "/preferences?lang=ko&theme=dark&back=/check?a=b", &[]);
    assert_eq!((chosen.status, chosen.header("location")), (303, "/check?a=b"));
    let cookies: Vec<&str> = chosen.head.lines().filter_map(|line| line.strip_prefix("set-cookie: ")).collect();
    assert!(cookies[0].starts_with("tongsa-lang=ko;") && cookies[1].starts_with("tongsa-theme=dark;"), "{cookies:?}");
    for back in ["https://elsewhere", "//elsewhere", "/%5Celsewhere"] {
        let elsewhere = get(&server, &format!("/preferences?lang=nonsense&back={back}"), &[]);
        assert_eq!(elsewhere.header("location"), "/", "{back}");
        assert_eq!(elsewhere.header("set-cookie"), "");
    }
}

#[test]
fn hostile_names_are_only_shown() {
    let server = Server::start(&[]);
    let hostile = "<script>alert(1)</script>\" onmouseover=\"alert(2)";
    let row = format!(
        "id,en,ko,note\n\"desk.<b>'x\",\"{}\",\"악성 & 이름\",\"</textarea><img src=x>\"\n",
        hostile.replace('"', "\"\"")
    );
    std::fs::write(server.folder.path().join("desk.csv"), row).unwrap();
    run(&server, &["import", "desk.csv"]);

    let id = "desk.%3Cb%3E%27x";
    let looked_up = "/?q=%EC%95%85%EC%84%B1%20%26%20%EC%9D%B4%EB%A6%84".to_owned();
    for path in [looked_up, format!("/concept?id={id}"), format!("/concept/edit?id={id}"), "/glossary?own=1".to_owned()] {
        let page = get(&server, &path, &[]);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains("&lt;script&gt;alert(1)"), "{path}");
        for raw in ["<script>alert", "\" onmouseover=\"alert", "<img src=x>", "<b>'x"] {
            assert!(!page.body.contains(raw), "{path}: {raw}");
        }
    }
    for query in ["%3Cscript%3Ealert(1)", "%22%20autofocus%20onfocus=%22alert(1)"] {
        let page = get(&server, &format!("/?q={query}"), &[]).body;
        assert!(!page.contains("<script>alert") && !page.contains("\" autofocus onfocus"), "{query}");
    }
    let draft = format!("</textarea>{hostile} in Peking.");
    let page = check(&server, &[], &[part("draft", &draft), part("name", "\"><script>alert(3)")]).body;
    assert!(!page.contains("<script>alert"));
    assert_eq!(attributes(&page, "data-next").len(), 0);
    assert!(textarea(&page, "draft").starts_with("&lt;/textarea&gt;&lt;script&gt;"), "{page}");
}

#[test]
fn parts_are_what_the_page_has() {
    let server = Server::start(&[]);
    for path in
        ["/", "/?q=%EC%A1%B0%EB%9D%BD%EC%A0%9C", "/?q=Zhao+L", "/?q=%EB%B0%95%EA%B8%B8%EB%8F%99", "/glossary?kind=person"]
    {
        let (whole, part) = (get(&server, path, &[]).body, get(&server, path, PARTIAL).body);
        assert!(!part.contains("<html") && !part.is_empty(), "{path}");
        assert!(whole.contains(&part), "{path}");
    }
    let (whole, half) = (check(&server, &[], &[part("draft", DRAFT)]), check(&server, PARTIAL, &[part("draft", DRAFT)]));
    assert!(whole.body.contains(&half.body) && half.body.contains("data-said=\"2 findings\""), "{}", half.body);
    let address = get(&server, "/?q=%EC%A1%B0%EB%9D%BD%EC%A0%9C", PARTIAL);
    assert_eq!(address.header("hx-replace-url"), "/?q=%ec%a1%b0%eb%9d%bd%ec%a0%9c");
}

#[test]
fn what_is_asked_for_and_is_not_there_is_said() {
    let server = Server::start(&[]);
    for (path, status, said) in [
        ("/concept?id=no.such", 404, "there is no concept no.such in the glossary"),
        ("/concept/edit?id=no.such", 404, "there is no concept no.such in the glossary"),
    ] {
        let page = get(&server, path, &[]);
        assert_eq!(page.status, status, "{path}");
        assert!(page.body.contains("<html") && page.body.contains(said), "{path}");
        assert!(get(&server, path, PARTIAL).body.contains(&format!("\"detail\":\"{said}\"")), "{path}");
    }
    for (draft, said) in [("", "There is no text to check"), ("2026-01-07", "cannot be told from its letters")] {
        let page = check(&server, &[], &[part("draft", draft)]);
        assert_eq!(page.status, 422);
        assert!(page.body.contains(said) && page.body.contains("role=\"alert\""), "{draft}");
    }
    let archive = Part { name: "draft_file", file: Some("draft.docx"), content: "no archive" };
    let page = check(&server, &[], &[archive]);
    assert!(page.status == 422 && page.body.contains("draft.docx"), "{}", page.body);
}

#[test]
fn a_guess_hides_no_rule() {
    let server = Server::start(&[]);
    for (query, guess, derived) in
        [("王小明", true, "왕샤오밍"), ("김철수 부장관", false, "Kim Chul-soo"), ("박길동", false, "Park")]
    {
        let encoded: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let page = get(&server, &format!("/?q={encoded}"), PARTIAL).body;
        assert_eq!(page.contains("class=\"guess\""), guess, "{query}: {page}");
        assert!(page.contains(derived) && page.contains("class=\"unverified\""), "{query}: {page}");
        assert!(!page.contains("tongsa compare") && !page.contains("bujanggwan"), "{query}: {page}");
    }
    // A name that is recorded needs none.
    let known = get(&server, "/?q=%EC%A1%B0%EB%9D%BD%EC%A0%9C", PARTIAL).body;
    assert!(!known.contains("class=\"unverified\""), "{known}");
}

#[test]
fn a_file_that_is_refused_takes_nothing_away() {
    let server = Server::start(&[]);
    let pdf = |name| Part { name, file: Some("story.pdf"), content: "%PDF-1.7 \0\u{1}\u{2}" };
    for name in ["draft_file", "source_file"] {
        for headers in [&[], PARTIAL] {
            let page = check(&server, headers, &[part("draft", DRAFT), part("source", "리창 총리가 왔다."), pdf(name)]);
            assert_eq!(page.status, 422, "{name}");
            assert!(page.body.contains("role=\"alert\" lang=\"en\"") && page.body.contains("story.pdf"), "{}", page.body);
            assert_eq!((textarea(&page.body, "draft"), textarea(&page.body, "source")), (DRAFT, "리창 총리가 왔다."), "{name}");
        }
    }
    for headers in [&[], PARTIAL] {
        let page = post_parts(&server, "/glossary/import", headers, &[pdf("file")]);
        assert_eq!(page.status, 422);
        assert!(page.body.contains("role=\"alert\" lang=\"en\"") && page.body.contains("story.pdf"), "{}", page.body);
        assert!(!page.body.contains("name=\"keep\""), "{}", page.body);
    }
}

#[test]
fn a_draft_is_checked_and_fixed_by_plain_forms() {
    let server = Server::start(&[]);
    let page = check(&server, &[], &[part("draft", DRAFT), part("lang", "en")]).body;
    assert_eq!(textarea(&page, "draft"), DRAFT);
    let (take, leave) = (value(&page, "take").to_owned(), value(&page, "leave").to_owned());
    // A browser sends the line ends of a form.
    let sent = DRAFT.replace('\n', "\r\n");
    let taken = check(&server, &[], &[part("draft", &sent), part("take", &take)]).body;
    assert_eq!(textarea(&taken, "draft"), DRAFT.replacen("Peking", "Beijing", 1));
    assert!(taken.contains("1 fix taken · 1 finding"), "{taken}");
    // The same button once more: the place has other words now.
    let again = check(&server, &[], &[part("draft", textarea(&taken, "draft")), part("take", &take)]).body;
    assert_eq!(textarea(&again, "draft"), textarea(&taken, "draft"));
    assert!(again.contains("nothing was taken"), "{again}");
    let safe = check(&server, &[], &[part("draft", DRAFT), part("take_safe", "1")]).body;
    assert_eq!(textarea(&safe, "draft"), DRAFT.replace("Peking", "Beijing"));
    let left = check(&server, &[], &[part("draft", DRAFT), part("leave", &leave)]).body;
    assert!(left.contains("Nothing to report.") && left.contains("Peking</span> × 2"), "{left}");
    let kept = value(&left, "left").to_owned();
    let safe = check(&server, &[], &[part("draft", DRAFT), part("left", &kept), part("take_safe", "1")]).body;
    assert_eq!(textarea(&safe, "draft"), DRAFT);
    let back = check(&server, &[], &[part("draft", DRAFT), part("left", &kept), part("bring_back", &kept)]).body;
    assert!(back.contains("data-said=\"2 findings\""), "{back}");
}

#[test]
fn of_very_many_findings_the_first_are_shown() {
    let server = Server::start(&[]);
    let draft = "He left Peking.\n".repeat(310);
    let page = check(&server, &[], &[part("draft", &draft)]).body;
    assert!(page.contains("310 findings") && page.contains("and 10 more"), "{page:.3000}");
    let begins = attributes(&page, "data-at");
    assert_eq!((begins.len(), begins[1], begins[299]), (300, "24", "4792"));
}

#[test]
fn particles_agree_with_what_was_taken() {
    let server = Server::start(&[]);
    let draft = "장개석은 떠났다. 전국인민대표회의는 끝났다.";
    let page = check(&server, &[], &[part("draft", draft)]).body;
    let takes: Vec<&str> = page.split("<button class=\"take\"").skip(1).map(|tag| attributes(tag, "value")[0]).collect();
    let fixed = |take: &str| {
        let page = check(&server, &[], &[part("draft", draft), part("take", take)]).body;
        textarea(&page, "draft").to_owned()
    };
    assert_eq!(fixed(takes[0]), "장제스는 떠났다. 전국인민대표회의는 끝났다.");
    // Another form than the first.
    assert!(takes.iter().any(|take| fixed(take) == "장개석은 떠났다. 전인대는 끝났다."), "{takes:?}");
}

#[test]
fn a_file_is_read_as_the_command_line_reads_it() {
    let server = Server::start(&[]);
    let html = "<p>He left <b>Peking</b>.</p>";
    let page = check(&server, &[], &[Part { name: "draft_file", file: Some("draft.html"), content: html }]).body;
    assert_eq!(textarea(&page, "draft").trim(), "He left Peking.");
    assert!(page.contains("<b>draft.html</b>"), "{page}");
    let markdown = "He left `Peking`, not Peking.";
    let page = check(&server, &[], &[Part { name: "draft_file", file: Some("a.md"), content: markdown }]).body;
    assert_eq!((value(&page, "format"), attributes(&page, "data-mark").len()), ("markdown", 1));
    let source =
        Part {
            name: "source_file", file: Some("a.ko.txt"), content: "이재명 대통령이 6일 베이징에서 리창 총리와 만났다."
        };
    let beside = check(&server, &[], &[part("draft", "President Lee Jae-myung met Premier Li Qiang on the 6th."), source]).body;
    assert!(textarea(&beside, "source").starts_with("이재명"), "{beside}");
}

#[test]
fn nothing_is_kept_before_its_report_was_seen() {
    let server = Server::start(&[]);
    let rows = "id,en,ko\ndesk.tea,Boseong tea,보성 차\ndesk.odd,,\n";
    let file = |content| Part { name: "file", file: Some("desk.csv"), content };
    let batches = || run(&server, &["batches"]);
    let before = batches();
    let report = post_parts(&server, "/glossary/import", &[], &[file(rows)]);
    assert!(report.body.contains("<b>1</b> added") && report.body.contains("<b>1</b> rejected"), "{}", report.body);
    assert!(report.body.contains("there is no term in any language"), "{}", report.body);
    assert_eq!(batches(), before);
    let keep = value(&report.body, "keep").to_owned();
    // The report of one file is none of another.
    let other =
        post_parts(&server, "/glossary/import", &[], &[file("id,en,ko\ndesk.x,Other tea,다른 차\n"), part("keep", &keep)]);
    assert!(other.body.contains("Nothing has been kept yet."), "{}", other.body);
    assert_eq!(batches(), before);
    let kept = post_parts(&server, "/glossary/import", &[], &[file(rows), part("keep", &keep)]);
    assert!(kept.body.contains("Kept as import 1.") || kept.body.contains("Kept as import 2."), "{}", kept.body);
    let page = get(&server, "/glossary?own=1", &[]).body;
    assert!(page.contains("id=desk.tea"), "{page}");
    let undone = post(&server, "/glossary/undo", &[("import", value(&page, "import"))]);
    assert_eq!(undone.status, 303);
    assert_eq!(batches(), before);
    assert_eq!(post_parts(&server, "/glossary/import", &[], &[file("")]).status, 422);
}

#[test]
fn a_concept_is_changed_and_nothing_is_lost() {
    let server = Server::start(&[]);
    let new =
        [("kind", "term"), ("en", "Boseong tea"), ("ko", "보성 차"), ("en:deprecated", "Bosung tea\r\nPosong tea{to=1999}")];
    let saved = post(&server, "/concept", &new);
    assert_eq!((saved.status, saved.header("location")), (303, "/concept?id=desk.boseong-tea&done=saved"));
    let form = get(&server, "/concept/edit?id=desk.boseong-tea", &[]).body;
    assert_eq!(textarea(&form, "en:deprecated"), "Bosung tea\nPosong tea{to=1999}");
    let seen = value(&form, "seen").to_owned();
    let change = |note: &str| {
        let fields = [("change", "desk.boseong-tea"), ("seen", &seen), ("note", note)];
        post(&server, "/concept", &[&new[..], &fields[..]].concat())
    };
    assert_eq!(change("green tea").status, 303);
    // Somebody who has not seen that is told, with both versions.
    let late = change("black tea");
    assert_eq!(late.status, 409);
    for text in ["Somebody else has changed", "<ins>green tea</ins>", "black tea</textarea>"] {
        assert!(late.body.contains(text), "{text}: {}", late.body);
    }
    let page = get(&server, "/concept?id=desk.boseong-tea", &[]).body;
    assert!(page.contains("note: <ins>green tea</ins>") && page.contains("first version"), "{page}");
}

#[test]
fn what_is_wrong_stands_beside_its_field() {
    let server = Server::start(&[]);
    for (fields, status, said) in [
        (vec![("kind", "term")], 422, "A concept needs at least one term."),
        (vec![("en", "tea"), ("id", "a b")], 422, "id=\"flaw-id\" role=\"alert\">An id has"),
        (vec![("en", "tea\ngreen tea")], 422, "id=\"flaw-en\" role=\"alert\">two preferred en terms"),
        (vec![("en", "tea"), ("valid_from", "soon")], 422, "id=\"flaw-valid_from\" role=\"alert\">soon is not a date"),
        (vec![("en", "tea"), ("id", "npc.zhao-leji")], 422, "Another concept has this id."),
        (vec![("en", "Zhao Leji")], 409, "Zhao Leji (en) also of npc.zhao-leji"),
        (vec![("en", "Zhao Leji"), ("warned", "1")], 303, ""),
    ] {
        let page = post(&server, "/concept", &fields);
        assert_eq!(page.status, status, "{fields:?}");
        assert!(page.body.contains(said), "{fields:?}: {}", page.body);
    }
}

#[test]
fn who_may_only_read_is_shown_no_form_and_changes_nothing() {
    let server = Server::start(&["--read-only"]);
    for path in ["/glossary", "/concept?id=npc.zhao-leji"] {
        let page = get(&server, path, &[]);
        assert!(page.status == 200 && !page.body.contains("method=\"post\""), "{path}");
        assert!(!page.body.contains("/concept/edit"), "{path}");
    }
    assert_eq!(check(&server, &[], &[part("draft", DRAFT)]).status, 200);
    let file = Part { name: "file", file: Some("desk.csv"), content: "en,ko\nBoseong tea,보성 차\n" };
    for reply in [
        post(&server, "/concept", &[("en", "Boseong tea")]),
        post(&server, "/glossary/undo", &[("import", "1")]),
        post_parts(&server, "/glossary/import", &[], &[file]),
        get(&server, "/concept/edit", &[]),
    ] {
        assert_eq!(reply.status, 403);
        assert!(reply.body.contains("<html") && reply.body.contains("this server is read-only"), "{}", reply.body);
    }
}

#[test]
fn who_has_no_token_is_led_to_the_form_for_it() {
    let server = Server::with_files(&["--token-file", "tokens"], lay_tokens);
    let led = get(&server, "/check", &["Accept: text/html"]);
    assert_eq!((led.status, led.header("location")), (303, "/sign-in"));
    let form = get(&server, "/sign-in?refused=1", &["Accept: text/html"]);
    assert!(form.status == 200 && form.body.contains("This token is not the one."), "{}", form.body);
    let signed_in = post(&server, "/sign-in", &[("token", WRITER)]);
    let cookie = format!("Cookie: {}", signed_in.header("set-cookie").split(';').next().unwrap());
    let page = get(&server, "/glossary", &[&cookie]);
    assert!(
        page.status == 200 && page.body.contains("action=\"/sign-out\"") && page.body.contains("/concept/edit"),
        "{page:?}"
    );
}
