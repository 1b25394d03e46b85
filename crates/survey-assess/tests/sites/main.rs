//! Small cities made in the test, whose truth is known, judged through a real archive.

mod classes;
mod english;
mod hostile;
mod languages;
mod measured;
mod tongues;
mod town;
