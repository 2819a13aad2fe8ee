internal import PlanModel
internal import SourceText
internal import YAML

/// How a plan stands within the one that calls it.
struct CallBinding {
  /// What comes before the ids of its steps: `deploy/`.
  let prefix: String
  /// Where it is called. Places of its own file mean nothing in the plan that is executed.
  let range: SourceRange
  /// The paths of the plans around it, the outermost first, and its own.
  let stack: [String]
}

/// A step that calls a plan.
struct CallSite {
  /// The step as it stands, without an action.
  var step: Step
  let call: YAMLNode
  let range: SourceRange
  /// The item for which it is called.
  let binding: ItemBinding?
}

extension DecodingContext {
  /// The expression as it is read in the plan that is executed: what is known is put in, and steps and state have the
  /// names that they have there.
  func rebased(_ expression: Expression) -> Expression {
    guard let call else { return expression }
    return switch expression {
    case .literal(let value, _): .literal(value, call.range)
    case .reference(let reference, _): rebased(reference, call)
    case .unary(let op, let operand, _): .unary(op, rebased(operand), call.range)
    case .binary(let op, let left, let right, _): .binary(op, rebased(left), rebased(right), call.range)
    case .index(let base, let index, _): .index(rebased(base), rebased(index), call.range)
    case .call(.skipped, let arguments, _):
      .call(
        .skipped,
        arguments.map { argument in
          guard case .literal(.string(let step), _) = argument else { return rebased(argument) }
          return .literal(.string(call.prefix + step), call.range)
        }, call.range)
    case .call(let function, let arguments, _): .call(function, arguments.map(rebased), call.range)
    }
  }

  private func rebased(_ reference: Reference, _ call: CallBinding) -> Expression {
    switch reference {
    case .parameter, .environment, .plan:
      if let value = try? statics.value(of: reference) { return .literal(value, call.range) }
    case .stepValue(let step, let key):
      return .reference(.stepValue(step: call.prefix + step, key: key), call.range)
    case .stepStatus(let step): return .reference(.stepStatus(step: call.prefix + step), call.range)
    case .state(let key): return .reference(.state(call.prefix + key), call.range)
    case .secret, .run, .ownValue, .item: break
    }
    return .reference(reference, call.range)
  }

  func rebased(_ template: Template) -> Template {
    guard let call else { return template }
    return Template(
      template.segments.map { segment in
        switch segment {
        case .literal: segment
        case .expression(let expression): .expression(rebased(expression))
        }
      }, call.range)
  }
}
