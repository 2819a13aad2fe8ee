package import Digest
package import PlanModel
internal import SourceText

/// Digest V: the values of other steps that a step reads. What it reads of `state` and `run` is outside.
package enum UpstreamValues {
  package static func digest(of step: Step, in scope: RunScope) -> SHA256Digest {
    digest(of: step.allReferences, in: scope)
  }

  /// - Parameter references: those that are to steps count.
  static func digest(of references: [Located<Reference>], in scope: RunScope) -> SHA256Digest {
    var entries: [Value.Entry] = []
    for reference in references where reference.value.step != nil {
      let value = (try? scope.value(of: reference.value)) ?? nil
      entries.append(.init(reference.value.text, value.map { .list([$0]) } ?? .null))
    }
    if entries.isEmpty { return none }
    return SHA256.digest(of: JSONWriter.compact(.list(entries.map { .map([$0]) })))
  }

  private static let none = SHA256.digest(of: "")
}
