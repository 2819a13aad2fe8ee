/// A script for a shell or another interpreter.
package struct RunAction: Hashable, Sendable {
  package var script: ShellScript
  /// Nil: the step's shell.
  package var interpreter: Interpreter?

  package init(script: ShellScript, interpreter: Interpreter? = nil) {
    self.script = script
    self.interpreter = interpreter
  }
}
