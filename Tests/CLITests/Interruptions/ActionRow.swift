internal import TestSupport

/// A row of the table of what each action does in the same run, in a new run, and after a kill.
///
/// A new action gets a row by an entry in a list of `all`; what it does and says is found out by the test.
struct ActionRow: Sendable, CustomStringConvertible {
  /// When execplan is killed.
  enum Kill: Sendable {
    /// At a fault point of `apply`, at its Nth time.
    case at(String)
    /// While a program of the step waits in `block.sh`; what is left of the step is ended, too.
    case blocked
    /// While a statement of the step sleeps on the server, until there is a row in `gate`.
    case asleep
    /// At a fault point of the command that a person gives for the step.
    case inAnswer(String)
    /// While the web server holds the answer to `/hold/it` back.
    case asked
    /// When the step has begun.
    case started
  }

  /// How often the action took effect.
  enum Effect: Sendable {
    /// As many times as the ledger says: `LEDGER` appends to it.
    case ledger
    /// As many rows as `t` in `w.db` has.
    case rows
    /// As many requests as the web server got.
    case requests
    /// As many rows as `t` on the server has; `$DB` in the step is its database.
    case serverRows
    /// Repeating it is no effect: only the end state counts.
    case state
  }

  let action: String
  /// What the plan says of it beside the action; empty for the action alone.
  let variant: String
  /// The keys of the step; `LEDGER` appends to the ledger, `BLOCK` holds it up at the first call.
  let yaml: [String]
  let effect: Effect
  let before: Kill
  let during: Kill
  let after: Kill
  /// Files of the project, by name.
  var files: [String: String] = [:]
  /// Programs of the project, by name: shell scripts with `LEDGER` and `BLOCK`.
  var programs: [String: String] = [:]
  /// Files of the project that are there as soon as nothing holds the step up any more.
  var awaited: [String] = []
  /// Other files outside of the project.
  var outside: [String: String] = [:]
  /// The step as plans and commands name it.
  var node = "it"
  /// The commands that a waiting step is answered with.
  var answer: [[String]] = []
  /// Steps before the step.
  var producer = ""
  /// What is started before each situation and ended after it: a shell script that says `ready` when it is.
  var service: String?

  /// A step that runs a program.
  static func program(_ action: String, _ variant: String = "", _ yaml: String...) -> ActionRow {
    ActionRow(
      action: action, variant: variant, yaml: yaml, effect: .ledger, before: .at("beforeLaunch"), during: .blocked,
      after: .at("afterExit"))
  }

  /// An action that execplan carries out by itself.
  ///
  /// - Parameter during: a point where its effect is begun and not there yet.
  static func own(
    _ action: String, _ variant: String = "", _ yaml: String..., effect: Effect = .state, during: String,
    after: String = "afterAction", files: [String: String] = [:]
  ) -> ActionRow {
    ActionRow(
      action: action, variant: variant, yaml: yaml, effect: effect, before: .at("beforeLaunch"), during: .at(during),
      after: .at(after), files: files)
  }

  var description: String { variant.isEmpty ? action : "\(action), \(variant)" }

  /// As the table names it.
  var title: String { variant.isEmpty ? "`\(action)`" : "`\(action)`, \(variant)" }

  /// Whether it needs the web server, at `$URL` or `$PORT`.
  var usesServer: Bool { yaml.contains { $0.contains("$URL") || $0.contains("$PORT") } }

  /// A script with what `LEDGER` and `BLOCK` stand for.
  static func filled(_ script: String) -> String {
    script.replacing("LEDGER", with: "sh $OUT/mark.sh it").replacing("BLOCK", with: "sh $OUT/block.sh")
  }

  /// The step, and one behind it that fails until the file `ready` is there.
  func plan(_ server: WebServer?) -> String {
    var text = "execplan: 1\ntitle: Actions\nid: actions\norder: listed\ndefaults: {on_conflict: overwrite}\n"
    text += "steps:\n\(producer)  - id: it\n"
    for line in yaml {
      var filled = ActionRow.filled(line)
      if let server { filled = filled.replacing("$URL", with: server.url).replacing("$PORT", with: "\(server.port)") }
      text += "    \(filled)\n"
    }
    return text + "  - {id: later, idempotent: true, run: test -e $OUT/ready}\n"
  }
}
