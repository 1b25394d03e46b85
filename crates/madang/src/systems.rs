use kernel_web::System;

/// All systems of the portal. Deleting a line removes that system; the rest builds, runs and passes.
pub const SYSTEMS: &[System] = &[
    system_account::SYSTEM, //
    system_people::SYSTEM,
    system_letters::SYSTEM,
    system_survey::SYSTEM,
    system_map::SYSTEM,
];
