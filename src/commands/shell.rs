//! `goldthread completions` and `goldthread man`: the command line told to shells and to `man`.

use super::{done, print, write_whole};
use crate::cli::{Cli, CompletionsArgs, ManArgs};
use anyhow::{Result, bail};
use clap::CommandFactory;
use std::process::ExitCode;

/// Prints the completions of a shell.
pub fn completions(args: &CompletionsArgs) -> Result<ExitCode> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "goldthread", &mut out);
    print(&out)?;
    Ok(done())
}

/// Prints the manual page, or writes one for each command into a folder.
pub fn man(args: &ManArgs) -> Result<ExitCode> {
    let Some(folder) = &args.folder else {
        let mut out = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut out)?;
        print(&out)?;
        return Ok(done());
    };
    if !folder.is_dir() {
        bail!("there is no folder {}; make it first", folder.display());
    }
    let mut all = Cli::command();
    all.build();
    pages(&all, "goldthread", folder)?;
    Ok(done())
}

/// The page of a command, and those of the commands below it.
fn pages(command: &clap::Command, name: &str, folder: &std::path::Path) -> Result<()> {
    let mut out = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut out)?;
    write_whole(&folder.join(format!("{name}.1")), &out)?;
    for below in command.get_subcommands().filter(|c| c.get_name() != "help" && !c.is_hide_set()) {
        pages(below, &format!("{name}-{}", below.get_name()), folder)?;
    }
    Ok(())
}
