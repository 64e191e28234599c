//! Exporting the memory: units → a writer of one of the formats.

use std::io::Write;

use crate::exchange::bitext::{BitextWriter, TableKind, UnitColumnSurvey};
use crate::exchange::tmx::TmxWriter;
use crate::exchange::unit_file::UnitWriter;
use crate::memory::unit::TranslationUnit;
use crate::workspace::Workspace;
use crate::workspace::export::ExportError;

/// A format that units are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitOutput {
    /// TMX 1.4b.
    Tmx,
    /// A table.
    Table(TableKind),
}

/// Writes units to `out`. `visit` is asked for all of them twice where a table must know its columns first.
pub fn write_units<E: From<std::io::Error>>(
    output: UnitOutput,
    out: impl Write,
    visit: impl Fn(&mut dyn FnMut(&TranslationUnit) -> std::io::Result<()>) -> std::result::Result<(), E>,
) -> std::result::Result<usize, E> {
    let mut writer: Box<dyn UnitWriter + '_> = match output {
        UnitOutput::Tmx => Box::new(TmxWriter::new(out, None)?),
        UnitOutput::Table(kind) => {
            let mut survey = UnitColumnSurvey::default();
            visit(&mut |unit| {
                survey.see(unit);
                Ok(())
            })?;
            Box::new(BitextWriter::new(out, kind, survey.columns())?)
        }
    };
    let mut count = 0;
    visit(&mut |unit| {
        count += 1;
        writer.write(unit)
    })?;
    writer.finish()?;
    Ok(count)
}

impl Workspace {
    /// Writes every unit, and returns how many. A unit of several origins has the first.
    pub fn export_units(&self, out: impl Write, output: UnitOutput) -> std::result::Result<usize, ExportError> {
        write_units(output, out, |visit| -> std::result::Result<(), ExportError> {
            self.store.for_each_unit(|stored| -> std::result::Result<(), ExportError> { Ok(visit(&stored.unit)?) })
        })
    }
}
