//! A clamd on loopback that speaks INSTREAM and knows one virus: EICAR's test file, put together here so that this
//! source is none.

use std::time::Duration;

use kernel_files::Refused;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::{Room, holds, jpeg, room_with, segment};

const EICAR: [&str; 2] = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"];

enum Mood {
    Honest,
    Full,
    Silent,
}

async fn clamd(mood: Mood) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address").to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = answer(stream, &mood).await;
        }
    });
    address
}

async fn answer(mut stream: TcpStream, mood: &Mood) -> std::io::Result<()> {
    let mut command = Vec::new();
    while command.last() != Some(&0) {
        command.push(stream.read_u8().await?);
    }
    if command == b"zPING\0" {
        return stream.write_all(b"PONG\0").await;
    }
    assert_eq!(command, b"zINSTREAM\0");
    let mut sent = Vec::new();
    loop {
        let length = usize::try_from(stream.read_u32().await?).expect("small");
        if length == 0 {
            break;
        }
        let start = sent.len();
        sent.resize(start + length, 0);
        stream.read_exact(&mut sent[start..]).await?;
    }
    match mood {
        Mood::Silent => tokio::time::sleep(Duration::from_secs(30)).await,
        Mood::Full => stream.write_all(b"INSTREAM size limit exceeded. ERROR\0").await?,
        Mood::Honest if holds(&sent, EICAR.concat().as_bytes()) => {
            stream.write_all(b"stream: Eicar-Test-Signature FOUND\0").await?;
        }
        Mood::Honest => stream.write_all(b"stream: OK\0").await?,
    }
    Ok(())
}

fn room_at(address: String) -> Room {
    room_with(|settings| {
        settings.clamd = Some(address);
        settings.clamd_timeout = Duration::from_millis(300);
    })
}

#[tokio::test]
async fn what_the_scanner_knows_is_refused_and_what_it_passes_is_kept() {
    let room = room_at(clamd(Mood::Honest).await);
    assert!(room.take("a.txt", b"harmless").await.is_ok());
    let eicar = EICAR.concat();
    let found = Err(Refused::Infected("Eicar-Test-Signature".into()));
    assert_eq!(room.take("a.txt", eicar.as_bytes()).await, found);
    assert_eq!(room.take("a.jpg", &jpeg(&segment(0xfe, eicar.as_bytes()))).await, found, "even where it is cut out");
    assert_eq!(room.files.ready().await, Ok(()));
}

#[tokio::test]
async fn no_clear_answer_is_never_a_pass() {
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("bind").local_addr().expect("address").to_string();
    let (full, silent) = (clamd(Mood::Full).await, clamd(Mood::Silent).await);
    for address in [closed, full, silent, "/nowhere/clamd.ctl".to_owned()] {
        let room = room_at(address.clone());
        assert_eq!(room.take("a.txt", b"harmless").await, Err(Refused::Later), "{address}");
        assert!(!room.files.settings().folder.exists(), "nothing is kept");
    }
    assert!(room_at("/nowhere/clamd.ctl".to_owned()).files.ready().await.is_err());
}
