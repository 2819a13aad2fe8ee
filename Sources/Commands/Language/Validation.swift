internal import Diagnostics
internal import Executor
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import Reporting
internal import SourceText
internal import YAML

/// Looks at plans, several at a time, and then at what they have in common.
struct Validation: Sendable {
  /// A file that was looked at.
  struct Entry: Sendable {
    var file: SourceFile
    var diagnostics: [Diagnostic]
    var suppressions: Suppressions?
    var levels: RuleLevels?
    /// Where the plan belongs, and its declared id.
    var identity: (root: String, id: Located<String>)?
    /// What the plan says about others, and where it belongs; nil if it says nothing.
    var relations: (root: String, member: PlanWeb.Member)?
    /// What was repaired, for people.
    var repairs: [String] = []
  }

  /// What came of one target.
  enum Outcome: Sendable {
    case looked(Entry)
    /// Nobody named the file, and it is no plan.
    case passedOver
    /// A person named the file, and it is no plan.
    case skipped(String)
    case failed(any Error)
  }

  let projects: ProjectIndex
  let selection: RuleSelection
  let input: ParameterInput
  let repairs: Bool
  let isForPeople: Bool
  private let standards: StandardProfiles
  /// What paths in machine output are relative to.
  let root: String

  init(_ invocation: Invocation, format: OutputFormat) throws {
    let parsed = invocation.parsed
    projects = invocation.projects
    selection = try RuleSelection(select: parsed.values("select"), ignore: parsed.values("ignore"))
    input = try ParameterFiles.input(parsed)
    repairs = parsed.has("fix")
    isForPeople = format == .text
    let level = parsed.choice("standard", as: StandardProfile.Level.self)
    standards = StandardProfiles(
      level: level ?? (input.profile == Self.codexProfile ? .codex : nil), isStrict: parsed.has("strict"))
    root = projects.project(ofFolder: ProjectRoot.workingDirectory() ?? "/").root
  }

  /// What came of all targets, in their order.
  func outcomes(of targets: ValidationTargets, standardInputName: String?) -> [Outcome] {
    let look: @Sendable (ValidationTargets.Target) -> Outcome = { target in
      do {
        switch target {
        case .file(let path): return try validate(path, isNamed: targets.isNamed(path))
        case .standardInput: return try validateStandardInput(name: standardInputName)
        }
      } catch {
        return .failed(error)
      }
    }
    // A failure must keep the files after it from being repaired.
    guard repairs else { return ParallelWork.map(targets.targets, named: "validate", look) }
    var outcomes: [Outcome] = []
    for target in targets.targets {
      outcomes.append(look(target))
      if case .failed = outcomes.last { break }
    }
    return outcomes
  }

  /// - Parameter isNamed: a person named this file, so it is said when it is passed over.
  private func validate(_ path: String, isNamed: Bool) throws -> Outcome {
    let project = projects.project(ofFile: path)
    if PathName.name(path) == ProjectConfiguration.fileName {
      // Its findings come with those of the configurations in force.
      return .passedOver
    }
    let relative = project.relative(path)
    let isDeclared = project.settings.declaresPlan(relative) && PlanDiscovery.hasPlanName(path)
    let bytes: [UInt8]
    do throws(CommandFailure) {
      bytes = try PlanFile.bytes(path)
    } catch {
      guard isNamed || isDeclared || PlanDocument.hasPlanName(path) else { return .passedOver }
      return .looked(unreadable(path, error.message))
    }
    var found = DiagnosticCollector()
    let source = SourceFile(path: shown(path), bytes: bytes)
    guard let document = PlanDocument.detect(source, isListed: isDeclared, into: &found) else {
      return isNamed ? .skipped(path) : .passedOver
    }
    let loaded = try load(document, found, relative, project)
    UntilExit.keep(loaded)
    return .looked(repairs ? try repaired(loaded, path, relative, project) : entry(loaded))
  }

  /// Standard input without a name is a plan in the working directory.
  static let standardInputName = "stdin.execplan.yaml"

  /// - Parameter name: the path under which the text is reported; it decides which project the plan belongs to.
  private func validateStandardInput(name: String?) throws -> Outcome {
    let path = PathName.absolute(name ?? Self.standardInputName)
    let project = projects.project(ofFile: path)
    let relative = project.relative(path)
    let source = try PlanFile.standardInput(name: name.map { _ in shown(path) } ?? "-")
    let isDeclared = project.settings.declaresPlan(relative) && PlanDiscovery.hasPlanName(path)
    var found = DiagnosticCollector()
    let document =
      name == nil
      ? PlanDocument.read(source, into: &found) : PlanDocument.detect(source, isListed: isDeclared, into: &found)
    guard let document else { return .skipped(path) }
    return .looked(entry(try load(document, found, relative, project)))
  }

  private func unreadable(_ path: String, _ message: String) -> Entry {
    Entry(
      file: SourceFile(path: shown(path), bytes: []),
      diagnostics: [Diagnostic(.unreadableFile, .fileStart, message, notes: ["make it readable, or leave it out"])])
  }

  private func entry(_ loaded: LoadedPlan) -> Entry {
    Entry(
      file: loaded.source, diagnostics: loaded.diagnostics, suppressions: loaded.document.suppressions,
      levels: RuleLevels(loaded.project.settings, path: loaded.path, selected: selection.selected),
      identity: loaded.plan?.id.map { (loaded.project.root, $0) },
      relations: loaded.plan.flatMap { plan in
        if plan.relations.isEmpty { return nil }
        return (
          loaded.project.root, PlanWeb.Member(path: loaded.path, id: plan.id?.value, relations: plan.relations)
        )
      })
  }

  /// `--profile codex` is another way to say `--standard codex`, except for plans that have a profile of that name.
  private static let codexProfile = "codex"

  private func input(for document: PlanDocument) -> ParameterInput {
    guard input.profile == Self.codexProfile, document.root?["profiles"]?[Self.codexProfile] == nil else {
      return input
    }
    var input = input
    input.profile = nil
    return input
  }

  private func load(
    _ document: PlanDocument, _ found: DiagnosticCollector, _ path: String, _ project: Project
  ) throws(UsageError) -> LoadedPlan {
    let loaded = LoadedPlan.load(
      document, found: found, path: path, in: project, input: input(for: document), selected: selection.selected,
      standard: document.markdown == nil ? nil : standards.profile(of: path, in: project))
    if let problem = loaded.parameterProblems.first {
      throw UsageError(
        "\(document.source.path): \(problem.message)", advice: problem.notes.first, command: "validate")
    }
    return loaded
  }

  /// How the file is called in the report: for people relative to the folder where they are, else to the project.
  func shown(_ path: String) -> String {
    if isForPeople { return PathName.shown(path) }
    let prefix = root == "/" ? "/" : root + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.utf8.count)) : path
  }

  // MARK: Repairs

  /// Repairs may uncover others, and of two that overlap one waits for the next round.
  private static let maximumRounds = 20

  private func repaired(_ loaded: LoadedPlan, _ path: String, _ relative: String, _ project: Project) throws -> Entry {
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
      var found = DiagnosticCollector()
      let document = PlanDocument.read(SourceFile(path: loaded.source.path, bytes: outcome.bytes), into: &found)
      loaded = try load(document, found, relative, project)
    }
    var entry = entry(loaded)
    guard loaded.source.bytes != original else { return entry }
    try AtomicFile.replace(path, with: loaded.source.bytes, expecting: original)
    entry.repairs = lines
    return entry
  }
}
