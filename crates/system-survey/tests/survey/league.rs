use crate::city;

#[tokio::test]
async fn the_league_shows_places_scores_and_their_sources() {
    let (city, _folder) = city().await;
    let page = city.get("/survey/league/2011-12?lang=en").await;
    assert_eq!(page.status, 200);
    for wanted in ["82.23", "64.31", "Seoul", "Toronto", "newark.rutgers.edu", "104", "Averages", "<table", "<svg"] {
        assert!(page.text.contains(wanted), "{wanted}");
    }
}

#[tokio::test]
async fn a_conflict_stands_on_the_page_with_what_was_decided() {
    let (city, _folder) = city().await;
    let page = city.get("/survey/league/2005?lang=en").await;
    assert!(page.text.contains("50.94") && page.text.contains("Neither is used"));
    let korean = city.get("/survey/league/2005?lang=ko").await;
    assert!(korean.text.contains("도쿄는 점수 없이 7위로 두었어요"));
}

#[tokio::test]
async fn the_league_is_there_as_csv_and_json() {
    let (city, _folder) = city().await;
    let csv = city.get("/survey/league/2011-12/league.csv").await;
    assert!(csv.text.starts_with("rank,city,country,score,source\n1,Seoul,Republic of Korea,82.23,"));
    assert!(csv.header("content-type").starts_with("text/csv"));
    let json = city.get("/api/v1/survey/league/2011-12").await.json();
    assert_eq!(json["rows"][1]["city"], "Toronto");
    assert_eq!(json["rows"][1]["score"], 64.31);
}

#[tokio::test]
async fn a_round_that_never_was_is_not_found_and_the_api_says_so_as_a_problem() {
    let (city, _folder) = city().await;
    assert_eq!(city.get("/survey/league/1999").await.status, 404);
    let problem = city.get("/api/v1/survey/league/1999").await;
    assert_eq!((problem.status, problem.header("content-type")), (404, "application/problem+json"));
}

#[tokio::test]
async fn a_city_has_its_rounds_on_one_page() {
    let (city, _folder) = city().await;
    let page = city.get("/survey/cities/hong-kong?lang=en").await;
    for wanted in ["66.57", "61.51", "71.24", "62.83", "60.81", "/survey/league/2013-14"] {
        assert!(page.text.contains(wanted), "{wanted}");
    }
}
