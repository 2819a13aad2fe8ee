internal import Diagnostics
internal import Foundation
internal import Reporting
internal import SourceText
internal import Testing

/// Rules and files that the tests of this target share.
enum Fixture {
  static let unknownKey = Rule(
    "EP201", "unknown-key", summary: "a key is not known", explanation: "It would be ignored.",
    bad: "execplan: 1\ntittle: x\n", good: "execplan: 1\ntitle: x\n")
  static let race = Rule(
    "EP305", "two-writers", .warning, summary: "two steps write one path", explanation: "The last one wins.",
    bad: "a", good: "b")
  static let hint = Rule(
    "EP801", "always-runs", .info, summary: "a step always runs", explanation: "It declares nothing.",
    bad: "a", good: "b")

  static let tool = ToolInformation(
    version: "9.9.9", informationURI: "https://example.org/execplan",
    rulePageURI: "https://example.org/rules/{code}.html")

  static func range(of part: String, in text: String) -> SourceRange {
    let bytes = Array(text.utf8)
    let wanted = Array(part.utf8)
    let start = (0...bytes.count - wanted.count).first { Array(bytes[$0..<$0 + wanted.count]) == wanted } ?? 0
    return SourceRange(start: start, end: start + wanted.count)
  }

  static func parsed(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }
}

extension String {
  init(_ bytes: [UInt8]) { self.init(decoding: bytes, as: UTF8.self) }
}
