internal import PlanModel
internal import SourceText

/// What `item` means in the expressions of the step that is being decoded.
enum ItemBinding {
  /// The items are not known yet, so the step is only looked at.
  case unknown
  case item(ForeachItem)
}

extension DecodingContext {
  /// The expression with the item put in.
  func bound(_ expression: Expression) -> Expression {
    guard case .item(let item)? = binding else { return expression }
    return expression.replacing { reference, range in
      guard case .item(let member) = reference else { return nil }
      return .literal(item.value(of: member), range)
    }
  }

  /// The text with the item put in; each expression stays one, as its place in the text is known by its number.
  func bound(_ template: Template) -> Template {
    guard case .item? = binding else { return template }
    return Template(
      template.segments.map { segment in
        switch segment {
        case .literal: segment
        case .expression(let expression): .expression(bound(expression))
        }
      }, template.range)
  }
}

extension Expression {
  /// The same expression with other ones in place of some references.
  ///
  /// - Parameter replacement: nil keeps a reference.
  func replacing(_ replacement: (Reference, SourceRange) -> Expression?) -> Expression {
    switch self {
    case .literal: self
    case .reference(let reference, let range): replacement(reference, range) ?? self
    case .unary(let op, let operand, let range): .unary(op, operand.replacing(replacement), range)
    case .binary(let op, let left, let right, let range):
      .binary(op, left.replacing(replacement), right.replacing(replacement), range)
    case .index(let base, let index, let range):
      .index(base.replacing(replacement), index.replacing(replacement), range).foldedPart
    case .call(let function, let arguments, let range):
      .call(function, arguments.map { $0.replacing(replacement) }, range)
    }
  }

  /// A part of a value that is known is a value itself, so that its type is.
  private var foldedPart: Expression {
    guard case .index(.literal(let base, _), .literal(let index, _), let range) = self else { return self }
    switch (base, index) {
    case (.map, .string(let key)): return base[key].map { .literal($0, range) } ?? self
    case (.list(let items), .int(let position)) where items.indices.contains(position):
      return .literal(items[position], range)
    default: return self
    }
  }
}
