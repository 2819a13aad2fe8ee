internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

extension DecodingContext {
  /// A declared path or glob. Expressions in it must be known before the run; they are put in here.
  mutating func path(_ node: YAMLNode, _ what: String) -> PathPattern? {
    guard let template = template(node, what) else { return nil }
    var text: String
    if let literal = template.literal {
      text = literal
    } else {
      for reference in template.references where !reference.value.isStatic && !reference.value.isItem {
        report(
          .notStatic, reference.range, "\(what) can't depend on \"\(reference.value.text)\"",
          notes: ["paths are known before anything runs: use params, env or plan"])
        return nil
      }
      for case .parameter(let name) in template.references.map(\.value) { parametersInPaths.insert(name) }
      // A required parameter without a value (as in `validate`) leaves the text as it was written, so that
      // equal paths stay equal; those of two calls of one plan need not be.
      text = (try? template.renderText(in: statics)) ?? (call?.prefix ?? "") + node.text
    }
    let isNegated = text.hasPrefix("!")
    if isNegated { text.removeFirst() }
    if let problem = PathText.problem(with: text) {
      report(.badPath, node.range, "\(what): \(problem)")
      return nil
    }
    let pattern = PathPattern(PathText.normalized(text), isNegated: isNegated, call?.range ?? node.range)
    // A pattern without a value for a parameter is not known yet.
    if !pattern.isLiteral, !text.contains("${{") {
      do throws(GlobError) {
        _ = try Glob(pattern.text)
      } catch {
        report(
          .badPattern, node.range, "\(what): the pattern can't be read: \(error.message)",
          notes: ["put a character that has a meaning in brackets: \"[[]\" is a bracket"])
        return nil
      }
    }
    return pattern
  }

  mutating func paths(_ node: YAMLNode, _ what: String) -> [PathPattern] {
    scalarList(node, what).compactMap { path($0, what) }
  }

  /// `allow_outside: true`; nil: it is not said.
  mutating func allowsOutside(_ node: YAMLNode?) -> Bool {
    guard let node else { return false }
    return bool(node, "\"allow_outside\"") ?? false
  }

  /// The path that a `file` or `edit` action writes.
  mutating func writtenPath(_ node: YAMLNode, allowsOutside: Bool) -> PathPattern? {
    insidePath(
      node, "\"path\"", allowsOutside: allowsOutside,
      advice: "write a path relative to the project root, or say \"allow_outside: true\" beside it")
  }

  /// One literal path inside the project.
  ///
  /// - Parameter advice: what to do about a path that leads out.
  mutating func insidePath(
    _ node: YAMLNode, _ what: String, allowsOutside: Bool = false,
    advice: String = "write a path relative to the project root"
  ) -> PathPattern? {
    guard let pattern = path(node, what) else { return nil }
    // Without the value of a parameter, as in `validate`, the path is not known yet.
    guard !pattern.isNegated, pattern.isLiteral || pattern.text.contains("${{") else {
      report(.badPath, node.range, "\(what) is one path, not a pattern")
      return nil
    }
    guard allowsOutside || !PathText.leavesRoot(pattern.text) else {
      report(
        .badPath, node.range, "\"\(pattern.text)\" lies outside the project",
        notes: [advice])
      return nil
    }
    return pattern
  }
}
