internal import Diagnostics
internal import PlanDocument
internal import PlanLoading
internal import Reporting
internal import SourceText

/// The findings of all files that were validated, with those about several of them.
struct ValidationFindings {
  private let validation: Validation
  private let entries: [Validation.Entry]

  init(_ entries: [Validation.Entry], of validation: Validation) {
    self.entries = entries
    self.validation = validation
  }

  /// In the order of the files; configurations that have findings, or were named, come before plans.
  func files(_ configurations: [(file: ConfigurationFile, root: String)]) -> [FileDiagnostics] {
    let duplicates = duplicateIDs()
    let cycles = planCycles()
    let plans = entries.enumerated().map { index, entry in
      var collector = DiagnosticCollector()
      collector.append(contentsOf: entry.diagnostics)
      if let more = duplicates[index] { collector.report(more) }
      collector.append(contentsOf: cycles[index] ?? [])
      return FileDiagnostics(
        file: entry.file, diagnostics: collector.sorted().filter { validation.selection.includes($0) })
    }
    return configurations.map { file, root in
      let folder = file.folder.isEmpty ? root : root + "/" + file.folder
      let path = validation.shown(folder + "/" + ProjectConfiguration.fileName)
      return FileDiagnostics(
        file: SourceFile(path: path, bytes: file.source.bytes),
        diagnostics: file.diagnostics.filter { validation.selection.includes($0) })
    } + plans
  }

  /// By the index of the entry: that another plan of the project has the id, too.
  private func duplicateIDs() -> [Int: Diagnostic] {
    var found: [Int: Diagnostic] = [:]
    var places: [String: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      if let identity = entry.identity { places["\(identity.root)\n\(identity.id.value)", default: []].append(index) }
    }
    for indices in places.values where indices.count > 1 {
      for index in indices {
        let entry = entries[index]
        guard let id = entry.identity?.id else { continue }
        let other = indices[0] == index ? indices[1] : indices[0]
        let diagnostic = Diagnostic(
          .duplicatePlanID, id.range, "\"\(entries[other].file.path)\" has the id \"\(id.value)\" too",
          notes: ["give each plan an id of its own: runs and locks are kept under it"])
        if entry.suppressions?.suppresses(diagnostic, in: entry.file) == true { continue }
        found[index] = entry.levels.map { $0.applied(to: diagnostic) } ?? diagnostic
      }
    }
    return found
  }

  /// By the index of the entry: that plans wait for each other in a circle.
  private func planCycles() -> [Int: [Diagnostic]] {
    var found: [Int: [Diagnostic]] = [:]
    var projects: [String: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      if let root = entry.relations?.root { projects[root, default: []].append(index) }
    }
    for indices in projects.values {
      // What is not among the validated plans can't close a circle.
      let web = PlanWeb(indices.compactMap { entries[$0].relations?.member }, exists: { _ in false })
      for cycle in web.cycles {
        let origin = web.origins[cycle.edge]
        let index = indices[origin.member]
        let entry = entries[index]
        let diagnostic = Diagnostic(
          .planCycle, origin.range, "these plans wait for each other: \(cycle.path.joined(separator: " -> "))",
          notes: ["remove one of these dependencies"])
        if entry.suppressions?.suppresses(diagnostic, in: entry.file) == true { continue }
        if let levels = entry.levels {
          if let kept = levels.applied(to: diagnostic) { found[index, default: []].append(kept) }
        } else {
          found[index, default: []].append(diagnostic)
        }
      }
    }
    return found
  }
}
