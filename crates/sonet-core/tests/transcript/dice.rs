//! What is left to chance, and comes again the same.

/// A number from a seed, and another one each time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }

    pub(super) fn is(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}
