//! `tongsa serve`, over TCP: what is asked wrongly, slowly, hugely or from elsewhere is refused, and the next one is answered.

pub mod client;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::thread;
use std::time::Duration;

use client::{Reply, Server, read};

use crate::desk;

const READER: &str = "0123456789abcdef";
pub const WRITER: &str = "fedcba9876543210";

fn json(server: &Server, address: &str, body: &str) -> Reply {
    server.ask("POST", address, &["Content-Type: application/json"], body)
}

/// Fails where an answer is no problem with a sentence.
fn assert_problem(reply: &Reply, status: u16, phrase: &str, of: &str) {
    assert_eq!(reply.status, status, "{of}: {reply:?}");
    assert_eq!(reply.header("content-type"), "application/problem+json", "{of}");
    let problem: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!(problem["status"], status, "{of}");
    assert!(problem["detail"].as_str().unwrap().contains(phrase), "{of}: {problem}");
    assert!(reply.header("content-security-policy").starts_with("default-src 'none'"), "{of}");
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let server = Server::start(&[]);
    let long = format!("/api/lookup?q={}", "a".repeat(20_001));
    for (method, address, status, phrase) in [
        ("GET", "/api/lookup", 400, "missing field `q`"),
        ("GET", "/api/lookup?q=", 400, "no letter"),
        ("GET", "/api/lookup?q=Xi&q=Li", 400, "duplicate field"),
        ("GET", "/api/lookup?q=Xi&limit=-1", 400, "limit: a whole number is due"),
        ("GET", "/api/lookup?q=Xi&limit=101", 400, "from 1 to 100"),
        ("GET", "/api/lookup?q=Xi&min_score=101", 400, "from 0 to 100"),
        ("GET", "/api/lookup?q=Xi&colour=red", 400, "unknown field `colour`"),
        ("GET", "/api/lookup?q=%C0%CC%C0%E7%B8%ED", 400, "not in UTF-8"),
        ("GET", &long, 400, "longer than 20000 bytes"),
        ("GET", "/api/suggest?name=Xi&to=kr", 400, "write ko"),
        ("GET", "/api/match?q=Xi", 400, "missing field `to`"),
        ("GET", "/api/concepts?status=good", 422, "can be preferred, admitted, deprecated, forbidden"),
        ("GET", "/api/concepts/no.such", 404, "there is no concept no.such"),
        ("GET", "/api/concepts/no.such/history", 404, "there is no concept no.such"),
        ("GET", "/api/export?format=tmx", 400, "only memory=true has formats"),
        ("GET", "/api/lookup?q=Xi&limit=many", 400, "limit: a whole number is due"),
        ("GET", "/api/suggest?name=Xi&to=korea", 400, "`korea` is not a language tag"),
        ("DELETE", "/api/batches/77", 404, "no import number 77 to take back; see the list of imports"),
        ("DELETE", "/api/batches/x", 400, "an import is named by its number"),
        ("DELETE", "/api/lookup?q=Xi", 405, "Allow"),
        ("OPTIONS", "/api/check", 405, "Allow"),
        ("TRACE", "/api/check", 405, "Allow"),
        ("GET", "/nothing", 404, "nothing at this address"),
        ("GET", "/../../etc/passwd", 404, "nothing at this address"),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404, "nothing at this address"),
        ("GET", "//api/lookup?q=Xi", 404, "nothing at this address"),
        ("GET", "/api/lookup%00?q=Xi", 404, "nothing at this address"),
        ("GET", "/api/concepts/%00", 404, "there is no concept"),
        ("GET", "/api/concepts/..%2f..%2fetc%2fpasswd", 404, "there is no concept"),
        ("GET", "/api/concepts/%ff", 400, "Invalid UTF-8"),
    ] {
        assert_problem(&server.ask(method, address, &[], ""), status, phrase, &format!("{method} {address:.60}"));
    }
    assert_eq!(server.ask("DELETE", "/api/match", &[], "").header("allow"), "get,head,post");
    server.assert_well("wrong questions");
}

#[test]
fn bodies_are_refused_for_what_they_are() {
    let server = Server::start(&[]);
    let (deep, open) = ("[".repeat(100_000), r#"{"text":"#);
    for (address, kind, body, status, phrase) in [
        ("/api/check", "application/json", "{", 400, "line 1 column 1"),
        ("/api/check", "application/json", "\u{feff}", 400, "line 1 column 1"),
        ("/api/check", "application/json", &deep, 422, "one JSON object"),
        ("/api/check", "application/json", &format!("{open}{deep}"), 422, "invalid type"),
        ("/api/check", "application/json", r#"{"txt":"a"}"#, 422, "unknown field `txt`"),
        ("/api/check", "application/json", r#"{"text":"\ud800"}"#, 400, "line 1"),
        ("/api/check", "application/json", r#"{"text":"1 2 3"}"#, 422, "language"),
        ("/api/check", "application/json", r#"{"text":"a","date":"2026-13-01"}"#, 422, "no day"),
        ("/api/check", "application/json", r#"{"text":"a","rules":{"near-mis":"off"}}"#, 422, "did you mean `near-miss`?"),
        ("/api/check", "application/json", r#"{"text":"a","rules":{"near-miss":"of"}}"#, 422, "off, on, info"),
        ("/api/check", "application/json", r#"{"text":"a","name":"a.docx"}"#, 422, "archive"),
        ("/api/check", "application/json", r#"{"text":"a","name":"A.PDF"}"#, 422, ".pdf is not read"),
        ("/api/check", "application/json", r#"{"text":" "}"#, 422, "there is no text in draft"),
        ("/api/check", "application/json", r#"{"text":"Il pleut.","lang":"fr"}"#, 422, "en, ko, zh-Hans and zh-Hant can be"),
        ("/api/fix", "application/json", r#"{"text":"Il pleut.","lang":"fr"}"#, 422, "no rule"),
        ("/api/check", "application/json", r#"{"text":"Oui.","lang":"french"}"#, 422, "`french` is not a language tag"),
        ("/api/check", "text/plain", r#"{"text":"a"}"#, 415, "application/json"),
        ("/api/check", "application/x-www-form-urlencoded", "text=a", 415, "application/json"),
        ("/api/fix?scope=some", "application/json", r#"{"text":"a"}"#, 400, "unknown variant `some`"),
        ("/api/match", "application/json", r#"{"segments":["a"],"to":"ko","penalties":["x"]}"#, 422, "a penalty is written"),
        ("/api/align", "application/json", r#"{"texts":[]}"#, 422, "2 to 8"),
        ("/api/import?name=a.csv", "text/plain", "en,ko\na,b\n", 415, "text/csv"),
        ("/api/import?name=a.csv", "multipart/form-data; boundary=x", "--x--", 415, "text/csv"),
        ("/api/import?name=a.csv", "text/csv", "\0\0\0", 422, "not a text file"),
        ("/api/import?name=a.tmx", "application/xml", "<tmx><body>", 422, "a.tmx"),
        ("/api/import?name=", "text/csv", "en,ko\na,b\n", 400, "name of the file"),
        ("/api/import?name=a.csv&separator=xy", "text/csv", "en,ko\na,b\n", 400, "one character"),
    ] {
        let reply = server.ask("POST", address, &[&format!("Content-Type: {kind}")], body);
        assert_problem(&reply, status, phrase, &format!("{address} {kind} {body:.30}"));
    }
    assert_problem(&server.ask("POST", "/api/check", &[], "{}"), 415, "application/json", "no type");
    server.assert_well("wrong bodies");
}

#[test]
fn heads_that_no_client_sends_end_the_connection() {
    let server = Server::start(&[]);
    let flood = (0..200).map(|number| format!("X-{number}: a\r\n")).collect::<String>();
    for (bytes, statuses) in [
        ("\0\0\0\0\r\n\r\n".to_owned(), [400, 0]),
        ("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(), [400, 0]),
        ("GET / HTTP/9.9\r\n\r\n".to_owned(), [400, 0]),
        (format!("GET / HTTP/1.1\r\n{flood}\r\n"), [431, 0]),
        (format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "a".repeat(1 << 20)), [431, 0]),
        (format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(1 << 17)), [414, 431]),
        ("POST /api/check HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_owned(), [400, 0]),
        ("POST /api/check HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef".to_owned(), [400, 0]),
        ("POST /api/check HTTP/1.1\r\nContent-Length: -5\r\n\r\n".to_owned(), [400, 0]),
    ] {
        let reply = server.say(&bytes);
        assert!(statuses.contains(&reply.status), "{bytes:.40}: {reply:?}");
    }
    server.assert_well("wrong heads");
}

#[test]
fn other_sites_neither_read_nor_write() {
    let server = Server::start(&["--host", "tongsa.example"]);
    let port = server.address.port();
    let host = |hosts: &str| format!("GET /api/batches HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
    for (hosts, status) in [
        ("Host: tongsa.example\r\n".to_owned(), 200),
        (format!("Host: localhost:{port}\r\n"), 200),
        ("Host: evil.example\r\n".to_owned(), 421),
        (format!("Host: evil.example:{port}\r\n"), 421),
        ("Host: localhost\r\n".to_owned(), 421),
        (String::new(), 400),
        ("Host: tongsa.example\r\nHost: evil.example\r\n".to_owned(), 400),
    ] {
        assert_eq!(server.say(host(&hosts)).status, status, "{hosts}");
    }
    let absolute =
        format!("GET http://evil.example/api/batches HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    assert_problem(&server.say(absolute), 421, "--host", "an address of another server");
    let own = format!("Origin: http://localhost:{port}");
    for (headers, status) in [
        (vec!["Origin: http://evil.example"], 403),
        (vec!["Origin: null"], 403),
        (vec!["Origin: http://localhost:1"], 403),
        (vec!["Sec-Fetch-Site: cross-site"], 403),
        (vec!["Sec-Fetch-Site: same-site"], 403),
        (vec![own.as_str(), "Sec-Fetch-Site: same-origin"], 200),
        (vec!["Origin: https://tongsa.example"], 200),
    ] {
        assert_eq!(server.ask("GET", "/api/batches", &headers, "").status, status, "{headers:?}");
        let import = [&headers[..], &["Content-Type: text/csv"]].concat();
        let reply = server.ask("POST", "/api/import?name=a.csv&dry_run=true", &import, "en,ko\nBoseong tea,보성 차\n");
        assert_eq!(reply.status, status, "{headers:?}: {reply:?}");
    }
    let from_a_browser = ["Content-Type: text/csv", "Sec-Fetch-Site: same-origin"];
    let reply = server.ask("POST", "/api/import?name=a.csv", &from_a_browser, "en,ko\nBoseong tea,보성 차\n");
    assert_problem(&reply, 403, "no header Origin", "a write of a browser that does not say from where");
    assert_eq!(server.get("/api/batches").body, "[]");
}

pub fn lay_tokens(folder: &Path) {
    let path = folder.join("tokens");
    fs::write(&path, format!("# the desk\nreader {READER}\nwriter {WRITER}\n")).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

#[test]
fn tokens_tell_readers_from_writers() {
    let server = Server::with_files(&["--token-file", "tokens"], lay_tokens);
    let (reader, writer) = (format!("Authorization: Bearer {READER}"), format!("Authorization: Bearer {WRITER}"));
    let import = |headers: &[&str]| {
        let headers = [headers, &["Content-Type: text/csv"]].concat();
        server.ask("POST", "/api/import?name=desk.csv", &headers, "en,ko\nBoseong tea,보성 차\n")
    };
    for (headers, reads, writes) in [
        (vec![], 401, 401),
        (vec!["Authorization: Bearer wrong-wrong-wrong"], 401, 401),
        (vec!["Authorization: Basic cmVhZGVyOnJlYWRlcg=="], 401, 401),
        (vec!["Cookie: tongsa=0123456789abcdef"], 401, 403),
        (vec![reader.as_str()], 200, 403),
        (vec![writer.as_str()], 200, 200),
    ] {
        for address in ["/api/lookup?q=Xi%20Jinping", "/metrics", "/openapi.json"] {
            assert_eq!(server.ask("GET", address, &headers, "").status, reads, "{address} {headers:?}");
        }
        assert_eq!(import(&headers).status, writes, "{headers:?}");
    }
    assert_problem(&server.ask("DELETE", "/api/batches/2", &[&reader], ""), 403, "may only read", "a reader who writes");
    assert_eq!(server.get("/healthz").status, 200);
    assert_eq!(server.get("/api/lookup?q=Xi").header("www-authenticate"), "bearer");
    assert_problem(&server.get("/nothing"), 401, "token", "what is there is not told");
    let page = server.ask("GET", "/", &["Accept: text/html"], "");
    assert_eq!((page.status, page.header("location")), (303, "/sign-in"));
}

#[test]
fn a_browser_signs_in_and_out() {
    let server = Server::with_files(&["--token-file", "tokens"], lay_tokens);
    let origin = format!("Origin: http://{}", server.address);
    let sign_in = |token: &str, headers: &[&str]| {
        let headers = [headers, &["Content-Type: application/x-www-form-urlencoded"]].concat();
        server.ask("POST", "/sign-in", &headers, &format!("token={token}"))
    };
    assert_eq!(sign_in("wrong-wrong-wrong", &[&origin]).header("location"), "/sign-in?refused=1");
    assert_eq!(sign_in(WRITER, &["Origin: http://evil.example"]).status, 403);
    let reply = sign_in(WRITER, &[&origin]);
    assert_eq!((reply.status, reply.header("location")), (303, "/"));
    let set = reply.header("set-cookie");
    assert!(set.ends_with("; path=/; httponly; samesite=strict") && !set.contains(WRITER), "{set}");
    let cookie = format!("Cookie: {}", set.split(';').next().unwrap());
    assert_eq!(server.ask("GET", "/api/batches", &[&cookie], "").status, 200);
    let undo = |headers: &[&str]| server.ask("DELETE", "/api/batches/77", headers, "").status;
    assert_eq!(undo(&[&cookie]), 403);
    assert_eq!(undo(&[&cookie, &origin]), 404);
    assert_eq!(server.ask("POST", "/sign-out", &[&cookie, &origin], "").status, 303);
    assert_eq!(server.ask("GET", "/api/batches", &[&cookie], "").status, 401);
}

#[test]
fn a_server_that_is_read_only_changes_nothing() {
    let server = Server::start(&["--read-only"]);
    let csv = ["Content-Type: text/csv"];
    let reply = server.ask("POST", "/api/import?name=a.csv", &csv, "en,ko\nBoseong tea,보성 차\n");
    assert_problem(&reply, 403, "read-only", "an import");
    let align =
        r#"{"texts":[{"name":"a","text":"He met Xi."},{"name":"b","text":"그는 시진핑을 만났다."}],"into_memory":true}"#;
    assert_problem(&json(&server, "/api/align", align), 403, "read-only", "an alignment that is kept");
    assert_eq!(json(&server, "/api/align", &align.replace("true", "false")).status, 200);
    server.assert_well("refusals");
}

#[test]
fn a_concept_is_changed_by_who_has_seen_it() {
    let server = Server::start(&[]);
    let put = |id: &str, header: &str, body: &str| {
        let headers = ["Content-Type: application/json", header];
        server.ask("PUT", &format!("/api/concepts/{id}"), &headers, body)
    };
    let tea = |text: &str| format!(r#"{{"renderings":{{"en":[{{"text":"{text}"}}]}}}}"#);
    assert_problem(&put("desk.tea", "X: y", &tea("Boseong tea")), 428, "If-Match", "no precondition");
    let made = put("desk.tea", "If-None-Match: *", &tea("Boseong tea"));
    assert_eq!((made.status, made.body.as_str()), (201, r#"{"batch":2,"conflicts":[]}"#));
    assert_problem(&put("desk.tea", "If-None-Match: *", &tea("Bosung tea")), 412, "already", "made twice");
    let seen = server.get("/api/concepts/desk.tea");
    assert_eq!(seen.header("etag"), made.header("etag"));
    let if_match = format!("If-Match: {}", seen.header("etag"));
    let changed = put("desk.tea", &if_match, &tea("Bosung tea"));
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_problem(&put("desk.tea", &if_match, &tea("Posong tea")), 412, "changed since", "an old version");
    assert_problem(&put("desk.tea", &if_match, r#"{"id":"desk.coffee"}"#), 422, "keeps its id", "another id");
    assert_problem(&put("no.such", &if_match, &tea("a")), 412, "no concept no.such", "what is gone");
    let history: serde_json::Value = serde_json::from_str(&server.get("/api/concepts/desk.tea/history").body).unwrap();
    let terms = |version: usize| history[version]["concept"]["renderings"]["en"][0]["text"].as_str();
    assert_eq!((terms(0), terms(1), terms(2)), (Some("Bosung tea"), Some("Boseong tea"), None));
    assert_eq!(server.ask("DELETE", "/api/batches/3", &[], "").status, 200);
    assert_eq!(server.get("/api/concepts/desk.tea").body, seen.body);
    let page: serde_json::Value = serde_json::from_str(&server.get("/api/concepts?own=true").body).unwrap();
    assert_eq!((page["concepts"][0]["id"].as_str(), page["next"].as_str()), (Some("desk.tea"), None));
}

#[test]
fn what_is_asked_rightly_is_answered_as_on_the_command_line() {
    let server = Server::start(&[]);
    let lookup = desk::sealed(server.folder.path()).args(["lookup", "--json", "조어대"]).output().unwrap();
    let reply = server.get("/api/lookup?q=%EC%A1%B0%EC%96%B4%EB%8C%80");
    assert_eq!(reply.body, String::from_utf8(lookup.stdout).unwrap().trim_end());
    let csv = "en;ko\nBoseong tea;보성 차\n;\nBoseong tea;벌교 차\n";
    let reply = server.ask("POST", "/api/import?name=desk.csv&dry_run=true", &["Content-Type: text/csv"], csv);
    fs::write(server.folder.path().join("desk.csv"), csv).unwrap();
    let import = desk::sealed(server.folder.path()).args(["import", "--json", "--dry-run", "desk.csv"]).output().unwrap();
    assert_eq!(reply.body, String::from_utf8(import.stdout).unwrap().trim_end());
    let export = desk::sealed(server.folder.path()).arg("export").output().unwrap();
    let whole = server.ask("GET", "/api/export", &[], "");
    assert_eq!(unchunked(&whole.body), String::from_utf8(export.stdout).unwrap());
    let fixed = json(&server, "/api/fix", r#"{"text":"습근평(習近平)는 왔다."}"#);
    assert!(fixed.body.starts_with(r#"{"text":"시진핑(習近平)은 왔다.","fixed":1,"#), "{fixed:?}");
    let checked = json(&server, "/api/check", r#"{"text":"Peking","only":["particle"],"lang":"en"}"#);
    assert_eq!(checked.body, r#"{"files":[{"path":"draft","lang":"en","findings":[]}]}"#);
    let beside = r#"{"text":"리커창은 베이징에 왔다.","source":{"text":"Li Qiang came to Beijing."}}"#;
    let beside = json(&server, "/api/check", beside).body;
    assert!(beside.contains("\"rule\":\"wrong-rendering\""), "{beside}");
    assert!(beside.contains("리커창 (Li Keqiang) stands where the source has Li Qiang; write 리창"), "{beside}");
    let pair = r#"{"texts":[{"name":"a","text":"Xi Jinping is in Beijing. He met Lee Jae-myung."},
        {"name":"b","text":"시진핑은 베이징에 있다. 그는 이재명을 만났다."}],"into_memory":true}"#;
    assert!(json(&server, "/api/align", pair).body.contains(r#""kept":{"batch":2,"added":2,"#));
    let found = json(&server, "/api/match", r#"{"segments":["He met Lee Jae-myung.","Xyzzy"],"to":"ko"}"#);
    assert!(
        found.body.contains(r#""score":100,"source":"He met Lee Jae-myung.","target":"그는 이재명을 만났다.""#),
        "{found:?}"
    );
    let page = server.get("/api/concordance?q=%EC%9D%B4%EC%9E%AC%EB%AA%85&limit=1");
    assert!(page.body.starts_with(r#"{"found":1,"#) && page.body.ends_with(r#""next":null}"#), "{page:?}");
}

/// Puts the pieces of a body together.
fn unchunked(body: &str) -> String {
    let (mut rest, mut whole) = (body.as_bytes(), Vec::new());
    while let Some(end) = rest.windows(2).position(|pair| pair == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        whole.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 4 + size..];
    }
    String::from_utf8(whole).unwrap()
}

#[test]
fn slow_clients_are_given_up_and_hold_up_nobody() {
    let server = Server::start(&["--patience", "1"]);
    let request = server.request("POST", "/api/check", &["Content-Type: application/json"], r#"{"text":"Peking"}"#);
    let mut silent = server.connect();
    let mut half_head: Vec<_> = (0..50).map(|_| server.connect()).collect();
    half_head.iter_mut().for_each(|stream| stream.write_all(&request.as_bytes()[..40]).unwrap());
    let mut half_body = server.connect();
    half_body.write_all(&request.as_bytes()[..request.len() - 5]).unwrap();
    let mut drip = server.connect();
    let dripping = thread::spawn(move || {
        for byte in request.bytes().take(300) {
            if drip.write_all(&[byte]).is_err() {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        read(&mut drip)
    });
    server.assert_well("slow clients have come");
    assert_eq!(read(&mut silent).status, 0);
    half_head.iter_mut().for_each(|stream| assert!([0, 408].contains(&read(stream).status)));
    assert_problem(&read(&mut half_body), 408, "too slowly", "half a body");
    assert!([0, 408].contains(&dripping.join().unwrap().status));
    server.assert_well("slow clients");
}

#[test]
fn what_is_too_large_is_not_taken() {
    let server = Server::start(&[]);
    let before = server.megabytes();
    let head = |address: &str, kind: &str, length: &str| {
        format!("POST {address} HTTP/1.1\r\nHost: {}\r\nContent-Type: {kind}\r\n{length}\r\n\r\n", server.address)
    };
    for (address, kind) in [("/api/check", "application/json"), ("/api/import?name=a.csv", "text/csv")] {
        let reply = server.say(head(address, kind, "Content-Length: 2000000000\r\nConnection: close"));
        assert_problem(&reply, 413, "longer than", address);
    }
    let piece = format!("100000\r\n{}\r\n", " ".repeat(1 << 20));
    let mut stream = server.connect();
    stream
        .write_all(head("/api/check", "application/json", "Transfer-Encoding: chunked\r\nConnection: close").as_bytes())
        .unwrap();
    // The server stops to read at 20 MB; what is sent is lost then.
    let sent = (0..1_000).take_while(|_| stream.write_all(piece.as_bytes()).is_ok()).count();
    assert!((19..100).contains(&sent), "{sent} MB were taken");
    server.assert_well("large bodies");
    if let (Some(before), Some(after)) = (before, server.megabytes()) {
        assert!(after < before + 80, "from {before} to {after} MB");
    }
}

#[test]
fn a_store_that_another_writes_is_read_and_waited_for() {
    let server = Server::start(&[]);
    let other = rusqlite::Connection::open(server.folder.path().join("store.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let csv = ["Content-Type: text/csv"];
    thread::scope(|scope| {
        let waits = scope.spawn(|| server.ask("POST", "/api/import?name=a.csv", &csv, "en,ko\nBoseong tea,보성 차\n"));
        for _ in 0..20 {
            server.assert_well("another program has begun to write");
        }
        assert!(!waits.is_finished());
        other.execute_batch("COMMIT").unwrap();
        assert!(waits.join().unwrap().body.contains("\"added\":1"));
    });
}

#[test]
fn a_store_that_is_gone_is_missed_and_its_successor_served() {
    let server = Server::start(&[]);
    let store = |ending: &str| server.folder.path().join(format!("store.db{ending}"));
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::rename(store(ending), store(&format!(".old{ending}")));
    }
    assert_problem(&server.get("/healthz"), 503, "cannot be opened", "no store");
    assert_problem(&server.get("/api/lookup?q=Xi%20Jinping"), 503, "cannot be opened", "no store");
    let csv = ["Content-Type: text/csv"];
    let reply = server.ask("POST", "/api/import?name=a.csv", &csv, "en,ko\nBoseong tea,보성 차\n");
    assert_problem(&reply, 503, "cannot be opened", "no store");
    fs::write(server.folder.path().join("tea.csv"), "en,ko\nBoseong tea,보성 차\n").unwrap();
    assert!(desk::sealed(server.folder.path()).args(["import", "tea.csv"]).output().unwrap().status.success());
    assert!(server.get("/api/lookup?q=Boseong%20tea").body.contains("tea.boseong-tea"));
    fs::write(store(""), "this is no store").unwrap();
    assert!(server.get("/api/lookup?q=Boseong%20tea").status >= 500);
}

#[cfg(unix)]
#[test]
fn an_end_waits_for_what_is_under_way() {
    let mut server = Server::start(&[]);
    let csv: String =
        "en,ko\n".to_owned() + &(0..2_000).map(|row| format!("Boseong tea {row},보성 차 {row}\n")).collect::<String>();
    let request = server.request("POST", "/api/import?name=tea.csv", &["Content-Type: text/csv"], &csv);
    let (begun, rest) = request.as_bytes().split_at(request.len() / 2);
    let mut stream = server.connect();
    stream.write_all(begun).unwrap();
    // A question after it makes sure that the half import has been seen.
    server.assert_well("half an import");
    let mut idle = server.connect();
    server.signal("TERM");
    assert_eq!(read(&mut idle).status, 0);
    stream.write_all(rest).unwrap();
    let reply = read(&mut stream);
    assert!(reply.status == 200 && reply.body.contains("\"added\":2000"), "{reply:?}");
    assert_eq!(server.ended(), (Some(0), String::new()));
    assert!(std::net::TcpStream::connect(server.address).is_err());
}

#[cfg(unix)]
#[test]
fn a_second_signal_ends_at_once() {
    let mut server = Server::start(&[]);
    let mut stream = server.connect();
    let request = server.request("POST", "/api/check", &["Content-Type: application/json"], r#"{"text":"Peking"}"#);
    stream.write_all(&request.as_bytes()[..request.len() - 5]).unwrap();
    server.assert_well("half a request");
    server.signal("INT");
    while std::net::TcpStream::connect(server.address).is_ok() {
        thread::sleep(Duration::from_millis(5));
    }
    server.signal("INT");
    assert_eq!(server.ended(), (Some(130), String::new()));
}

#[test]
fn what_cannot_be_served_is_said_with_exit_code_2() {
    let server = Server::start(&[]);
    let taken = server.address.to_string();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("weak"), "reader short\n").unwrap();
    #[cfg(unix)]
    fs::set_permissions(folder.path().join("weak"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    for (arguments, sentence) in [
        (vec!["--listen", taken.as_str()], "another program listens on"),
        (vec!["--listen", "0.0.0.0:0"], "name a file of tokens with --token-file"),
        (vec!["--listen", "[::]:0"], "name a file of tokens with --token-file"),
        (vec!["--listen", "192.0.2.1:0", "--token-file", "missing"], "missing cannot be read: there is no such file"),
        (vec!["--token-file", "."], ". cannot be read: it is a folder; name the file in it"),
        (vec!["--listen", "localhost:8899"], "an address is written in numbers, as in 127.0.0.1:8899"),
        (vec!["--listen", "127.0.0.1"], "an address has a port, as in 127.0.0.1:8765"),
        (vec!["--token-file", "weak"], "weak:1: a token has at least 16 characters"),
        (vec!["--host", "https://tongsa.example"], "a host is a name such as"),
    ] {
        let output = desk::sealed(folder.path()).arg("serve").args(&arguments).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains(sentence), "{arguments:?}: {said}");
    }
}
