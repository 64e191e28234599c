//! What has been asked and how long it took, counted, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use axum::http::{Method, StatusCode};

/// The media type of the text.
pub const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The upper bounds of the histogram, in microseconds, with the seconds that they are.
const BOUNDS: [(u64, &str); 10] = [
    (100, "0.0001"),
    (300, "0.0003"),
    (1_000, "0.001"),
    (3_000, "0.003"),
    (10_000, "0.01"),
    (30_000, "0.03"),
    (100_000, "0.1"),
    (1_000_000, "1"),
    (10_000_000, "10"),
    (60_000_000, "60"),
];

/// What a request is counted under: method, pattern of the address, status. The patterns are those of the routes, so that nobody
/// can make more of them.
type Key = (String, String, u16);

/// The counters.
#[derive(Default)]
pub struct Metrics {
    requests: RwLock<BTreeMap<Key, AtomicU64>>,
    buckets: [AtomicU64; BOUNDS.len() + 1],
    microseconds: AtomicU64,
    under_way: AtomicU64,
}

/// What is known of the store.
#[derive(Clone, Copy, Debug)]
pub struct StoreFigures {
    /// The size of its file, in bytes.
    pub bytes: u64,
    /// How many concepts it has.
    pub concepts: usize,
}

/// A request that is under way, until it is dropped.
pub struct UnderWay<'m>(&'m Metrics);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    /// Counts a request as under way.
    pub fn begin(&self) -> UnderWay<'_> {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(self)
    }

    /// Counts an answer.
    pub fn count(&self, method: &Method, path: &str, status: StatusCode, took: Duration) {
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS.iter().position(|(bound, _)| microseconds <= *bound).unwrap_or(BOUNDS.len());
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        self.microseconds.fetch_add(microseconds, Ordering::Relaxed);
        let key = (method_name(method).to_owned(), path.to_owned(), status.as_u16());
        let known = self.requests.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(counter) = known.get(&key) {
            counter.fetch_add(1, Ordering::Relaxed);
            return;
        }
        drop(known);
        let mut requests = self.requests.write().unwrap_or_else(PoisonError::into_inner);
        requests.entry(key).or_default().fetch_add(1, Ordering::Relaxed);
    }

    /// Returns the text.
    pub fn text(&self, uptime: Duration, store: Option<StoreFigures>) -> String {
        let mut text = String::new();
        self.write_requests(&mut text);
        self.write_histogram(&mut text);
        gauge(
            &mut text,
            "tongsa_requests_under_way",
            "Requests that are being answered.",
            self.under_way.load(Ordering::Relaxed),
        );
        if let Some(StoreFigures { bytes, concepts }) = store {
            gauge(&mut text, "tongsa_store_bytes", "Size of the file of the store.", bytes);
            gauge(&mut text, "tongsa_concepts", "Concepts in the store.", concepts as u64);
        }
        gauge(&mut text, "tongsa_uptime_seconds", "How long the program has been running.", uptime.as_secs());
        text
    }

    fn write_requests(&self, text: &mut String) {
        head(text, "tongsa_requests_total", "counter", "Requests by method, route and status.");
        for ((method, path, status), count) in self.requests.read().unwrap_or_else(PoisonError::into_inner).iter() {
            let count = count.load(Ordering::Relaxed);
            line(text, &format!("tongsa_requests_total{{method=\"{method}\",route=\"{path}\",status=\"{status}\"}} {count}"));
        }
    }

    fn write_histogram(&self, text: &mut String) {
        head(text, "tongsa_request_duration_seconds", "histogram", "How long answers took.");
        let mut total = 0;
        for (bucket, (_, bound)) in self.buckets.iter().zip(BOUNDS.iter().chain(&[(u64::MAX, "+Inf")])) {
            total += bucket.load(Ordering::Relaxed);
            line(text, &format!("tongsa_request_duration_seconds_bucket{{le=\"{bound}\"}} {total}"));
        }
        let microseconds = self.microseconds.load(Ordering::Relaxed);
        let (seconds, rest) = (microseconds / 1_000_000, microseconds % 1_000_000);
        line(text, &format!("tongsa_request_duration_seconds_sum {seconds}.{rest:06}"));
        line(text, &format!("tongsa_request_duration_seconds_count {total}"));
    }
}

/// Anybody can make up methods, which are one here.
fn method_name(method: &Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS" | "PATCH") => known,
        _ => "other",
    }
}

fn gauge(text: &mut String, name: &str, help: &str, value: u64) {
    head(text, name, "gauge", help);
    line(text, &format!("{name} {value}"));
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    line(text, &format!("# HELP {name} {help}\n# TYPE {name} {kind}"));
}

fn line(text: &mut String, line: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_told() {
        let metrics = Metrics::default();
        for (status, microseconds) in [(200, 80), (200, 2_500), (404, 70_000_000)] {
            let status = StatusCode::from_u16(status).unwrap();
            metrics.count(&Method::GET, "/api/lookup", status, Duration::from_micros(microseconds));
        }
        metrics.count(&Method::from_bytes(b"MADE-UP").unwrap(), "", StatusCode::METHOD_NOT_ALLOWED, Duration::ZERO);
        let under_way = metrics.begin();
        let text = metrics.text(Duration::from_secs(61), Some(StoreFigures { bytes: 4_096, concepts: 700 }));
        for expected in [
            "# TYPE tongsa_requests_total counter",
            "tongsa_requests_total{method=\"GET\",route=\"/api/lookup\",status=\"200\"} 2",
            "tongsa_requests_total{method=\"GET\",route=\"/api/lookup\",status=\"404\"} 1",
            "tongsa_requests_total{method=\"other\",route=\"\",status=\"405\"} 1",
            "tongsa_request_duration_seconds_bucket{le=\"0.0001\"} 2",
            "tongsa_request_duration_seconds_bucket{le=\"0.003\"} 3",
            "tongsa_request_duration_seconds_bucket{le=\"60\"} 3",
            "tongsa_request_duration_seconds_bucket{le=\"+Inf\"} 4",
            "tongsa_request_duration_seconds_sum 70.002580",
            "tongsa_request_duration_seconds_count 4",
            "tongsa_requests_under_way 1",
            "tongsa_store_bytes 4096",
            "tongsa_concepts 700",
            "tongsa_uptime_seconds 61",
        ] {
            assert!(text.lines().any(|line| line == expected), "{expected} is not in\n{text}");
        }
        drop(under_way);
        assert!(metrics.text(Duration::ZERO, None).contains("tongsa_requests_under_way 0\n"));
    }
}
