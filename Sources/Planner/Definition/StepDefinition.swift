package import Digest

/// The definition of a step as it counts for digest D: named fields, parameters bound, references to
/// values, state and run left symbolic, secrets by name.
///
/// Titles, owners, estimates, labels, phase, timeout, retry, pool, undo and what is done after an
/// interruption are outside: changing them does not make a step run again.
package struct StepDefinition: Hashable, Sendable {
  package struct Field: Hashable, Sendable {
    package var name: String
    package var values: [String]

    package init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// In a fixed order; a field that has its default is left out.
  package var fields: [Field]

  package init(fields: [Field]) {
    self.fields = fields
  }

  /// The fields of a step that finds its items: what gives them, and what gives their keys.
  static let listField = "foreach"
  static let keyField = "foreach.key"

  /// Whether two definitions find the same items in the same values: the rest is about what is done for each.
  package func findsItems(like other: StepDefinition) -> Bool {
    let names: Set = [StepDefinition.listField, StepDefinition.keyField]
    return fields.filter { names.contains($0.name) } == other.fields.filter { names.contains($0.name) }
  }

  /// The digest over names and values, each with its length before it, so that no two definitions run
  /// together.
  package var digest: SHA256Digest {
    var encoded: [UInt8] = []
    func add(count: Int) {
      for shift in stride(from: 0, to: 32, by: 8) { encoded.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
    func add(_ text: String) {
      add(count: text.utf8.count)
      encoded.append(contentsOf: text.utf8)
    }
    for field in fields {
      add(field.name)
      add(count: field.values.count)
      for value in field.values { add(value) }
    }
    return SHA256.digest(of: encoded)
  }

  /// The fields that differ, with what they were and are.
  package func difference(from old: StepDefinition) -> [FieldChange] {
    var changes: [FieldChange] = []
    let before = Dictionary(old.fields.map { ($0.name, $0.values) }, uniquingKeysWith: { a, _ in a })
    let after = Dictionary(fields.map { ($0.name, $0.values) }, uniquingKeysWith: { a, _ in a })
    for field in fields where before[field.name] != field.values {
      changes.append(FieldChange(name: field.name, old: before[field.name], new: field.values))
    }
    for field in old.fields where after[field.name] == nil {
      changes.append(FieldChange(name: field.name, old: field.values, new: nil))
    }
    return changes
  }
}

/// A field of a definition that is not what it was.
package struct FieldChange: Hashable, Sendable {
  package var name: String
  /// Nil: the field was not there.
  package var old: [String]?
  /// Nil: the field is gone.
  package var new: [String]?

  package init(name: String, old: [String]?, new: [String]?) {
    self.name = name
    self.old = old
    self.new = new
  }
}
