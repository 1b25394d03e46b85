//! Stories as everybody reads them: every map is a picture that leads to the map itself.

use axum::extract::Path;
use kernel_base::Error;
use kernel_ui::{Emphasis, Markup, button_link, empty_state, html, lead, link_list, map_figure, prose, section_links};
use kernel_web::{Answer, Page, Visit};

use super::{Block, Story, blocks, store};
use crate::look::siblings;

pub async fn list(visit: Visit) -> Answer {
    let writes = visit.signed_in() && visit.may("map.layer");
    let all = store::all(&visit.city.store).await?;
    let entry = |story: &Story| {
        let remark = if story.shown { visit.date(story.at.date()) } else { visit.t("map-story-hidden") };
        (story.title.said(visit.language.code).to_owned(), format!("/map/stories/{}", story.name), remark)
    };
    let shown: Vec<_> = all.iter().filter(|story| story.shown || writes).map(entry).collect();
    let main = html! {
        (section_links(&visit.t("map-title"), &siblings(&visit)))
        (lead(&visit.t("map-stories-lead")))
        @if shown.is_empty() { (empty_state(&visit.t("map-stories-none"), html! {})) } @else { (link_list(&shown)) }
        @if writes { (button_link(&visit.t("map-story-new"), "/map/stories/new", Emphasis::Main)) }
    };
    Ok(visit.page(Page::new(visit.t("map-stories")).crumb(visit.t("map-title"), "/map").main(main)))
}

pub async fn show(visit: Visit, Path(name): Path<String>) -> Answer {
    let story = store::one(&visit.city.store, &name).await?;
    let writes = visit.signed_in() && visit.may("map.layer");
    if !story.shown && !writes {
        return Err(Error::NotFound.into());
    }
    let main = html! {
        @for block in blocks(story.body.said(visit.language.code)) { (part(&visit, &block)) }
        @if writes { (button_link(&visit.t("map-story-write"), &format!("/map/stories/{name}/write"), Emphasis::Quiet)) }
    };
    let page = Page::new(story.title.said(visit.language.code));
    Ok(visit.page(page.crumb(visit.t("map-title"), "/map").crumb(visit.t("map-stories"), "/map/stories").main(main)))
}

fn part(visit: &Visit, block: &Block) -> Markup {
    match block {
        Block::Heading(heading) => html! { h2 { (heading) } },
        Block::Words(words) => prose(html! { p { (words) } }),
        Block::Map(query, words) => {
            let alt = if words.is_empty() { visit.t("map-story-picture") } else { words.clone() };
            let open = visit.t("map-story-open");
            map_figure(&format!("/map/picture?{query}"), &format!("/map?{query}"), &alt, words, &open)
        }
    }
}
