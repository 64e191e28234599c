//! Writing the match index: segments become runs, many runs of a size become one.

use std::collections::BTreeMap;

use rusqlite::blob::ZeroBlob;
use rusqlite::{Connection, MAIN_DB, params};

use crate::lang::Lang;
use crate::memory::run::{CAPACITY, PageKey, RunBuilder, UnitRow};
use crate::store::match_index::{RunHead, packing, page_key, read_page, read_runs, unit_in};
use crate::store::unit_body;
use crate::text::characters::Characters;
use crate::text::folded_text::folded_text;

/// Runs of about one size that are read side by side before they are merged.
const MOST_RUNS: usize = 8;

/// Pages from this size on, in bytes, are written where they belong; SQLite makes two copies of one that is bound to a statement.
const LARGE_PAGE: usize = 1 << 16;

/// Segments on their way into the match index.
#[derive(Default)]
pub struct MatchWriter {
    /// The segments that are not written yet, by the family of their language.
    runs: BTreeMap<String, RunBuilder>,
}

impl MatchWriter {
    /// Adds a folded segment of a unit.
    pub fn add(&mut self, connection: &Connection, lang: &Lang, folded: &str, unit: UnitRow) -> rusqlite::Result<()> {
        let family = lang.family();
        let run = match self.runs.get_mut(family) {
            Some(run) => run,
            None => self.runs.entry(family.to_owned()).or_default(),
        };
        run.add(folded, unit);
        if run.is_full() { write_run(connection, family, run) } else { Ok(()) }
    }

    /// Writes what is left, and merges runs of about one size while there are many of them.
    pub fn finish(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        while let Some((family, mut run)) = self.runs.pop_first() {
            write_run(connection, &family, &mut run)?;
            merge_runs(connection, &family)?;
        }
        Ok(())
    }
}

/// Makes the whole index anew out of the units.
pub(in crate::store) fn rebuild(connection: &Connection) -> rusqlite::Result<()> {
    let mut writer = MatchWriter::default();
    let mut statement = connection.prepare("SELECT id, body FROM unit ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        // A unit that cannot be read is reported when it is asked for.
        let (Ok(unit), Ok(body)) = (row.get(0), row.get_ref(1)?.as_str()) else { continue };
        for variant in unit_body::decode(body).unwrap_or_default() {
            writer.add(connection, &variant.lang, &folded_text(&variant.text), unit)?;
        }
    }
    writer.finish(connection)
}

/// Writes the segments of a builder as a run, and empties it.
fn write_run(connection: &Connection, family: &str, builder: &mut RunBuilder) -> rusqlite::Result<()> {
    if builder.is_empty() {
        return Ok(());
    }
    let (first, last) = builder.units();
    let sql = "INSERT INTO match_run (lang, lanes, first_unit, last_unit, shape) VALUES (?1, ?2, ?3, ?4, x'')";
    let run = connection.prepare_cached(sql)?.insert(params![family, builder.len() as i64, first, last])?;
    let shape = builder.build(packing::arrange, |key, body| write_page(connection, page_key(run, key), body))?;
    connection.execute("UPDATE match_run SET shape = ?2 WHERE id = ?1", params![run, shape.to_bytes()])?;
    Ok(())
}

fn write_page(connection: &Connection, key: i64, body: &[u8]) -> rusqlite::Result<()> {
    let mut page = connection.prepare_cached("INSERT INTO match_page (key, body) VALUES (?1, ?2)")?;
    if body.len() < LARGE_PAGE {
        return page.execute(params![key, body]).map(drop);
    }
    page.execute(params![key, ZeroBlob(body.len() as u64)])?;
    connection.blob_open(MAIN_DB, "match_page", "body", key, false)?.write_all_at(body, 0)
}

/// Merges runs of about one size while there are many of them.
fn merge_runs(connection: &Connection, family: &str) -> rusqlite::Result<()> {
    loop {
        let mut tiers: BTreeMap<u32, Vec<RunHead>> = Default::default();
        for run in read_runs(connection, family)? {
            tiers.entry(run.shape.lanes().max(1).ilog2() / 3).or_default().push(run);
        }
        let fits = |runs: &Vec<RunHead>| runs.iter().map(|run| run.shape.lanes()).sum::<usize>() <= CAPACITY;
        let Some((_, runs)) = tiers.into_iter().find(|(_, runs)| runs.len() >= MOST_RUNS && fits(runs)) else {
            return Ok(());
        };
        merge(connection, family, &runs)?;
    }
}

fn merge(connection: &Connection, family: &str, runs: &[RunHead]) -> rusqlite::Result<()> {
    let mut exists = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM unit WHERE id = ?1)")?;
    let mut builder = RunBuilder::default();
    for run in runs {
        for container in 0..run.shape.containers() {
            let (page, directory) = read_page(connection, run, container)?;
            for lane in 0..directory.len() {
                let unit = unit_in(&page, &directory, lane);
                if exists.query_row([unit], |row| row.get(0))? {
                    let (range, width) = directory.text_at(lane);
                    builder.add_lane(&Characters::new(page.get(range).unwrap_or_default(), width), unit);
                }
            }
        }
        delete_run(connection, run.id)?;
    }
    write_run(connection, family, &mut builder)
}

fn delete_run(connection: &Connection, run: i64) -> rusqlite::Result<()> {
    let (first, last) = (page_key(run, PageKey::Lanes(0)), page_key(run, PageKey::Row(u16::MAX)));
    connection.execute("DELETE FROM match_page WHERE key BETWEEN ?1 AND ?2", [first, last])?;
    connection.execute("DELETE FROM match_run WHERE id = ?1", [run])?;
    Ok(())
}

/// Drops the runs none of whose units is there any more.
pub(in crate::store) fn drop_empty_runs(connection: &Connection) -> rusqlite::Result<()> {
    let sql = "SELECT id FROM match_run WHERE NOT EXISTS (SELECT 1 FROM unit WHERE unit.id BETWEEN first_unit AND last_unit)";
    let mut statement = connection.prepare(sql)?;
    let empty: Vec<i64> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    empty.into_iter().try_for_each(|run| delete_run(connection, run))
}
