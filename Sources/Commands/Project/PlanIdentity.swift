internal import Diagnostics
internal import PlanDocument
internal import SourceText
internal import YAML

/// Reads what identifies a plan without decoding it.
enum PlanIdentity {
  /// The declared id; nil when there is none or the file can't be parsed.
  static func id(in bytes: [UInt8], path: String) -> String? {
    var collector = DiagnosticCollector()
    let document = PlanDocument.read(SourceFile(path: path, bytes: bytes), into: &collector)
    guard let node = document.root?["id"], node.isScalar else { return nil }
    return node.text
  }
}
