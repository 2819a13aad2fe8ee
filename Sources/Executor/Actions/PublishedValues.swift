package import PlanModel

/// Reads what a step wrote to `$EXECPLAN_OUTPUT` or `$EXECPLAN_STATE`: lines `key=value`, or `key<<EOF` with the
/// lines of the value up to a line `EOF`.
package enum PublishedValues {
  /// What one file may hold.
  package static let limit = 1 << 20

  package struct Problem: Error {
    package var message: String
  }

  /// A key that stands twice has its last value. A carriage return at the end of a line of its own belongs to the line
  /// end; within a value of several lines it is kept.
  package static func parse(_ bytes: [UInt8]) throws(Problem) -> [Value.Entry] {
    guard bytes.count <= limit else { throw Problem(message: "it holds more than 1 MiB") }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw Problem(message: "it is not UTF-8 text") }
    guard !bytes.contains(0) else { throw Problem(message: "it holds a NUL byte") }
    var entries: [Value.Entry] = []
    var places: [String: Int] = [:]
    func set(_ key: String, _ value: some Collection<UInt8>) {
      let value = Value.string(String(decoding: value, as: UTF8.self))
      if let place = places[key] {
        entries[place].value = value
      } else {
        places[key] = entries.count
        entries.append(Value.Entry(key, value))
      }
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var index = 0
    while index < lines.count {
      let line = withoutReturn(lines[index])
      index += 1
      if line.isEmpty { continue }
      let (end, isBlock) = keyEnd(line)
      guard let end else {
        throw Problem(message: "line \(index) is not key=value: \"\(shown(line))\"")
      }
      let key = try key(line[..<end], index)
      guard isBlock else {
        set(key, line[(end + 1)...])
        continue
      }
      let mark = line[(end + 2)...]
      guard !mark.isEmpty else { throw Problem(message: "line \(index): \"<<\" names no end mark") }
      let first = index
      while index < lines.count, !withoutReturn(lines[index]).elementsEqual(mark) { index += 1 }
      guard index < lines.count else {
        throw Problem(message: "the value of \"\(key)\" has no closing \"\(shown(mark))\"")
      }
      set(key, Array(lines[first..<index].joined(separator: [UInt8(ascii: "\n")])))
      index += 1
    }
    return entries
  }

  private static func withoutReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }

  /// Where the key ends: at the first `=`, or at `<<` if that comes before.
  private static func keyEnd(_ line: ArraySlice<UInt8>) -> (end: Int?, isBlock: Bool) {
    for index in line.indices {
      if line[index] == UInt8(ascii: "=") { return (index, false) }
      if line[index] == UInt8(ascii: "<"), index + 1 < line.endIndex, line[index + 1] == UInt8(ascii: "<") {
        return (index, true)
      }
    }
    return (nil, false)
  }

  private static func key(_ text: ArraySlice<UInt8>, _ line: Int) throws(Problem) -> String {
    let isKey =
      !text.isEmpty
      && text.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
      }
    guard isKey else { throw Problem(message: "line \(line): \"\(shown(text))\" is not a key") }
    return String(decoding: text, as: UTF8.self)
  }

  private static func shown(_ text: ArraySlice<UInt8>) -> String {
    String(String(decoding: text.prefix(240), as: UTF8.self).prefix(60))
  }
}
