use survey_assess::Lexicon;
use survey_capture::TopicWords;

/// The words of the judgement tell the crawler which links first.
pub fn topics(lexicon: &Lexicon) -> Vec<TopicWords> {
    let topics = lexicon.topics();
    let languages = topics.iter().flat_map(|(topic, words)| words.iter().map(move |words| (topic, words)));
    languages
        .map(|(topic, words)| TopicWords {
            topic: (*topic).to_owned(),
            names: words.name.clone(),
            weak: words.weak.clone(),
            urls: words.url.clone(),
        })
        .collect()
}
