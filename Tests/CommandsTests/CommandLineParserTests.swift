internal import Testing

@testable internal import Commands

/// How words become a command and its values.
struct CommandLineParserTests {
  private func parse(_ line: String) throws -> ParsedCommand {
    try CommandLineParser.parse(line.split(separator: " ").map(String.init)).get()
  }

  private func failure(_ words: [String]) -> UsageError? {
    switch CommandLineParser.parse(words) {
    case .success: nil
    case .failure(let error): error
    }
  }

  private func failure(_ line: String) -> UsageError? { failure(line.split(separator: " ").map(String.init)) }

  @Test(arguments: [
    "apply -j 8 p", "apply -j8 p", "apply -j=8 p", "apply --jobs=8 p", "apply p --jobs 8", "apply -kj8 p",
  ])
  func anOptionHasManySpellings(line: String) throws {
    let parsed = try parse(line)
    #expect(parsed.count("jobs") == 8)
    #expect(parsed.positional("PLAN") == "p")
  }

  @Test func globalOptionsStandAnywhere() throws {
    let parsed = try parse("-C sub -v apply p --state-dir=x --no-input --color never")
    #expect(parsed.globals.directory == "sub")
    #expect(parsed.globals.stateDirectory == "x")
    #expect(parsed.globals.isVerbose && parsed.globals.neverAsks && !parsed.globals.isQuiet)
    #expect("\(parsed.globals.color)" == "never")
  }

  @Test func shortFlagsBundle() throws {
    let parsed = try parse("apply -nkv p")
    #expect(parsed.has("dry-run") && parsed.has("keep-going") && parsed.globals.isVerbose)
    #expect(!parsed.has("yes"))
  }

  @Test func repeatableOptionsKeepTheirOrder() throws {
    let parsed = try parse("apply p --param a=1 -p b=x=y --param a=")
    #expect(parsed.values("param") == ["a=1", "b=x=y", "a="])
    #expect(parsed.assignments("param").map(\.key) == ["a", "b", "a"])
    #expect(parsed.assignments("param").map(\.value) == ["1", "x=y", ""])
  }

  @Test func dashDashEndsOptionsAndDashAloneIsAWord() throws {
    #expect(try parse("validate -- --strict -").words("PATH") == ["--strict", "-"])
    #expect(try parse("validate - --strict").words("PATH") == ["-"])
    #expect(try parse("apply --events - p").value("events") == "-")
  }

  @Test func requiredPlacesAreServedFirst() throws {
    let one = try parse("resolve publish --as done")
    #expect(one.positional("PLAN") == nil && one.positional("STEP") == "publish")
    let two = try parse("resolve p publish --as done")
    #expect(two.positional("PLAN") == "p" && two.positional("STEP") == "publish")
    #expect(try parse("logs p").positional("PLAN") == "p")
    #expect(try parse("apply --resume").positional("PLAN") == nil)
  }

  @Test func valuesAreTyped() throws {
    let parsed = try parse("apply p --grace 1h30m --drain=500ms --lock-timeout 0s")
    #expect(parsed.duration("grace") == .seconds(5400))
    #expect(parsed.duration("drain") == .milliseconds(500))
    #expect(parsed.duration("lock-timeout") == .zero)
    #expect(parsed.count("jobs") == nil)
    #expect(try parse("logs --since 0 --events").count("since") == 0)
  }

  @Test func valuesThatLookLikeOptionsNeedTheEqualsSign() throws {
    #expect(
      failure("apply p --events --resume")?.message
        == "\"--events\" needs a value, and \"--resume\" looks like an option")
    #expect(try parse("resolve s --as done --note=-x").value("note") == "-x")
    #expect(failure("apply p -j")?.message == "\"-j\" needs a value")
  }

  @Test(
    arguments: [
      ("aply", "there is no command \"aply\"", "did you mean \"apply\"?"),
      (
        "plans/x.execplan.yaml", "there is no command \"plans/x.execplan.yaml\"",
        "to run a plan: execplan apply \"plans/x.execplan.yaml\""
      ),
      ("apply --resum", "\"apply\" has no option \"--resum\"", "did you mean \"--resume\"?"),
      ("show --resume", "\"show\" has no option \"--resume\"", "it is an option of apply"),
      ("--resume apply", "there is no option \"--resume\"", "write it after the command: execplan apply --resume"),
      ("apply -z", "\"apply\" has no option \"-z\"", nil),
      ("apply --resume=1", "\"--resume\" takes no value", "write --resume"),
      ("apply -j 0", "\"0\" is not a whole number of at least 1 (--jobs)", nil),
      ("apply -j +3", "\"+3\" is not a whole number of at least 1 (--jobs)", nil),
      ("apply -j 99999999999999999999", "\"99999999999999999999\" is not a whole number of at least 1 (--jobs)", nil),
      ("apply --grace 90", "\"90\" is not a duration (--grace)", "write 90s for seconds"),
      ("apply --grace 5m5m", "\"5m5m\" is not a duration (--grace)", "write it like 90s, 500ms or 1h30m"),
      ("apply --grace 1.5h", "\"1.5h\" is not a duration (--grace)", "write it like 90s, 500ms or 1h30m"),
      ("apply --param a", "\"a\" has no name and \"=\" (--param)", "write KEY=VALUE"),
      ("apply --param =a", "\"=a\" has no name and \"=\" (--param)", "write KEY=VALUE"),
      ("apply --format jsn", "\"jsn\" is not one of text, json (--format)", "did you mean \"json\"?"),
      ("apply --grace 1s --grace 2s", "\"--grace\" is given twice", "give it once"),
      ("apply --resume --fresh", "\"--resume\" and \"--fresh\" exclude each other", "give one of them"),
      ("-q apply -v", "\"--quiet\" and \"--verbose\" exclude each other", "give one of them"),
      ("resolve p s", "\"--as\" is missing", "write --as done|failed|rerun"),
      (
        "resolve --as done", "STEP is missing: the id of the step in doubt",
        "write execplan resolve [OPTIONS] [PLAN] STEP --as done|failed|rerun"
      ),
      ("apply a b", "\"b\" is one argument too many", "write execplan apply [OPTIONS] [PLAN]"),
      ("completions bsh", "\"bsh\" is not one of bash, zsh, fish", "did you mean \"bash\"?"),
      ("", "no command", "start with: execplan new \"My plan\""),
    ] as [(String, String, String?)])
  func mistakesSayWhatToDo(line: String, message: String, advice: String?) {
    let error = failure(line)
    #expect(error?.message == message)
    #expect(error?.advice == advice)
  }

  @Test func errorsNameTheHelpOfTheirCommand() {
    #expect(failure("apply --resum")?.text.hasSuffix("  see: execplan help apply\n") == true)
    #expect(failure("aply")?.text.hasSuffix("  see: execplan help\n") == true)
  }

  @Test func wordsAreShownWithoutControlCharacters() {
    #expect(failure(["\u{1B}[31mx"])?.message == "there is no command \"\\u{1b}[31mx\"")
  }

  @Test func emptyWordsAreRefused() {
    #expect(failure(["apply", ""])?.message == "PLAN is empty")
    #expect(failure(["apply", "--events", ""])?.message == "\"\" is empty (--events)")
    #expect(failure([""])?.message == "there is no command \"\"")
  }

  @Test(arguments: ["apply --help", "apply -h", "apply --bogus --help", "--help apply", "apply -j --help", "apply -vh"])
  func helpWinsOverMistakes(line: String) throws {
    let parsed = try parse(line)
    #expect(parsed.command.name == "help")
    #expect(parsed.positional("TOPIC") == "apply")
  }

  @Test func helpAndVersionWithoutACommand() throws {
    #expect(try parse("--help").positional("TOPIC") == nil)
    #expect(try parse("--version").command.name == "version")
    #expect(try parse("apply --version").command.name == "version")
    #expect(failure("aply --help")?.message == "there is no command \"aply\"")
    #expect(try parse("validate -- --help").words("PATH") == ["--help"])
  }

  @Test func anOptionalValueIsTakenOnlyWithTheEqualsSign() throws {
    let wait = OptionSpec("wait", .optional(name: "DUR", .duration), help: "wait")
    let table = CommandTable(
      commands: [
        CommandSpec(
          "go", group: .run, summary: "go", discussion: [],
          positionals: [PositionalSpec("PLAN", optional: true, help: "p")],
          options: [wait], examples: [])
      ], globalOptions: [])
    let bare = try CommandLineParser.parse(["go", "--wait", "5s"], table: table).get()
    #expect(bare.has("wait") && bare.duration("wait") == nil && bare.positional("PLAN") == "5s")
    let valued = try CommandLineParser.parse(["go", "--wait=5s"], table: table).get()
    #expect(valued.duration("wait") == .seconds(5) && valued.positional("PLAN") == nil)
  }
}
