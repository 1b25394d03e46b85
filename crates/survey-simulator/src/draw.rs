//! Repeatable chance: SplitMix64 (Steele, Lea & Flood 2014, doi 10.1145/2660193.2660195), forked by names, so that a new
//! draw in one place changes nothing elsewhere.

/// A stream of draws.
#[derive(Debug, Clone)]
pub struct Draw(u64);

fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// FNV-1a over a name.
pub fn named(name: &str) -> u64 {
    name.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

impl Draw {
    pub fn new(seed: u64) -> Self {
        Self(mixed(seed ^ 0x9E37_79B9_7F4A_7C15))
    }

    /// A stream of its own for a purpose.
    pub fn fork(&self, name: &str) -> Self {
        Self(mixed(self.0 ^ named(name)))
    }

    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0)
    }

    /// 0 ≤ x < 1.
    pub fn unit(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// 0 ≤ n < `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        ((self.unit() * end as f64) as usize).min(end.saturating_sub(1))
    }

    /// From `least` to `most`, both possible.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most.saturating_sub(least) + 1)
    }

    pub fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// About normal, mean 0 and deviation 1: the sum of twelve uniform draws (never beyond ±6).
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// One of a list that is not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_draws_and_forks_do_not_disturb() {
        let (mut a, mut b) = (Draw::new(7), Draw::new(7));
        let first = a.fork("layout").number();
        assert_eq!(first, b.fork("layout").number());
        assert_eq!(a.number(), b.number());
        assert_ne!(Draw::new(7).fork("a").number(), Draw::new(7).fork("b").number());
    }

    #[test]
    fn draws_keep_their_bounds() {
        let mut draw = Draw::new(1);
        for _ in 0..1000 {
            assert!((0.0..1.0).contains(&draw.unit()) && draw.below(3) < 3 && (2..=4).contains(&draw.between(2, 4)));
        }
        let mean = (0..2000).map(|_| draw.normal()).sum::<f64>() / 2000.0;
        assert!(mean.abs() < 0.1, "{mean}");
        assert_eq!(draw.below(0), 0);
    }
}
