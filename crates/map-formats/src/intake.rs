//! The one gate between readers and the caller's sink: counts, checks, conversions.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{BufWriter, Write};

use geo_types::Geometry;
use map_feature::{Bounds, Feature, Schema, Value};

use crate::report::{At, Problem, ProblemKind, Reject, Report};
use crate::{Error, Limits, Options, Result, Stop, geometry, kinds};

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    pub features: u64,
    /// Of the file's bytes or of whatever the format counts; `done ≤ total`, `total` 0 when unknown.
    pub done: u64,
    pub total: u64,
}

pub(crate) struct Intake<'a> {
    pub limits: Limits,
    pub report: Report,
    sink: &'a mut dyn FnMut(Feature) -> Result<(), Stop>,
    progress: &'a mut dyn FnMut(Progress),
    /// The file's fields.
    fields: Vec<String>,
    /// From the file's fields to those wanted.
    mapping: Option<Vec<(usize, map_feature::Kind)>>,
    swap: bool,
    seen: HashSet<u64>,
    hasher: RandomState,
    problems: HashMap<(ProblemKind, Option<usize>), usize>,
    rejects: Option<BufWriter<File>>,
    position: (u64, u64),
}

const MISSING: usize = usize::MAX;

impl<'a> Intake<'a> {
    pub fn new(
        options: &Options,
        schema: &Schema,
        sink: &'a mut dyn FnMut(Feature) -> Result<(), Stop>,
        progress: &'a mut dyn FnMut(Progress),
    ) -> Result<Intake<'a>> {
        let rejects = match &options.rejects {
            Some(path) => {
                Some(BufWriter::new(File::create(path).map_err(|source| Error::File { path: path.clone(), source })?))
            }
            None => None,
        };
        let mapping = options.schema.as_ref().filter(|wanted| wanted.fields != schema.fields).map(|wanted| {
            let place = |field: &map_feature::Field| (schema.position(&field.name).unwrap_or(MISSING), field.kind);
            wanted.fields.iter().map(place).collect()
        });
        Ok(Intake {
            limits: options.limits,
            report: Report::default(),
            sink,
            progress,
            fields: schema.fields.iter().map(|field| field.name.clone()).collect(),
            mapping,
            swap: options.swap_axes,
            seen: HashSet::new(),
            hasher: RandomState::new(),
            problems: HashMap::new(),
            rejects,
            position: (0, 0),
        })
    }

    /// Where in the file the reader is.
    pub fn at(&mut self, done: u64, total: u64) {
        self.position = (done, total);
    }

    /// A feature with the file's own fields. Coordinates must be finite, else it is rejected.
    pub fn feature(&mut self, row: u64, mut feature: Feature) -> Result<()> {
        if let Some(shape) = &mut feature.geometry {
            let (vertices, bounds, finite) = geometry::survey(shape);
            if !finite {
                let raw = self.describe(&feature);
                let id = feature.id.take();
                return self.reject(row, id.as_deref(), ProblemKind::BadCoordinate, &raw);
            }
            if vertices > self.limits.vertices {
                let id = feature.id.take();
                return self.reject(row, id.as_deref(), ProblemKind::TooManyVertices, "");
            }
            match bounds {
                None => feature.geometry = None,
                Some(bounds) => {
                    let bounds = if self.swap {
                        geometry::swap(shape);
                        Bounds { west: bounds.south, south: bounds.west, east: bounds.north, north: bounds.east }
                    } else {
                        bounds
                    };
                    self.report.vertices += vertices;
                    self.report.geometry = Some(geometry::joined(self.report.geometry, geometry::kind(shape)));
                    self.report.bounds = Some(self.report.bounds.map_or(bounds, |all| all.joined(bounds)));
                }
            }
        }
        for place in 0..feature.values.len() {
            if let Value::Number(number) = feature.values[place]
                && !number.is_finite()
            {
                feature.values[place] = Value::Null;
                self.note(ProblemKind::NotANumber, row, feature.id.as_deref(), Some(place));
            }
        }
        if let Some(id) = feature.id.take() {
            feature.id = Some(self.unique(row, id));
        }
        if let Some(mapping) = self.mapping.take() {
            feature.values = self.mapped(&mapping, row, feature.id.as_deref(), feature.values);
            self.mapping = Some(mapping);
        }
        self.count();
        self.report.accepted += 1;
        self.report.without_geometry += u64::from(feature.geometry.is_none());
        (self.sink)(feature).map_err(Error::Stopped)
    }

    /// A row that is not taken; `raw` as it stands in the file.
    pub fn reject(&mut self, row: u64, id: Option<&str>, kind: ProblemKind, raw: &str) -> Result<()> {
        self.note(kind, row, id, None);
        self.count();
        self.report.rejected += 1;
        let reject = |raw: &str| Reject { row, id: id.map(str::to_owned), kind, raw: raw.to_owned() };
        if let Some(file) = &mut self.rejects {
            serde_json::to_writer(&mut *file, &reject(raw)).map_err(std::io::Error::from)?;
            file.write_all(b"\n")?;
        }
        if self.report.rejects.len() < self.limits.rejects {
            let mut end = raw.len().min(self.limits.reject_bytes);
            while !raw.is_char_boundary(end) {
                end -= 1;
            }
            self.report.rejects.push(reject(&raw[..end]));
        }
        Ok(())
    }

    /// Something worth knowing about a row that is kept, or with row 0 about the file.
    pub fn note(&mut self, kind: ProblemKind, row: u64, id: Option<&str>, field: Option<usize>) {
        let problems = &mut self.report.problems;
        let place = *self.problems.entry((kind, field)).or_insert_with(|| {
            let field = field.and_then(|field| self.fields.get(field).cloned());
            problems.push(Problem { kind, field, count: 0, first: Vec::new() });
            problems.len() - 1
        });
        let problem = &mut problems[place];
        problem.count += 1;
        if problem.first.len() < 10 {
            problem.first.push(At { row, id: id.map(str::to_owned) });
        }
    }

    pub fn finish(mut self) -> Result<Report> {
        if let Some(mut file) = self.rejects.take() {
            file.flush()?;
        }
        self.tell();
        Ok(self.report)
    }

    fn count(&mut self) {
        self.report.read += 1;
        if self.report.read.is_multiple_of(4096) {
            self.tell();
        }
    }

    fn tell(&mut self) {
        let (done, total) = self.position;
        (self.progress)(Progress { features: self.report.read, done: done.min(total), total });
    }

    fn unique(&mut self, row: u64, id: String) -> String {
        if self.seen.insert(self.hasher.hash_one(&id)) {
            return id;
        }
        self.note(ProblemKind::DuplicateId, row, Some(&id), None);
        let mut number = 2_u64;
        loop {
            let other = format!("{id}.{number}");
            if self.seen.insert(self.hasher.hash_one(&other)) {
                return other;
            }
            number += 1;
        }
    }

    fn mapped(
        &mut self,
        mapping: &[(usize, map_feature::Kind)],
        row: u64,
        id: Option<&str>,
        mut values: Vec<Value>,
    ) -> Vec<Value> {
        let mut out = Vec::with_capacity(mapping.len());
        for (from, kind) in mapping {
            let value = values.get_mut(*from).map(std::mem::take).unwrap_or_default();
            out.push(kinds::convert(value, *kind).unwrap_or_else(|| {
                self.note(ProblemKind::WrongKind, row, id, Some(*from));
                Value::Null
            }));
        }
        out
    }

    /// A feature of a binary file in words, for the list of rejected rows.
    pub fn describe(&self, feature: &Feature) -> String {
        let mut text = String::new();
        for (name, value) in self.fields.iter().zip(&feature.values).filter(|(_, value)| !value.is_null()) {
            if text.len() > self.limits.reject_bytes {
                break;
            }
            text.push_str(&format!("{name}={value}; "));
        }
        text.push_str(match feature.geometry {
            None => "no geometry",
            Some(Geometry::Point(_)) => "Point",
            Some(Geometry::MultiPoint(_)) => "MultiPoint",
            Some(Geometry::LineString(_)) => "LineString",
            Some(Geometry::MultiLineString(_)) => "MultiLineString",
            Some(Geometry::Polygon(_)) => "Polygon",
            Some(Geometry::MultiPolygon(_)) => "MultiPolygon",
            Some(_) => "GeometryCollection",
        });
        text
    }
}
