#![no_main]

use map_formats::Format;

/// An empty Shapefile of points, so that only its table counts.
const SHP: [u8; 100] = {
    let mut head = [0; 100];
    head[2] = 0x27;
    head[3] = 0x0a;
    head[27] = 50;
    head[28] = 0xe8;
    head[29] = 3;
    head[32] = 1;
    head
};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // One null shape for each row, as many as a short table has.
    let mut shp = SHP.to_vec();
    for row in 1..=20_u32 {
        shp.extend_from_slice(&row.to_be_bytes());
        shp.extend_from_slice(&[0, 0, 0, 2, 0, 0, 0, 0]);
    }
    map_formats_fuzz::files(Format::Shapefile, &[("shp", &shp), ("dbf", bytes)]);
});
