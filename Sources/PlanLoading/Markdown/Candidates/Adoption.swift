internal import Diagnostics
internal import Markdown
package import PlanDocument
package import SourceText

/// The declaration of the command blocks of a prose plan as steps: the new text, and what was left as it is.
///
/// Only blocks whose every line is a command are declared. The new text is read back before it is offered: a block whose
/// step would have an error is left alone.
package struct Adoption: Sendable {
  package struct Step: Sendable {
    package let id: String
    /// The block in the file as it was.
    package let range: SourceRange
    /// What a person should know of the change; empty for most.
    package let notes: [String]
  }

  package struct Left: Sendable {
    package let range: SourceRange
    package let verdict: CandidateVerdict
  }

  /// The new bytes of the file; those it has when nothing is declared.
  package let bytes: [UInt8]
  package let steps: [Step]
  /// In the order of the text.
  package let left: [Left]

  /// How often blocks that do not read back are left out before all are that have a problem.
  private static let rounds = 8

  package static func of(_ document: PlanDocument, files: (any FileQuestions)? = nil) -> Adoption {
    let candidates = Candidate.all(of: document)
    guard let plan = document.markdown else { return Adoption(bytes: document.source.bytes, steps: [], left: []) }
    let declaredIDs = Set(MarkdownPlanTree(document, plan).declared.steps.map(\.id.value))
    var refused: [Int: CandidateVerdict] = [:]
    for _ in 0..<rounds {
      var writer = DeclarationWriter(plan, candidates, names: StepNames(taken: declaredIDs), files: files)
      for index in candidates.indices where candidates[index].verdict == .commands && refused[index] == nil {
        writer.declare(index)
      }
      let declared = Set(writer.declarations.map(\.candidate))
      writer.finish { declared.contains($0) }
      let bytes = writer.bytes
      let problems = readBack(bytes, writer.declarations, path: document.source.path)
      if problems.isEmpty {
        return Adoption(
          bytes: bytes, steps: CarriedState.noted(writer.declarations, candidates),
          left: candidates.indices.compactMap { index -> Left? in
            let verdict = refused[index] ?? writer.refused[index] ?? candidates[index].verdict
            return verdict == .commands ? nil : Left(range: candidates[index].block.range, verdict: verdict)
          })
      }
      for (candidate, message) in problems { refused[candidate] = .place(message) }
    }
    return Adoption(
      bytes: document.source.bytes, steps: [],
      left: candidates.indices.map {
        Left(range: candidates[$0].block.range, verdict: refused[$0] ?? candidates[$0].verdict)
      })
  }

  /// What would be wrong with the new steps, by candidate.
  private static func readBack(_ bytes: [UInt8], _ declarations: [DeclarationWriter.Declaration], path: String)
    -> [Int: String]
  {
    var collector = DiagnosticCollector()
    let document = PlanDocument.read(SourceFile(path: path, bytes: bytes), into: &collector)
    guard let plan = document.markdown, !declarations.isEmpty else { return [:] }
    let loaded = PlanLoader.load(document, path: path)
    let declared = MarkdownPlanTree(document, plan).declared.steps
    let byID = Dictionary(declared.map { ($0.id.value, $0) }, uniquingKeysWith: { first, _ in first })
    let errors = (collector.diagnostics + loaded.diagnostics.diagnostics).filter { $0.severity == .error }
      .sorted { $0.range < $1.range }
    var problems: [Int: String] = [:]
    for declaration in declarations {
      guard let step = byID[declaration.id], let block = step.block else {
        problems[declaration.candidate] = "its place in the document can't hold a step"
        continue
      }
      let lines = block.lines.map { document.source.text($0) }
      let isSame = declaration.lines.elementsEqual(lines.prefix(declaration.lines.count))
      if !isSame || lines.dropFirst(declaration.lines.count).contains(where: { !$0.isEmpty }) {
        problems[declaration.candidate] = "its lines would not be the same in a step"
        continue
      }
      let whole = step.range.union(block.range)
      if let error = errors.first(where: {
        whole.lowerBound <= $0.range.lowerBound && $0.range.lowerBound < whole.upperBound
      }) {
        problems[declaration.candidate] = "as a step it would be wrong: \(error.message)"
      }
    }
    return problems
  }
}
