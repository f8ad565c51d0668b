//! The rules are compiled in whole: a change of any of them compiles the crate anew.

fn main() {
    println!("cargo:rerun-if-changed=rules");
}
