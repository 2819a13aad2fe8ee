package import Diagnostics
internal import Markdown
package import SourceText
package import YAML

/// A plan file as it was read: its bytes, the located tree of its content, and the comments that
/// suppress findings.
package struct PlanDocument: Sendable {
  package let source: SourceFile
  package let dialect: Dialect
  /// The content of a YAML plan, or the front matter of a markdown plan. Nil if there is none, or if it can not
  /// be read, which is reported then.
  package let root: YAMLNode?
  /// The sections of a markdown plan; nil in other dialects.
  package let markdown: MarkdownPlan?
  package let suppressions: Suppressions

  package init(
    source: SourceFile, dialect: Dialect, root: YAMLNode?, markdown: MarkdownPlan? = nil, suppressions: Suppressions
  ) {
    self.source = source
    self.dialect = dialect
    self.root = root
    self.markdown = markdown
    self.suppressions = suppressions
  }

  /// Reads a file that a person says is a plan, and reports everything that is wrong with its form.
  package static func read(_ source: SourceFile, into collector: inout DiagnosticCollector) -> PlanDocument {
    if isMarkdown(source.path) { return document(MarkdownPlan.read(source), into: &collector) }
    let root = YAMLParser.parse(source, into: &collector)
    return document(source, root)
  }

  static func document(_ source: SourceFile, _ root: YAMLNode?) -> PlanDocument {
    PlanDocument(
      source: source, dialect: root.map(isActionPlan) == true ? .json : .yaml, root: root,
      suppressions: Suppressions(of: source))
  }

  static func document(_ markdown: MarkdownPlan, into collector: inout DiagnosticCollector) -> PlanDocument {
    let source = markdown.source
    let root = markdown.markdown.frontMatter.flatMap { YAMLParser.parse(source, range: $0, into: &collector) }
    return PlanDocument(
      source: source, dialect: .markdown, root: root, markdown: markdown, suppressions: Suppressions(of: markdown))
  }

  /// Whether a file is markdown, by its ending.
  package static func isMarkdown(_ path: String) -> Bool {
    let path = path.lowercased()
    return path.hasSuffix(".md") || path.hasSuffix(".markdown")
  }

  /// Whether a mapping is a plan of the older form: a list of actions, each with a type and a file, and most often a
  /// strategy.
  static func isActionPlan(_ root: YAMLNode) -> Bool {
    guard root["execplan"] == nil, let actions = root["actions"], actions.isSequence else { return false }
    if let strategy = root["strategy"], strategy.isScalar { return true }
    guard let first = actions.items.first(where: { _ in true }), first.isMapping else { return false }
    return first["step_id"] != nil && first["type"] != nil
  }
}
