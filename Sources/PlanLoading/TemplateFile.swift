internal import Diagnostics
package import PlanModel
internal import SourceText

/// Reads a file that holds expressions, for `file` actions that render it.
package enum TemplateFile {
  package struct Problem: Error {
    /// `file:line:column: message`
    package var message: String
  }

  package static func read(_ bytes: [UInt8], path: String) throws(Problem) -> Template {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Problem(message: "it is not UTF-8 text")
    }
    let source = SourceFile(path: path, bytes: bytes)
    var collector = DiagnosticCollector()
    let parsed = TemplateParser.parse(TextOrigin(text: text), into: &collector)
    if let problem = collector.sorted().first {
      let place = source.location(of: problem.range.lowerBound)
      throw Problem(message: "line \(place.line), column \(place.column): \(problem.message)")
    }
    for expression in parsed?.template.expressions ?? [] {
      guard let (function, name) = expression.transformedSecret else { continue }
      let place = source.location(of: expression.range.lowerBound)
      throw Problem(
        message:
          "line \(place.line), column \(place.column): \"\(function.rawValue)\" makes another text of the secret "
          + "\"\(name)\", which nothing would mask")
    }
    return parsed?.template ?? Template(literal: text)
  }
}
