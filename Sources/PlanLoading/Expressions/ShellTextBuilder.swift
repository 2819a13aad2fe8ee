package import Diagnostics
package import PlanModel
internal import SourceText

/// Turns a script with expressions into one in which no value is ever parsed as shell source.
///
/// Every expression becomes a reference to an environment variable, quoted as its place needs it:
/// `"${EXECPLAN_X1}"` in a word, `${EXECPLAN_X1}` inside double quotes and unquoted here-documents. An
/// expression in any other place, in a place that cannot be told with certainty, or in another language
/// than shell is an error.
package enum ShellTextBuilder {
  /// Builds the script; nil when an expression in it has been reported.
  ///
  /// Types are the checker's business: `ExpressionChecker.checkText` refuses lists and maps.
  package static func build(
    _ parsed: ParsedTemplate, for interpreter: Interpreter, into collector: inout DiagnosticCollector
  ) -> ShellScript? {
    let template = parsed.template
    if let literal = template.literal { return ShellScript(text: literal, bindings: [], template: template) }
    let expressions = template.expressions

    guard interpreter.isShell else {
      let name = interpreter.baseName
      for range in parsed.placeholders {
        collector.report(
          .expressionInShell, range, "an expression cannot stand in a text for \"\(name)\"",
          notes: ["put it in \"env:\" and read the variable from the environment"])
      }
      return nil
    }

    let places = ShellLexer.place(template, for: interpreter.baseName)
    let placements = places.placements
    var isGood = true
    for (index, placement) in placements.enumerated() {
      guard case .refused(let reason) = placement else { continue }
      isGood = false
      let range = index < parsed.placeholders.count ? parsed.placeholders[index] : expressions[index].range
      collector.report(
        .expressionInShell, range, "an expression cannot stand \(reason)",
        notes: ["put it in \"env:\" and use the variable"])
    }
    guard isGood else { return nil }
    for (index, program) in places.programs.sorted(by: { $0.key < $1.key }) {
      guard let name = expressions[index].secretNames.first, index < parsed.placeholders.count else { continue }
      collector.report(
        .secretInArguments, parsed.placeholders[index],
        "\"secrets.\(name)\" becomes an argument of \"\(program)\", which every user of the machine can read",
        notes: ["pass it by environment or stdin: write \"secrets: [\(name)]\" and let the program read \"$\(name)\""])
    }

    var text = ""
    var index = 0
    for segment in template.segments {
      switch segment {
      case .literal(let literal): text += literal
      case .expression:
        let variable = ShellScript.variable(index)
        text += placements[index] == .word ? "\"${\(variable)}\"" : "${\(variable)}"
        index += 1
      }
    }
    return ShellScript(text: text, bindings: expressions, template: template)
  }
}
