use super::Finding;
use crate::config::Config;

pub fn configured(config: &Config) -> Vec<Finding> {
    const CHECK: &str = "letters";
    let letters = &config.letters;
    let smtp = &letters.smtp;
    if smtp.host.is_empty() {
        return vec![Finding::note(
            CHECK,
            "no mail server: letters only become files in the folder `letters`",
            "set [letters.smtp] host; without letters nobody can confirm an address or recover an account",
        )];
    }
    if letters.from.ends_with("@localhost") {
        return vec![Finding::wrong(
            CHECK,
            format!("letters come from {}", letters.from),
            "set letters.from to an address of the city; other mail servers refuse this one",
        )];
    }
    let missing = [&smtp.password_file, &smtp.ca_file]
        .into_iter()
        .find(|file| !file.as_os_str().is_empty() && std::fs::File::open(file).is_err());
    match missing {
        Some(file) => {
            vec![Finding::wrong(CHECK, format!("{} cannot be read", file.display()), "let the city's account read it")]
        }
        None => vec![Finding::good(CHECK, format!("{} through {}", letters.from, smtp.host))],
    }
}
