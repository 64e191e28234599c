//! What is known of the name at a place.

use crate::server::card;
use crate::server::lsp::checked::Checked;
use crate::server::lsp::desk::Desk;
use crate::server::lsp::position::PositionEncoding;
use crate::server::lsp::protocol::{Hover, MarkupContent};
use crate::text::span::Span;
use crate::workspace::Result;

/// Of several concepts with one name no more are shown.
const MOST_CARDS: usize = 4;

/// Returns the cards of the concepts that are named at a byte of a document, or that a finding there is about.
pub fn hover(checked: &Checked, desk: &mut Desk<'_>, offset: usize, encoding: PositionEncoding) -> Result<Option<Hover>> {
    let place = checked.file.read_place(Span::new(offset, offset)).start;
    let lang = checked.lang();
    let finding = checked.findings().iter().find(|finding| finding.span.start <= place && place <= finding.span.end);
    let meant = finding.and_then(|finding| Some((finding.span, finding.concept.as_ref()?)));
    let (span, cards) = desk.ask(&checked.settings.glossaries, |workspace| {
        let names = workspace.names_at(&checked.file, lang.as_ref(), place)?;
        let cards: Vec<String> = names.iter().take(MOST_CARDS).map(|name| card::card(&name.found.concept, "")).collect();
        match (names.first(), meant) {
            (Some(name), _) => Ok((name.span, cards)),
            (None, Some((span, id))) => {
                let stored = workspace.concept(id)?;
                Ok((span, stored.iter().map(|stored| card::card(&stored.concept, "")).collect()))
            }
            (None, None) => Ok((Span::new(place, place), Vec::new())),
        }
    })?;
    let hover =
        || Hover { contents: MarkupContent::markdown(cards.join("\n---\n\n")), range: encoding.range(&checked.file, span) };
    Ok((!cards.is_empty()).then(hover))
}
