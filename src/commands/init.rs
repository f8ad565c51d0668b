//! `goldthread init`: writes a commented `goldthread.toml`.

use super::{done, print};
use crate::cli::InitArgs;
use anyhow::{Context, Result, bail};
use goldthread::config::{NAME, TEMPLATE};
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// Writes the file where there is none.
pub fn run(args: &InitArgs) -> Result<ExitCode> {
    let path = args.folder.join(NAME);
    let shown = path.display();
    match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file.write_all(TEMPLATE.as_bytes()).with_context(|| format!("{shown}: cannot be written"))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{shown} is there already and was left as it is; edit it, or move it away first")
        }
        Err(error) => {
            let said =
                format!("{shown}: cannot be written; check that the folder is there and that you may write to it");
            return Err(error).context(said);
        }
    }
    print(format!("Wrote {shown}. Every key in it is explained and switched off.\n").as_bytes())?;
    Ok(done())
}
