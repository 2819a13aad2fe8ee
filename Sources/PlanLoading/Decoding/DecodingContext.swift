internal import Diagnostics
internal import PlanDocument
internal import PlanModel
internal import SourceText
internal import YAML

/// What decoding carries along: where findings go, and what names an expression may use.
struct DecodingContext {
  let source: SourceFile
  /// Nil: nothing may be asked about files.
  let files: (any FileQuestions)?
  var collector = DiagnosticCollector()
  var calendar = WorkCalendar()
  /// What expressions may name but the steps; filled before those are decoded.
  var names = DeclaredNames() {
    didSet { checker = ExpressionChecker(names) }
  }
  var checker = ExpressionChecker(DeclaredNames())
  /// Whether the plan may declare no step: prose that a person carries out.
  var allowsNoSteps = false
  /// Within `state:` of a step its own values can be read.
  var allowsOwnValues = false
  /// What expressions may read beside `params`, `env` and `plan`.
  var fieldRoots = FieldContext.Roots.atRunTime
  /// The values that are known before anything runs.
  var statics: StaticScope
  /// What `databases:` gives names to; filled before the steps are decoded.
  var databases: [String: Database] = [:]
  /// The names of `databases:`, those with a mistake among them.
  var databaseNames: Set<String> = []
  /// `defaults.database`, for SQL that names none.
  var defaultDatabase: Database?
  /// Whether "pool" stands in some step or in "defaults".
  var namesPools = false
  /// Within a step that `foreach` makes several of: the item in hand.
  var binding: ItemBinding?
  /// The step that was just read, if it has `foreach`.
  var repetition: Repetition?
  /// Where steps with `foreach` stand.
  var repeatedRanges: [SourceRange] = []
  /// Set while a plan is read that another one calls.
  var call: CallBinding?
  /// The path of the plan that is read.
  var planPath = ""
  /// The step that was just read, if it calls a plan.
  var callSite: CallSite?
  /// Plans that were read to be called, by path.
  var documents: [String: PlanDocument] = [:]
  // What called plans bring along.
  var calledPools: [Pool] = []
  var calledSecrets: [Secret] = []
  var calledRequirements = Requirements()
  var calledRanges: [SourceRange] = []
  /// Parameters that were put into paths and items, and so stand in no expression of the plan any more.
  var parametersInPaths: Set<String> = []

  init(source: SourceFile, files: (any FileQuestions)? = nil) {
    self.source = source
    self.files = files
    statics = StaticScope(parameters: [], planID: nil, title: "", path: source.path)
  }

  mutating func report(
    _ rule: Rule, _ range: SourceRange, _ message: String, notes: [String] = [], related: [Diagnostic.Related] = [],
    fix: FixIt? = nil
  ) {
    collector.report(rule, range, message, notes: notes, related: related, fix: fix)
  }

  mutating func reportType(
    _ node: YAMLNode, expected: String, what: String, notes: [String] = [], fix: FixIt? = nil
  ) {
    // An alias to nothing was reported as such.
    if node.kind == .scalar, node.style == .plain, node.utf8.first == UInt8(ascii: "*") { return }
    let found =
      switch node.kind {
      case .mapping: "a mapping"
      case .sequence: "a list"
      case .scalar:
        switch node.resolved {
        case .null: "nothing"
        case .bool, .int, .double, .string: "\"\(node.text.prefix(40))\""
        }
      }
    report(.wrongType, node.range, "\(what) must be \(expected), not \(found)", notes: notes, fix: fix)
  }

  /// Says that a key is missing, unless a misspelt one stands for it.
  mutating func reportMissing<Key: FieldKey>(_ key: Key, _ fields: Fields<Key>, what: String, notes: [String] = []) {
    if fields.misspells([key]) { return }
    let node = fields.node
    let start = SourceRange(start: node.range.lowerBound, end: min(node.range.lowerBound + 1, node.range.upperBound))
    report(.missingKey, start, "\(what) needs \"\(key.rawValue)\"", notes: notes)
  }

  /// - Returns: the known key that was most likely meant.
  @discardableResult
  mutating func reportUnknownKey(_ key: YAMLNode, allowed: [String], what: String) -> String? {
    if let later = LaterKeys.explanation(of: key.text, in: what) {
      report(.notSupportedYet, key.range, "\"\(key.text)\" is not supported by this version", notes: [later])
      return nil
    }
    var notes: [String] = []
    var fix: FixIt?
    let near = NearestName.of(key.text, among: allowed)
    if let near {
      notes.append("did you mean \"\(near)\"?")
      fix = FixIt("rename the key to \"\(near)\"", [FixIt.Replacement(key.range, with: near)], isSafe: false)
    }
    notes.append("\(what) may have: \(allowed.joined(separator: ", "))")
    report(.unknownKey, key.range, "unknown key \"\(key.text)\" in \(what)", notes: notes, fix: fix)
    return near
  }
}
