//! The list of the keys, which `?` opens. What each of them does is in `page.js`.

use maud::{Markup, html};

use crate::server::page::wording::Wording;

/// Keys that do one thing, and what that is.
struct Row {
    keys: &'static [&'static str],
    job: &'static str,
}

impl Row {
    fn new(keys: &'static [&'static str], job: &'static str) -> Self {
        Self { keys, job }
    }
}

/// Makes the list.
pub fn dialog(wording: &Wording) -> Markup {
    let groups = [
        (wording.keys_everywhere, everywhere(wording)),
        (wording.search, on_cards(wording)),
        (wording.check, on_findings(wording)),
    ];
    html! {
        dialog #keys aria-labelledby="keys-head" {
            h2 #keys-head tabindex="-1" autofocus { (wording.keys) }
            @for (head, rows) in &groups {
                h3 { (head) }
                dl.keys {
                    @for Row { keys, job } in rows {
                        div { dt { @for key in *keys { kbd { (key) } " " } } dd { (job) } }
                    }
                }
            }
            form method="dialog" { button { (wording.close) } }
        }
    }
}

fn everywhere(wording: &Wording) -> Vec<Row> {
    vec![
        Row::new(&["/"], wording.key_search),
        Row::new(&["g s", "g c", "g g"], wording.key_views),
        Row::new(&["?"], wording.key_keys),
    ]
}

fn on_cards(wording: &Wording) -> Vec<Row> {
    vec![
        Row::new(&["↓", "↑", "n", "p"], wording.key_select),
        Row::new(&["1", "2", "3", "4"], wording.key_copy),
        Row::new(&["e", "k", "s", "t"], wording.key_copy),
    ]
}

fn on_findings(wording: &Wording) -> Vec<Row> {
    vec![
        Row::new(&["Ctrl+Enter"], wording.key_check),
        Row::new(&["n", "p", "↓", "↑"], wording.key_finding),
        Row::new(&["Enter", "f"], wording.key_take),
        Row::new(&["i"], wording.key_leave),
        Row::new(&["z"], wording.key_undo),
        Row::new(&["e"], wording.key_edit),
    ]
}
