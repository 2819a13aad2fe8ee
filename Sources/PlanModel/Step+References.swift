package import SourceText

extension Step {
  /// Everything that the expressions of the step read, with the place of each; in the order of the fields,
  /// undo and state writes last.
  package var allReferences: [Located<Reference>] {
    templatesAndExpressions.flatMap(\.references)
  }

  /// The values of other steps without which the step cannot be carried out: those that are read outside
  /// `default()` and `exists()`.
  package var requiredValueReads: [Located<Reference>] {
    templatesAndExpressions.flatMap(\.requiredReferences).filter {
      if case .stepValue = $0.value { true } else { false }
    }
  }

  /// Every expression that belongs to the step.
  private var templatesAndExpressions: [Expression] {
    var found: [Expression] = []
    if let when { found.append(when) }
    if let cwd { found += cwd.expressions }
    for variable in env { found += variable.value.expressions }
    if let unless { found += unless.bindings }
    found += action.expressions
    found += expect.expressions
    for check in verify { found += check.expressions }
    if let undo { found += undo.expressions }
    for write in state { found += write.value.expressions }
    if let expansion { found.append(expansion.list) }
    return found
  }
}

extension Action {
  /// Every expression in the fields of the action.
  package var expressions: [Expression] {
    switch self {
    case .run(let run): run.script.bindings
    case .exec(let exec): exec.arguments.flatMap(\.expressions)
    case .file(let file):
      switch file.content {
      case .text(let text), .link(let text): text.expressions
      case .source, .directory, .absent, .unchanged: []
      }
    case .edit(let edit):
      switch edit.change {
      case .line(let line): line.expressions
      case .block(_, let text, _): text.expressions
      case .replace(_, let with): with.expressions
      }
    case .sql(let sql): sql.expressions
    case .http(let http): http.request.expressions + http.expect.expressions
    case .fetch(let fetch): fetch.expressions
    case .wait(let wait): wait.expressions
    case .check(let check): check.checks.flatMap(\.expressions)
    case .manual(let manual): manual.instructions.expressions + manual.acceptance.expressions
    case .approve(let approve): approve.message.expressions
    case .agent(let agent): agent.expressions
    case .uses(let uses): uses.with.expressions
    }
  }
}

extension SQLAction {
  fileprivate var expressions: [Expression] {
    let texts: [SQLText] =
      switch body {
      case .script(let text), .query(let text): [text]
      case .statements(let texts): texts
      case .file: []
      }
    return texts.flatMap(\.bindings) + bind.flatMap(\.value.expressions) + database.expressions
  }
}

extension Check {
  /// Every expression in the check.
  package var expressions: [Expression] {
    switch kind {
    case .exists(let exists): (exists.count + exists.size + exists.age).flatMap(\.expressions)
    case .file(let file): file.content.flatMap(\.expressions)
    case .run(let run): run.script.bindings + run.expect.expressions
    case .sql(let sql):
      sql.query.bindings + (sql.value + sql.duration).flatMap(\.expressions) + sql.database.expressions
    case .table(let table): table.expressions
    case .http(let http): http.request.expressions + http.expect.expressions
    }
  }

  /// Everything that the expressions of the check read.
  package var references: [Located<Reference>] { expressions.flatMap(\.references) }
}

extension Expectation {
  fileprivate var expressions: [Expression] { (stdout + stderr + duration).flatMap(\.expressions) }
}

extension Comparison {
  var expressions: [Expression] { operand.expressions }
}

extension Comparison.Operand {
  var expressions: [Expression] {
    switch self {
    case .value: []
    case .template(let template): template.expressions
    case .list(let templates): templates.flatMap(\.expressions)
    }
  }
}

extension Expression {
  /// The references whose values must be there: those that do not stand in the first place of `default()`
  /// or in `exists()`.
  package var requiredReferences: [Located<Reference>] {
    switch self {
    case .literal: []
    case .reference(let reference, let range): [Located(reference, range)]
    case .unary(_, let operand, _): operand.requiredReferences
    case .binary(_, let left, let right, _), .index(let left, let right, _):
      left.requiredReferences + right.requiredReferences
    case .call(.exists, _, _): []
    case .call(.default, let arguments, _): arguments.dropFirst().flatMap(\.requiredReferences)
    case .call(_, let arguments, _): arguments.flatMap(\.requiredReferences)
    }
  }
}

extension Template {
  /// Whether the text holds the value of a secret; whether one is there is no value.
  package var readsSecret: Bool { !secretNames.isEmpty }

  /// The secrets whose values the text holds.
  package var secretNames: [String] { expressions.flatMap(\.secretNames) }
}

extension Expression {
  /// A function that makes another text of a secret, which nothing would mask, and the secret; nil if none does.
  package var transformedSecret: (function: Function, name: String)? {
    switch self {
    case .literal, .reference: return nil
    case .unary(_, let operand, _): return operand.transformedSecret
    case .binary(_, let left, let right, _), .index(let left, let right, _):
      return left.transformedSecret ?? right.transformedSecret
    case .call(let function, let arguments, _):
      if Expression.transforming.contains(function), let name = arguments.flatMap(\.secretNames).first {
        return (function, name)
      }
      return arguments.lazy.compactMap(\.transformedSecret).first
    }
  }

  private static let transforming: Set<Function> = [.lower, .upper, .split, .fromJSON]

  /// The secrets of which the expression asks whether they are there.
  package var askedSecrets: [String] {
    switch self {
    case .literal, .reference: []
    case .unary(_, let operand, _): operand.askedSecrets
    case .binary(_, let left, let right, _), .index(let left, let right, _): left.askedSecrets + right.askedSecrets
    case .call(.has, let arguments, _):
      arguments.compactMap { if case .reference(.secret(let name), _) = $0 { name } else { nil } }
    case .call(_, let arguments, _): arguments.flatMap(\.askedSecrets)
    }
  }

  /// The secrets whose values the expression reads, `has()` aside.
  package var secretNames: [String] {
    switch self {
    case .literal: []
    case .reference(.secret(let name), _): [name]
    case .reference: []
    case .unary(_, let operand, _): operand.secretNames
    case .binary(_, let left, let right, _), .index(let left, let right, _): left.secretNames + right.secretNames
    case .call(.has, _, _): []
    case .call(_, let arguments, _): arguments.flatMap(\.secretNames)
    }
  }
}
