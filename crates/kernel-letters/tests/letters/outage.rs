use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use kernel_letters::{Carriers, Encryption, Letter, Settings, Smtp, To, carriers};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::House;

/// A mail server of the test: takes letters, or answers every recipient with one line.
#[derive(Clone, Default)]
struct MailServer {
    taken: Arc<Mutex<Vec<String>>>,
    recipients: Arc<Mutex<Option<&'static str>>>,
}

impl MailServer {
    async fn listen(&self, address: SocketAddr) -> tokio::task::JoinHandle<()> {
        let listener = TcpListener::bind(address).await.unwrap();
        let server = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.talk(stream).await });
            }
        })
    }

    async fn talk(&self, stream: TcpStream) -> Option<()> {
        let (reading, mut writing) = stream.into_split();
        let mut lines = BufReader::new(reading).lines();
        writing.write_all(b"220 mail.example ESMTP\r\n").await.ok()?;
        while let Some(line) = lines.next_line().await.ok()? {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let refused = *self.recipients.lock().unwrap();
            let answer = match verb.as_str() {
                "RCPT" if refused.is_some() => refused.unwrap_or_default(),
                "DATA" => {
                    writing.write_all(b"354 go on\r\n").await.ok()?;
                    let mut mail = String::new();
                    while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                        mail.push_str(&line);
                        mail.push('\n');
                    }
                    self.taken.lock().unwrap().push(mail);
                    "250 taken"
                }
                _ => "250 mail.example",
            };
            writing.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        }
        Some(())
    }

    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

/// A port on which nobody listens yet.
async fn free_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

async fn house(server: SocketAddr) -> House {
    let smtp = Smtp { host: "127.0.0.1".to_owned(), port: server.port(), tls: Encryption::None, ..Smtp::default() };
    let settings = Settings { from: "letters@city.example".to_owned(), smtp, ..Settings::default() };
    let mut house = House::open(settings.clone(), Carriers::default()).await;
    let around = kernel_letters::Surroundings {
        folder: std::path::PathBuf::new(),
        secrets: house.letters.secrets.clone(),
        fetch: Arc::new(crate::NoNetwork),
        store: house.store.clone(),
        clock: house.clock.clone(),
    };
    house.rebuild(settings.clone(), carriers(&settings, &around).unwrap());
    house
}

#[tokio::test]
async fn an_outage_of_an_hour_loses_no_letter_and_doubles_none() {
    let (address, server) = (free_port().await, MailServer::default());
    let house = house(address).await;
    let mut sent = Vec::new();
    for minute in 0..60 {
        if minute % 6 == 0 {
            let to = To::Email(format!("reader{minute}@city.example"));
            sent.push(house.send(&Letter::plain(to, "Hello", "Hello")).await);
        }
        house.run_jobs().await;
        house.clock.forward_seconds(60);
    }
    assert_eq!(house.states().await, [("email", "waiting", 10)]);
    let listening = server.listen(address).await;
    for _ in 0..15 {
        house.run_jobs().await;
        house.clock.forward_seconds(60);
    }
    listening.abort();
    assert_eq!(house.states().await, [("email", "sent", 10)]);
    let taken = server.taken();
    assert_eq!(taken.len(), 10);
    let mut ids: Vec<_> =
        taken.iter().filter_map(|mail| mail.lines().find(|line| line.starts_with("Message-ID"))).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 10, "each is a letter of its own");
}

#[tokio::test]
async fn not_now_is_tried_again_and_never_is_not() {
    let (address, server) = (free_port().await, MailServer::default());
    let house = house(address).await;
    let listening = server.listen(address).await;
    *server.recipients.lock().unwrap() = Some("451 4.3.0 try later");
    house.send(&Letter::plain(To::Email("kim@city.example".to_owned()), "Hello", "Hello")).await;
    house.run_jobs().await;
    assert_eq!(house.states().await, [("email", "waiting", 1)]);
    *server.recipients.lock().unwrap() = None;
    house.clock.forward_seconds(60);
    house.run_jobs().await;
    assert_eq!(house.states().await, [("email", "sent", 1)]);

    *server.recipients.lock().unwrap() = Some("550 5.1.1 <lee@city.example> no such mailbox");
    house.send(&Letter::plain(To::Email("lee@city.example".to_owned()), "Hello", "Hello")).await;
    house.run_jobs().await;
    assert_eq!(house.states().await, [("email", "permanent-failure", 1), ("email", "sent", 1)]);
    let failures = kernel_letters::failures(&house.store, kernel_base::Instant(0), 10).await.unwrap();
    assert_eq!(failures[0].reason, "smtp 550 5.1.1", "the server's words may hold the address");
    *server.recipients.lock().unwrap() = None;
    house.send(&Letter::plain(To::Email("Lee@City.example".to_owned()), "Hello", "Hello")).await;
    house.run_jobs().await;
    assert_eq!(server.taken().len(), 1, "an address that does not exist is not written to again");
    listening.abort();
}

#[tokio::test]
async fn what_cannot_be_brought_for_three_days_is_given_up() {
    let house = house(free_port().await).await;
    house.send(&Letter::plain(To::Email("kim@city.example".to_owned()), "Hello", "Hello")).await;
    house.run_jobs().await;
    house.clock.forward_seconds(71 * 3600);
    house.run_jobs().await;
    assert_eq!(house.states().await, [("email", "waiting", 1)]);
    house.clock.forward_seconds(3601);
    house.run_jobs().await;
    assert_eq!(house.states().await, [("email", "temporary-failure", 1)]);
}
