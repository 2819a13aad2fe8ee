/// A program with its arguments; no shell. An argument that is exactly one expression with a list as its
/// value becomes as many arguments.
package struct ExecAction: Hashable, Sendable {
  package var arguments: [Template]

  package init(arguments: [Template]) {
    self.arguments = arguments
  }
}
