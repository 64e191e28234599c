//! The desk at which a draft is checked: the text to edit, the text as it was checked, and the findings.

use maud::{Markup, html};

use crate::exchange::prose::DraftFormat;
use crate::lang::Lang;
use crate::server::page::card::LANGS;
use crate::server::page::check::{Checked, Done};
use crate::server::page::draft_form::{DraftForm, Left};
use crate::server::page::finding;
use crate::server::page::interface::Interface;
use crate::server::page::marked_text;
use crate::server::page::wording::{counted, names, with};
use crate::text::legible::legible;

/// Makes the whole desk: one form, of which every button sends everything. `lack` is why nothing was checked.
pub fn view(interface: &Interface, form: &DraftForm, checked: Option<&Checked>, lack: Option<&str>) -> Markup {
    let format = if form.format == DraftFormat::Markdown { "markdown" } else { "" };
    let mode = if checked.is_some() { "read" } else { "edit" };
    html! {
        h1.unseen { (interface.wording().check) }
        form #desk.desk method="post" action="/check" enctype="multipart/form-data" data-mode=(mode)
          hx-post="/check" hx-encoding="multipart/form-data" hx-target="#desk" hx-select="#desk" hx-swap="outerHTML"
          hx-sync="this:replace" {
            input type="hidden" name="format" value=(format);
            input type="hidden" name="name" value=(form.name);
            @for left in &form.left { input type="hidden" name="left" value=(left.value()); }
            (bar(interface, form, checked))
            (remarks(interface, form, checked, lack))
            div.panes {
                (editors(interface, form))
                @if let Some(checked) = checked { (reading(interface, form, checked)) }
            }
        }
    }
}

/// Makes the row of buttons.
fn bar(interface: &Interface, form: &DraftForm, checked: Option<&Checked>) -> Markup {
    let wording = interface.wording();
    let safe = checked.map_or(0, |checked| finding::safe(checked).count());
    html! {
        div.tools {
            // First in the form, so that it is what Enter in a field does.
            button.main data-check="" { (wording.check_now) " " kbd.scripted aria-hidden="true" { "Ctrl+Enter" } }
            label {
                span { (wording.draft_lang) } " "
                select name="lang" { (langs(interface, form.lang.as_ref())) }
            }
            @if checked.is_some() {
                span.group {
                    button.scripted type="button" data-edit="" { (wording.edit) }
                    button.scripted type="button" data-undo="" disabled { (wording.undo) }
                    @if safe > 0 { button name="take_safe" value="1" { (with(wording.take_safe, safe)) } }
                }
                span.group.scripted {
                    button type="button" data-copy-draft="" { (wording.copy_text) }
                    button type="button" data-download=(download_name(form)) { (wording.download) }
                    button type="button" data-print="" { (wording.print) }
                }
            }
        }
    }
}

fn langs(interface: &Interface, chosen: Option<&Lang>) -> Markup {
    html! {
        option value="" { (interface.wording().told_by_letters) }
        @for lang in &LANGS {
            option value=(lang.tag()) selected[chosen == Some(lang)] { (names::lang(lang, interface.tongue)) }
        }
    }
}

fn download_name(form: &DraftForm) -> String {
    let stem = form.name.rsplit_once('.').map_or(form.name.as_str(), |(stem, _)| stem);
    let stem = if stem.is_empty() { "draft" } else { stem };
    format!("{stem}.{}", if form.format == DraftFormat::Markdown { "md" } else { "txt" })
}

/// Makes what is to be said about the whole.
fn remarks(interface: &Interface, form: &DraftForm, checked: Option<&Checked>, lack: Option<&str>) -> Markup {
    let wording = interface.wording();
    html! {
        @if let Some(lack) = lack {
            // Why a file cannot be read is told in English.
            p.alert role="alert" lang=[form.refused.as_ref().map(|_| "en")] data-said=(lack) { (legible(lack)) }
        }
        @if let Some(checked) = checked {
            @let said = said(interface, checked);
            p.count data-said=(said) {
                @if !form.name.is_empty() { b { (form.name) } " · " }
                (names::lang(&checked.report.lang, interface.tongue)) " · " (said)
            }
            @if checked.report.aligned == Some(false) { p.alert { (wording.not_aligned) } }
            @if checked.done == Done::Outdated { p.alert { (wording.changed_meanwhile) } }
        }
    }
}

/// Says what was done and what was found.
fn said(interface: &Interface, checked: &Checked) -> String {
    let wording = interface.wording();
    let found = match checked.report.findings.len() {
        0 => wording.no_finding.to_owned(),
        count => counted([wording.one_finding, wording.many_findings], count),
    };
    match checked.done {
        Done::Taken { count, .. } => format!("{} · {found}", counted([wording.one_taken, wording.many_taken], count)),
        Done::Nothing | Done::Outdated => found,
    }
}

/// Makes the fields for the draft and its source.
fn editors(interface: &Interface, form: &DraftForm) -> Markup {
    let wording = interface.wording();
    html! {
        div.editors {
            div.drop {
                label for="draft" { (wording.draft) }
                textarea #draft name="draft" rows="14" placeholder=(wording.draft_place) lang=[form.lang.as_ref().map(Lang::tag)]
                  spellcheck="false" { "\n" (form.draft) }
                label.file { span { (wording.draft_file) } input type="file" name="draft_file"; }
            }
            details.source open[!form.source.is_empty()] {
                summary { (wording.beside_source) }
                div.drop {
                    label for="source" { (wording.source_text) }
                    textarea #source name="source" rows="14" placeholder=(wording.source_place) spellcheck="false" {
                        "\n" (form.source)
                    }
                    label.file { span { (wording.source_file) } input type="file" name="source_file"; }
                }
            }
        }
    }
}

/// Makes the text as it was checked, with the findings beside it.
fn reading(interface: &Interface, form: &DraftForm, checked: &Checked) -> Markup {
    let wording = interface.wording();
    html! {
        @if !form.source.is_empty() {
            section.source-text aria-labelledby="source-head" {
                h2 #source-head { (wording.source_text) }
                div.text tabindex="0" role="region" aria-labelledby="source-head" { (form.source) }
            }
        }
        section.checked aria-labelledby="checked-head" {
            h2 #checked-head { (wording.checked_text) }
            div.text lang=(checked.report.lang.tag()) tabindex="0" role="region" aria-labelledby="checked-head" {
                (marked_text::marked(checked))
            }
        }
        section.findings aria-labelledby="findings-head" {
            h2 #findings-head tabindex="-1" { (wording.findings) }
            @if checked.report.findings.is_empty() { p.none { (wording.no_finding) } }
            @else { p.hint.scripted { (wording.check_hints) } }
            (finding::list(interface, checked))
            (left(interface, form, checked))
        }
    }
}

/// Makes the list of what is left alone.
fn left(interface: &Interface, form: &DraftForm, checked: &Checked) -> Markup {
    let wording = interface.wording();
    let places = |left: &Left| checked.left.iter().filter(|finding| left.is(&checked.file.text, finding)).count();
    html! {
        @if !form.left.is_empty() {
            h3 { (wording.left) }
            ul.left {
                @for left in &form.left {
                    li {
                        span lang=(checked.report.lang.tag()) { (legible(&left.words)) } " × " (places(left)) " "
                        button name="bring_back" value=(left.value()) { (wording.bring_back) }
                    }
                }
            }
        }
    }
}
