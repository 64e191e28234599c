//! Requests that pages of other sites send: a browser says where a request comes from, and those are refused.

use axum::http::{HeaderMap, Method, header};

use crate::server::http::access::hosts::Hosts;
use crate::server::http::problem::Problem;

/// Refuses a request that a page of another site has made, whether it asks or changes. Following a link to here is none.
pub fn check(method: &Method, headers: &HeaderMap, hosts: &Hosts) -> Result<(), Problem> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let origins: Vec<&str> = headers.get_all(header::ORIGIN).iter().map(|value| value.to_str().unwrap_or_default()).collect();
    let own = |origin: &&str| {
        let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        authority.is_some_and(|authority| hosts.knows(authority))
    };
    if origins.len() > 1 || !origins.iter().all(own) {
        return Err(refusal());
    }
    let site = text("sec-fetch-site");
    let follows_a_link =
        *method == Method::GET && text("sec-fetch-mode") == Some("navigate") && text("sec-fetch-dest") == Some("document");
    if !matches!(site, None | Some("same-origin" | "none")) && !follows_a_link {
        return Err(refusal());
    }
    let is_browser = site.is_some() || headers.contains_key(header::COOKIE);
    if !method.is_safe() && origins.is_empty() && is_browser {
        return Err(Problem::forbidden("a browser says from where it writes, and this request does not (no header Origin)"));
    }
    Ok(())
}

fn refusal() -> Problem {
    Problem::forbidden("the request comes from a page of another site, which may neither read nor write here")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn pages_of_other_sites_are_refused() {
        let hosts = Hosts::new("127.0.0.1:8765".parse().unwrap(), &["tongsa.example".to_owned()]);
        let own = "http://localhost:8765";
        for (method, headers, allowed) in [
            (Method::GET, vec![], true),
            (Method::POST, vec![], true),
            (Method::GET, vec![("origin", own)], true),
            (Method::POST, vec![("origin", own), ("sec-fetch-site", "same-origin")], true),
            (Method::POST, vec![("origin", "https://tongsa.example")], true),
            (Method::GET, vec![("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate")], true),
            (
                Method::GET,
                vec![("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")],
                true,
            ),
            (
                Method::GET,
                vec![("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")],
                false,
            ),
            (Method::GET, vec![("sec-fetch-site", "cross-site")], false),
            (Method::GET, vec![("sec-fetch-site", "same-site"), ("sec-fetch-mode", "no-cors")], false),
            (
                Method::POST,
                vec![("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")],
                false,
            ),
            (Method::GET, vec![("origin", "http://localhost:3000")], false),
            (Method::POST, vec![("origin", "http://evil.example")], false),
            (Method::POST, vec![("origin", "null")], false),
            (Method::POST, vec![("origin", own), ("origin", "http://evil.example")], false),
            (Method::OPTIONS, vec![("origin", "http://evil.example")], false),
            (Method::DELETE, vec![("cookie", "tongsa=1")], false),
            (Method::PUT, vec![("sec-fetch-site", "same-origin")], false),
        ] {
            let mut map = HeaderMap::new();
            for (name, value) in &headers {
                map.append(*name, HeaderValue::from_static(value));
            }
            assert_eq!(check(&method, &map, &hosts).is_ok(), allowed, "{method} {headers:?}");
        }
    }
}
