//! The alternatives of a term while its choices and hyphens are still open.

/// Steps in order: places in the parser's list of elements, or its mark for a hyphen.
pub(super) type Steps = Vec<u16>;

/// Several lists of steps in one piece of memory.
pub(super) struct Paths {
    pub steps: Steps,
    ends: Vec<usize>,
}

impl Paths {
    pub(super) const fn none() -> Self {
        Self { steps: Vec::new(), ends: Vec::new() }
    }

    /// One empty list.
    pub(super) fn one() -> Self {
        Self { steps: Vec::new(), ends: vec![0] }
    }

    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u16]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.steps[start..*end])
    }

    pub(super) fn push(&mut self, parts: &[&[u16]]) {
        parts.iter().for_each(|part| self.steps.extend_from_slice(part));
        self.ends.push(self.steps.len());
    }

    pub(super) fn extend(&mut self, more: &Self) {
        more.iter().for_each(|path| self.push(&[path]));
    }

    /// Every list of these with every list of others behind it.
    pub(super) fn product(&self, after: &Self) -> Self {
        let mut out = Self::none();
        out.steps.reserve(self.steps.len() * after.len() + after.steps.len() * self.len());
        out.ends.reserve(self.len() * after.len());
        for before in self.iter() {
            after.iter().for_each(|after| out.push(&[before, after]));
        }
        out
    }

    /// Puts the same steps behind every list.
    pub(super) fn append(&mut self, steps: &[u16]) {
        if self.len() == 1 {
            self.steps.extend_from_slice(steps);
            self.ends[0] = self.steps.len();
        } else {
            *self = self.product(&Self { steps: steps.to_vec(), ends: vec![steps.len()] });
        }
    }
}
