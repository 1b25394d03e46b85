//! A subject's page at a step of its ladder.

use super::build::Build;
use super::page::{Field, Input, Kind, Piece, escaped};
use super::subjects::{Ladder, Second, Third};

impl Build<'_> {
    pub fn ladder(&mut self, ladder: &Ladder, level: u8) {
        let mut pieces = vec![Piece::Html(self.told(ladder.key))];
        let online = match level {
            3 => self.online(ladder, &mut pieces),
            _ => false,
        };
        // Who does it online often keeps the form for those who do not.
        let paper = level == 2 || !online && level == 3 || self.draw(&format!("paper {}", ladder.key)).chance(0.5);
        if level >= 2 && paper {
            pieces.push(Piece::Html(self.second(ladder)));
        }
        if level == 1 {
            pieces.push(Piece::Html(format!("<p>{}</p>", self.say("counter"))));
        }
        self.page(ladder.key, self.title(ladder.key), Kind::Topic, pieces);
    }

    fn second(&mut self, ladder: &Ladder) -> String {
        let topic = self.words.topic(ladder.key).clone();
        let mail = match ladder.second {
            Second::Document => false,
            Second::Mail => true,
            Second::Either => topic.d.is_empty() || self.draw(&format!("mail {}", ladder.key)).chance(0.4),
        };
        if mail {
            let mail = self.city.mail(&ladder.key.replace('_', "-"));
            let text = crate::words::filled(self.words.say("by_mail"), &[("mail", "\u{1}")]);
            return format!(
                "<p>{}</p>",
                escaped(&text).replace('\u{1}', &format!("<a href=\"mailto:{mail}\">{mail}</a>"))
            );
        }
        format!("<p>{}</p>{}", self.say("paper"), self.document(&topic.d))
    }

    /// What is done online; false when pages of their own show it and the document is still needed.
    fn online(&mut self, ladder: &Ladder, pieces: &mut Vec<Piece>) -> bool {
        let topic = self.words.topic(ladder.key).clone();
        match ladder.third {
            Third::Form(inputs, button) => {
                let told = self.say("online");
                pieces.push(Piece::Html(format!("<p>{told}</p>")));
                let fields = inputs.iter().map(|input| self.own_field(ladder.key, *input)).collect();
                pieces.push(self.form(&topic.a, fields, &self.say(button)));
                if ladder.key == "petitions" || ladder.key == "pbudget" {
                    pieces.push(Piece::Html(self.proposals(ladder.key)));
                }
                true
            }
            Third::Find => {
                let mut fields = vec![self.asked("words", self.found_by(ladder.key))];
                if ladder.key != "status" && ladder.key != "waste" {
                    let years = (0..4).map(|n| (self.today.year() - n).to_string()).collect();
                    fields.push(self.chosen(Input::Select, self.words.say("choose"), years));
                }
                pieces.push(self.query(&topic.a, fields));
                pieces.push(Piece::Entries(self.entries(ladder.key)));
                if ladder.key == "spending" {
                    let table = self.words.say("table").to_owned();
                    pieces.push(Piece::Html(self.figures("payments", &table)));
                }
                true
            }
            Third::Own => {
                // Each goal has a page with its present state.
                let mut links = String::new();
                for (number, idea) in self.words.list("ideas").to_vec().iter().enumerate() {
                    let (name, done) = (self.fill(idea), 10 + self.draw(idea).below(90));
                    let state = format!("<p>{}: {done} %</p>", self.fill(&topic.a));
                    let path =
                        self.page(&format!("goal-{number}"), name.clone(), Kind::Topic, vec![Piece::Html(state)]);
                    links.push_str(&format!("<li><a href=\"{path}\">{name}</a></li>"));
                }
                pieces.push(Piece::Html(format!("<h2>{}</h2><ul>{links}</ul>", self.fill(&topic.a))));
                false
            }
        }
    }

    fn own_field(&self, key: &str, input: Input) -> Field {
        match (key, input) {
            ("water" | "tax" | "fines", Input::Text) => self.asked("number", self.words.say("f_number")),
            ("report", Input::Address) => self.asked("place", self.words.say("f_place")),
            ("certificates", Input::Select) => {
                self.chosen(input, self.words.say("choose"), self.words.topic("certificates").t.clone())
            }
            ("appointments", Input::Select) => self.chosen(
                input,
                self.words.say("choose"),
                ["9:00", "9:20", "10:40", "11:00", "14:20"].map(str::to_owned).to_vec(),
            ),
            ("bookings", Input::Select) => {
                self.chosen(input, self.words.say("choose"), self.words.list("districts").to_vec())
            }
            _ => self.field(input),
        }
    }

    fn found_by(&self, key: &str) -> &'static str {
        match key {
            "waste" | "property" => self.words.say("f_address"),
            "status" => self.words.say("f_number"),
            _ => self.words.say("search"),
        }
    }

    /// What a search on the page looks through.
    fn entries(&mut self, key: &str) -> Vec<String> {
        let street = |n: usize| {
            let all = self.words.list("streets");
            format!("{} {}", all.get(n % all.len().max(1)).cloned().unwrap_or_default(), n + 1)
        };
        match key {
            "ordinances" | "tenders" => {
                let name = self.words.topic(key).d.clone();
                let all: Vec<String> = (1..=6).map(|n| format!("{name} {n}")).collect();
                all.iter().map(|n| self.document(n)).collect()
            }
            "spending" => (0..12)
                .map(|n| {
                    let sum = (900 + self.draw(&format!("sum {n}")).below(80_000)).to_string();
                    let money = crate::words::filled(self.words.say("money"), &[("n", &sum)]);
                    format!("{} – {}", escaped(&self.person(200 + n).name), money)
                })
                .collect(),
            "volunteering" => self.words.list("events").iter().map(|e| self.fill(e)).collect(),
            "status" => (0..5).map(|n| format!("{:05} – {} %", 40_117 + 13 * n, 20 * (n + 1))).collect(),
            _ => (0..8).map(|n| escaped(&street(n))).collect(),
        }
    }

    /// Proposals that others can support.
    pub fn proposals(&self, key: &str) -> String {
        let button = self.say("support");
        let number = |idea: &str| 12 + self.draw(idea).below(300);
        let one = |idea: &String| {
            let form = format!(
                "<form method=\"post\" action=\"{}\"><button type=\"submit\" name=\"for\" value=\"1\">{button}</button></form>",
                escaped(&self.path(key))
            );
            format!("<li><h3>{}</h3><p>{}</p>{form}</li>", self.fill(idea), number(idea))
        };
        format!("<ul>{}</ul>", self.words.list("ideas").iter().map(one).collect::<String>())
    }
}
