//! Who reads which city: the list, one button with a look at what it would do, and by hand.

mod api;
mod give;
mod hand;
mod plan;
mod preview;
mod readers;
pub(crate) mod table;

pub use api::{__path_assignments, assignments};
pub use give::{give, give_planned};
pub use hand::{ask, give_one, take};
pub use plan::{Given, Place, Plan, Reader, plan};
pub use preview::{give_all, preview};
pub use readers::readers;
pub use table::Table;
