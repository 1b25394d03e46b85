use std::ops::Range;

/// Something that can be found: a feature of a layer that has a name or an address.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entry {
    pub layer: String,
    /// Permanent within the layer.
    pub id: String,
    /// What people read. Empty: the address is read instead.
    pub name: String,
    /// Names in other languages, each after its BCP 47 tag (or nothing).
    pub names: Vec<(String, String)>,
    pub address: Option<Address>,
    /// The district it lies in, as people read it.
    pub district: String,
    /// Longitude and latitude, degrees (CRS84).
    pub at: (f64, f64),
    /// How much it matters among others that fit as well: 0 to 1, what lies outside is moved there.
    pub weight: f32,
    /// What the caller's rights know it by; see [`crate::Ask::may`].
    pub class: u16,
}

/// Where mail is brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    pub street: String,
    /// Other forms of the street's name that people write, such as its dative.
    pub forms: Vec<String>,
    /// House number with letter and after-number: `52A`, `110-5`.
    pub number: String,
    pub postcode: String,
    /// Town or municipality.
    pub place: String,
}

impl Entry {
    /// What people read: the name, or the address without one.
    pub fn title(&self) -> String {
        match &self.address {
            Some(address) if self.name.trim().is_empty() => {
                format!("{} {}", address.street, address.number).trim().to_owned()
            }
            _ => self.name.clone(),
        }
    }
}

/// One object that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub layer: String,
    pub id: String,
    /// What people read ([`Entry::title`]).
    pub name: String,
    /// The name in another language that was found, when it is not `name`.
    pub alias: Option<String>,
    pub names: Vec<(String, String)>,
    pub address: Option<Address>,
    pub district: String,
    /// Longitude and latitude, degrees.
    pub at: (f64, f64),
    /// Metres from where was asked, when a point was given.
    pub metres: Option<f64>,
    /// 0 to about 1, and above 1 when a whole name is just what was asked. To compare within one answer.
    pub score: f32,
    /// Every word was found as it was written (after folding), the last perhaps unfinished.
    pub exact: bool,
    /// What of `alias`, or else of `name`, was found: characters (not bytes) from and to, rising, apart.
    pub marks: Vec<Range<usize>>,
}
