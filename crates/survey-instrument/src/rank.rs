//! Places in a league: equal scores share a place, the next place is skipped (1, 2, 2, 4).

/// Places for scores that are already in falling order.
pub fn shared_places<T: PartialEq>(falling: &[T]) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::with_capacity(falling.len());
    for (index, score) in falling.iter().enumerate() {
        let place = match (index.checked_sub(1), places.last()) {
            (Some(before), Some(place)) if falling[before] == *score => *place,
            _ => index + 1,
        };
        places.push(place);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::shared_places;

    #[test]
    fn tied_cities_share_a_place_and_the_next_is_skipped() {
        assert_eq!(shared_places(&[90, 80, 80, 70, 70, 70, 60]), [1, 2, 2, 4, 4, 4, 7]);
        assert_eq!(shared_places::<u8>(&[]), [] as [usize; 0]);
    }
}
