//! Where people take part: opinions, news by mail, ideas, talk, polls, meetings on screen.

use super::build::Build;
use super::page::{Input, Kind, Piece, escaped};

fn html(text: String) -> Piece {
    Piece::Html(text)
}

impl Build<'_> {
    pub fn engage(&mut self) {
        self.feedback();
        self.newsletter();
        self.alerts();
        for (key, criterion) in [("netiquette", "EN06"), ("results", "EN08")] {
            if self.value(criterion) > 0 {
                let text = self.told(key);
                self.page(key, self.title(key), Kind::Topic, vec![html(text)]);
            }
        }
        self.ideas();
        self.forum();
        self.polls();
        self.satisfaction();
        self.screens();
        self.chat();
    }

    fn feedback(&mut self) {
        let level = self.value("EN01");
        if level == 0 || level == 2 {
            return;
        }
        let topic = self.words.topic("feedback").clone();
        let mut pieces = vec![html(self.told("feedback"))];
        if level == 1 {
            let telephone = self.telephone("feedback");
            pieces.push(html(format!("<p>{}: {}</p>", self.say("telephone"), self.call(&telephone))));
        } else {
            let fields = vec![self.field(Input::Text), self.field(Input::Email), self.field(Input::Message)];
            pieces.push(self.form(&topic.a, fields, &self.say("send")));
        }
        self.page("feedback", self.title("feedback"), Kind::Topic, pieces);
    }

    fn newsletter(&mut self) {
        let level = self.value("EN03");
        if level == 0 {
            return;
        }
        let topic = self.words.topic("newsletter").clone();
        let mut pieces = vec![html(self.told("newsletter"))];
        if level >= 2 {
            let all: String =
                (1..=5).map(|n| topic.d.replace("{n}", &n.to_string())).map(|n| self.document(&n)).collect();
            pieces.push(html(all));
        }
        if level == 3 {
            pieces.push(self.form(&topic.a, vec![self.field(Input::Email)], &self.say("subscribe")));
        }
        self.page("newsletter", self.title("newsletter"), Kind::Topic, pieces);
    }

    fn alerts(&mut self) {
        let level = self.value("EN04");
        if level == 0 {
            return;
        }
        let topic = self.words.topic("alerts").clone();
        let mut pieces = vec![html(self.told("alerts"))];
        if level == 2 {
            let name = self.title("alerts");
            let shop = "https://play.google.com/store/apps/details?id=example.city";
            pieces.push(html(format!("<p><a href=\"{shop}\">{name} (Google Play)</a></p>")));
        }
        if level == 3 {
            let subjects = ["transport", "waste", "emergency"].map(|k| self.phrase(k, &self.words.topic(k).t)).to_vec();
            let choice = self.chosen(Input::Check, self.words.say("choose"), subjects);
            let fields = vec![self.field(Input::Email), self.field(Input::Telephone), choice];
            pieces.push(self.form(&topic.a, fields, &self.say("subscribe")));
        }
        self.page("alerts", self.title("alerts"), Kind::Topic, pieces);
    }

    fn ideas(&mut self) {
        let level = self.value("EN09");
        if level == 0 {
            return;
        }
        let topic = self.words.topic("ideas").clone();
        let mut pieces = vec![html(self.told("ideas"))];
        match level {
            1 => pieces.push(html(format!("<p>{}</p>", self.say("counter")))),
            _ => {
                let fields = vec![self.field(Input::Text), self.field(Input::Email), self.field(Input::Message)];
                pieces.push(self.form(&topic.a, fields, &self.say("send")));
            }
        }
        if level == 3 {
            pieces.push(html(self.proposals("ideas")));
            if self.value("EN13") == 3 && self.value("EN12") < 3 {
                pieces.push(html(format!("<blockquote><p>{}</p></blockquote>", self.say("answer"))));
            }
        }
        self.page("ideas", self.title("ideas"), Kind::Topic, pieces);
    }

    fn forum(&mut self) {
        let level = self.value("EN12");
        if level == 0 {
            return;
        }
        let topic = self.words.topic("forum").clone();
        let mut pieces = vec![html(self.told("forum"))];
        if level == 1 {
            let net = format!("https://www.facebook.com/groups/{}", self.city.domain().replace(".example", ""));
            pieces.push(html(format!("<p><a href=\"{net}\">Facebook</a></p>")));
            self.page("forum", self.title("forum"), Kind::Topic, pieces);
            return;
        }
        let first = if level == 2 { 1100 } else { self.newest().min(200) + 1 };
        let mut links = String::new();
        for (number, idea) in self.words.list("ideas").to_vec().iter().enumerate() {
            let mut text = String::new();
            for (place, post) in self.words.list("posts").iter().enumerate() {
                let (who, day) = (self.person(300 + place), self.day(self.ago(first + (3 * place + number) as i64)));
                text.push_str(&format!("<h2>{}, {day}</h2><p>{}</p>", escaped(&who.name), self.fill(post)));
            }
            if self.value("EN13") == 3 && level == 3 && number < 2 {
                text.push_str(&format!("<blockquote><p>{}</p></blockquote>", self.say("answer")));
            }
            let mut own = vec![html(text)];
            if level == 3 {
                own.push(self.form(
                    &topic.a,
                    vec![self.field(Input::Text), self.field(Input::Message)],
                    &self.say("send"),
                ));
            } else {
                own.push(html(format!("<p>{}</p>", self.say("closed"))));
            }
            let name = self.fill(idea);
            let path = self.page(&format!("thread-{number}"), name.clone(), Kind::Topic, own);
            links.push_str(&format!("<li><a href=\"{path}\">{name}</a></li>"));
        }
        pieces.push(html(format!("<ul>{links}</ul>")));
        self.page("forum", self.title("forum"), Kind::Topic, pieces);
    }

    fn polls(&mut self) {
        if self.value("EN14") == 0 {
            return;
        }
        let all = self.words.list("poll").to_vec();
        let (question, options) = all.split_first().map(|(q, o)| (q.clone(), o.to_vec())).unwrap_or_default();
        let choice = self.chosen(Input::Radio, &question, options);
        let before = self.fill(&self.words.topic("polls").a);
        let pieces = vec![
            html(self.told("polls")),
            self.form("", vec![choice], &self.say("send")),
            html(format!("<p>{before}</p>")),
        ];
        self.page("polls", self.title("polls"), Kind::Topic, pieces);
    }

    fn satisfaction(&mut self) {
        let level = self.value("EN15");
        if level == 0 {
            return;
        }
        let mut pieces = vec![html(self.told("satisfaction"))];
        if level == 2 {
            let name = self.words.topic("satisfaction").d.clone();
            pieces.push(html(self.document(&name)));
        }
        self.page("satisfaction", self.title("satisfaction"), Kind::Topic, pieces);
    }

    /// The council on video, and meetings to join from home.
    fn screens(&mut self) {
        let level = self.value("EN16");
        if level > 0 {
            let topic = self.words.topic("video").clone();
            let told = self.words.topic("video").i.first().map(|i| self.fill(i)).unwrap_or_default();
            let mut text = if level == 1 { format!("<p>{told}</p>") } else { String::new() };
            for number in 0..if level >= 2 { 4 } else { 0 } {
                let day = self.day(self.ago(self.newest() + 5 + 30 * number));
                let name = format!("{} {day}", self.fill(&topic.d));
                text.push_str(&format!("<h2>{name}</h2><video controls src=\"/media/council-{number}.mp4\"><track kind=\"captions\" srclang=\"{}\" src=\"/media/council-{number}.vtt\"></video>", self.language));
            }
            if level == 3 {
                text.push_str(&format!("<p><a href=\"/media/live\">{}</a></p>", self.fill(&topic.a)));
            }
            self.page("video", self.title("video"), Kind::Topic, vec![html(text)]);
        }
        let level = self.value("EN17");
        if level > 0 {
            let topic = self.words.topic("meetings").clone();
            let mut text = self.told("meetings");
            if level == 2 {
                let mail = self.city.mail("talk");
                text.push_str(&format!("<p><a href=\"mailto:{mail}\">{mail}</a></p>"));
            }
            if level == 3 {
                let room = format!("https://meet.{}/mayor", self.city.domain());
                text.push_str(&format!("<p><a href=\"{room}\">{}</a></p>", self.fill(&topic.a)));
            }
            self.page("meetings", self.title("meetings"), Kind::Topic, vec![html(text)]);
        }
    }

    fn chat(&mut self) {
        let level = self.value("EN18");
        if level == 0 {
            return;
        }
        let topic = self.words.topic("chat").clone();
        let telephone = self.telephone("line");
        let mut text = self.told("chat");
        text.push_str(&format!("<p>{}: {}</p>", self.say("telephone"), self.call(&telephone)));
        if level == 2 {
            text.push_str(&format!("<p><button type=\"button\" id=\"assistant\">{}</button></p>", self.fill(&topic.d)));
        }
        if level == 3 {
            text.push_str(&format!("<p><button type=\"button\" id=\"live\">{}</button></p>", self.fill(&topic.a)));
        }
        self.page("chat", self.title("chat"), Kind::Topic, vec![html(text)]);
    }
}
