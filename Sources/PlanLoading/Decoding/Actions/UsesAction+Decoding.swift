internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

extension DecodingContext {
  /// `uses: NAME` with what stands under `with` beside it.
  ///
  /// Nothing is run here: what the program takes is known if the file `execplan-action-NAME.json` beside it says so.
  mutating func usesAction(_ node: YAMLNode, with: YAMLNode?) -> UsesAction? {
    guard let name = identifier(node, "\"uses\"") else { return nil }
    var tree = StructuredTemplate.map([], node.range)
    if let with {
      guard mapping(with, "\"with\"") else { return nil }
      guard let decoded = structure(with, "\"with\"", allowsSecrets: true) else { return nil }
      tree = decoded
    }
    var action = UsesAction(name: name, with: tree)
    findDescription(of: &action)
    if let description = action.description { hold(tree, against: description) }
    return action
  }

  private mutating func findDescription(of action: inout UsesAction) {
    guard let files else { return }
    for folder in files.actionFolders {
      let program = (folder == "." ? "" : folder + "/") + action.programName
      guard files.exists(program) else { continue }
      action.program = PathPattern(program, action.name.range)
      let path = program + ".json"
      switch files.content(of: path, limit: ActionReply.limit) {
      case .missing: return
      case .unreadable(let reason):
        report(.missingFile, action.name.range, "\"\(path)\" can't be read: \(reason)")
      case .bytes(let bytes):
        do throws(ActionReplyProblem) {
          action.description = try ActionDescription(reading: bytes)
        } catch {
          report(
            .badValue, action.name.range, "\(path): \(error.message)",
            notes: ["write what the program answers: execplan doctor --action \(action.name.value) --describe"])
        }
      }
      return
    }
  }

  private mutating func hold(_ tree: StructuredTemplate, against description: ActionDescription) {
    for finding in SchemaCheck.findings(in: tree, against: description.schema, what: "with") {
      switch finding.kind {
      case .unknownField(let known):
        var notes: [String] = []
        if let name = finding.name, let near = NearestName.of(name, among: known) {
          notes.append("did you mean \"\(near)\"?")
        }
        notes.append(known.isEmpty ? "the action takes none" : "the action takes: \(known.joined(separator: ", "))")
        report(.unknownKey, finding.range, finding.message, notes: notes)
      case .missingField: report(.missingKey, start(of: finding.range), finding.message)
      case .wrongType: report(.wrongType, finding.range, finding.message)
      case .badValue: report(.badValue, finding.range, finding.message)
      }
    }
  }

  /// The beginning of a mapping stands for what is not in it.
  private func start(of range: SourceRange) -> SourceRange {
    SourceRange(start: range.lowerBound, end: min(range.lowerBound + 1, range.upperBound))
  }
}
