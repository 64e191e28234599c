//! The names that this server is reached by. A page that has made its own name lead here (DNS rebinding) uses another.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, StatusCode, Uri, header};

use crate::server::http::problem::Problem;

/// The names, each with its port where that is not the usual one.
#[derive(Clone, Debug, Default)]
pub struct Hosts {
    names: Vec<String>,
    /// The port, where the server listens on every address of the machine: an address is no name that could be made to lead here.
    any_address: Option<u16>,
}

impl Hosts {
    /// Takes the address that is listened on, and the names under which a proxy passes requests on.
    pub fn new(listened: SocketAddr, further: &[String]) -> Self {
        let (address, port) = (listened.ip(), listened.port());
        let mut names: Vec<String> = further.iter().map(|name| name.to_ascii_lowercase()).collect();
        names.extend(["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}:{port}")));
        names.push(listened.to_string());
        if port == 80 {
            names.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
            names.push(match address {
                IpAddr::V4(address) => address.to_string(),
                IpAddr::V6(address) => format!("[{address}]"),
            });
        }
        Self { names, any_address: address.is_unspecified().then_some(port) }
    }

    /// Returns whether a name with its port is one of this server.
    pub fn knows(&self, authority: &str) -> bool {
        let authority = authority.to_ascii_lowercase();
        let is_address = |port: u16| {
            let bare = authority.trim_start_matches('[').trim_end_matches(']');
            authority.parse::<SocketAddr>().is_ok_and(|address| address.port() == port)
                || port == 80 && bare.parse::<IpAddr>().is_ok()
        };
        self.names.contains(&authority) || self.any_address.is_some_and(is_address)
    }

    /// Refuses a request that is meant for another server.
    pub fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Problem> {
        let mut values = headers.get_all(header::HOST).iter();
        let host = match (values.next(), values.next()) {
            (Some(host), None) => host.to_str().unwrap_or_default(),
            _ => return Err(Problem::bad_request("the request has no header Host, or more than one; send one")),
        };
        let aimed = uri.authority().map_or(host, |authority| authority.as_str());
        if self.knows(host) && self.knows(aimed) {
            return Ok(());
        }
        Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "this server is not reached by that name; who runs it can allow the name with --host",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_names_are_known() {
        let listened = |text: &str| text.parse::<SocketAddr>().unwrap();
        let loopback = Hosts::new(listened("127.0.0.1:8765"), &["Tongsa.Example".to_owned()]);
        for (host, known) in [
            ("127.0.0.1:8765", true),
            ("LOCALHOST:8765", true),
            ("[::1]:8765", true),
            ("tongsa.example", true),
            ("tongsa.example:8765", false),
            ("localhost", false),
            ("localhost:80", false),
            ("localhost.:8765", false),
            ("192.0.2.7:8765", false),
            ("evil.example:8765", false),
            ("127.0.0.1:8765@evil.example", false),
            ("", false),
        ] {
            assert_eq!(loopback.knows(host), known, "{host}");
        }
        let everywhere = Hosts::new(listened("0.0.0.0:80"), &[]);
        for (host, known) in [("192.0.2.7", true), ("192.0.2.7:80", true), ("[2001:db8::7]", true), ("desk.example", false)] {
            assert_eq!(everywhere.knows(host), known, "{host}");
        }
    }
}
