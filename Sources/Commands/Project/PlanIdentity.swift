internal import Diagnostics
internal import PlanDocument
internal import SourceText
internal import YAML

/// Reads what identifies a plan without decoding it.
enum PlanIdentity {
  /// The declared id; nil when there is none or the file can't be parsed.
  static func id(in bytes: [UInt8], path: String) -> String? {
    var collector = DiagnosticCollector()
    return id(of: PlanDocument.read(SourceFile(path: path, bytes: bytes), into: &collector))
  }

  static func id(of document: PlanDocument) -> String? {
    guard let node = document.root?["id"], node.isScalar else { return nil }
    return node.text
  }
}
