//! Features to try filters on.

use std::borrow::Cow;

use geo_types::Geometry;
use map_feature::{Feature, Field, Kind, Schema, Value};
use map_filter::{Filter, Values};

pub struct Row<'a>(pub &'a Feature);

impl Values for Row<'_> {
    fn value(&self, field: usize) -> Value {
        self.0.values[field].clone()
    }

    fn geometry(&self) -> Option<Cow<'_, Geometry<f64>>> {
        self.0.geometry.as_ref().map(Cow::Borrowed)
    }

    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0.id.as_deref().unwrap_or_default())
    }
}

pub fn count(filter: &Filter, features: &[Feature]) -> usize {
    features.iter().filter(|feature| filter.matches(&Row(feature))).count()
}

/// One field of each kind, named after it.
pub fn schema() -> Schema {
    let fields = [
        ("name", Kind::Text),
        ("floors", Kind::Integer),
        ("height", Kind::Number),
        ("public", Kind::Boolean),
        ("built", Kind::Date),
        ("seen", Kind::Instant),
        ("tags", Kind::Text),
    ];
    Schema { fields: fields.into_iter().map(|(name, kind)| Field::new(name, kind)).collect(), ..Schema::default() }
}

/// A house with everything, and one of which nothing is known.
pub fn houses() -> [Feature; 2] {
    let known = Feature {
        id: Some("h1".to_owned()),
        geometry: Some(geo::point!(x: 126.978, y: 37.5665).into()),
        values: vec![
            Value::Text("Straße".to_owned()),
            Value::Integer(12),
            Value::Number(40.5),
            Value::Boolean(true),
            Value::Date("2020-02-29".parse().unwrap()),
            Value::Instant("2026-11-24T12:00:00Z".parse().unwrap()),
            Value::Text(r#"["hall","library"]"#.to_owned()),
        ],
    };
    let nothing = Feature { id: Some("h2".to_owned()), geometry: None, values: vec![Value::Null; 7] };
    [known, nothing]
}

/// Which houses match: the known one, the unknown one.
pub fn matching(text: &str) -> (bool, bool) {
    let filter = Filter::parse_text(text, &schema()).unwrap_or_else(|error| panic!("{text}: {error}"));
    let [known, nothing] = houses();
    (filter.matches(&Row(&known)), filter.matches(&Row(&nothing)))
}
