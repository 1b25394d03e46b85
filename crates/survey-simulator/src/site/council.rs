//! The city hall: offices, council, money, data, maps.

use super::build::{Build, File};
use super::page::{Input, Kind, Piece};
use super::subjects::LADDERS;

const MEMBERS: usize = 8;

impl Build<'_> {
    pub fn hall(&mut self) {
        self.contact();
        self.directory();
        self.minutes();
        self.officials();
        self.budget();
        self.performance();
        self.open_data();
        self.maps();
    }

    fn contact(&mut self) {
        let switchboard = self.telephone("switchboard");
        let mut text = self.told("contact");
        text.push_str(&format!("<p>{}: {}</p>", self.say("telephone"), self.call(&switchboard)));
        if self.value("CO01") == 1 {
            text.push_str(&format!(
                "<h2>{}</h2><p>{}</p>",
                self.say("address_label"),
                super::page::escaped(&self.street())
            ));
        }
        if self.value("CO02") == 1 {
            text.push_str(&format!("<h2>{}</h2><p>{}</p>", self.say("hours_label"), self.say("hours")));
        }
        if self.value("EN01") == 2 {
            let mail = self.city.mail("info");
            text.push_str(&format!("<p><a href=\"mailto:{mail}\">{mail}</a></p>"));
        }
        if self.value("CO12") == 1 {
            let (north, east) = (self.city.latitude, self.city.longitude);
            let words = self.say("on_map");
            text.push_str(&format!(
                "<p><a href=\"https://www.openstreetmap.org/?mlat={north:.3}&amp;mlon={east:.3}#map=16\">{words}</a></p>"
            ));
        }
        self.page("contact", self.title("contact"), Kind::Topic, vec![Piece::Html(text)]);
    }

    /// A telephone number, as a link where people are invited to call.
    pub fn call(&self, number: &str) -> String {
        if self.value("EN18") == 0 {
            return number.to_owned();
        }
        let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        format!("<a href=\"tel:{digits}\">{number}</a>")
    }

    fn directory(&mut self) {
        let level = self.value("CO03");
        if level == 0 {
            return;
        }
        let offices = self.words.list("departments").to_vec();
        let shown = if level == 1 { 5 } else { offices.len() };
        let mut entries = Vec::new();
        for (number, office) in offices.iter().take(shown).enumerate() {
            let telephone = self.call(&self.telephone(office));
            let name = self.fill(office);
            if level == 1 {
                entries.push(format!("{name}: {telephone}"));
                continue;
            }
            let head = self.person(100 + number);
            let mut text =
                format!("<p>{}</p><p>{}: {telephone}</p>", super::page::escaped(&head.name), self.say("telephone"));
            if level == 3 {
                text.push_str(&format!("<p><a href=\"mailto:{0}\">{0}</a></p>", head.mail));
            }
            if self.value("CO01") == 1 {
                text.push_str(&format!("<p>{}</p>", super::page::escaped(&self.street())));
            }
            let path = self.page(&format!("dept-{number}"), name.clone(), Kind::Topic, vec![Piece::Html(text)]);
            entries.push(format!("<a href=\"{path}\">{name}</a>"));
        }
        let mut pieces = vec![Piece::Html(self.told("directory"))];
        if level == 3 {
            let label = self.words.topic("directory").a.clone();
            pieces.push(self.query("", vec![self.asked("who", &label)]));
        }
        pieces.push(Piece::Entries(entries));
        self.page("directory", self.title("directory"), Kind::Topic, pieces);
    }

    fn minutes(&mut self) {
        let level = self.value("CO04");
        if level == 0 {
            return;
        }
        let mut pieces = vec![Piece::Html(self.told("minutes"))];
        let agenda: String = self.words.list("agenda").iter().map(|a| format!("<li>{}</li>", self.fill(a))).collect();
        pieces.push(Piece::Html(format!("<ol>{agenda}</ol>")));
        if level >= 2 {
            let first = self.newest() + 5;
            let topic = self.words.topic("minutes").d.clone();
            let all: Vec<String> =
                (0..8).map(|n| self.document(&format!("{topic} {}", self.day(self.ago(first + 30 * n))))).collect();
            if level == 3 {
                let heading = self.words.topic("minutes").a.clone();
                let since = self.chosen(Input::Date, self.words.say("f_date"), Vec::new());
                let fields = vec![self.asked("words", self.words.say("search")), since];
                pieces.push(self.query(&heading, fields));
            }
            pieces.push(Piece::Entries(all));
        }
        self.page("minutes", self.title("minutes"), Kind::Topic, pieces);
    }

    fn officials(&mut self) {
        let (level, way) = (self.value("CO05"), self.value("EN02"));
        let (mayor, councillor) = (self.say("mayor"), self.say("councillor"));
        let mut text = self.told("officials");
        for number in 0..MEMBERS {
            let person = self.person(number);
            let name = super::page::escaped(&person.name);
            let role = if number == 0 { &mayor } else { &councillor };
            if level < 2 {
                text.push_str(&format!("<p>{name}, {role}</p>"));
                continue;
            }
            let committee = self.phrase(&format!("committee {number}"), self.words.list("committees"));
            let reach = match way {
                2.. => format!("<a href=\"mailto:{0}\">{0}</a>", person.mail),
                _ => self.call(&person.telephone),
            };
            let mut own = format!("<p>{role}. {}</p><p>{reach}</p>", self.fill(&committee));
            if level == 3 {
                let declared = format!("{} {}", self.words.say("interests"), person.name);
                own.push_str(&self.document(&declared));
                let present = (24 - self.draw(&person.name).below(9)).to_string();
                own.push_str(&format!(
                    "<p>{}</p>",
                    crate::words::filled(self.words.say("attendance"), &[("n", &present)])
                ));
            }
            let path = self.page(&format!("member-{number}"), name.clone(), Kind::Topic, vec![Piece::Html(own)]);
            text.push_str(&format!("<p><a href=\"{path}\">{name}</a>, {role}</p>"));
        }
        if level > 0 {
            self.page("officials", self.title("officials"), Kind::Topic, vec![Piece::Html(text)]);
        }
        if way == 0 {
            return;
        }
        let person = self.person(0);
        let mut pieces =
            vec![Piece::Html(format!("<p>{}</p>{}", super::page::escaped(&person.name), self.told("mayor")))];
        match way {
            1 => {
                pieces.push(Piece::Html(format!("<p>{}: {}</p>", self.say("telephone"), self.call(&person.telephone))))
            }
            2 => pieces.push(Piece::Html(format!("<p><a href=\"mailto:{0}\">{0}</a></p>", person.mail))),
            _ => {
                let fields = vec![self.field(Input::Text), self.field(Input::Email), self.field(Input::Message)];
                pieces.push(self.form(&self.words.topic("mayor").a, fields, &self.say("send")));
            }
        }
        self.page("mayor", self.title("mayor"), Kind::Topic, pieces);
    }

    fn budget(&mut self) {
        let level = self.value("CO08");
        if level == 0 {
            return;
        }
        let mut pieces = vec![Piece::Html(self.told("budget"))];
        let topic = self.words.topic("budget").clone();
        if level >= 2 {
            pieces.push(Piece::Html(self.document(&topic.d)));
        }
        if level == 3 {
            let rows: Vec<String> = self
                .words
                .list("departments")
                .iter()
                .map(|d| {
                    let sum = (200_000 + self.draw(d).below(9_000_000)).to_string();
                    format!("{}: {}", self.fill(d), crate::words::filled(self.words.say("money"), &[("n", &sum)]))
                })
                .collect();
            let years = (0..4).map(|n| (self.today.year() - n).to_string()).collect();
            let fields = vec![
                self.asked("words", self.words.say("search")),
                self.chosen(Input::Select, self.words.say("choose"), years),
            ];
            pieces.push(self.query(&topic.a, fields));
            pieces.push(Piece::Entries(rows));
            let table = self.words.say("table").to_owned();
            pieces.push(Piece::Html(self.figures("budget", &table)));
        }
        self.page("budget", self.title("budget"), Kind::Topic, pieces);
    }

    fn performance(&mut self) {
        let level = self.value("CO10");
        if level == 0 {
            return;
        }
        let mut pieces = vec![Piece::Html(self.told("performance"))];
        let topic = self.words.topic("performance").clone();
        if level >= 2 {
            pieces.push(Piece::Html(self.document(&topic.d)));
        }
        if level == 3 {
            let years: Vec<String> = (1..5).map(|n| (self.today.year() - n).to_string()).collect();
            let rows = years.iter().map(|y| format!("{y}: {} %", 50 + self.draw(y).below(50))).collect();
            pieces.push(self.query(&topic.a, vec![self.chosen(Input::Select, self.words.say("choose"), years)]));
            pieces.push(Piece::Entries(rows));
            let table = self.words.say("table").to_owned();
            pieces.push(Piece::Html(self.figures("indicators", &table)));
        }
        self.page("performance", self.title("performance"), Kind::Topic, pieces);
    }

    fn open_data(&mut self) {
        let level = self.value("CO11");
        if level == 0 {
            return;
        }
        let topic = self.words.topic("opendata").clone();
        let mut text = self.told("opendata");
        if level >= 2 {
            for number in 0..3 + self.draw("sets").below(4) {
                let name = format!("{} {}", topic.d, number + 1);
                text.push_str(&self.figures(&format!("set-{number}"), &name));
            }
        }
        if level == 3 {
            let path = "/api/3/action/package_search?rows=10";
            text.push_str(&format!("<p><a href=\"{path}\">{}</a></p>", self.fill(&topic.a)));
        }
        self.page("opendata", self.title("opendata"), Kind::Topic, vec![Piece::Html(text)]);
    }

    fn maps(&mut self) {
        let level = self.value("CO12");
        if level < 2 {
            return;
        }
        let topic = self.words.topic("maps").clone();
        let mut text = self.told("maps");
        if level == 2 && self.draw("printed map").chance(0.3) {
            text.push_str(&self.document(&topic.d));
        } else {
            text.push_str("<div id=\"map\" class=\"leaflet-container\" role=\"img\" aria-label=\"");
            text.push_str(&self.title("maps"));
            text.push_str("\"></div><script src=\"/assets/leaflet.js\"></script>");
        }
        if level == 3 {
            let path = "/geoserver/wms?service=WMS&amp;request=GetCapabilities";
            text.push_str(&format!("<p><a href=\"{path}\">{}</a></p>", self.fill(&topic.a)));
        }
        self.page("maps", self.title("maps"), Kind::Topic, vec![Piece::Html(text)]);
    }

    /// Subjects that climb a ladder and nothing else.
    pub fn ladders(&mut self) {
        for ladder in &LADDERS {
            let level = self.value(ladder.criterion);
            if level > 0 {
                self.ladder(ladder, level);
            }
        }
    }

    /// Data and map interfaces, which no page shows.
    pub fn interfaces(&mut self) {
        let json = |body: String| File { media: "application/json", body: body.into() };
        if self.value("CO11") == 3 {
            let set = "{\"name\":\"trees\",\"resources\":[{\"format\":\"CSV\",\"url\":\"/files/set-0.csv\"}]}";
            let body = format!("{{\"success\":true,\"result\":{{\"count\":214,\"results\":[{set}]}}}}");
            self.files.insert("/api/3/action/package_search".into(), json(body));
            self.files
                .insert("/api/3/action/package_list".into(), json("{\"success\":true,\"result\":[\"trees\"]}".into()));
        }
        if self.value("CO12") == 3 {
            let layers: String = (0..9).map(|n| format!("<Layer><Name>layer{n}</Name></Layer>")).collect();
            let body = format!(
                "<?xml version=\"1.0\"?><WMS_Capabilities version=\"1.3.0\"><Capability>{layers}</Capability></WMS_Capabilities>"
            );
            self.files.insert("/geoserver/wms".into(), File { media: "text/xml", body: body.into() });
        }
    }
}
