use std::fmt::Write;
use std::process::ExitCode;

use clap::Args;

use crate::config::Config;

#[derive(Debug, Args)]
pub struct ConfigArgs {
    /// Print a complete, commented configuration with the default values
    #[arg(long)]
    example: bool,
}

/// A list has no default entry to show.
const PROVIDERS: &str = r#"Other places where people can sign in (OpenID Connect), any number. In place of the empty list:
# [[accounts.providers]]
# id = "national"                       # in addresses: /sign-in/with/national/back is what the provider must know
# name = { en = "National sign-in", ko = "국가 로그인" }
# issuer = "https://id.example"         # exactly as the provider writes it
# client_id = "madang"
# client_secret_file = "/etc/madang/national.secret"
# scopes = ["profile", "email"]         # beside openid
# acr_values = ["urn:example:high"]     # levels of assurance to ask for, the best first
# acr_high = ["urn:example:high"]       # levels that count as two factors and as a known identity
# person_claim = "national_id"          # one value for each person: makes a verified resident; empty for none
# private_host = false                  # the issuer may stand in a private network"#;

/// What each key means; a test holds this list to the configuration's own fields.
const MEANINGS: &[(&str, &str)] = &[
    ("server", "Where and how the portal answers."),
    ("server.listen", "Address and port. Port 0 lets the system choose."),
    ("server.tls_cert", "Certificate chain, PEM. Empty: no TLS here, a proxy in front does it."),
    ("server.tls_key", "Private key of the certificate, PEM."),
    (
        "server.trust_proxy",
        "Believe X-Forwarded-Proto and X-Forwarded-For. Only when nobody but the proxy can reach the port.",
    ),
    ("server.origin", "Public address, e.g. \"https://city.example\". Empty: as the reader's browser asked."),
    ("server.metrics_open", "Let every machine read /metrics; else only this one, and not through a proxy."),
    ("data", "Where the data live."),
    ("data.dir", "Folder for the database file and everything else that is written."),
    ("data.database", "\"postgres://user@host/name\". Empty: an SQLite file in the folder above."),
    (
        "data.key_file",
        "The master key, made at the first start. Empty: master.key in the folder above. All nodes of a city need the same one.",
    ),
    ("city", "What the portal says about its city."),
    ("city.name", "The city's name in each language; English is needed, the others fall back to it."),
    ("city.name.en", ""),
    ("city.name.ko", ""),
    ("city.name.ar", ""),
    ("city.security_contact", "\"mailto:…\" or \"https://…\" for security.txt. Empty: no such file is served."),
    ("limits", "Protection against floods."),
    ("limits.seconds_per_request", "Longest time for one answer."),
    ("limits.body_bytes", "Largest form or upload."),
    ("limits.posts_per_minute", "Forms that one network address may send in a minute."),
    ("limits.page_cache_bytes", "Memory for ready pages."),
    ("files", "What people upload. No upload is larger than limits.body_bytes."),
    (
        "files.clamd",
        "ClamAV's daemon, \"127.0.0.1:3310\" or \"/run/clamav/clamd.ctl\": every upload is scanned, and refused while it does not answer. Empty: no scan.",
    ),
    ("accounts", "How long sessions last, and what a password's hash costs (Argon2id)."),
    ("accounts.resident_idle_hours", "Hours that a resident's session lasts without being used."),
    ("accounts.resident_days", "Days that it lasts at most."),
    ("accounts.staff_idle_minutes", "Minutes that a session of staff lasts without being used."),
    ("accounts.staff_hours", "Hours that it lasts at most."),
    ("accounts.password_kibibytes", "Memory of one hash in KiB; OWASP asks for 19456 at two passes."),
    ("accounts.password_passes", "Passes over that memory."),
    ("outbound", "Servers of others that the portal asks: providers of sign-in, gateways, push services."),
    (
        "outbound.private_hosts",
        "Hosts that may have addresses of a private network: \"idp.internal\", or \"sms.internal:8080\" for one port.",
    ),
    ("outbound.trust", "Further certificate authorities, PEM files."),
    ("letters", "How letters leave the city."),
    ("letters.from", "The address that letters come from."),
    ("letters.reply_to", "Where answers go. Empty: to the address above."),
    (
        "letters.bounces",
        "Where returned letters go; each letter gets a mark of its own (bounces+MARK@…). Empty: to the address above.",
    ),
    ("letters.country", "The country's prefix of telephone numbers that are written without one."),
    ("letters.keep_days", "Days until the words and addresses of a letter are forgotten; letters in an inbox stay."),
    ("letters.give_up_hours", "Hours after which an unreachable address is given up."),
    ("letters.smtp", "The mail server that takes letters."),
    ("letters.smtp.host", "Empty: letters become files in a folder, for looking around."),
    ("letters.smtp.port", "0: the usual one."),
    (
        "letters.smtp.tls",
        "\"implicit\" (from the first byte), \"starttls\", or \"none\" for a relay on the same machine.",
    ),
    ("letters.smtp.user", "Empty: without signing in."),
    ("letters.smtp.password_file", "File with the password and nothing else."),
    ("letters.smtp.ca_file", "A certificate authority of one's own, PEM. Empty: those that browsers trust."),
    ("letters.imap", "The mailbox that returned letters come to."),
    ("letters.imap.host", "Empty: nobody looks; a mail alias can hand returned letters to `madang letters bounce`."),
    ("letters.imap.port", "0: the usual one."),
    ("letters.imap.tls", "As for the mail server."),
    ("letters.imap.user", "Name of the mailbox's owner."),
    ("letters.imap.password_file", "File with the password and nothing else."),
    ("letters.imap.ca_file", "As for the mail server."),
    ("letters.imap.mailbox", "The folder to read."),
    ("letters.imap.pause", "Seconds between two looks."),
    ("letters.sms", "How short messages leave."),
    ("letters.sms.kind", "\"folder\" (files, for looking around), \"http\" or \"smpp\"."),
    ("letters.sms.from", "The number or name that messages come from."),
    ("letters.sms.http", "A gateway that takes one POST of JSON a message."),
    ("letters.sms.http.url", "Its address."),
    ("letters.sms.http.header", "Name of the header that carries the key."),
    ("letters.sms.http.header_file", "File with that header's whole value, such as \"Bearer …\"."),
    (
        "letters.sms.http.body",
        "What is sent: {to}, {from}, {text} and {id} are filled in; {id} is the same when it is sent again.",
    ),
    ("letters.sms.http.success", "Answers that mean: taken."),
    ("letters.sms.http.refused", "Answers that mean: this number cannot be reached."),
    ("letters.sms.smpp", "A message centre that speaks SMPP."),
    ("letters.sms.smpp.address", "\"smpp://host:port\" or, encrypted, \"smpps://host:port\"."),
    ("letters.sms.smpp.system_id", "The name to bind with."),
    ("letters.sms.smpp.password_file", "File with the password and nothing else."),
    ("letters.push", "Notices in browsers."),
    (
        "letters.push.contact",
        "\"mailto:…\" or \"https://…\": whom a push service asks when something is wrong. Empty: no notices.",
    ),
    (
        "letters.push.services",
        "Hosts of the push services that browsers may name, \"*.\" for any name before the rest.",
    ),
    ("accounts.providers", PROVIDERS),
    ("map", "The map's layers."),
    ("map.most_bytes", "Largest file that staff may bring in by a page, in bytes; larger ones by `madang map import`."),
    ("map.tile_cache_bytes", "Ready tiles kept in memory, in bytes. 0 makes every tile anew."),
    ("survey", "The survey: audits of websites, and questions that people send to cities."),
    (
        "survey.address",
        "The address that people send questions to cities from, so that copies of them are not taken for answers.",
    ),
    (
        "survey.sent",
        "Folder of the mailbox below that keeps what was sent; answers without a mark are found by it. Empty: none.",
    ),
    ("survey.mailbox", "The mailbox that cities answer to. Only times are taken from it; nothing in it is changed."),
    ("survey.mailbox.host", "Empty: nobody looks, and people note by hand when a city answered."),
    ("survey.mailbox.port", "0: the usual one."),
    ("survey.mailbox.tls", "As for the mail server."),
    ("survey.mailbox.user", "Name of the mailbox's owner."),
    ("survey.mailbox.password_file", "File with the password and nothing else."),
    ("survey.mailbox.ca_file", "As for the mail server."),
    ("survey.mailbox.mailbox", "The folder to look into."),
    ("survey.mailbox.pause", "Seconds between two looks."),
    (
        "survey.workers",
        "Captures of a round's cities that this node does at a time; each may start a browser. 0 leaves them to other nodes and to `madang survey round capture`.",
    ),
    ("survey.capture", "How the sites of a round's cities are captured."),
    ("survey.capture.allow_private", "Addresses that are not public may be asked, such as test servers."),
    ("survey.capture.ca", "Further certificate authorities to trust (PEM)."),
    ("survey.capture.hosts", "Connections to a host go elsewhere: [\"city.example=127.0.0.1:8080\"]."),
    ("survey.capture.browser", "Pages are looked at in Chromium too, when it is on this machine."),
    (
        "survey.second_reader",
        "A language model that reads what an audit left open or unsure. It is shown passages of the audited site; its answers change no value.",
    ),
    (
        "survey.second_reader.endpoint",
        "OpenAI-compatible, e.g. \"http://127.0.0.1:11434/v1\". Empty: there is no second reader.",
    ),
    ("survey.second_reader.model", "The model's name there."),
    ("survey.second_reader.key_file", "File with the endpoint's key and nothing else. Empty: no key."),
    ("survey.second_reader.timeout", "Seconds that one answer may take."),
    ("survey.second_reader.most_questions", "Criteria asked about in one audit at most."),
];

pub fn run(args: &ConfigArgs) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(args.example, "say what to show: madang config --example");
    print!("{}", example()?);
    Ok(ExitCode::SUCCESS)
}

/// The defaults as TOML, each key under its meaning.
fn example() -> anyhow::Result<String> {
    let mut text = String::from(
        "# Madang's configuration, complete, with the default values. Made by `madang config --example`.\n",
    );
    text.push_str("# Use it with: madang serve --config madang.toml\n");
    table(&mut text, "", &toml::Table::try_from(Config::default())?)?;
    Ok(text)
}

fn table(text: &mut String, path: &str, entries: &toml::Table) -> anyhow::Result<()> {
    let (tables, values): (Vec<_>, Vec<_>) = entries.iter().partition(|(_, value)| value.is_table());
    for (key, value) in values {
        comment(text, &join(path, key))?;
        writeln!(text, "{key} = {value}")?;
    }
    for (key, value) in tables {
        let path = join(path, key);
        writeln!(text)?;
        comment(text, &path)?;
        writeln!(text, "[{path}]")?;
        if let Some(inner) = value.as_table() {
            table(text, &path, inner)?;
        }
    }
    Ok(())
}

fn comment(text: &mut String, path: &str) -> anyhow::Result<()> {
    let found = MEANINGS.iter().find(|(key, _)| *key == path);
    let (_, meaning) = found.ok_or_else(|| anyhow::anyhow!("{path} has no meaning in example.rs"))?;
    if !meaning.is_empty() {
        writeln!(text, "# {meaning}")?;
    }
    Ok(())
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_file_is_what_the_code_says() {
        let file = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../madang.example.toml"));
        assert_eq!(
            file.expect("madang.example.toml"),
            example().expect("every key has a meaning"),
            "run: madang config --example > madang.example.toml"
        );
    }

    #[test]
    fn the_example_is_the_default_configuration_and_nothing_more() {
        let text = example().expect("every key has a meaning");
        assert_eq!(toml::from_str::<Config>(&text).expect("parses"), Config::default());
        for (key, _) in MEANINGS {
            let last = key.rsplit('.').next().expect("a key");
            assert!(
                text.contains(&format!("{last} = ")) || text.contains(&format!("[{key}]")),
                "{key} is not in the configuration any more"
            );
        }
    }
}
