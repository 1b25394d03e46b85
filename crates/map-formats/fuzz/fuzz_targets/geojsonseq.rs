#![no_main]

use map_formats::Format;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| map_formats_fuzz::file(Format::GeoJsonSeq, "geojsonl", bytes));
