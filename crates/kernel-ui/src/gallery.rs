//! Every component once, on one page: the place to look before a change and after it.

use crate::{Markup, Reader, html, lead};

/// The gallery's content, under the page's own heading.
pub fn all(reader: &dyn Reader) -> Markup {
    html! { (lead(&reader.t("gallery-lead"))) }
}

#[cfg(test)]
pub(crate) mod tests {
    use kernel_language::{Arg, ENGLISH, Lang};

    use crate::Reader;

    /// Says every key as it is.
    pub(crate) struct Plain;

    impl Reader for Plain {
        fn language(&self) -> Lang {
            ENGLISH
        }

        fn t_with(&self, key: &str, _: &[(&str, Arg)]) -> String {
            key.to_owned()
        }
    }
}
