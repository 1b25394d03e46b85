//! What may stay of an archived page. What is in no list goes; its words stay unless they were never words for a reader.

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate<'a> {
    /// Written under this name.
    Stays(&'a str),
    /// Its tags go, what is inside stays.
    Opens,
    /// It goes with everything inside.
    Goes,
}

const HTML: &str = "a abbr acronym address article aside b bdi bdo big blockquote br button caption center cite code col colgroup \
    data dd del details dfn dir div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header \
    hgroup hr i img input ins kbd label legend li main mark menu meter nav ol optgroup option output p pre \
    progress q rp rt ruby s samp search section select small span strike strong sub summary sup table tbody td \
    textarea tfoot th thead time tr tt u ul var";

/// Their insides are programs, settings, or another document. `style` and `link` are read elsewhere.
const GOING: &str = "applet audio base bgsound embed fencedframe frame frameset iframe link math meta noembed noframes object param \
    plaintext portal script source style template title track video xmp";

const DRAWING: &str = "svg g path circle ellipse rect line polyline polygon text tspan defs symbol use linearGradient radialGradient \
    stop clipPath mask pattern";

const VOID: &str = "br col hr img input";

const ATTRIBUTES: &str = "abbr align alt bgcolor border cellpadding cellspacing checked class clear color cols colspan datetime dir \
    disabled face for headers height hidden high hspace id label lang low max maxlength min multiple noshade \
    nowrap open optimum placeholder reversed role rows rowspan scope selected size span start style tabindex title \
    type valign value width";

const DRAWING_ATTRIBUTES: &str = "class id style role viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry dx dy d points \
    transform fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray \
    stroke-opacity stroke-miterlimit opacity offset stop-color stop-opacity gradientUnits gradientTransform \
    clip-path clip-rule clipPathUnits mask maskUnits patternUnits font-size font-family font-weight text-anchor \
    focusable color";

fn has(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|word| word == name)
}

pub fn html(name: &str) -> Fate<'_> {
    if has(GOING, name) {
        return Fate::Goes;
    }
    // A form sends nothing, but what it asks is evidence.
    if name == "form" {
        return Fate::Stays("div");
    }
    if has(HTML, name) || is_custom(name) { Fate::Stays(name) } else { Fate::Opens }
}

/// Elements of a site's own are boxes when no script gives them life.
fn is_custom(name: &str) -> bool {
    let plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    name.contains('-') && name.as_bytes().first().is_some_and(u8::is_ascii_lowercase) && name.bytes().all(plain)
}

/// Lines and shapes. A drawing begins with `svg`.
pub fn drawing(name: &str, in_drawing: bool) -> Fate<'_> {
    if has(DRAWING, name) && (in_drawing || name == "svg") { Fate::Stays(name) } else { Fate::Goes }
}

pub fn is_void(name: &str) -> bool {
    has(VOID, name)
}

/// Attributes that neither run nor fetch nor send. Addresses are written elsewhere.
pub fn attribute(name: &str) -> bool {
    let described =
        name.strip_prefix("aria-").is_some_and(|rest| rest.bytes().all(|letter| letter.is_ascii_lowercase()));
    has(ATTRIBUTES, name) || described
}

/// The same for drawings, whose values may point into the drawing and nowhere else.
pub fn drawing_attribute(name: &str, value: &str) -> bool {
    let value = value.trim();
    if name == "href" {
        return value.starts_with('#');
    }
    let lower = value.to_ascii_lowercase();
    let outward = lower.matches("url(").count() > lower.matches("url(#").count();
    (has(DRAWING_ATTRIBUTES, name) || attribute(name)) && !outward
}
