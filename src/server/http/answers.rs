//! Answers that were given already, for as long as the store stays as it is.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;

use crate::server::readers::State;

/// So many bytes of answers are kept, and as many again of those that were given before them.
const MOST: usize = 32 << 20;

/// The answers by their questions.
#[derive(Default)]
pub struct Answers(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    state: Option<State>,
    young: HashMap<String, Bytes>,
    /// What was young before: an answer that is not asked for again goes with the next change.
    old: HashMap<String, Bytes>,
    bytes: usize,
}

impl Answers {
    /// Returns the answer to a question in one state of the store.
    pub fn get(&self, state: State, question: &str) -> Option<Bytes> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.state != Some(state) {
            return None;
        }
        if let Some(answer) = kept.young.get(question) {
            return Some(answer.clone());
        }
        let (question, answer) = kept.old.remove_entry(question)?;
        kept.add(question, answer.clone());
        Some(answer)
    }

    /// Keeps an answer. Those of another state are forgotten.
    pub fn keep(&self, state: State, question: String, answer: Bytes) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.state != Some(state) {
            *kept = Kept { state: Some(state), ..Kept::default() };
        }
        kept.add(question, answer);
    }
}

impl Kept {
    fn add(&mut self, question: String, answer: Bytes) {
        self.bytes += question.len() + answer.len();
        self.young.insert(question, answer);
        if self.bytes > MOST {
            (self.old, self.bytes) = (std::mem::take(&mut self.young), 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::readers::Readers;

    #[test]
    fn an_answer_is_kept_while_the_store_is_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let readers = Readers::open(&folder.path().join("store.db"), String::new).unwrap();
        let (answers, state) = (Answers::default(), readers.state().unwrap());
        assert_eq!(answers.get(state, "a"), None);
        answers.keep(state, "a".into(), Bytes::from_static(b"1"));
        assert_eq!(answers.get(state, "a").as_deref(), Some(b"1".as_slice()));
        let other = folder.path().join("other.db");
        std::fs::copy(readers.path(), &other).unwrap();
        std::fs::rename(other, readers.path()).unwrap();
        let later = readers.state().unwrap();
        assert_eq!(answers.get(later, "a"), None);
        answers.keep(later, "b".into(), Bytes::from_static(b"2"));
        assert_eq!((answers.get(later, "a"), answers.get(state, "a")), (None, None));
    }

    #[test]
    fn what_is_not_asked_again_makes_way() {
        let folder = tempfile::tempdir().unwrap();
        let state = Readers::open(&folder.path().join("store.db"), String::new).unwrap().state().unwrap();
        let (answers, large) = (Answers::default(), Bytes::from(vec![0; MOST / 4]));
        for question in 0..20 {
            answers.keep(state, question.to_string(), large.clone());
            assert!(answers.get(state, "0").is_some(), "what is asked for always is kept");
        }
        let kept = (0..20).filter(|question| answers.get(state, &question.to_string()).is_some()).count();
        assert!((2..=9).contains(&kept), "{kept} of 20 are kept");
    }
}
