//! The notice, signing in, and what a site says about itself.

use super::build::Build;
use super::page::{Input, Kind, Piece};

fn html(text: String) -> Piece {
    Piece::Html(text)
}

impl Build<'_> {
    pub fn legal(&mut self) {
        match self.value("PS01") {
            0 => {
                let text = self.told("terms");
                self.page("terms", self.title("terms"), Kind::Legal, vec![html(text)]);
            }
            _ => self.notice(),
        }
        if self.value("PS15") == 1 && self.draw("hole").chance(0.4) {
            let text = self.told("security");
            self.page("security", self.title("security"), Kind::Legal, vec![html(text)]);
        }
        if self.value("PS18") == 1 {
            let text = self.told("ai");
            self.page("ai", self.title("ai"), Kind::Topic, vec![html(text)]);
        }
        if self.value("US20") == 1 {
            let text = self.told("easy");
            self.page("easy", self.title("easy"), Kind::Topic, vec![html(text)]);
        }
        self.doors();
        self.statement();
    }

    /// The privacy notice with the clauses that the truth says, and vague words for those it denies.
    fn notice(&mut self) {
        let clauses: [(&str, u8, Option<&str>); 7] = [
            ("controller", self.value("PS03"), Some("controller_no")),
            ("data", self.value("PS04"), Some("data_no")),
            ("purpose", self.value("PS05"), Some("purpose_no")),
            ("retention", self.value("PS06"), Some("retention_no")),
            ("recipients", self.value("PS07"), Some("recipients_no")),
            ("rights", self.value("PS08"), None),
            ("complaint", self.value("PS09"), Some("complaint_no")),
        ];
        let headed = self.draw("headed notice").chance(0.7);
        let mut text = format!("<p>{}</p>", self.fill(&self.phrase("intro", self.words.policy("intro"))));
        for (place, (clause, value, vague)) in clauses.into_iter().enumerate() {
            let name = if value > 0 { Some(clause) } else { vague };
            // A vague word for everything would be a list of what is missing.
            if value == 0 && self.draw(&format!("silent {clause}")).chance(0.4) {
                continue;
            }
            let Some(name) = name else { continue };
            let heading = self.words.policy("heads").get(place).map(|h| self.fill(h)).unwrap_or_default();
            if headed {
                text.push_str(&format!("<h2>{heading}</h2>"));
            }
            text.push_str(&format!("<p>{}</p>", self.fill(&self.phrase(clause, self.words.policy(name)))));
            if clause == "rights" && value == 2 {
                text.push_str(&format!("<p>{}</p>", self.fill(&self.phrase("use", self.words.policy("rights_use")))));
            }
        }
        if self.value("PS11") == 1 {
            let heading = self.words.policy("heads").get(7).map(|h| self.fill(h)).unwrap_or_default();
            let told = self.fill(&self.phrase("cookies", self.words.policy("cookies")));
            text.push_str(&format!("<h2>{heading}</h2><p>{told}</p>"));
        }
        self.page("privacy", self.title("privacy"), Kind::Legal, vec![html(text)]);
    }

    /// Signing in, and what it shows.
    fn doors(&mut self) {
        let (level, strong) = (self.value("PS16"), self.value("PS17"));
        if level > 0 {
            let mut pieces = vec![html(self.told("sign_in"))];
            match level {
                1 => pieces.push(html(format!("<p>{}</p>", self.say("counter")))),
                2 => {
                    let name = self.words.topic("sign_in").d.clone();
                    let text = format!("<p>{}</p>{}", self.say("paper"), self.document(&name));
                    pieces.push(html(text));
                }
                _ => {
                    let fields = vec![self.field(Input::Email), self.field(Input::Password)];
                    pieces.push(self.form("", fields, &self.say("sign_in")));
                    let new = self.fill(&self.words.topic("sign_in").a);
                    let fields = vec![self.field(Input::Text), self.field(Input::Email)];
                    let path = format!("{}#new", self.path("register"));
                    pieces.push(html(format!("<p><a href=\"{path}\">{new}</a></p>")));
                    if strong == 3 {
                        let offer = self.fill(&self.words.topic("eid").a);
                        pieces.push(html(format!("<p><a href=\"/eid/start\">{offer}</a></p>")));
                    }
                    let button = self.say("register");
                    let form = self.form("", fields, &button);
                    self.page("register", button, Kind::Legal, vec![form]);
                }
            }
            self.page("sign_in", self.title("sign_in"), Kind::Legal, pieces);
        }
        if strong > 0 {
            let mut text = self.told("eid");
            if strong == 2 {
                let name = self.words.topic("eid").d.clone();
                text.push_str(&self.document(&name));
            }
            if strong == 3 {
                let (path, offer) = (self.path("sign_in"), self.fill(&self.words.topic("eid").a));
                text.push_str(&format!("<p><a href=\"{path}\">{offer}</a></p>"));
            }
            self.page("eid", self.title("eid"), Kind::Topic, vec![html(text)]);
        }
        if self.value("SV19") == 3 {
            let text = self.told("account");
            self.page("account", self.title("account"), Kind::Topic, vec![html(text)]);
        }
    }

    fn statement(&mut self) {
        let level = self.value("CO15");
        if level == 0 {
            return;
        }
        let mut pieces = vec![html(self.told("accessibility"))];
        if level == 2 {
            let ask = self.fill(&self.words.topic("accessibility").a);
            if self.draw("barrier").chance(0.5) {
                let mail = self.city.mail("access");
                pieces.push(html(format!("<h2>{ask}</h2><p><a href=\"mailto:{mail}\">{mail}</a></p>")));
            } else {
                let fields = vec![self.field(Input::Email), self.field(Input::Message)];
                pieces.push(self.form(&ask, fields, &self.say("send")));
            }
        }
        self.page("accessibility", self.title("accessibility"), Kind::Legal, pieces);
    }
}
