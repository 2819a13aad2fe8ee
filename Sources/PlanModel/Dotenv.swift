/// What the files of `dotenv:` hold, for the environment of every step.
///
/// Values are often secrets: they go to programs and into digests, and into no text.
package struct Dotenv: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  package struct Variable: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Each name once, sorted.
  package private(set) var variables: [Variable] = []
  /// Files that were not there when the plan was read.
  package var missing: [PathPattern] = []

  package init() {}

  /// Takes over what a further file holds; it wins over those before it.
  package mutating func merge(_ more: [Variable]) {
    var values = Dictionary(variables.map { ($0.name, $0.value) }, uniquingKeysWith: { _, later in later })
    for variable in more { values[variable.name] = variable.value }
    variables = values.sorted { $0.key < $1.key }.map { Variable(name: $0.key, value: $0.value) }
  }

  package var description: String { "Dotenv(\(variables.map(\.name).joined(separator: ", ")))" }
  package var debugDescription: String { description }
}
