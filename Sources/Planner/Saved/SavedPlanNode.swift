internal import Digest
internal import PlanModel

/// A value of a saved plan, with where it stands for messages.
struct SavedPlanNode {
  let value: Value
  /// `steps[3].decision`; empty: the whole.
  let path: String

  func error(_ message: String) -> SavedPlanError { SavedPlanError(.member(path), message) }

  // MARK: Objects and lists

  private func entries() throws(SavedPlanError) -> [Value.Entry] {
    guard case .map(let entries) = value else { throw error("it must be an object") }
    return entries
  }

  func expect(keys: [String], optional: [String] = []) throws(SavedPlanError) {
    let entries = try entries()
    for entry in entries where !keys.contains(entry.key) && !optional.contains(entry.key) {
      throw SavedPlanError(.member(below(entry.key)), "unknown; known are \((keys + optional).joined(separator: ", "))")
    }
    for key in keys where !entries.contains(where: { $0.key == key }) {
      throw SavedPlanError(.member(below(key)), "it is missing")
    }
  }

  func has(_ key: String) throws(SavedPlanError) -> Bool { try entries().contains { $0.key == key } }

  func member(_ key: String) throws(SavedPlanError) -> SavedPlanNode {
    guard let entry = try entries().first(where: { $0.key == key }) else {
      throw SavedPlanError(.member(below(key)), "it is missing")
    }
    return SavedPlanNode(value: entry.value, path: below(key))
  }

  func items<T>(_ read: (SavedPlanNode) throws(SavedPlanError) -> T) throws(SavedPlanError) -> [T] {
    guard case .list(let items) = value else { throw error("it must be a list") }
    var found: [T] = []
    found.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      found.append(try read(SavedPlanNode(value: item, path: "\(path)[\(index)]")))
    }
    return found
  }

  func optional<T>(_ read: (SavedPlanNode) throws(SavedPlanError) -> T) throws(SavedPlanError) -> T? {
    value == .null ? nil : try read(self)
  }

  private func below(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  // MARK: Single values

  func string() throws(SavedPlanError) -> String {
    guard case .string(let text) = value else { throw error("it must be a string") }
    return text
  }

  func strings() throws(SavedPlanError) -> [String] {
    try items { node throws(SavedPlanError) in try node.string() }
  }

  func int() throws(SavedPlanError) -> Int {
    guard case .int(let number) = value else { throw error("it must be a whole number") }
    return number
  }

  func bool() throws(SavedPlanError) -> Bool {
    guard case .bool(let flag) = value else { throw error("it must be true or false") }
    return flag
  }

  func digest() throws(SavedPlanError) -> SHA256Digest {
    guard let digest = SHA256Digest(hex: try string()) else { throw error("it must have 64 hexadecimal digits") }
    return digest
  }

  /// One of the words of an enumeration.
  func word<Word: RawRepresentable<String> & CaseIterable>() throws(SavedPlanError) -> Word {
    let text = try string()
    guard let word = Word(rawValue: text) else {
      let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw error("\"\(text)\" is none of \(known)")
    }
    return word
  }
}
