//! Addresses within the page.

use crate::server::address;

/// Returns a path with a query: `link("/", &[("q", "李强")])` is `/?q=%E6%9D%8E%E5%BC%BA`. What is empty is left out.
pub fn link(path: &str, query: &[(&str, &str)]) -> String {
    let mut link = path.to_owned();
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        link.push(if link.contains('?') { '&' } else { '?' });
        link.push_str(name);
        link.push('=');
        link.push_str(&address::encoded(value));
    }
    link
}

/// Returns whether an address stays within this server.
pub fn is_local(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\r', '\n', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_gets_through() {
        assert_eq!(link("/", &[("q", "李强 & 50%"), ("kind", "")]), "/?q=%E6%9D%8E%E5%BC%BA%20%26%2050%25");
        assert_eq!(link("/a?b=1", &[("c", "d")]), "/a?b=1&c=d");
    }

    #[test]
    fn an_address_of_another_server_is_none_of_ours() {
        for (address, local) in
            [("/check?a=1", true), ("//elsewhere", false), ("/\\elsewhere", false), ("elsewhere", false), ("https://a", false)]
        {
            assert_eq!(is_local(address), local, "{address}");
        }
    }
}
