//! The server: one process that answers a page and other programs over HTTP.

pub mod access;
mod answers;
pub mod api;
mod connections;
mod envelope;
mod etag;
mod headers;
mod health;
pub mod incoming;
pub mod limits;
pub mod metrics;
mod outgoing;
pub mod problem;
pub mod question;
pub mod service;

use std::future::Future;
use std::sync::Arc;

use axum::{Router, middleware};
use tokio::net::TcpListener;

use crate::server::http::access::sign_in;
use crate::server::http::service::Service;
use crate::server::page;

/// Answers requests until `shutdown` is done, then finishes what is under way.
pub async fn serve(listener: TcpListener, service: Arc<Service>, shutdown: impl Future<Output = ()>) {
    let limits = *service.limits();
    connections::accept(listener, router(service), limits, shutdown).await;
}

/// Returns every route.
pub fn router(service: Arc<Service>) -> Router {
    let (api, description) = api::described();
    enveloped(api.merge(api::description_route(&description)).merge(sign_in::router()).merge(page::router()), service)
}

/// Lays around some routes what belongs around every answer.
fn enveloped(routes: Router<Arc<Service>>, service: Arc<Service>) -> Router {
    // A route for all that has no other, so that nothing is answered without being judged.
    let routes = routes.fallback(|| async { axum::http::StatusCode::NOT_FOUND });
    routes.layer(middleware::from_fn_with_state(Arc::clone(&service), envelope::around)).with_state(service)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::time::Duration;

    use axum::body::{Body, to_bytes};
    use axum::extract::State;
    use axum::http::{Request, StatusCode};
    use axum::response::{IntoResponse, Response};
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;
    use crate::server::http::access::Access;
    use crate::server::http::access::hosts::Hosts;
    use crate::server::http::limits::Limits;
    use crate::server::readers::Readers;

    const HOST: &str = "localhost:8765";

    fn service(limits: Limits) -> (tempfile::TempDir, Arc<Service>) {
        let folder = tempfile::tempdir().unwrap();
        let readers = Readers::open(&folder.path().join("store.db"), || "2026-01-07T00:00:00Z".to_owned()).unwrap();
        let access = Access::for_all(Hosts::new("127.0.0.1:8765".parse().unwrap(), &[]));
        (folder, Arc::new(Service::new(readers, access, limits, || Duration::ZERO)))
    }

    async fn ask(routes: &Router, method: &str, address: &str) -> Response {
        let request = Request::builder().method(method).uri(address).header("host", HOST).body(Body::empty()).unwrap();
        routes.clone().oneshot(request).await.unwrap()
    }

    async fn text(response: Response) -> String {
        String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn every_route_is_as_it_is_described() {
        let (_folder, service) = service(Limits::default());
        let routes = router(service);
        let described = api::described().1;
        assert!(described.paths.paths.len() > 10);
        for (path, item) in &described.paths.paths {
            let here = [("GET", &item.get), ("PUT", &item.put), ("POST", &item.post), ("DELETE", &item.delete)];
            let mut allowed: BTreeSet<&str> = here.iter().filter(|(_, it)| it.is_some()).map(|(method, _)| *method).collect();
            if allowed.contains("GET") {
                allowed.insert("HEAD");
            }
            let address = path.replace("{id}", "1");
            for method in ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"] {
                let response = ask(&routes, method, &address).await;
                let status = response.status();
                if allowed.contains(method) {
                    assert_ne!(status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
                    let said = if status == StatusCode::NOT_FOUND { text(response).await } else { String::new() };
                    assert!(!said.contains("nothing at this address"), "{method} {path}");
                } else {
                    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
                    let allow = response.headers().get("allow").unwrap().to_str().unwrap();
                    assert_eq!(allow.split(',').collect::<BTreeSet<_>>(), allowed, "{path}");
                    assert!(text(response).await.contains("\"status\":405"), "{method} {path}");
                }
            }
        }
    }

    #[test]
    fn the_description_names_nothing_that_it_does_not_have() {
        let described: serde_json::Value = serde_json::from_str(&api::description()).unwrap();
        let text = described.to_string();
        let named: BTreeSet<&str> =
            text.split("\"#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let schemas = described["components"]["schemas"].as_object().unwrap();
        assert_eq!(named, schemas.keys().map(String::as_str).collect());
        assert_eq!(described["info"]["title"], "tongsa");
        for (path, item) in described["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let problem = &operation["responses"]["default"]["content"]["application/problem+json"]["schema"]["$ref"];
                assert_eq!(problem, "#/components/schemas/Problem", "{method} {path}");
            }
        }
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_and_the_next_one_is_right() {
        let (_folder, service) = service(Limits::default());
        let panics = |State(service): State<Arc<Service>>| async move {
            service.answer(|_| -> crate::workspace::Result<()> { panic!("on purpose, for a test") }).map(drop)
        };
        let in_a_thread = |State(service): State<Arc<Service>>| async move {
            service.read(|_| -> crate::workspace::Result<()> { panic!("on purpose, for a test") }).await.map(drop)
        };
        let panicking = Router::new().route("/here", get(panics)).route("/there", get(in_a_thread));
        let routes = enveloped(panicking.merge(api::described().0), service);
        for address in ["/here", "/there"] {
            let response = ask(&routes, "GET", address).await;
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR, "{address}");
            assert_eq!(response.headers()["content-type"], problem::MEDIA_TYPE);
        }
        let answer = text(ask(&routes, "GET", "/api/lookup?q=Xi%20Jinping").await).await;
        assert!(answer.contains("\"prc.xi-jinping\""), "{answer}");
    }

    #[tokio::test]
    async fn what_is_too_much_or_takes_too_long_is_put_off() {
        let (_folder, service) = service(Limits { waiting: 0, ..Limits::default() });
        let response = ask(&router(service), "GET", "/api/batches").await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()["retry-after"], "2");
        let (_folder, service) = self::service(Limits { reading: Duration::ZERO, ..Limits::default() });
        let (let_go, held) = std::sync::mpsc::channel::<()>();
        let slow = service.read(move |_| Ok(held.recv().is_err())).await;
        assert!(slow.unwrap_err().into_response().status() == StatusCode::SERVICE_UNAVAILABLE);
        drop(let_go);
    }

    #[tokio::test]
    async fn who_has_an_answer_is_not_sent_it_again() {
        let (_folder, service) = service(Limits::default());
        let routes = router(service);
        let tag = ask(&routes, "GET", "/api/rules").await.headers()["etag"].clone();
        for (sent, status) in [(tag.to_str().unwrap(), 304), ("\"another\"", 200), ("W/\"1\", *", 200), ("*", 304)] {
            let request = Request::get("/api/rules").header("host", HOST).header("if-none-match", sent);
            let response = routes.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!((response.status().as_u16(), &response.headers()["etag"]), (status, &tag), "{sent}");
            assert_eq!(text(response).await.is_empty(), status == 304, "{sent}");
        }
    }
}
