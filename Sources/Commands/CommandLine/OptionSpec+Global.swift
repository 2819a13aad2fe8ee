extension OptionSpec {
  /// The options that every command takes.
  package static let global: [OptionSpec] = [
    OptionSpec("help", short: "h", help: "show the help of a command"),
    OptionSpec("version", help: "print the version"),
    OptionSpec("quiet", short: "q", help: "say less: results and errors only"),
    OptionSpec("verbose", short: "v", help: "say more: hints, and the reason of every decision"),
    OptionSpec("directory", short: "C", .required(name: "DIR", .folder), help: "work in DIR as if started there"),
    OptionSpec(
      "state-dir", .required(name: "DIR", .folder), default: "as configured, else .execplan at the project root",
      help: "keep the journal, locks and logs in DIR"),
    OptionSpec.choice(
      "color", ["auto", "always", "never"], default: "auto",
      help: "colour the output; auto: on a terminal without NO_COLOR"),
    OptionSpec("no-input", help: "never ask; exit 4 and print the command that answers"),
  ]
}
