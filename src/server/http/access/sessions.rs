//! The browsers that were signed in with a token: each has a random number in a cookie, which is kept in memory alone.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::{HeaderMap, header};
use subtle::ConstantTimeEq;

use crate::server::http::access::Right;

/// The name of the cookie.
pub const COOKIE: &str = "tongsa";
/// Who signs in in the morning is signed in until the evening.
const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);
/// The oldest one makes way where there are more.
const MOST: usize = 1_000;

/// The sessions, the oldest first.
#[derive(Default)]
pub struct Sessions(Mutex<Vec<Session>>);

struct Session {
    id: String,
    right: Right,
    begun: Duration,
}

impl Sessions {
    /// Begins a session and returns its id; `None` where the system has no random number.
    pub fn begin(&self, right: Right, now: Duration) -> Option<String> {
        let mut random = [0; 32];
        getrandom::fill(&mut random).ok()?;
        let id: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut sessions = self.current(now);
        if sessions.len() >= MOST {
            sessions.remove(0);
        }
        sessions.push(Session { id: id.clone(), right, begun: now });
        Some(id)
    }

    /// Returns what the session of a request allows.
    pub fn right(&self, headers: &HeaderMap, now: Duration) -> Option<Right> {
        let id = id(headers)?;
        let is_this = |session: &&Session| bool::from(session.id.as_bytes().ct_eq(id.as_bytes()));
        self.current(now).iter().find(is_this).map(|session| session.right)
    }

    /// Ends the session of a request.
    pub fn end(&self, headers: &HeaderMap, now: Duration) {
        let id = id(headers).unwrap_or_default();
        self.current(now).retain(|session| session.id != id);
    }

    /// Returns the sessions that are not over.
    fn current(&self, now: Duration) -> MutexGuard<'_, Vec<Session>> {
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|session| now.saturating_sub(session.begun) < LONGEST);
        sessions
    }
}

/// Returns the id in the cookie of a request.
fn id(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_known_until_it_ends() {
        let (sessions, morning) = (Sessions::default(), Duration::from_secs(60));
        let begun = [Right::Read, Right::Write].map(|right| sessions.begin(right, morning).unwrap());
        assert_ne!(begun[0], begun[1]);
        let request = |id: &str| HeaderMap::from_iter([(header::COOKIE, format!("a=b; {COOKIE}={id}").parse().unwrap())]);
        let right = |id: &str, now| sessions.right(&request(id), now);
        assert_eq!(right(&begun[0], morning), Some(Right::Read));
        assert_eq!(right(&begun[1], morning), Some(Right::Write));
        assert_eq!(right(&begun[1][1..], morning), None);
        sessions.end(&request(&begun[0]), morning);
        assert_eq!(right(&begun[0], morning), None);
        assert_eq!(right(&begun[1], morning + LONGEST), None);
        for _ in 0..=MOST {
            sessions.begin(Right::Read, morning);
        }
        assert_eq!(sessions.current(morning).len(), MOST);
    }
}
