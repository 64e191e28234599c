//! The frame around every view.

use axum::http::StatusCode;
use maud::{DOCTYPE, Markup, html};

use crate::server::http::problem::Problem;
use crate::server::page::assets;
use crate::server::page::interface::{Interface, Theme};
use crate::server::page::keys;
use crate::server::page::link::link;
use crate::server::page::tongue::Tongue;
use crate::server::page::wording::{Wording, with};
use crate::text::legible::legible;

/// What htmx may do: nothing that the policy of the server forbids, and no copy of a page in the browser's store.
const HTMX: &str = r#"{"allowEval":false,"includeIndicatorStyles":false,"historyCacheSize":0,"refreshOnHistoryMiss":true,"defaultSettleDelay":0,"selfRequestsOnly":true,"allowScriptTags":false,"scrollIntoViewOnBoost":false,"responseHandling":[{"code":"204","swap":false},{"code":"[23]..|409|422","swap":true},{"code":"[45]..","swap":false,"error":true}]}"#;

/// 通, as the icon of the tab.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='6' fill='%23173f5f'/%3E%3Ctext x='16' y='23' font-size='20' text-anchor='middle' fill='%23fff'%3E通%3C/text%3E%3C/svg%3E";

/// A part of the page that has an entry in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Looking up.
    Search,
    /// Checking.
    Check,
    /// The glossary.
    Glossary,
}

impl View {
    const ALL: [Self; 3] = [Self::Search, Self::Check, Self::Glossary];

    fn path(self) -> &'static str {
        match self {
            Self::Search => "/",
            Self::Check => "/check",
            Self::Glossary => "/glossary",
        }
    }

    fn name(self, wording: &Wording) -> &'static str {
        match self {
            Self::Search => wording.search,
            Self::Check => wording.check,
            Self::Glossary => wording.glossary,
        }
    }
}

/// A view, ready to be put in its frame.
#[derive(Debug)]
pub struct Page {
    /// What the tab is called.
    pub title: String,
    /// Where it belongs.
    pub view: Option<View>,
    /// The status of the response.
    pub status: StatusCode,
    /// What stands in the frame.
    pub content: Markup,
}

impl Page {
    /// Makes a view that answers what was asked.
    pub fn new(view: View, title: impl Into<String>, content: Markup) -> Self {
        Self { title: title.into(), view: Some(view), status: StatusCode::OK, content }
    }
}

/// Makes the whole page.
pub fn whole(interface: &Interface, page: Page) -> Markup {
    let wording = interface.wording();
    html! {
        (DOCTYPE)
        html lang=(interface.tongue.lang().tag()) data-theme=(interface.theme.name()) {
            (head(&page))
            body data-copied=(wording.copied) data-failed=(wording.failed) data-refused=(wording.refused) {
                a.skip href="#content" { (wording.skip) }
                (header(interface, page.view))
                main #content tabindex="-1" {
                    // Where the script says why a request was refused.
                    p #problem.alert role="alert" hidden {}
                    (page.content)
                }
                (footer(interface))
                (keys::dialog(wording))
                p #said.said role="status" aria-live="polite" {}
            }
        }
    }
}

fn head(page: &Page) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="htmx-config" content=(HTMX);
            title { (page.title) " · tongsa" }
            link rel="icon" href=(ICON);
            link rel="stylesheet" href=(&assets::STYLE.address);
            script src=(&assets::HTMX.address) defer {}
            script src=(&assets::SCRIPT.address) defer {}
        }
    }
}

fn header(interface: &Interface, current: Option<View>) -> Markup {
    let wording = interface.wording();
    html! {
        header.bar {
            a.brand href="/" { span lang="zh-Hant" { "通事" } " tongsa" }
            nav aria-label=(wording.sections) {
                @for view in View::ALL {
                    a href=(view.path()) aria-current=[(current == Some(view)).then_some("page")] { (view.name(wording)) }
                }
            }
        }
    }
}

fn footer(interface: &Interface) -> Markup {
    let wording = interface.wording();
    let themes = [wording.theme_auto, wording.theme_light, wording.theme_dark];
    html! {
        footer.foot {
            nav aria-label=(wording.interface) {
                @for tongue in Tongue::ALL {
                    @let tag = tongue.lang();
                    a href=(link("/preferences", &[("lang", tag.tag()), ("back", &interface.here)]))
                      lang=(tag.tag()) hreflang=(tag.tag())
                      aria-current=[(tongue == interface.tongue).then_some("true")] { (tongue.own_name()) }
                }
            }
            nav aria-label=(wording.theme) {
                @for (theme, name) in Theme::ALL.into_iter().zip(themes) {
                    a href=(link("/preferences", &[("theme", theme.name()), ("back", &interface.here)]))
                      aria-current=[(theme == interface.theme).then_some("true")] { (name) }
                }
            }
            @if interface.signed_in { form method="post" action="/sign-out" { button { (wording.sign_out) } } }
            button.scripted type="button" data-keys="" { kbd { "?" } " " (wording.keys) }
        }
    }
}

/// Makes the view of a request that has no answer.
pub fn problem(interface: &Interface, problem: &Problem) -> Page {
    let head = with(interface.wording().refused, "");
    let content = html! {
        h1 { (head.trim_end().trim_end_matches([':', '：'])) }
        p.alert role="alert" lang="en" { (legible(problem.detail())) }
    };
    Page { title: problem.status().as_str().to_owned(), view: None, status: problem.status(), content }
}
