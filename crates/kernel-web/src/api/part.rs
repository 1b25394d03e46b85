use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::IntoParams;

use crate::{Asked, City, Failure, Visit};

const USUAL: u8 = 50;
const MOST: u8 = 100;

/// Which part of a long list is wanted. The answer's `Link` leads to the next part (RFC 8288).
#[derive(Debug, Clone, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// Begin behind this one: take it from the `Link` with `rel="next"` of the answer before.
    pub after: Option<String>,
    /// How many at most; 50 when it is left out.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u8>,
}

impl FromRequestParts<City> for Part {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &City) -> Result<Part, Failure> {
        Part::read(parts.uri.query().unwrap_or_default())
    }
}

impl Part {
    fn read(query: &str) -> Result<Part, Failure> {
        let asked = Asked::of(query);
        let given = |key: &str| asked.all(key).first().map(|value| (*value).to_owned());
        let limit = match given("limit") {
            None => None,
            Some(text) => {
                let number = text.parse().ok().filter(|number| (1..=MOST).contains(number));
                let wrong = || Failure::new(StatusCode::BAD_REQUEST, format!("limit is a number from 1 to {MOST}"));
                Some(number.ok_or_else(wrong)?)
            }
        };
        Ok(Part { after: given("after"), limit })
    }

    fn size(&self) -> usize {
        usize::from(self.limit.unwrap_or(USUAL))
    }

    /// How many rows to read: one more than are shown, to know whether there is more.
    pub fn most(&self) -> i64 {
        self.size() as i64 + 1
    }

    /// This part of a list that is in memory; `name` is what `after` is compared with.
    pub fn of<T>(&self, all: impl IntoIterator<Item = T>, name: impl Fn(&T) -> &str) -> Vec<T> {
        let mut all = all.into_iter();
        if let Some(after) = &self.after {
            all.by_ref().find(|one| name(one) == after);
        }
        all.take(self.size() + 1).collect()
    }

    /// The answer, with the way to the next part when there is one. `rows` are up to [`Part::most`].
    pub fn answer<T: Serialize>(&self, visit: &Visit, mut rows: Vec<T>, name: impl Fn(&T) -> &str) -> Response {
        let more = rows.len() > self.size();
        rows.truncate(self.size());
        let next = rows.last().filter(|_| more).map(|last| self.next(visit, name(last)));
        let mut response = Json(rows).into_response();
        if let Some(link) = next.and_then(|next| HeaderValue::from_str(&next).ok()) {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }

    fn next(&self, visit: &Visit, after: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (key, value) in Asked::of(&visit.query).pairs().filter(|(key, _)| !matches!(*key, "after" | "limit")) {
            query.append_pair(key, value);
        }
        query.append_pair("after", after).append_pair("limit", &self.size().to_string());
        format!("<{}?{}>; rel=\"next\"", visit.path, query.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_begins_behind_the_last_one_seen() {
        let all = ["a", "b", "c", "d"];
        let names = |query: &str| Part::read(query).map(|part| part.of(all, |name| name)).expect("a part");
        assert_eq!(names("limit=2"), ["a", "b", "c"], "one more, to know that there is more");
        assert_eq!(names("after=b&limit=2"), ["c", "d"]);
        assert!(names("after=unknown").is_empty());
    }

    #[test]
    fn a_limit_that_is_none_is_refused() {
        for query in ["limit=0", "limit=101", "limit=", "limit=-1", "limit=many", "limit=99999999999999999999"] {
            assert_eq!(Part::read(query).expect_err(query).status, StatusCode::BAD_REQUEST);
        }
        assert_eq!(Part::read("").map(|part| part.most()).expect("a part"), 51);
    }
}
