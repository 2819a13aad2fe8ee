internal import PlanModel

/// Reads what a step wrote to `$EXECPLAN_OUTPUT` or `$EXECPLAN_STATE`: lines `key=value`, or `key<<EOF` with the
/// lines of the value up to a line `EOF`.
enum PublishedValues {
  /// What one file may hold.
  static let limit = 1 << 20

  struct Problem: Error {
    var message: String
  }

  /// A key that stands twice has its last value.
  static func parse(_ bytes: [UInt8]) throws(Problem) -> [Value.Entry] {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Problem(message: "it is not UTF-8 text") }
    guard !text.utf8.contains(0) else { throw Problem(message: "it holds a NUL byte") }
    var entries: [Value.Entry] = []
    var places: [String: Int] = [:]
    func set(_ key: String, _ value: String) {
      if let place = places[key] {
        entries[place].value = .string(value)
      } else {
        places[key] = entries.count
        entries.append(Value.Entry(key, .string(value)))
      }
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var index = 0
    while index < lines.count {
      let line = lines[index]
      index += 1
      if line.isEmpty { continue }
      let equals = line.firstIndex(of: "=")
      let mark = line.range(of: "<<")
      if let mark, equals.map({ mark.lowerBound < $0 }) ?? true {
        let key = try self.key(line[..<mark.lowerBound], index)
        let end = line[mark.upperBound...]
        guard !end.isEmpty else { throw Problem(message: "line \(index): \"<<\" names no end mark") }
        var value: [Substring] = []
        while index < lines.count, lines[index] != end {
          value.append(lines[index])
          index += 1
        }
        guard index < lines.count else { throw Problem(message: "the value of \"\(key)\" has no closing \"\(end)\"") }
        index += 1
        set(key, value.joined(separator: "\n"))
      } else if let equals {
        set(try self.key(line[..<equals], index), String(line[line.index(after: equals)...]))
      } else {
        throw Problem(message: "line \(index) is not key=value: \"\(line.prefix(60))\"")
      }
    }
    return entries
  }

  private static func key(_ text: Substring, _ line: Int) throws(Problem) -> String {
    let isKey =
      !text.isEmpty
      && text.utf8.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
      }
    guard isKey else { throw Problem(message: "line \(line): \"\(text.prefix(60))\" is not a key") }
    return String(text)
  }
}

extension Substring {
  /// The first place of a short text.
  fileprivate func range(of text: String) -> Range<Index>? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
      index = self.index(after: index)
    }
    return nil
  }
}
