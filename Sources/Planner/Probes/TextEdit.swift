package import PlanModel

/// Byte-exact edits of text files. Line endings stay as they are; new lines get the ending that the file uses first.
package enum TextEdit {
  /// The file with the line at its end, or without any such line; nil when nothing is to be done.
  package static func line(_ line: String, isPresent: Bool, in bytes: [UInt8]) -> [UInt8]? {
    let wanted = Array(line.utf8)
    let lines = split(bytes)
    let isThere = lines.contains { content($0, in: bytes).elementsEqual(wanted) }
    if isThere == isPresent { return nil }
    if isPresent { return appended(wanted, to: bytes) }
    var result: [UInt8] = []
    for line in lines where !content(line, in: bytes).elementsEqual(wanted) { result.append(contentsOf: bytes[line]) }
    return result
  }

  /// The file with the block as wanted (nil: without it); nil when nothing is to be done.
  ///
  /// - Throws: when the marks of the block are not a pair.
  package static func block(
    _ marker: String, comment: String, body: String?, in bytes: [UInt8]
  ) throws(EvaluationError) -> [UInt8]? {
    let begin = Array("\(comment) BEGIN \(marker)".utf8)
    let end = Array("\(comment) END \(marker)".utf8)
    let lines = split(bytes)
    let begins = lines.indices.filter { content(lines[$0], in: bytes).elementsEqual(begin) }
    let ends = lines.indices.filter { content(lines[$0], in: bytes).elementsEqual(end) }
    guard begins.count == ends.count, begins.count <= 1, zip(begins, ends).allSatisfy({ $0 < $1 }) else {
      throw EvaluationError("the marks BEGIN and END of the block \"\(marker)\" are not one pair")
    }
    let newline = lineEnding(of: bytes)
    var block: [UInt8] = []
    if let body {
      block = begin + newline
      for part in split(Array(body.utf8)) { block += content(part, in: Array(body.utf8)) + newline }
      block += end + newline
    }
    guard let first = begins.first, let last = ends.first else {
      if body == nil { return nil }
      return (bytes.isEmpty || bytes.last == 0x0A ? bytes : bytes + newline) + block
    }
    let range = lines[first].lowerBound..<lines[last].upperBound
    if bytes[range].elementsEqual(block) { return nil }
    return Array(bytes[..<range.lowerBound]) + block + Array(bytes[range.upperBound...])
  }

  private static func appended(_ line: [UInt8], to bytes: [UInt8]) -> [UInt8] {
    let newline = lineEnding(of: bytes)
    return (bytes.isEmpty || bytes.last == 0x0A ? bytes : bytes + newline) + line + newline
  }

  private static func lineEnding(of bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.firstIndex(of: 0x0A), first > 0, bytes[first - 1] == 0x0D else { return [0x0A] }
    return [0x0D, 0x0A]
  }

  /// The ranges of the lines, endings included.
  private static func split(_ bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      lines.append(start..<index + 1)
      start = index + 1
    }
    if start < bytes.count { lines.append(start..<bytes.count) }
    return lines
  }

  /// A line without its ending.
  private static func content(_ line: Range<Int>, in bytes: [UInt8]) -> ArraySlice<UInt8> {
    var end = line.upperBound
    if end > line.lowerBound, bytes[end - 1] == 0x0A { end -= 1 }
    if end > line.lowerBound, bytes[end - 1] == 0x0D { end -= 1 }
    return bytes[line.lowerBound..<end]
  }
}
