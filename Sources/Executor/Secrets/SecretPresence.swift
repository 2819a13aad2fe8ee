internal import Glibc
package import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Says of secrets whether they are there, as far as that can be told without reading one or running a program: for
/// change sets and summaries.
package final class SecretPresence: SecretSource {
  private let secrets: [String: Secret]
  private let root: String
  private let environment: ProcessEnvironment

  init(_ secrets: [String: Secret], root: String, environment: ProcessEnvironment) {
    self.secrets = secrets
    self.root = root
    self.environment = environment
  }

  package func value(of name: String) throws(EvaluationError) -> String? { throw .withheld(name) }

  package func isThere(_ name: String) throws(EvaluationError) -> Bool {
    guard let secret = secrets[name] else { throw .withheld(name) }
    let isThere: Bool
    switch secret.source {
    case .environment(let variable): isThere = environment[bytes: variable.value]?.isEmpty == false
    case .file(let path):
      var status = stat()
      let place = path.text.hasPrefix("/") ? path.text : root + "/" + path.text
      isThere = unsafe stat(place, &status) == 0 && status.st_size > 0
    case .command: throw .withheld(name)
    }
    // That another one is missing is no answer but a failure, when the step comes to it.
    guard isThere || secret.isOptional else { throw .withheld(name) }
    return isThere
  }
}
