use serde::{Deserialize, Serialize};

/// The four ways a map looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    #[default]
    Day,
    Dark,
    /// Greys and blue below, so that nothing but the data has a hue; steps differ in lightness.
    ColourBlind,
    /// Black and white with thick lines and larger letters.
    Contrast,
}

/// The colours of a look, as CSS writes them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    pub land: &'static str,
    pub built: &'static str,
    pub green: &'static str,
    pub wood: &'static str,
    pub water: &'static str,
    pub water_edge: &'static str,
    pub building: &'static str,
    pub building_edge: &'static str,
    pub road: &'static str,
    pub road_edge: &'static str,
    pub highway: &'static str,
    pub highway_edge: &'static str,
    pub path: &'static str,
    pub rail: &'static str,
    pub boundary: &'static str,
    pub text: &'static str,
    pub text_quiet: &'static str,
    pub text_water: &'static str,
    /// Around letters.
    pub halo: &'static str,
    /// The project's colour: a deep courtyard green.
    pub accent: &'static str,
    /// Around data, so that they stand out from the base map.
    pub edge: &'static str,
    /// What has no value.
    pub nothing: &'static str,
    /// Kinds that differ: Okabe and Ito's colours (2008), the most different first.
    pub kinds: [&'static str; 8],
    /// Little to much, five steps of rising contrast with the land.
    pub ramp: [&'static str; 5],
    /// Letters and thin lines grow by this.
    pub growth: f64,
}

impl Look {
    pub const ALL: [Look; 4] = [Look::Day, Look::Dark, Look::ColourBlind, Look::Contrast];

    /// As addresses and settings write it.
    pub fn name(self) -> &'static str {
        match self {
            Look::Day => "day",
            Look::Dark => "dark",
            Look::ColourBlind => "colour-blind",
            Look::Contrast => "contrast",
        }
    }

    pub fn named(name: &str) -> Option<Look> {
        Look::ALL.into_iter().find(|look| look.name() == name)
    }

    pub fn palette(self) -> &'static Palette {
        match self {
            Look::Day => &DAY,
            Look::Dark => &DARK,
            Look::ColourBlind => &COLOUR_BLIND,
            Look::Contrast => &CONTRAST,
        }
    }
}

const OKABE_ITO: [&str; 8] = ["#0072b2", "#d55e00", "#009e73", "#e69f00", "#cc79a7", "#56b4e9", "#f0e442", "#595959"];

const DAY: Palette = Palette {
    land: "#f7f6f2",
    built: "#f1efe9",
    green: "#dfeadb",
    wood: "#d2e2ce",
    water: "#c5dce8",
    water_edge: "#a9c9da",
    building: "#e6e2da",
    building_edge: "#d3cdc2",
    road: "#ffffff",
    road_edge: "#d8d4ca",
    highway: "#fbe7bf",
    highway_edge: "#dcbf85",
    path: "#c9c1b1",
    rail: "#a9a49a",
    boundary: "#a397ad",
    text: "#2b3631",
    text_quiet: "#56615b",
    text_water: "#2a5671",
    halo: "#fbfaf7",
    accent: "#1b5e46",
    edge: "#ffffff",
    nothing: "#d6d6d2",
    kinds: OKABE_ITO,
    ramp: ["#dcebe2", "#a5ceb8", "#64a888", "#2c7a5c", "#0e3f2d"],
    growth: 1.0,
};

const DARK: Palette = Palette {
    land: "#171c1a",
    built: "#1b211f",
    green: "#1e2e25",
    wood: "#1c3226",
    water: "#173647",
    water_edge: "#21495e",
    building: "#252c29",
    building_edge: "#333b37",
    road: "#3f4945",
    road_edge: "#2a312e",
    highway: "#655b3c",
    highway_edge: "#2e2a1c",
    path: "#4a5049",
    rail: "#59615d",
    boundary: "#6d6279",
    text: "#e8ede9",
    text_quiet: "#b3bdb7",
    text_water: "#8fbdd6",
    halo: "#121614",
    accent: "#6cc5a2",
    edge: "#0c0f0e",
    nothing: "#4a4f4c",
    kinds: ["#56b4e9", "#e69f00", "#2fc59a", "#f0e442", "#e09cc2", "#ff7f2a", "#3d9be0", "#c8c8c8"],
    ramp: ["#1f3d31", "#2c6a52", "#459a78", "#7fc9a8", "#d3f2e2"],
    growth: 1.0,
};

const COLOUR_BLIND: Palette = Palette {
    land: "#f7f7f7",
    built: "#f1f1f1",
    green: "#e7e9e6",
    wood: "#dde0dc",
    water: "#c8dcec",
    water_edge: "#9fc0da",
    building: "#e2e2e2",
    building_edge: "#cbcbcb",
    road: "#ffffff",
    road_edge: "#cfcfcf",
    highway: "#ffffff",
    highway_edge: "#9a9a9a",
    path: "#bdbdbd",
    rail: "#8f8f8f",
    boundary: "#6f6f6f",
    text: "#262626",
    text_quiet: "#4f4f4f",
    text_water: "#1f5a86",
    halo: "#ffffff",
    accent: "#0072b2",
    edge: "#ffffff",
    nothing: "#d9d9d9",
    kinds: OKABE_ITO,
    // Cividis (Nuñez, Anderton and Renslow 2018), from light to dark.
    ramp: ["#fee838", "#cab969", "#7d7c78", "#414d6b", "#00204d"],
    growth: 1.0,
};

const CONTRAST: Palette = Palette {
    land: "#ffffff",
    built: "#ffffff",
    green: "#e3f2e3",
    wood: "#d3ead3",
    water: "#b5daf7",
    water_edge: "#00477a",
    building: "#ececec",
    building_edge: "#5c5c5c",
    road: "#ffffff",
    road_edge: "#4a4a4a",
    highway: "#ffe08a",
    highway_edge: "#000000",
    path: "#4a4a4a",
    rail: "#000000",
    boundary: "#6a006a",
    text: "#000000",
    text_quiet: "#000000",
    text_water: "#003a66",
    halo: "#ffffff",
    accent: "#00452e",
    edge: "#000000",
    nothing: "#bdbdbd",
    kinds: ["#0060a0", "#b84a00", "#00724f", "#8a5c00", "#a03c7c", "#007ab8", "#6b6400", "#000000"],
    ramp: ["#eaf5ef", "#9ccfb4", "#3f936c", "#0b5c3c", "#00261a"],
    growth: 1.2,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Colour;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_to_be_read_stands_out() {
        for look in Look::ALL {
            let palette = look.palette();
            for ground in [palette.land, palette.built, palette.green, palette.wood, palette.building, palette.road] {
                for text in [palette.text, palette.text_quiet] {
                    let contrast = colour(text).contrast(colour(ground));
                    assert!(contrast >= 4.5, "{look:?}: {text} on {ground} is {contrast}");
                }
            }
            assert!(colour(palette.text_water).contrast(colour(palette.water)) >= 4.5, "{look:?}");
            assert!(colour(palette.accent).contrast(colour(palette.land)) >= 4.5, "{look:?}");
            let strongest = colour(palette.ramp[4]).contrast(colour(palette.land));
            assert!(strongest >= 7.0, "{look:?}: {strongest}");
        }
        let contrast = Look::Contrast.palette();
        assert!(contrast.kinds.iter().all(|kind| colour(kind).contrast(colour(contrast.land)) >= 4.5));
    }

    #[test]
    fn steps_differ_in_lightness() {
        for look in Look::ALL {
            for pair in look.palette().ramp.windows(2) {
                let contrast = colour(pair[0]).contrast(colour(pair[1]));
                assert!(contrast > 1.35, "{look:?}: {} and {} differ by {contrast}", pair[0], pair[1]);
            }
        }
    }
}
