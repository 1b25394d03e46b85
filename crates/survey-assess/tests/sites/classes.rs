//! Classes of error that once made the judgement differ from people's, one small city each.

use super::town::{Town, by_rule, expect_none, expect_value};

fn filler(mut town: Town) -> Town {
    for number in 0..12 {
        let body =
            format!("<p>Page {number} tells how the old mill number {number} was built and who lives there.</p>");
        town = town.page(&format!("/history/{number}"), &format!("The mill number {number}"), &body);
    }
    town
}

fn city() -> Town {
    filler(Town::new("en", "City of Sample").menu(&[("/services", "Services"), ("/news", "News")])).page(
        "/",
        "City of Sample",
        "<p>Welcome to the City of Sample.</p>",
    )
}

#[test]
fn a_section_of_a_longer_page_counts_and_takes_only_its_own_documents() {
    let report = city()
        .page(
            "/services",
            "Our services",
            "<h2>Building permit</h2><p>Anyone who builds or changes a house needs a permit. Bring the site plan and drawings to the planning office, which checks zoning and construction.</p><h2>Library card</h2><p>Everybody can have one.</p><a href=\"/files/library.pdf\">Form for a card</a>",
        )
        .raw("/files/library.pdf", 200, "application/pdf", "%PDF-1.4")
        .report();
    expect_value(&report, "topic:building-permits", 1);
}

#[test]
fn a_page_that_only_hints_counts_when_its_own_words_say_it() {
    let body = "<p>A pothole, a broken street light, graffiti or a fallen tree? Describe the issue and the location.</p><form method=\"post\" action=\"/sent\"><label for=\"a\">Street</label><input id=\"a\" name=\"street\"><label for=\"b\">What is wrong?</label><textarea id=\"b\" name=\"what\"></textarea><button>Send report</button></form>";
    let report = city().page("/defects", "Something broken?", body).report();
    expect_value(&report, "topic:report-problem", 3);
}

#[test]
fn news_found_by_its_list_is_no_target_page() {
    let mut town = city();
    let mut links = String::new();
    for (number, title) in
        ["Petition for a station", "Residents petition the railway", "Volunteers clean the river"].iter().enumerate()
    {
        let path = format!("/item-{number}");
        links.push_str(&format!("<li><a href=\"{path}\">{title}</a></li>"));
        town = town.page(
            &path,
            title,
            "<p>14 February 2026. Neighbours collect signatures for a petition; the railway has not answered.</p>",
        );
    }
    let report = town.page("/news", "News", &format!("<ul>{links}</ul>")).report();
    expect_none(&report, "topic:petitions");
    expect_none(&report, "topic:volunteering");
}

#[test]
fn a_query_form_with_a_date_searches_and_takes_no_data() {
    let report = city()
        .page(
            "/minutes",
            "Council minutes",
            "<p>Minutes and agendas of every meeting of the city council and its committees, with resolutions.</p><form method=\"get\" action=\"/minutes\"><label for=\"w\">Word</label><input id=\"w\" name=\"w\"><label for=\"d\">Since</label><input id=\"d\" type=\"date\" name=\"d\"><button>Find</button></form>",
        )
        .report();
    expect_value(&report, "topic:council-minutes", 3);
}

#[test]
fn a_telephone_number_is_information_where_the_ladder_asks_for_more() {
    let report = city()
        .page(
            "/appointments",
            "Make an appointment",
            "<p>Appointments at the citizens office are given by telephone: 555 010 0199. Choose a date and time with the clerk.</p>",
        )
        .report();
    expect_value(&report, "topic:appointments", 1);
}

#[test]
fn a_complaint_needs_the_authority_and_a_contact() {
    let notice = "<p>This privacy notice tells how personal data are processed. You may complain to the supervisory authority.</p>";
    let report = city().page("/privacy", "Privacy notice", notice).report();
    assert_eq!(by_rule(&report, "clause:complaint").value, Some(0));
    let told = format!("{notice}<p>Questions: privacy@sample.example.</p>");
    let report = city().page("/privacy", "Privacy notice", &told).report();
    assert_eq!(by_rule(&report, "clause:complaint").value, Some(1));
}

#[test]
fn one_page_s_own_search_through_a_list_is_not_the_site_s() {
    let report = city()
        .page(
            "/projects",
            "Projects",
            "<form method=\"get\" action=\"/projects\"><label for=\"q\">Project</label><input id=\"q\" name=\"q\"><label for=\"y\">Year</label><select id=\"y\" name=\"y\"><option>2025</option></select><button>Go</button></form><p>All projects of the city.</p>",
        )
        .report();
    assert_eq!(by_rule(&report, "fact:search").value, Some(0));
}
