package import SourceText

/// Maps, lists and values whose texts may hold expressions, each with its place in the plan.
package indirect enum StructuredTemplate: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package var name: Located<String>
    package var value: StructuredTemplate

    package init(name: Located<String>, value: StructuredTemplate) {
      self.name = name
      self.value = value
    }
  }

  /// Null, a truth value or a number, as it is written.
  case value(Value, SourceRange)
  /// A text; one that is exactly one expression has the value of it, whatever its type.
  case text(Template)
  case list([StructuredTemplate], SourceRange)
  case map([Entry], SourceRange)

  package var range: SourceRange {
    switch self {
    case .value(_, let range), .list(_, let range), .map(_, let range): range
    case .text(let template): template.range
    }
  }

  package var expressions: [Expression] {
    switch self {
    case .value: []
    case .text(let template): template.expressions
    case .list(let items, _): items.flatMap(\.expressions)
    case .map(let entries, _): entries.flatMap(\.value.expressions)
    }
  }

  /// The value with all expressions evaluated.
  package func render(in scope: some EvaluationScope) throws(EvaluationError) -> Value {
    switch self {
    case .value(let value, _): return value
    case .text(let template): return try template.render(in: scope)
    case .list(let items, _):
      var values: [Value] = []
      for item in items { values.append(try item.render(in: scope)) }
      return .list(values)
    case .map(let entries, _):
      var values: [Value.Entry] = []
      for entry in entries { values.append(Value.Entry(entry.name.value, try entry.value.render(in: scope))) }
      return .map(values)
    }
  }

  /// A canonical text for digests; see `Template.folded(in:)`.
  package func folded(in scope: some EvaluationScope) -> String {
    JSONWriter.compact(foldedValue(in: scope))
  }

  /// Texts are tagged, so that none is taken for another kind of value.
  private func foldedValue(in scope: some EvaluationScope) -> Value {
    switch self {
    case .value(let value, _): value
    case .text(let template): .string(template.folded(in: scope))
    case .list(let items, _): .list(items.map { $0.foldedValue(in: scope) })
    case .map(let entries, _):
      .map(entries.map { Value.Entry($0.name.value, $0.value.foldedValue(in: scope)) })
    }
  }
}
