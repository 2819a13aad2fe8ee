package import SourceText

/// A message that tells somebody how a run ended.
package struct Notice: Hashable, Sendable {
  package indirect enum Channel: Hashable, Sendable {
    /// Shell text.
    case run(ShellScript)
    /// A program with its arguments; no shell.
    case exec(ExecAction)
    case webhook(HTTPRequest)
    case email(Email)

    /// The key under which it stands in a plan.
    package var name: String {
      switch self {
      case .run: "run"
      case .exec: "exec"
      case .webhook: "webhook"
      case .email: "email"
      }
    }
  }

  /// A message that `sendmail` takes.
  package struct Email: Hashable, Sendable {
    package var to: [Template]
    package var from: Template?
    package var subject: Template?
    package var text: Template?

    package init(to: [Template], from: Template? = nil, subject: Template? = nil, text: Template? = nil) {
      self.to = to
      self.from = from
      self.subject = subject
      self.text = text
    }
  }

  package var channel: Channel
  /// The shell of a `run`.
  package var shell: Interpreter
  /// Names of secrets that its program gets as environment variables.
  package var secrets: [Located<String>] = []
  package var retry: RetryPolicy = Notice.usualRetry
  /// Of one try.
  package var timeout: Duration = Notice.usualTimeout

  /// What `retry` is when nothing is said: a chat server that restarts is there again within this.
  package static let usualRetry = RetryPolicy(times: 3)
  /// What `timeout` is when nothing is said: nobody waits for a notice.
  package static let usualTimeout = Duration.seconds(30)

  package init(_ channel: Channel, shell: Interpreter = .default) {
    self.channel = channel
    self.shell = shell
  }

  /// Every expression in it.
  package var expressions: [Expression] {
    switch channel {
    case .run(let script): script.bindings
    case .exec(let exec): exec.arguments.flatMap(\.expressions)
    case .webhook(let request): request.expressions
    case .email(let email):
      (email.to + [email.from, email.subject, email.text].compactMap(\.self)).flatMap(\.expressions)
    }
  }

  package var references: [Located<Reference>] { expressions.flatMap(\.references) }
}

/// Who is told what (`notify` of a plan).
package struct Notices: Hashable, Sendable {
  package var onSuccess: [Notice] = []
  package var onFailure: [Notice] = []
  /// The run waits for a person.
  package var onWaiting: [Notice] = []

  package init() {}

  package var all: [Notice] { onSuccess + onFailure + onWaiting }

  /// What is to be sent when a run has come to a state, and the key under which it stands; nothing for states in which
  /// somebody stopped it or left steps out.
  package func due(in state: RunState) -> (key: String, notices: [Notice])? {
    switch state {
    case .succeeded: onSuccess.isEmpty ? nil : ("on_success", onSuccess)
    case .failed: onFailure.isEmpty ? nil : ("on_failure", onFailure)
    case .waiting: onWaiting.isEmpty ? nil : ("on_waiting", onWaiting)
    case .running, .interrupted, .partial, .abandoned, .rolledBack: nil
    }
  }
}
