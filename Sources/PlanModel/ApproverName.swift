/// The names of those who approve: whatever its case, a name is one person (S20).
package enum ApproverName {
  /// Without blanks around it, and with one blank between its words.
  package static func cleaned(_ name: String) -> String {
    name.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }.joined(separator: " ")
  }

  /// What is equal for names of the same person.
  package static func key(_ name: String) -> String { cleaned(name).lowercased() }

  package static func isOne(_ name: String, of names: [String]) -> Bool {
    let key = key(name)
    return names.contains { ApproverName.key($0) == key }
  }

  /// Why a name can't be recorded; nil if it can.
  package static func problem(_ name: String) -> String? {
    if cleaned(name).isEmpty { return "names nobody" }
    let hasHidden = name.unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
    return hasHidden ? "holds a character that is not seen" : nil
  }
}
