//! Limits that the system itself holds a reader process to.
//!
//! Linux knows them all; macOS does not hold to that on memory. Windows has none of them here:
//! there only the time that the parent allows and the limits of the readers themselves count. A
//! limit that the system refuses is left as it was.

#[cfg(unix)]
mod unix {
    use rustix::process::{Resource, getrlimit, setrlimit};
    use std::time::Duration;

    /// No image of the memory is left behind: it would hold the document.
    pub fn no_core() {
        set(Resource::Core, 0);
    }

    /// The process's address space is at most so many bytes.
    pub fn limit_memory(bytes: u64) {
        set(Resource::As, bytes);
    }

    /// The process ends when it has used so much processor time.
    pub fn limit_time(time: Duration) {
        set(Resource::Cpu, time.as_secs().saturating_add(1));
    }

    fn set(resource: Resource, limit: u64) {
        let mut limits = getrlimit(resource);
        limits.current = Some(limits.maximum.map_or(limit, |most| most.min(limit)));
        let _ = setrlimit(resource, limits);
    }
}

#[cfg(unix)]
pub(super) use unix::{limit_memory, limit_time, no_core};

#[cfg(not(unix))]
mod other {
    use std::time::Duration;

    pub fn no_core() {}
    pub fn limit_memory(_: u64) {}
    pub fn limit_time(_: Duration) {}
}

#[cfg(not(unix))]
pub(super) use other::{limit_memory, limit_time, no_core};
