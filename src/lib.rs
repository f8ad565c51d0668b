//! goldthread reads strategies and plans, and tells how far each holds the golden thread: the
//! principles and recommendations that it is supposed to follow.

pub mod document;
pub mod input;
