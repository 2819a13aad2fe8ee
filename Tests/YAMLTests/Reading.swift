internal import Diagnostics
internal import SourceText
internal import TestSupport
internal import YAML

/// A text that was read, for tests.
struct Reading {
  let source: SourceFile
  let root: YAMLNode?
  let collector: DiagnosticCollector

  init(_ text: String, limits: YAMLLimits = .default) {
    self.init(bytes: Array(text.utf8), limits: limits)
  }

  init(bytes: [UInt8], range: SourceRange? = nil, limits: YAMLLimits = .default) {
    var collector = DiagnosticCollector()
    source = SourceFile(path: "plan.yaml", bytes: bytes)
    root = YAMLParser.parse(source, range: range, limits: limits, into: &collector)
    self.collector = collector
  }

  var findings: [String] { Findings.places(collector, in: source) }

  func text(_ node: YAMLNode?) -> String? { node.map { source.text($0.range) } }

  func location(_ node: YAMLNode?) -> String? {
    node.map { source.location(of: $0.range.lowerBound) }.map { "\($0.line):\($0.column)" }
  }
}

extension YAMLNode {
  /// The node and all below it, aliases not followed.
  var descendants: [YAMLNode] {
    var result = [self]
    if isAlias { return result }
    for item in items { result += item.descendants }
    for (key, value) in entries { result += key.descendants + value.descendants }
    return result
  }
}
