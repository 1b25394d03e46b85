use survey_assess::Lexicon;
use survey_capture::TopicWords;

/// The words of the judgement tell the crawler which links first.
pub fn topics(lexicon: &Lexicon) -> Vec<TopicWords> {
    let topics = lexicon.topics();
    let languages = topics.iter().flat_map(|(topic, words)| words.iter().map(move |words| (topic, words)));
    languages
        .map(|(topic, words)| TopicWords {
            topic: (*topic).to_owned(),
            names: words.name.iter().filter(|name| !name.contains('*')).cloned().collect(),
            weak: words.weak.iter().cloned().chain(words.name.iter().filter_map(|name| ending(name))).collect(),
            urls: words.url.clone(),
        })
        .collect()
}

/// What stands after the last stem of a phrase, which the crawler's search by letters cannot follow; it hints only.
fn ending(phrase: &str) -> Option<String> {
    let (_, rest) = phrase.rsplit_once('*')?;
    let rest = rest.trim();
    (rest.chars().count() >= 7).then(|| rest.to_owned())
}
