//! What people do about themselves, in a whole city.

mod acting;
mod data;
mod entering;
mod factors;
mod guests;
mod letters;
mod my_page;
mod noted;
mod residence;
mod tent;
mod tokens;

use kernel_web::System;

fn systems() -> Vec<System> {
    vec![system_account::SYSTEM, tent::SYSTEM]
}
