use crate::city;

#[tokio::test]
async fn every_page_speaks_english_and_korean_without_a_missing_word() {
    let (city, _folder) = city().await;
    for path in system_survey::SYSTEM.pages {
        let mut texts = Vec::new();
        for language in ["en", "ko"] {
            let page = city.get(&format!("{path}?lang={language}")).await;
            assert_eq!(page.status, 200, "{path} {language}");
            assert!(page.text.contains(&format!("<html lang=\"{language}\"")), "{path} {language}");
            let missing =
                page.text.split(['<', '>', '"']).find(|text| text.trim().starts_with("survey-") && !text.contains(' '));
            assert_eq!(missing, None, "{path} {language}");
            texts.push(page.text);
        }
        assert!(texts[1].chars().any(|c| ('가'..='힣').contains(&c)), "{path}");
    }
}

#[tokio::test]
async fn every_link_of_the_survey_leads_somewhere() {
    let (city, _folder) = city().await;
    let mut waiting: Vec<String> = system_survey::SYSTEM.pages.iter().map(|page| (*page).to_owned()).collect();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let page = city.get(&path).await;
        assert!(matches!(page.status, 200 | 303), "{path}: {}", page.status);
        for link in page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.split(['#', '?']).next().unwrap_or_default();
            if link.starts_with("/survey") || link.starts_with("/api/v1/survey") {
                waiting.push(link.to_owned());
            }
        }
    }
    assert!(seen.len() > 230, "leagues, cities and all criteria: {}", seen.len());
}

#[tokio::test]
async fn a_criterion_shows_guidance_examples_and_where_it_comes_from() {
    let (city, _folder) = city().await;
    let page = city.get("/survey/instruments/global-2009/PS13?lang=en").await;
    for wanted in ["PS13", "cookies or web beacons", "0-2", "What earns which value", "endorsed"] {
        assert!(page.text.contains(wanted), "{wanted}");
    }
    assert_eq!(city.get("/survey/instruments/global-2009/ZZ99").await.status, 404);
}

#[tokio::test]
async fn the_search_finds_cities_rounds_and_criteria_in_the_readers_language() {
    let (city, _folder) = city().await;
    for (question, wanted) in [
        ("Bratislava", "/survey/cities/bratislava"),
        ("cookies", "/survey/instruments/"),
        ("2011-12", "/survey/league/2011-12"),
    ] {
        let page = city.get(&format!("/search?q={question}&lang=en")).await;
        assert!(page.text.contains(wanted), "{question}");
    }
    let korean = city.get("/search?q=%EB%B8%8C%EB%9D%BC%ED%8B%B0%EC%8A%AC%EB%9D%BC%EB%B0%94&lang=ko").await;
    assert!(korean.text.contains("/survey/cities/bratislava"));
}
