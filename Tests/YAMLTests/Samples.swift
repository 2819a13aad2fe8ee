internal import SourceText
internal import TestSupport
internal import Testing

@testable internal import YAML

/// Random texts, and what has to hold for everything that is read from them.
enum Samples {
  static func generator(seed: UInt64) -> SeededGenerator { SeededGenerator(seed: seed) }

  private static let words = [
    "a", "bc", " ", "  ", "é", "\u{85}", "\u{2028}", "\t", "x y", "'", "''", "\\n", "\\u00e9", "\\\n", "\n", "\n\n",
    "\n  ", "\n   ", "\n\n  ", "\r\n  ", "\r  ", "\n \n  ", "#", " #", ":", "-", "😀", "\\ud83d\\ude00", "\\x41",
    "${{ a }}", "\\ ",
  ]

  private static let openings = [
    "", "'", "\"", "|\n  ", ">\n  ", "|-\n  ", ">+\n   ", "|2\n   ", ">1-\n  ", "|+ # c\n  ", "&x ", "\n  ", "[",
    "|\n\n  ",
  ]

  /// One value of a random style.
  static func scalar(_ random: inout SeededGenerator) -> String {
    let opening = openings.randomElement(using: &random) ?? ""
    var text = opening
    for _ in 0..<Int.random(in: 0...9, using: &random) { text += words.randomElement(using: &random) ?? "" }
    if let quote = opening.first, quote == "'" || quote == "\"" { text.append(quote) }
    if opening == "[" { text += "]" }
    return "k: " + text + (Bool.random(using: &random) ? "\n" : "") + (Bool.random(using: &random) ? "\nb: 1\n" : "")
  }

  /// The source of every scalar, read again, gives its value.
  static func checkScalars(of root: YAMLNode, in reading: Reading) {
    for node in root.descendants where node.isScalar && !node.isAlias && !node.content.isInSource {
      var reader = ScalarReader(bytes: reading.source.bytes, range: node.range)
      reader.read(node.style, like: node.utf8)
      #expect(reader.value == Array(node.utf8), "\(reading.source.text(root.range).debugDescription)")
      #expect(reader.segments.reduce(0) { $0 + $1.length } == node.utf8.count)
    }
  }

  /// Every node is in the file and in its parent, and siblings follow each other.
  static func checkRanges(of node: YAMLNode, in reading: Reading) {
    let range = node.range
    #expect(range.upperBound <= reading.source.bytes.count && range.lowerBound <= range.upperBound)
    if node.isAlias { return }
    let isMerged = node.record.flags.contains(.merges)
    var end = range.lowerBound
    func check(_ child: YAMLNode) {
      if !isMerged {
        #expect(
          child.range.lowerBound >= end && child.range.upperBound <= range.upperBound,
          "\(child.range) in \(range) of \(String(decoding: reading.source.bytes, as: UTF8.self).debugDescription)")
        end = child.range.upperBound
        checkRanges(of: child, in: reading)
      }
    }
    for item in node.items { check(item) }
    for (key, value) in node.entries {
      check(key)
      check(value)
    }
  }
}
