//! A desk that is served: the program answers requests over a store of its own until the test ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::desk::Desk;

/// A server on a free port of this machine.
pub struct Served {
    pub desk: Desk,
    /// Such as `127.0.0.1:41234`.
    pub host: String,
    server: Child,
}

/// What came back.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    /// The head, in small letters.
    pub head: String,
    pub body: String,
}

impl Response {
    /// Returns the value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

impl Served {
    /// Serves a store that has what the shipped glossaries have.
    pub fn new() -> Self {
        Self::over(Desk::new())
    }

    /// Serves the store of a desk.
    pub fn over(desk: Desk) -> Self {
        let mut server = desk.command(&["serve", "--listen", "127.0.0.1:0"]).stderr(Stdio::inherit()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let host = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        assert!(host.starts_with("127.0.0.1:"), "{line}");
        Self { desk, host, server }
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        self.ask("GET", path, headers, b"")
    }

    /// Sends the fields of a form as a browser does.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let encoded = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.ask("POST", path, &headers, pairs.join("&").as_bytes())
    }

    /// Sends fields, and files where a field has the name of one, as a form with files does.
    pub fn post_parts(&self, path: &str, headers: &[(&str, &str)], parts: &[Part<'_>]) -> Response {
        let mut body = String::new();
        for Part { name, file, content } in parts {
            let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
            body.push_str(&format!("--limit\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n"));
        }
        body.push_str("--limit--\r\n");
        let mut all = vec![("content-type", "multipart/form-data; boundary=limit")];
        all.extend(headers);
        self.ask("POST", path, &all, body.as_bytes())
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Response {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", self.host);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Response { status, head: head.to_lowercase(), body: body.to_owned() }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A field of a form.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    pub name: &'a str,
    /// The name of the file, where it is one.
    pub file: Option<&'a str>,
    pub content: &'a str,
}

/// Makes a field that is no file.
pub fn part<'a>(name: &'a str, content: &'a str) -> Part<'a> {
    Part { name, file: None, content }
}
