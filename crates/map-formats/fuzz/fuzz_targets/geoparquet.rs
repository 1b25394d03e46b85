#![no_main]

use map_formats::Format;

// The reader turns panics of Parquet's crate into errors of the file: libFuzzer's hook must not end the process first.
libfuzzer_sys::fuzz_target!(
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| map_formats_fuzz::file(Format::GeoParquet, "parquet", bytes)
);
