/// Which of the rarer things a step has, or some step of a plan: a rule that is about none of them looks at no step.
package struct StepTraits: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Anything of `StepDetails`.
  package static let details = StepTraits(rawValue: 1)
  package static let phase = StepTraits(rawValue: 2)
  /// `when`.
  package static let condition = StepTraits(rawValue: 4)
  /// An action that itself names files or databases.
  package static let files = StepTraits(rawValue: 8)
  /// An action that may hold expressions: not a plain script.
  package static let expressions = StepTraits(rawValue: 16)
}

extension Step {
  package var traits: StepTraits {
    var traits: StepTraits =
      switch core[0].action {
      case .run(let run): run.script.bindings.isEmpty ? [] : .expressions
      case .exec, .manual, .approve, .http: .expressions
      case .file, .edit, .sql, .check, .fetch, .wait, .agent, .uses: [.files, .expressions]
      }
    if hasDetails { traits.insert(.details) }
    if core[0].phase != nil { traits.insert(.phase) }
    if core[0].when != nil { traits.insert(.condition) }
    return traits
  }
}

extension Plan {
  /// What at least one step has. Looks at all of them, so ask once.
  package var traits: StepTraits {
    var traits: StepTraits = []
    eachStep { traits.formUnion($0.traits) }
    return traits
  }
}
