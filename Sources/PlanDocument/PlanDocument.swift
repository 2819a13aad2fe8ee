package import Diagnostics
package import SourceText
package import YAML

/// A plan file as it was read: its bytes, the located tree of its content, and the comments that
/// suppress findings.
package struct PlanDocument: Sendable {
  package let source: SourceFile
  package let dialect: Dialect
  /// Nil if the file is empty or can not be read; that is reported then.
  package let root: YAMLNode?
  package let suppressions: Suppressions

  package init(source: SourceFile, dialect: Dialect, root: YAMLNode?, suppressions: Suppressions) {
    self.source = source
    self.dialect = dialect
    self.root = root
    self.suppressions = suppressions
  }

  /// Reads a plan and reports everything that is wrong with its form.
  package static func read(_ source: SourceFile, into collector: inout DiagnosticCollector) -> PlanDocument {
    let root = YAMLParser.parse(source, into: &collector)
    return PlanDocument(source: source, dialect: .yaml, root: root, suppressions: Suppressions(of: source))
  }
}
