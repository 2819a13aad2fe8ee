internal import SourceText

/// How a step becomes several when its items are known: those of a `foreach` that reads the values of other steps.
///
/// What reads plans makes it, so that nothing else knows how a step is written. It is compared by what it is: each
/// reading of a plan makes its own.
package final class StepExpansion: Hashable, Sendable {
  package typealias Items = @Sendable (Value) throws(ExpansionProblem) -> [ForeachItem]
  package typealias Steps = @Sendable ([ForeachItem]) throws(ExpansionProblem) -> [Step]

  /// What gives the items.
  package let list: Expression
  /// What gives the key of an item; nil: the list itself does.
  package let key: Expression?
  private let itemsOf: Items
  private let stepsOf: Steps

  package init(list: Expression, key: Expression?, items: @escaping Items, steps: @escaping Steps) {
    self.list = list
    self.key = key
    itemsOf = items
    stepsOf = steps
  }

  /// The items that a value gives, each with its key.
  package func items(of value: Value) throws(ExpansionProblem) -> [ForeachItem] { try itemsOf(value) }

  /// The steps of some items, in their order.
  package func steps(for items: [ForeachItem]) throws(ExpansionProblem) -> [Step] { try stepsOf(items) }

  /// The same with other steps: those of a called plan have names of their own.
  package func adopting(_ adopted: @escaping @Sendable (Step) -> Step) -> StepExpansion {
    StepExpansion(list: list, key: key, items: itemsOf) { [stepsOf] items throws(ExpansionProblem) in
      try stepsOf(items).map(adopted)
    }
  }

  /// The steps whose values the list reads.
  package var sources: Set<String> { Set(list.references.compactMap(\.value.step)) }

  package static func == (a: StepExpansion, b: StepExpansion) -> Bool { a === b }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// Why a value gives no items, or an item no step.
package struct ExpansionProblem: Error, Hashable, Sendable {
  package var message: String

  package init(_ message: String) { self.message = message }
}
