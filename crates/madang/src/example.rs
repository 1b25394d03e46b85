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
    ("accounts.providers", PROVIDERS),
    ("survey", "Audits of websites: madang survey audit --config madang.toml."),
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
