//! What the description says of all operations together: whose it is, who may ask, and what can go wrong with any of them.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, Ref, ResponseBuilder};
use utoipa::{PartialSchema, ToSchema};

use crate::server::http::problem::{self, Problem};

/// Completes what the operations say of themselves.
pub fn complete(description: &mut OpenApi) {
    description.info = InfoBuilder::new()
        .title("tongsa")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(env!("CARGO_PKG_DESCRIPTION")))
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build()))
        .build();
    let mut components = ComponentsBuilder::from(description.components.take().unwrap_or_default());
    components = components.schema(Problem::name(), Problem::schema());
    let token = Http::builder().scheme(HttpAuthScheme::Bearer).description(Some("A token, where the server asks for one"));
    description.components = Some(components.security_scheme("token", SecurityScheme::Http(token.build())).build());
    description.security =
        Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>("token", []), SecurityRequirement::default()]);
    for item in description.paths.paths.values_mut() {
        each_operation(item);
    }
}

fn each_operation(item: &mut PathItem) {
    let PathItem { get, put, post, delete, .. } = item;
    if let Some(operation) = get {
        add(operation, "304", "The answer has not changed since it was given with the tag in If-None-Match", None);
    }
    for operation in [get, put, post, delete].into_iter().flatten() {
        let schema = Ref::from_schema_name(Problem::name());
        add(operation, "default", "Why there is no answer", Some((problem::MEDIA_TYPE, schema)));
    }
}

fn add(operation: &mut Operation, status: &str, description: &str, content: Option<(&str, Ref)>) {
    let mut response = ResponseBuilder::new().description(description);
    if let Some((media_type, schema)) = content {
        response = response.content(media_type, ContentBuilder::new().schema(Some(schema)).build());
    }
    operation.responses.responses.insert(status.to_owned(), response.build().into());
}
