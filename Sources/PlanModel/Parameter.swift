package import SourceText

/// A declared parameter of a plan, with the value that it has in this invocation.
package struct Parameter: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case string, int, number, bool, date, path, list, map
  }

  package var name: Located<String>
  package var kind: Kind
  package var isRequired: Bool
  package var choices: [Value]
  package var fallback: Value?
  package var description: String?
  /// Where the value came from and what it is; nil when a required one was not given.
  package var value: Value?

  package init(
    name: Located<String>, kind: Kind, isRequired: Bool = false, choices: [Value] = [], fallback: Value? = nil,
    description: String? = nil, value: Value? = nil
  ) {
    self.name = name
    self.kind = kind
    self.isRequired = isRequired
    self.choices = choices
    self.fallback = fallback
    self.description = description
    self.value = value
  }
}
