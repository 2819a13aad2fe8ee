package import PlanModel

/// Reads definitions back from the canonical plan that a run stores.
package enum DefinitionText {
  package static func definition(of id: String, in plan: Value) -> StepDefinition? {
    guard case .list(let steps)? = plan["steps"] else { return nil }
    return steps.first { $0["id"] == .string(id) }.flatMap(definition(ofStep:))
  }

  /// - Parameter step: an entry of the steps of a stored plan.
  package static func definition(ofStep step: Value) -> StepDefinition? {
    guard case .map(let fields)? = step["definition"] else { return nil }
    return StepDefinition(
      fields: fields.map { field in
        guard case .list(let values) = field.value else { return .init(field.key, []) }
        return .init(
          field.key,
          values.map { value in
            if case .string(let text) = value { return text }
            return JSONWriter.compact(value)
          })
      })
  }

  /// A folded template as a person reads it: the texts of its parts, expressions in `${{ }}`.
  package static func readable(_ folded: String) -> String {
    guard folded.hasPrefix("["), case .list(let parts)? = try? JSONReader.read(Array(folded.utf8)) else {
      return folded
    }
    return parts.map { part in
      if case .string(let text) = part { return text }
      return "${{ \(JSONWriter.compact(part)) }}"
    }.joined()
  }
}
