use maud::{Markup, html};

/// A picture with its words: what it shows for those who do not see it, and where it comes from.
pub struct Picture<'a> {
    pub src: &'a str,
    /// What it shows.
    pub alt: &'a str,
    pub caption: Markup,
}

pub fn picture(picture: &Picture) -> Markup {
    html! {
        figure.picture {
            img src=(picture.src) alt=(picture.alt) loading="lazy" decoding="async";
            figcaption { (picture.caption) }
        }
    }
}
