/// Regular expressions of plans: Swift's `Regex`, with `^` and `$` at the ends of lines and characters counted as
/// Unicode scalars, so that CRLF and combining marks match as written.
package enum RegularExpression {
  /// How many sets of characters a pattern may open. The standard library reads sets within sets by recursion without
  /// a limit: some hundreds of them end a thread with a stack of 8 MiB.
  private static let setLimit = 200

  private static func hasTooManySets(_ pattern: String) -> Bool {
    pattern.utf8.count { $0 == UInt8(ascii: "[") } > setLimit
  }

  private static let tooManySets = "it holds more than \(setLimit) sets of characters"

  package static func compile(_ pattern: String) throws(EvaluationError) -> Regex<AnyRegexOutput> {
    if hasTooManySets(pattern) {
      throw EvaluationError("\(Value.string(pattern).shown) is not a regular expression: \(tooManySets)")
    }
    do {
      return try Regex(pattern).anchorsMatchLineEndings().matchingSemantics(.unicodeScalar)
    } catch {
      throw EvaluationError("\"\(pattern)\" is not a regular expression")
    }
  }

  /// Why a pattern can't be read; nil if it can.
  package static func problem(with pattern: String) -> String? {
    if hasTooManySets(pattern) { return tooManySets }
    do {
      _ = try Regex(pattern)
      return nil
    } catch {
      return "\(error)".split(separator: "\n").first.map(String.init) ?? "it is not complete"
    }
  }

  package static func matches(_ pattern: String, in text: String) throws(EvaluationError) -> Bool {
    let regex = try compile(pattern)
    do {
      return try regex.firstMatch(in: text) != nil
    } catch {
      throw EvaluationError("\"\(pattern)\" cannot be matched: \(error)")
    }
  }

  /// Every match replaced; `$1` or `\1` in the replacement is the text of a group, `$$` and `\\` stand for themselves.
  package static func replace(
    _ pattern: String, in text: String, with replacement: String
  ) throws(EvaluationError) -> String {
    let regex = try compile(pattern)
    return text.replacing(regex) { match in expand(replacement, match.output) }
  }

  private static func expand(_ replacement: String, _ groups: AnyRegexOutput) -> String {
    var result: [UInt8] = []
    let bytes = Array(replacement.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "$") || byte == UInt8(ascii: "\\"), index + 1 < bytes.count else {
        result.append(byte)
        index += 1
        continue
      }
      let next = bytes[index + 1]
      if next == byte {
        result.append(byte)
      } else if (0x30...0x39).contains(next) {
        let group = Int(next - 0x30)
        if group < groups.count, let text = groups[group].substring { result.append(contentsOf: text.utf8) }
      } else {
        result.append(byte)
        result.append(next)
      }
      index += 2
    }
    return String(decoding: result, as: UTF8.self)
  }
}
