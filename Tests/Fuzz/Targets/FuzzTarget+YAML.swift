internal import Diagnostics
internal import PlanDocument
internal import SourceText
internal import YAML

extension FuzzTarget {
  /// A plan in YAML; one that begins like JSON is read as a list of actions as well.
  static let yaml = FuzzTarget("yaml") { bytes in
    var paths = ["fuzz.execplan.yaml"]
    if bytes.first == UInt8(ascii: "{") { paths.append("fuzz.execplan.json") }
    for path in paths {
      var found = DiagnosticCollector()
      let document = PlanDocument.read(SourceFile(path: path, bytes: bytes), into: &found)
      if let root = document.root { try check(root, bytes.count) }
      try PlanPromises(document, found: found).check()
    }
  }

  /// Every node lies in the file; what an alias stands for is looked at where its anchor is.
  private static func check(_ node: YAMLNode, _ count: Int) throws {
    try promise(
      node.range.lowerBound <= node.range.upperBound && node.range.upperBound <= count,
      "a node at \(node.range) is outside of \(count) bytes")
    if node.isAlias { return }
    if node.isScalar {
      let length = node.text.utf8.count
      _ = node.resolved
      for place in [0, length / 3, length / 2, length] {
        let range = node.sourceRange(ofText: place..<length)
        try promise(
          range.lowerBound <= range.upperBound && range.upperBound <= count, "a place of a text is outside of the file")
      }
    }
    for item in node.items { try check(item, count) }
    for entry in node.entries {
      try check(entry.key, count)
      try check(entry.value, count)
    }
  }
}
