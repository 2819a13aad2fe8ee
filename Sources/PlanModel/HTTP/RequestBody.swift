/// What a request sends along.
package enum RequestBody: Hashable, Sendable {
  /// The text itself; values stand in it as they are.
  case text(Template)
  /// A mapping or list of the plan, sent as JSON, so that no value can be taken for a part of its syntax.
  case json(JSONTemplate)

  package var expressions: [Expression] {
    switch self {
    case .text(let text): text.expressions
    case .json(let json): json.expressions
    }
  }
}

/// A JSON value with expressions in its texts.
package indirect enum JSONTemplate: Hashable, Sendable {
  case value(Value)
  /// Exactly one expression keeps the type of its value.
  case text(Template)
  case list([JSONTemplate])
  /// In the order in which they were written.
  case map([Member])

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSONTemplate

    package init(_ key: String, _ value: JSONTemplate) {
      self.key = key
      self.value = value
    }
  }

  package var expressions: [Expression] {
    switch self {
    case .value: []
    case .text(let text): text.expressions
    case .list(let items): items.flatMap(\.expressions)
    case .map(let members): members.flatMap(\.value.expressions)
    }
  }

  package func render(in scope: some EvaluationScope) throws(EvaluationError) -> Value {
    switch self {
    case .value(let value): return value
    case .text(let text): return try text.render(in: scope)
    case .list(let items):
      var values: [Value] = []
      for item in items { values.append(try item.render(in: scope)) }
      return .list(values)
    case .map(let members):
      var entries: [Value.Entry] = []
      for member in members { entries.append(Value.Entry(member.key, try member.value.render(in: scope))) }
      return .map(entries)
    }
  }

  /// A canonical text for digests, as `Template.folded(in:)`.
  package func folded(in scope: some EvaluationScope) -> String {
    switch self {
    case .value(let value): JSONWriter.compact(.map([.init("value", value)]))
    case .text(let text): text.folded(in: scope)
    case .list(let items): "{\"list\":[" + items.map { $0.folded(in: scope) }.joined(separator: ",") + "]}"
    case .map(let members):
      "{\"map\":["
        + members.map { JSONWriter.compact(.string($0.key)) + "," + $0.value.folded(in: scope) }
        .joined(separator: ",") + "]}"
    }
  }
}
