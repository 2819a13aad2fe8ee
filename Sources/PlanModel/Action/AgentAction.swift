package import SourceText

/// Work that an agent does: somebody who reads a prompt and waits to be told to go on, or a program that gets the prompt
/// on its standard input.
package struct AgentAction: Hashable, Sendable {
  package enum Prompt: Hashable, Sendable {
    case text(Template)
    /// A file with expressions in it; the template is nil when the file could not be read with the plan.
    case file(PathPattern, Template?)
  }

  package enum Program: Hashable, Sendable {
    /// Shell text, as in `run`.
    case script(ShellScript)
    /// Program and arguments, as in `exec`.
    case words(ExecAction)
  }

  package var prompt: Prompt
  /// What the agent is in the plan: `data`, `qa`. Hand-offs are addressed to it.
  package var role: Located<String>?
  /// Documents that the agent is to read first.
  package var context: [PathPattern]
  /// Where the prompt is written, too, for agents that see nothing below an ignored folder.
  package var promptTo: PathPattern?
  package var acceptance: Acceptance
  /// Nil: the run waits for `execplan checkpoint`.
  package var program: Program?
  package var handoff: [Handoff]

  package init(
    prompt: Prompt, role: Located<String>? = nil, context: [PathPattern] = [], promptTo: PathPattern? = nil,
    acceptance: Acceptance = Acceptance(), program: Program? = nil, handoff: [Handoff] = []
  ) {
    self.prompt = prompt
    self.role = role
    self.context = context
    self.promptTo = promptTo
    self.acceptance = acceptance
    self.program = program
    self.handoff = handoff
  }

  /// Bytes that a prompt may have, with everything that is put into it.
  package static let promptLimit = 4 << 20

  /// The file that holds the prompt.
  package var promptFile: PathPattern? {
    if case .file(let path, _) = prompt { path } else { nil }
  }

  /// Every expression in it.
  package var expressions: [Expression] {
    var found: [Expression] =
      switch prompt {
      case .text(let text): text.expressions
      case .file(_, let template): template?.expressions ?? []
      }
    found += acceptance.expressions
    switch program {
    case .script(let script): found += script.bindings
    case .words(let exec): found += exec.arguments.flatMap(\.expressions)
    case nil: break
    }
    return found + handoff.flatMap(\.expressions)
  }
}
