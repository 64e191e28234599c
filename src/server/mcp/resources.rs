//! The concepts as resources: listed in pages, read as JSON and as a card.

use rmcp::ErrorData;
use rmcp::model::{
    CompleteRequestParams, CompleteResult, CompletionInfo, ListResourcesResult, ReadResourceResult, Reference, Resource,
    ResourceContents, ResourceTemplate,
};

use crate::glossary::concept::ConceptId;
use crate::server::address;
use crate::server::card;
use crate::server::readers::Readers;
use crate::wire::concept::ConceptShape;
use crate::workspace::concepts::ConceptFilter;

/// What stands before the id in the address of a concept.
const SCHEME: &str = "tongsa://concept/";
/// So many concepts are a page.
const PAGE: usize = 100;

/// Returns the page behind a cursor.
pub(super) fn list(readers: &Readers, cursor: Option<&str>) -> Result<ListResourcesResult, ErrorData> {
    let no_cursor = || ErrorData::invalid_params("the cursor is none that this server has given; begin without one", None);
    let after = cursor.map(|cursor| id_of(cursor).ok_or_else(no_cursor)).transpose()?;
    let page = readers.read(|workspace| workspace.concepts(&ConceptFilter::default(), after.as_ref(), PAGE)).map_err(failed)?;
    let resources = page.concepts.iter().map(|stored| {
        let concept = &stored.concept;
        let resource = Resource::new(address(&concept.id), concept.id.as_str()).with_title(concept.title());
        resource.with_description(concept.kind.name()).with_mime_type("application/json")
    });
    let mut result = ListResourcesResult::with_all_items(resources.collect());
    result.next_cursor = page.next.as_ref().map(address);
    Ok(result)
}

/// Returns what the address of a concept looks like.
pub(super) fn template() -> ResourceTemplate {
    let template = ResourceTemplate::new(format!("{SCHEME}{{id}}"), "concept").with_title("A concept of the glossary");
    template.with_description("A person, office, institution, place or term with its forms in every language, by its id")
}

/// Returns a concept as JSON and as Markdown.
pub(super) fn read(readers: &Readers, uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let none = || ErrorData::resource_not_found(format!("there is no concept at {uri}; resources/list has them all"), None);
    let id = id_of(uri).ok_or_else(none)?;
    let stored = readers.read(|workspace| workspace.concept(&id)).map_err(failed)?.ok_or_else(none)?;
    let json = serde_json::to_string(&ConceptShape::new(&stored)).map_err(failed)?;
    Ok(ReadResourceResult::new(vec![
        ResourceContents::text(json, uri).with_mime_type("application/json"),
        ResourceContents::text(card::card(&stored.concept, ""), uri).with_mime_type("text/markdown"),
    ]))
}

/// Returns the ids of concepts that have what was typed in their id or in a term.
pub(super) fn complete(readers: &Readers, request: &CompleteRequestParams) -> Result<CompleteResult, ErrorData> {
    let is_id = matches!(&request.r#ref, Reference::Resource(resource) if resource.uri.starts_with(SCHEME));
    if !is_id || request.argument.name != "id" {
        return Ok(CompleteResult::default());
    }
    let filter = ConceptFilter { text: Some(request.argument.value.clone()), ..ConceptFilter::default() };
    let page = readers.read(|workspace| workspace.concepts(&filter, None, CompletionInfo::MAX_VALUES)).map_err(failed)?;
    let ids = page.concepts.into_iter().map(|stored| stored.concept.id.0).collect();
    let completion = CompletionInfo::with_pagination(ids, None, page.next.is_some()).map_err(failed)?;
    Ok(CompleteResult::new(completion))
}

fn failed(error: impl std::fmt::Display) -> ErrorData {
    ErrorData::internal_error(error.to_string(), None)
}

/// Returns the address of a concept.
fn address(id: &ConceptId) -> String {
    format!("{SCHEME}{}", address::encoded(id.as_str()))
}

/// Returns the id in an address; `None` where it is none.
fn id_of(address: &str) -> Option<ConceptId> {
    let id = address::decoded(address.strip_prefix(SCHEME)?)?;
    (!id.is_empty()).then_some(ConceptId(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_address_leads_back_to_its_id(id in ".+") {
            let id = ConceptId(id);
            let address = address(&id);
            prop_assert!(address.is_ascii() && !address[SCHEME.len()..].contains(['/', '?', '#', ' ']));
            prop_assert_eq!(id_of(&address), Some(id));
        }
    }

    #[test]
    fn what_is_no_address_has_no_id() {
        for address in
            ["", "tongsa://concept/", "tongsa://concept/%", "tongsa://concept/%zz", "tongsa://concept/%FF", "file:///a"]
        {
            assert_eq!(id_of(address), None, "{address}");
        }
        assert_eq!(id_of("tongsa://concept/desk.조락제"), id_of("tongsa://concept/desk.%EC%A1%B0%EB%9D%BD%EC%A0%9C"));
    }
}
