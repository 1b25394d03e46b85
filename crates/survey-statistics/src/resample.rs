//! A round's answers in a form that can be scored many thousand times, and the draws from it.
