//! A served store and a client of a few lines, which can also say what no good client would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::desk;

/// So long a client waits for an answer that should have come.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program, serving a store of its own.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
    pub folder: tempfile::TempDir,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Server {
    /// Serves on a free port with further arguments.
    pub fn start(arguments: &[&str]) -> Self {
        Self::with_files(arguments, |_| {})
    }

    /// Serves with files that have been laid into its folder.
    pub fn with_files(arguments: &[&str], lay: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        lay(folder.path());
        let mut child = desk::sealed(folder.path())
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").and_then(|rest| rest.strip_suffix('/'));
        Self { child, address: address.unwrap().parse().unwrap(), folder }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends some bytes as they are, with HOST for the host, and reads until the server ends the connection. What the server does
    /// not take is left unsent.
    pub fn say(&self, bytes: impl AsRef<[u8]>) -> Reply {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes.as_ref());
        read(&mut stream)
    }

    /// Asks as a good client does.
    pub fn ask(&self, method: &str, address: &str, headers: &[&str], body: &str) -> Reply {
        self.say(self.request(method, address, headers, body))
    }

    pub fn get(&self, address: &str) -> Reply {
        self.ask("GET", address, &[], "")
    }

    /// Returns the bytes of a good request.
    pub fn request(&self, method: &str, address: &str, headers: &[&str], body: &str) -> String {
        let mut head = format!("{method} {address} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        headers.iter().for_each(|header| head += &format!("{header}\r\n"));
        if !body.is_empty() {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        head + "\r\n" + body
    }

    /// Fails where the server does not answer a good question rightly.
    pub fn assert_well(&self, after: &str) {
        let reply = self.get("/api/lookup?q=Xi%20Jinping");
        assert!(reply.status == 200 && reply.body.contains("prc.xi-jinping"), "after {after}: {reply:?}");
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for the end, and returns the exit code with what was said.
    pub fn ended(&mut self) -> (Option<i32>, String) {
        let begun = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(begun.elapsed() < PATIENCE, "the server does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
        let mut said = String::new();
        self.child.stdout.as_mut().unwrap().read_to_string(&mut said).unwrap();
        self.child.stderr.as_mut().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }

    /// Returns how much memory the server has in use, in megabytes, where the system tells.
    pub fn megabytes(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads an answer to its end. A connection that is ended without one has the status 0.
pub fn read(stream: &mut TcpStream) -> Reply {
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes);
    let waited = |error: &std::io::Error| matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut);
    assert!(!end.as_ref().is_err_and(waited), "the server neither answers nor ends the connection");
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Reply { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
}

impl Reply {
    /// Returns the value of a header, whose name is in small letters.
    pub fn header(&self, name: &str) -> &str {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
    }
}
