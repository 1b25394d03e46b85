//! Styles: six looks, and the faults that the truth asks for.

use crate::city::City;
use crate::taste::Layout;

/// Text, background, head's background, links, font.
const LOOKS: [(&str, &str, &str, &str, &str); 6] = [
    ("#1b1b1b", "#ffffff", "#0b3d5c", "#0b4f8a", "Georgia, serif"),
    ("#222222", "#fffdf7", "#5c1f0b", "#7a2500", "Verdana, sans-serif"),
    ("#101820", "#f4f7fa", "#123524", "#11552f", "Arial, sans-serif"),
    ("#1a1a2e", "#ffffff", "#3a1160", "#4a1a86", "Helvetica, sans-serif"),
    ("#20201d", "#faf9f5", "#333333", "#00447c", "\"Times New Roman\", serif"),
    ("#000000", "#ffffff", "#00303f", "#00506b", "system-ui, sans-serif"),
];

pub fn sheet(city: &City) -> String {
    let (text, ground, head, link, font) = LOOKS.get(city.taste.colours).copied().unwrap_or(LOOKS[0]);
    let mut css = format!(
        "body{{margin:0;color:{text};background:{ground};font:17px/1.6 {font}}}a{{color:{link}}}\
         .head{{background:{head};color:#fff;padding:12px}}.head a{{color:#fff}}main,.main,.side,.foot{{padding:12px;max-width:70em}}\
         ul{{list-style:none;padding:0}}li{{margin:0}}li a,.head a,.foot a,.path a{{display:inline-block;padding:6px 8px;min-height:28px;min-width:28px}}\
         img,video{{max-width:100%;height:auto}}input,textarea,select,button{{font:inherit;max-width:100%;box-sizing:border-box;min-height:36px;padding:6px;margin:4px 0}}\
         input[type=radio],input[type=checkbox]{{width:26px;height:26px;min-height:26px}}label{{display:block}}\
         .foot{{border-top:2px solid {head}}}h1,h2,h3{{line-height:1.25;overflow-wrap:anywhere}}p,li{{overflow-wrap:anywhere}}\
         #map{{height:320px;background:#dfe8d8}}.skip{{position:absolute;left:-9999px}}.skip:focus{{position:static}}"
    );
    if matches!(city.taste.layout, Layout::Side | Layout::Old) {
        css.push_str("@media(min-width:60em){.side{float:left;width:15em}.beside{margin-left:17em}}.foot{clear:both}");
    }
    if city.taste.layout == Layout::Portal {
        css.push_str(".box{border:1px solid;padding:8px;margin:8px 0}");
    }
    // US01: made for one width.
    if city.value("US01") == 0 {
        css.push_str("body{min-width:1080px}.wide{width:1060px}");
    }
    // US02: an index of small letters, side by side.
    css.push_str(".letters a{font-size:9px;line-height:10px;display:inline;padding:0;min-height:0;min-width:0}");
    // CO14: too little contrast.
    css.push_str(".pale{color:#b9b9b9;background:#ffffff}");
    css
}
