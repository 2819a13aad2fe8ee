internal import Diagnostics
internal import Executor
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import Reporting
internal import SourceText

/// Looks at plans one after another, and then at what they have in common.
struct Validation {
  private struct Entry {
    var file: SourceFile
    var diagnostics: [Diagnostic]
    var suppressions: Suppressions
    /// Where the plan belongs, and its declared id.
    var identity: (root: String, id: Located<String>)?
  }

  private let console: Console
  private let stateDirectory: String?
  private let selection: RuleSelection
  private let input: ParameterInput
  private let repairs: Bool
  private let isForPeople: Bool
  /// What paths in machine output are relative to.
  private let root: String
  private var entries: [Entry] = []
  private var skipped = 0

  init(
    console: Console, stateDirectory: String?, selection: RuleSelection, input: ParameterInput, repairs: Bool,
    isForPeople: Bool
  ) {
    self.console = console
    self.stateDirectory = stateDirectory
    self.selection = selection
    self.input = input
    self.repairs = repairs
    self.isForPeople = isForPeople
    root = Project(ofFolder: ProjectRoot.workingDirectory() ?? "/", stateDirectory: stateDirectory).root
  }

  /// Whether no plan was seen, and no other file that a person named.
  var isEmpty: Bool { entries.isEmpty && skipped == 0 }

  /// - Parameter isNamed: a person named this file, so it is said when it is passed over.
  mutating func validate(_ path: String, isNamed: Bool) throws {
    let bytes: [UInt8]
    do throws(CommandFailure) {
      bytes = try PlanFile.bytes(path)
    } catch {
      guard isNamed || PlanDocument.isPlan(path: path, bytes: []) else { return }
      addUnreadable(path, error.message)
      return
    }
    guard PlanDocument.isPlan(path: path, bytes: bytes) else {
      if isNamed { skip(path) }
      return
    }
    let project = Project(ofFile: path, stateDirectory: stateDirectory)
    var loaded = try load(SourceFile(path: shown(path), bytes: bytes), path, project)
    if repairs { loaded = try repaired(loaded, path, project) }
    add(loaded)
  }

  /// - Parameter name: the path under which the text is reported; it decides which project the plan belongs to.
  mutating func validateStandardInput(name: String?) throws {
    let path = PathName.absolute(name ?? "stdin.execplan.yaml")
    let source = try PlanFile.standardInput(name: name.map { _ in shown(path) } ?? "-")
    guard name == nil || PlanDocument.isPlan(path: path, bytes: source.bytes) else {
      skip(path)
      return
    }
    add(try load(source, path, Project(ofFile: path, stateDirectory: stateDirectory)))
  }

  private mutating func skip(_ path: String) {
    skipped += 1
    console.say("\(PathName.shown(path)): not a plan, skipped")
  }

  private mutating func addUnreadable(_ path: String, _ message: String) {
    entries.append(
      Entry(
        file: SourceFile(path: shown(path), bytes: []),
        diagnostics: [Diagnostic(.unreadableFile, .fileStart, message, notes: ["make it readable, or leave it out"])],
        suppressions: Suppressions(of: SourceFile(path: path, bytes: []))))
  }

  private mutating func add(_ loaded: LoadedPlan) {
    entries.append(
      Entry(
        file: loaded.source, diagnostics: loaded.diagnostics, suppressions: loaded.document.suppressions,
        identity: loaded.plan?.id.map { (loaded.project.root, $0) }))
    UntilExit.keep(loaded)
  }

  private func load(_ source: SourceFile, _ path: String, _ project: Project) throws(UsageError) -> LoadedPlan {
    let loaded = LoadedPlan.load(source, path: project.relative(path), in: project, input: input)
    if let problem = loaded.parameterProblems.first {
      throw UsageError(
        "\(source.path): \(problem.message)", advice: problem.notes.first, command: "validate")
    }
    return loaded
  }

  /// How the file is called in the report: for people relative to the folder where they are, else to the project.
  private func shown(_ path: String) -> String {
    if isForPeople { return PathName.shown(path) }
    let prefix = root == "/" ? "/" : root + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.utf8.count)) : path
  }

  // MARK: Repairs

  /// Repairs may uncover others, and of two that overlap one waits for the next round.
  private static let maximumRounds = 20

  private func repaired(_ loaded: LoadedPlan, _ path: String, _ project: Project) throws -> LoadedPlan {
    var loaded = loaded
    let original = loaded.source.bytes
    var lines: [String] = []
    for _ in 0..<Self.maximumRounds {
      let candidates = loaded.diagnostics.filter { selection.includes($0) && $0.fix?.isSafe == true }
      let outcome = SourceEditor.apply(candidates.compactMap(\.fix), to: loaded.source.bytes)
      if outcome.applied.isEmpty || outcome.bytes == loaded.source.bytes { break }
      for index in outcome.applied {
        let done = candidates[index]
        let place = loaded.source.location(of: done.range.lowerBound)
        lines.append(
          "\(loaded.source.path):\(place.line):\(place.column): fixed: \(done.fix?.message ?? "") "
            + "[\(done.rule.code)-\(done.rule.name)]")
      }
      loaded = try load(SourceFile(path: loaded.source.path, bytes: outcome.bytes), path, project)
    }
    guard loaded.source.bytes != original else { return loaded }
    try AtomicFile.replace(path, with: loaded.source.bytes, expecting: original)
    for line in lines { console.say(line) }
    return loaded
  }

  // MARK: The result

  /// The findings of all files, with those about several of them.
  func findings() -> [FileDiagnostics] {
    var extra: [Int: Diagnostic] = [:]
    var places: [String: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      if let identity = entry.identity { places["\(identity.root)\n\(identity.id.value)", default: []].append(index) }
    }
    for indices in places.values where indices.count > 1 {
      for index in indices {
        guard let id = entries[index].identity?.id else { continue }
        let other = indices.first { $0 != index } ?? index
        extra[index] = Diagnostic(
          .duplicatePlanID, id.range, "\"\(entries[other].file.path)\" has the id \"\(id.value)\" too",
          notes: ["give each plan an id of its own: runs and locks are kept under it"])
      }
    }
    return entries.enumerated().map { index, entry in
      var collector = DiagnosticCollector()
      collector.append(contentsOf: entry.diagnostics)
      if let more = extra[index], !entry.suppressions.suppresses(more, in: entry.file) { collector.report(more) }
      return FileDiagnostics(file: entry.file, diagnostics: collector.sorted().filter { selection.includes($0) })
    }
  }
}
