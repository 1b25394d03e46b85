use maud::{Markup, html};

/// A column's heading; numbers stand flush to the end so that they can be compared.
#[derive(Debug, Clone)]
pub struct Column {
    pub label: String,
    pub numeric: bool,
}

impl Column {
    pub fn text(label: impl Into<String>) -> Column {
        Column { label: label.into(), numeric: false }
    }

    pub fn number(label: impl Into<String>) -> Column {
        Column { label: label.into(), numeric: true }
    }
}

/// How much of something is done: a bar with its words beside it.
pub fn meter(label: &str, done: usize, all: usize, said: &str) -> Markup {
    html! {
        p.meter {
            progress max=(all) value=(done) aria-label=(label) {}
            span { (said) }
        }
    }
}

/// Cells in the order of the columns.
pub struct Row {
    pub cells: Vec<Markup>,
    /// Which cell names the row (`<th scope="row">`), usually the first.
    pub name: usize,
    /// Drawn with emphasis.
    pub marked: bool,
}

impl Row {
    pub fn new(cells: Vec<Markup>) -> Row {
        Row { cells, name: 0, marked: false }
    }

    pub fn named_by(mut self, cell: usize) -> Row {
        self.name = cell;
        self
    }

    pub fn marked(mut self, marked: bool) -> Row {
        self.marked = marked;
        self
    }
}

/// A table that becomes a list of cards on a phone; every cell then carries its column's label.
pub struct Table {
    /// Says what the table holds; read first by screen readers, shown above.
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

pub fn table(table: &Table) -> Markup {
    html! {
        table.ds-table.records data-zebra data-border {
            caption { (table.caption) }
            thead {
                tr { @for column in &table.columns { th scope="col" data-numeric[column.numeric] { (column.label) } } }
            }
            tbody {
                @for row in &table.rows {
                    tr data-marked[row.marked] { @for (place, cell) in row.cells.iter().enumerate() {
                        (one_cell(table.columns.get(place), cell, place == row.name))
                    } }
                }
            }
        }
    }
}

fn one_cell(column: Option<&Column>, cell: &Markup, names_row: bool) -> Markup {
    let label = column.map(|column| column.label.as_str());
    let numeric = column.is_some_and(|column| column.numeric);
    html! {
        @if names_row {
            th scope="row" data-label=[label] data-numeric[numeric] { (cell) }
        } @else {
            td data-label=[label] data-numeric[numeric] { (cell) }
        }
    }
}

/// A table with more columns than a page is wide: it scrolls by itself, and on a phone it is cards all the same.
pub fn wide(label: &str, table: Markup) -> Markup {
    html! { div.scroll tabindex="0" role="group" aria-label=(label) { (table) } }
}

/// Facts about one thing: name and value, one below the other on a phone.
pub fn summary_list(entries: &[(String, Markup)]) -> Markup {
    html! {
        dl.summary {
            @for (name, value) in entries { div { dt { (name) } dd { (value) } } }
        }
    }
}

/// A number worth knowing, with the day it was true and who said so.
pub struct Figure {
    pub value: String,
    pub label: String,
    /// Source and date in the reader's language: "City statistics office, 1 January 2026".
    pub source: String,
}

pub fn figures(figures: &[Figure]) -> Markup {
    html! {
        ul.figures {
            @for figure in figures {
                li {
                    span.figure-value { (figure.value) }
                    span.figure-label { (figure.label) }
                    span.figure-source { (figure.source) }
                }
            }
        }
    }
}
