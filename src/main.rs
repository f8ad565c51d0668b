//! The command line: parses, runs a command, prints, and exits with its code.

mod cli;
mod commands;

use clap::Parser;
use cli::{Cli, Command};
use goldthread::batch::EngineError;
use goldthread::config::ConfigError;
use goldthread::pack::Paint;
use goldthread::report::words::count;
use goldthread::review::ReviewErrors;
use std::process::ExitCode;

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Demo(args) => commands::demo::run(&args),
        Command::Check(args) => commands::check::run(&args),
        Command::Compare(args) => commands::compare::run(&args),
        Command::Review(args) => commands::review::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Text(args) => commands::text::run(&args),
        Command::Rules(command) => commands::rules::run(&command),
        Command::History(args) => commands::history::run(&args),
        Command::Init(args) => commands::init::run(&args),
        Command::Completions(args) => commands::shell::completions(&args),
        Command::Man(args) => commands::shell::man(&args),
        Command::Eval(args) => commands::eval::run(&args),
        Command::Learn(args) => commands::learn::run(&args),
        Command::Reader => commands::reader(),
    };
    result.unwrap_or_else(|error| {
        report(&error);
        ExitCode::from(2)
    })
}

/// Says what went wrong on standard error, with the causes that add something.
#[allow(clippy::print_stderr, reason = "the one place where errors are shown")]
fn report(error: &anyhow::Error) {
    if let Some(EngineError::Pack(faults)) = error.downcast_ref() {
        anstream::eprintln!("{}", faults.render(Paint::Coloured));
        anstream::eprintln!("error: {} in rule files", count(faults.0.len(), "fault", "faults"));
        return;
    }
    if let Some(faults) = error.downcast_ref::<ReviewErrors>() {
        anstream::eprintln!("{}", faults.render(Paint::Coloured));
        let own = format!("{} in the review file", count(faults.0.len(), "fault", "faults"));
        anstream::eprintln!("error: {}", if error.chain().len() > 1 { error.to_string() } else { own });
        return;
    }
    if let Some(ConfigError::Fault(fault)) = error.downcast_ref() {
        anstream::eprintln!("{}", fault.render(Paint::Coloured));
        return;
    }
    let mut said = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !said.contains(&cause) {
            said = format!("{said}\n  because: {cause}");
        }
    }
    anstream::eprintln!("error: {said}");
}
