//! When a unit was made and by whom, as the attributes of `tu` and `tuv` tell it and as they are written.

/// A name and its value; the name of an attribute of a `tuv` has the language before it: `ko:changedate`.
pub(super) type Named = (String, String);

/// Returns the date of a unit: of its last change, else of its making, else the latest that a variant has.
pub(super) fn date(attributes: &[Named]) -> Option<String> {
    let own = |name: &str| find(attributes, name).and_then(to_iso);
    let of_variants = || attributes.iter().filter(|(name, _)| is_date(name)).filter_map(|(_, value)| to_iso(value)).max();
    own("changedate").or_else(|| own("creationdate")).or_else(of_variants)
}

/// Returns the author of a unit: of its last change, else its first, else of the first variant that has one.
pub(super) fn author(attributes: &[Named]) -> Option<String> {
    let named = |value: &&str| !value.trim().is_empty();
    let own = |name: &str| find(attributes, name).filter(named);
    let of_variants = || attributes.iter().filter(|(name, _)| is_author(name)).map(|(_, value)| value.as_str()).find(named);
    own("changeid").or_else(|| own("creationid")).or_else(of_variants).map(str::to_owned)
}

/// Returns whether an attribute of a `tu` says no more than its origin, so that the writer makes it again.
pub(super) fn is_told(attribute: &Named, date: Option<&str>, author: Option<&str>) -> bool {
    match attribute.0.as_str() {
        "changedate" => date.and_then(from_iso).as_deref() == Some(&attribute.1),
        "changeid" => author == Some(&attribute.1),
        _ => false,
    }
}

/// Returns whether a name is that of a date, at either level.
pub(super) fn is_date(name: &str) -> bool {
    matches!(own_name(name), "changedate" | "creationdate")
}

/// Returns whether a name is that of an author, at either level.
pub(super) fn is_author(name: &str) -> bool {
    matches!(own_name(name), "changeid" | "creationid")
}

fn own_name(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, own)| own)
}

fn find<'a>(attributes: &'a [Named], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
}

/// Returns `2026-01-07` for `20260107T093000Z`, and for what some programs write instead, `2026-01-07T09:30:00Z`.
fn to_iso(value: &str) -> Option<String> {
    let day = value.split(['T', ' ']).next()?;
    let digits: String = if day.len() == 10 { day.split('-').collect() } else { day.to_owned() };
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, month, day) = (&digits[..4], &digits[4..6], &digits[6..]);
    let exists = ("01"..="12").contains(&month) && ("01"..="31").contains(&day);
    exists.then(|| format!("{year}-{month}-{day}"))
}

/// Returns `20260107T000000Z` for `2026-01-07`, and nothing for what is not such a date.
pub(super) fn from_iso(date: &str) -> Option<String> {
    (to_iso(date).as_deref() == Some(date)).then(|| format!("{}T000000Z", date.replace('-', "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(attributes: &[(&str, &str)]) -> Vec<Named> {
        attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_last_change_tells_date_and_author() {
        for (attributes, expected_date, expected_author) in [
            (&[("creationdate", "20250102T101112Z"), ("changedate", "20260107T000000Z")][..], Some("2026-01-07"), None),
            (&[("creationid", "JS"), ("changeid", " ")], None, Some("JS")),
            (&[("en:creationdate", "20240101"), ("ko:changedate", "2025-02-03T04:05")], Some("2025-02-03"), None),
            (&[("ko:creationid", "MK"), ("creationdate", "20261301T000000Z")], None, Some("MK")),
            (&[("creationdate", "yesterday")], None, None),
        ] {
            let attributes = named(attributes);
            assert_eq!(date(&attributes).as_deref(), expected_date, "{attributes:?}");
            assert_eq!(author(&attributes).as_deref(), expected_author, "{attributes:?}");
        }
        assert_eq!(from_iso("2026-01-07").as_deref(), Some("20260107T000000Z"));
        assert_eq!(from_iso("2026"), None);
        assert_eq!(from_iso("20260107"), None);
    }
}
