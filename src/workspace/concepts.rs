//! Concepts one by one: reading them in pages, changing one, and what it was before.

use std::ops::ControlFlow;

use crate::glossary::concept::{Concept, ConceptId, Kind};
use crate::glossary::flaw;
use crate::glossary::index::Standing;
use crate::glossary::term::TermStatus;
use crate::lang::Lang;
use crate::store::batches::{Added, BatchCounts, BatchWriter, CurrentVersion};
use crate::store::body::Encoded;
use crate::store::concepts::{ConceptVersion, StoredConcept};
use crate::text::fold;
use crate::workspace::import::{self, Notices};
use crate::workspace::{Result, Workspace, WorkspaceError};

/// Which concepts are wanted. What is `None` does not matter.
#[derive(Clone, Debug, Default)]
pub struct ConceptFilter {
    /// Words that a term or the id has in it, folded.
    pub text: Option<String>,
    /// The kind.
    pub kind: Option<Kind>,
    /// A status that a term has.
    pub status: Option<TermStatus>,
    /// The domain.
    pub domain: Option<String>,
    /// A language that has a term.
    pub has: Option<Lang>,
    /// A language that has none.
    pub misses: Option<Lang>,
    /// Only what the user has imported or changed.
    pub own_only: bool,
}

/// Some concepts in order of their ids.
#[derive(Clone, Debug)]
pub struct ConceptPage {
    /// The concepts.
    pub concepts: Vec<StoredConcept>,
    /// The id behind which the next page begins; `None` on the last page.
    pub next: Option<ConceptId>,
}

/// What became of a change.
#[derive(Clone, Debug)]
pub struct ConceptChange {
    /// The import to take it back by; `None` where nothing was kept.
    pub batch: Option<i64>,
    /// What speaks against the concept, although it can be kept.
    pub conflicts: Vec<String>,
}

/// A concept to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewVersion<'a> {
    /// The concept as it is to be.
    pub concept: &'a Concept,
    /// As it was when the change was begun; `None` for a new one.
    pub before: Option<&'a Concept>,
    /// What the change came from, as the list of imports shows it.
    pub source: &'a str,
    /// Whether to change nothing, and only to say what speaks against it.
    pub dry_run: bool,
}

impl Workspace {
    /// Returns a concept.
    pub fn concept(&self, id: &ConceptId) -> Result<Option<StoredConcept>> {
        Ok(self.store.current(id)?)
    }

    /// Returns at most `limit` concepts behind an id.
    pub fn concepts(&self, filter: &ConceptFilter, after: Option<&ConceptId>, limit: usize) -> Result<ConceptPage> {
        let filter = Filter::new(filter);
        let mut page = ConceptPage { concepts: Vec::new(), next: None };
        let after = after.map_or("", ConceptId::as_str);
        self.store.concepts_after(after, filter.asked.own_only, |stored| -> Result<ControlFlow<()>> {
            if !filter.takes(&stored) {
                return Ok(ControlFlow::Continue(()));
            }
            if page.concepts.len() == limit {
                page.next = page.concepts.last().map(|last: &StoredConcept| last.concept.id.clone());
                return Ok(ControlFlow::Break(()));
            }
            page.concepts.push(stored);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(page)
    }

    /// Returns the versions of a concept, the current one first.
    pub fn history(&self, id: &ConceptId) -> Result<Vec<ConceptVersion>> {
        Ok(self.store.versions(id)?)
    }

    /// Keeps a concept as an import of one, so that it can be taken back as one. It takes the place of the version before as a
    /// whole.
    pub fn put_concept(&mut self, new: NewVersion<'_>) -> Result<ConceptChange> {
        let (odd, wrong): (Vec<_>, Vec<_>) = flaw::flaws(new.concept).into_iter().partition(|flaw| flaw.reason.is_only_odd());
        if let Some(flaw) = wrong.into_iter().next() {
            return Err(WorkspaceError::Flawed { concept: flaw.concept, reason: flaw.reason });
        }
        let mut conflicts: Vec<String> = odd.into_iter().map(|flaw| flaw.reason.to_string()).collect();
        let encoded = Encoded::new(new.concept);
        let mut writer = self.store.begin_batch(new.source, &self.now)?;
        let current = writer.current(encoded.id())?;
        if current.as_ref().and_then(CurrentVersion::concept).as_ref() != new.before {
            return Err(WorkspaceError::ConceptChanged(encoded.id().clone()));
        }
        if current.as_ref().is_some_and(|current| current.is(&encoded)) {
            return Ok(ConceptChange { batch: None, conflicts });
        }
        let counts = BatchCounts {
            added: usize::from(current.is_none()),
            changed: usize::from(current.is_some()),
            ..BatchCounts::default()
        };
        conflicts.extend(put(&mut writer, current.as_ref(), &encoded)?);
        let batch = (!new.dry_run).then(|| writer.id());
        if !new.dry_run {
            writer.commit(counts)?;
        }
        Ok(ConceptChange { batch, conflicts })
    }
}

/// Writes the concept, and says which terms others have too.
fn put(writer: &mut BatchWriter<'_>, current: Option<&CurrentVersion>, encoded: &Encoded) -> Result<Vec<String>> {
    let added = match current {
        Some(current) => writer.replace(current, encoded)?,
        None => writer.add(encoded)?,
    };
    let lines: Vec<_> = match added {
        Added::Row(row) => vec![(row, 1)],
        Added::Exists(_) => Vec::new(),
    };
    let mut conflicts = Notices::default();
    import::find_conflicts(writer, &lines, &mut conflicts)?;
    Ok(conflicts.kept.into_iter().map(|notice| notice.reason).collect())
}

/// A filter with its words folded once.
struct Filter<'a> {
    asked: &'a ConceptFilter,
    key: Option<String>,
}

impl<'a> Filter<'a> {
    fn new(asked: &'a ConceptFilter) -> Self {
        let key = asked.text.as_deref().map(fold::key).filter(|key| !key.is_empty());
        Self { asked, key }
    }

    fn takes(&self, stored: &StoredConcept) -> bool {
        let StoredConcept { concept, standing, .. } = stored;
        let ConceptFilter { kind, status, domain, has, misses, own_only, .. } = self.asked;
        let has_term_in = |lang: &Lang| concept.section(lang).is_some();
        kind.as_ref().is_none_or(|kind| concept.kind == *kind)
            && status.is_none_or(|status| concept.terms().any(|(_, term)| term.status == status))
            && domain.as_ref().is_none_or(|domain| concept.domain.as_ref() == Some(domain))
            && has.as_ref().is_none_or(has_term_in)
            && misses.as_ref().is_none_or(|lang| !has_term_in(lang))
            && (!own_only || *standing == Standing::Own)
            && self.key.as_ref().is_none_or(|key| has_in_it(concept, key))
    }
}

fn has_in_it(concept: &Concept, key: &str) -> bool {
    fold::key(concept.id.as_str()).contains(key) || concept.terms().any(|(_, term)| fold::key(&term.text).contains(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::term::Term;

    fn tea(form: &str) -> Concept {
        let mut concept = Concept::new(ConceptId("desk.tea".into()), Kind::Term);
        concept.add_term(Lang::En, Term::new(form, TermStatus::Preferred));
        concept
    }

    fn put(workspace: &mut Workspace, concept: &Concept, before: Option<&Concept>) -> Result<ConceptChange> {
        workspace.put_concept(NewVersion { concept, before, source: "page", dry_run: false })
    }

    fn workspace() -> Workspace {
        Workspace::in_memory().unwrap()
    }

    #[test]
    fn pages_are_the_whole_list_in_order() {
        let workspace = workspace();
        let all = workspace.concepts(&ConceptFilter::default(), None, usize::MAX).unwrap();
        assert_eq!(all.next, None);
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let page = workspace.concepts(&ConceptFilter::default(), after.as_ref(), 100).unwrap();
            paged.extend(page.concepts.into_iter().map(|stored| stored.concept));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(paged, all.concepts.into_iter().map(|stored| stored.concept).collect::<Vec<_>>());
    }

    #[test]
    fn filters_are_what_they_say() {
        let workspace = workspace();
        let ids = |filter: ConceptFilter| -> Vec<String> {
            let page = workspace.concepts(&filter, None, usize::MAX).unwrap();
            page.concepts.into_iter().map(|stored| stored.concept.id.0).collect()
        };
        let text = |text: &str| ConceptFilter { text: Some(text.into()), ..ConceptFilter::default() };
        assert_eq!(ids(text("釣魚臺國賓館")), ["place.diaoyutai-state-guesthouse"]);
        assert_eq!(ids(ConceptFilter { kind: Some(Kind::Person), ..text("Zhao Leji") }), ["npc.zhao-leji"]);
        assert!(ids(ConceptFilter { kind: Some(Kind::Place), ..text("Zhao Leji") }).is_empty());
        assert!(ids(ConceptFilter { own_only: true, ..ConceptFilter::default() }).is_empty());
        assert!(ids(ConceptFilter { misses: Some(Lang::En), has: Some(Lang::En), ..ConceptFilter::default() }).is_empty());
        let forbidden = ids(ConceptFilter { status: Some(TermStatus::Forbidden), ..text("조선반도") });
        assert_eq!(forbidden, ["diplomacy.denuclearization-of-the-korean-peninsula", "place.korean-peninsula"]);
    }

    #[test]
    fn a_change_has_a_history_and_can_be_taken_back() {
        let mut workspace = workspace();
        let first = put(&mut workspace, &tea("Boseong tea"), None).unwrap();
        let second = put(&mut workspace, &tea("Bosung tea"), Some(&tea("Boseong tea"))).unwrap();
        assert_eq!(put(&mut workspace, &tea("Bosung tea"), Some(&tea("Bosung tea"))).unwrap().batch, None);
        let history = |workspace: &Workspace| -> Vec<(Option<i64>, Concept)> {
            let versions = workspace.history(&ConceptId("desk.tea".into())).unwrap();
            versions.into_iter().map(|version| (version.import, version.concept)).collect()
        };
        assert_eq!(history(&workspace), [(second.batch, tea("Bosung tea")), (first.batch, tea("Boseong tea"))]);
        workspace.undo(second.batch).unwrap();
        assert_eq!(history(&workspace), [(first.batch, tea("Boseong tea"))]);
    }

    #[test]
    fn a_shipped_concept_is_the_first_of_its_versions() {
        let mut workspace = workspace();
        let id = ConceptId("place.beijing".into());
        let before = workspace.concept(&id).unwrap().unwrap();
        assert_eq!(before.standing, Standing::Shipped);
        let changed = Concept { note: Some("capital".into()), ..before.concept.clone() };
        put(&mut workspace, &changed, Some(&before.concept)).unwrap();
        let versions = workspace.history(&id).unwrap();
        assert_eq!(versions.iter().map(|version| version.concept.clone()).collect::<Vec<_>>(), [changed, before.concept]);
        assert_eq!(versions[1].import, None);
    }

    #[test]
    fn nobody_overwrites_what_they_have_not_seen() {
        let mut workspace = workspace();
        put(&mut workspace, &tea("Boseong tea"), None).unwrap();
        for before in [None, Some(tea("Bosung tea"))] {
            let refused = put(&mut workspace, &tea("Posong tea"), before.as_ref()).unwrap_err();
            assert!(matches!(refused, WorkspaceError::ConceptChanged(_)), "{refused}");
        }
        let kept = workspace.concept(&ConceptId("desk.tea".into())).unwrap().unwrap();
        assert_eq!(kept.concept, tea("Boseong tea"));
    }

    #[test]
    fn what_is_not_well_formed_is_refused_and_what_is_odd_is_said() {
        let mut workspace = workspace();
        let refused = put(&mut workspace, &tea("—"), None).unwrap_err();
        assert_eq!(refused.to_string(), "desk.tea cannot be kept: a en term has no letter in it");
        let shared = NewVersion { concept: &tea("Zhao Leji"), before: None, source: "page", dry_run: true };
        let change = workspace.put_concept(shared).unwrap();
        assert_eq!((change.batch, change.conflicts), (None, vec!["Zhao Leji (en) also of npc.zhao-leji".to_owned()]));
        assert!(workspace.concept(&ConceptId("desk.tea".into())).unwrap().is_none());
    }
}
