use std::path::Path;

use geo_types::{Coord, Geometry};
use map_feature::{Bounds, Crs, Feature, Schema, Transformer, Value, from_wkb};

use crate::{
    Error, Result, column::Column, ids::Ids, manifest::Manifest, mapped::Bytes, packed::Whole, tree::Tree,
    words::Words, world::Area,
};

/// One immutable edition of a layer, mapped into memory.
///
/// Rows are numbered from 0 in the order of a Hilbert curve, those without a place last.
pub struct Edition {
    manifest: Manifest,
    file: Bytes,
    len: u32,
    pub(crate) placed: u32,
    pub(crate) tree: Tree,
    shapes: Words,
    originals: Words,
    pub(crate) ids: Ids,
    versions: Whole,
    columns: Vec<Column>,
    to_degrees: Transformer,
    from_degrees: Transformer,
}

impl Edition {
    /// Reads the manifest and maps the data. Lengths, the manifest's checksum and whether all fits together are checked
    /// here, what single features say when they are asked for, and all bytes by [`Edition::verify`].
    pub fn open(folder: &Path) -> Result<Edition> {
        let manifest = Manifest::read(folder)?;
        let file = manifest.data(folder)?;
        let damaged = || Error::Damaged("the numbers of features do not fit together");
        let len = u32::try_from(manifest.features).map_err(|_| damaged())?;
        let placed = u32::try_from(manifest.placed).ok().filter(|placed| *placed <= len).ok_or_else(damaged)?;
        if manifest.schema.fields.len() != manifest.columns.len()
            || manifest.shapes.len() != manifest.features
            || manifest.originals.len() != manifest.features
        {
            return Err(damaged());
        }
        let columns = manifest.columns.iter().zip(&manifest.schema.fields);
        let columns = columns.map(|(spec, field)| Column::open(spec, field.kind, &file, manifest.features));
        Ok(Edition {
            len,
            placed,
            tree: Tree::open(manifest.leaves, manifest.nodes, &file, placed)?,
            shapes: Words::open(&manifest.shapes, &file)?,
            originals: Words::open(&manifest.originals, &file)?,
            ids: Ids::open(&manifest.ids, &file, len)?,
            versions: Whole::open(&manifest.versions, &file, manifest.features)?,
            columns: columns.collect::<Result<_>>()?,
            to_degrees: Transformer::new(manifest.crs, Crs::Crs84)?,
            from_degrees: Transformer::new(Crs::Crs84, manifest.crs)?,
            manifest,
            file,
        })
    }

    /// Reads everything and compares the checksums that were written.
    pub fn verify(&self) -> Result<()> {
        self.manifest.sections.iter().try_for_each(|span| span.check(&self.file))
    }

    pub fn schema(&self) -> &Schema {
        &self.manifest.schema
    }

    pub fn crs(&self) -> Crs {
        self.manifest.crs
    }

    pub fn len(&self) -> u64 {
        u64::from(self.len)
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The box around all places, CRS84.
    pub fn bounds(&self) -> Option<Bounds> {
        self.manifest.bounds.map(|[west, south, east, north]| Bounds { west, south, east, north })
    }

    pub fn row_of(&self, id: &str) -> Option<u32> {
        self.ids.row_of(id)
    }

    /// The feature as it came: original coordinates in the layer's CRS.
    pub fn feature(&self, row: u32) -> Result<Feature> {
        if row >= self.len {
            return Err(Error::Damaged("there is no such row"));
        }
        let id = self.ids.get(row).ok_or(Error::Damaged("a feature has no id"))?;
        let values = self.columns.iter().map(|column| column.get(u64::from(row))).collect();
        Ok(Feature { id: Some(id), geometry: self.geometry(row)?, values })
    }

    /// `Null` where there is no such row or field.
    pub fn value(&self, row: u32, field: usize) -> Value {
        self.columns.get(field).map(|column| column.get(u64::from(row))).unwrap_or_default()
    }

    /// Empty where there is no such row.
    pub fn id(&self, row: u32) -> String {
        self.ids.get(row).unwrap_or_default()
    }

    /// 1 unless it was written with another.
    pub fn version(&self, row: u32) -> u64 {
        self.versions.get(u64::from(row)).map_or(0, |version| version as u64)
    }

    /// The geometry as it came, in the layer's CRS.
    pub fn geometry(&self, row: u32) -> Result<Option<Geometry<f64>>> {
        let damaged = || Error::Damaged("a geometry is not one");
        let bytes = self.originals.bytes(u64::from(row)).ok_or_else(damaged)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        from_wkb(bytes).map(Some).map_err(|_| damaged())
    }

    /// The geometry in CRS84.
    pub fn geometry_in_degrees(&self, row: u32) -> Result<Option<Geometry<f64>>> {
        self.geometry(row)?.map(|geometry| self.to_degrees(geometry)).transpose()
    }

    pub(crate) fn to_degrees(&self, geometry: Geometry<f64>) -> Result<Geometry<f64>> {
        if matches!(self.manifest.crs, Crs::Crs84 | Crs::Epsg(4326)) {
            return Ok(geometry);
        }
        Ok(self.to_degrees.geometry(&geometry)?)
    }

    /// A place of CRS84 in the layer's CRS.
    pub(crate) fn in_own_crs(&self, at: Coord<f64>) -> Result<Coord<f64>> {
        Ok(self.from_degrees.point(at)?)
    }

    pub(crate) fn column(&self, field: usize) -> Option<&Column> {
        self.columns.get(field)
    }

    pub(crate) fn shape(&self, row: u32) -> Option<&[u8]> {
        self.shapes.bytes(u64::from(row))
    }

    /// Only polygons, so that what is small is small on every map.
    pub(crate) fn polygons_only(&self) -> bool {
        self.manifest.kinds == crate::shape::POLYGONS
    }

    pub(crate) fn area(&self, row: u32) -> Option<Area> {
        if row < self.placed { self.tree.leaf(row) } else { None }
    }
}
