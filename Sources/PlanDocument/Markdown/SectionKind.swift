/// The twelve sections of the ExecPlan standard, and everything else.
package enum SectionKind: String, Sendable, CaseIterable {
  case purpose
  case progress
  case surprises
  case decisions
  case outcomes
  case context
  case work
  case steps
  case validation
  case recovery
  case artifacts
  case interfaces
  case other

  /// The twelve, in the order of the standard.
  package static let standard: [SectionKind] = allCases.filter { $0 != .other }

  /// Those that are kept up to date while the work goes on.
  package static let living: [SectionKind] = [.progress, .surprises, .decisions, .outcomes]

  package var isLiving: Bool {
    switch self {
    case .progress, .surprises, .decisions, .outcomes: true
    default: false
    }
  }

  /// The heading as the standard spells it; empty for `other`.
  package var title: String { SectionNames.names[self]?.first ?? "" }
}
