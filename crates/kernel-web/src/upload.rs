use kernel_files::Refused;
use kernel_language::Arg;

use crate::Visit;

/// Why an upload was refused and what to do, for the page that asked for it.
pub fn refused(visit: &Visit, refused: &Refused) -> String {
    visit.note("upload.refused", "");
    let values = refused.values();
    let values: Vec<(&str, Arg)> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    visit.t_with(refused.key(), &values)
}
