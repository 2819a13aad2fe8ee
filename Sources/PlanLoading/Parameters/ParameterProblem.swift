/// Something wrong with what an invocation gave for parameters: a usage error, not one of the plan.
package struct ParameterProblem: Error, Hashable, Sendable {
  package var message: String
  package var notes: [String]

  package init(_ message: String, notes: [String] = []) {
    self.message = message
    self.notes = notes
  }
}
