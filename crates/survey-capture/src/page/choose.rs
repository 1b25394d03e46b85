//! Menus made of `<select>`: of addresses to jump to, and of languages.

use super::*;
use crate::variant;

const MAX_LANGUAGES: usize = 24;

pub(super) fn handlers<'h>(settings: Settings<'h, 'static>, state: &Shared) -> Settings<'h, 'static> {
    let options = state.clone();
    settings.append_element_content_handler(element!("select option[value]", move |el| {
        let s = &mut *options.borrow_mut();
        let value = attribute(el, "value").trim().to_owned();
        if value.starts_with('/') || value.starts_with("https://") || value.starts_with("http://") {
            if s.page.links.len() < MAX_LINKS {
                s.page.links.push(Link { href: value, text: attribute(el, "title"), language: None, frame: false });
            }
        } else if variant::tag(&value).is_some() && s.page.languages.len() < MAX_LANGUAGES {
            s.page.languages.push(value);
        }
        Ok(())
    }))
}

impl Page {
    /// The other entries of a menu of languages: one that holds the page's own language.
    pub fn other_languages(&self) -> impl Iterator<Item = &str> {
        let own = self.language.as_deref().and_then(variant::tag);
        let is_menu = own.is_some() && self.languages.iter().any(|l| variant::tag(l) == own);
        self.languages.iter().map(String::as_str).filter(move |l| is_menu && Some(*l) != own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selects_lead_on_by_address_or_by_language() {
        let page = read(
            "<html lang=ja-JP><select><option value=/a>A<option value='https://c/b'>B<option value=''>-</select>\
             <select><option value=ja>日本語<option value=en>English<option value=zh-cn>中文</select>",
        );
        assert_eq!(page.links.iter().map(|l| l.href.as_str()).collect::<Vec<_>>(), ["/a", "https://c/b"]);
        assert_eq!(page.other_languages().collect::<Vec<_>>(), ["en", "zh-cn"]);
        let other = read("<html lang=ko><select><option value=de>Germany<option value=fr>France</select>");
        assert_eq!(other.other_languages().count(), 0);
    }
}
