//! Uploads and what is kept of them: sniffed, limited, cleaned and checked before anybody sees them.
