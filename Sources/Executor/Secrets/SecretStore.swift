package import PlanModel
internal import Planner
internal import SourceText
package import Subprocess
internal import Synchronization

/// The secrets of a plan while it is executed; their values are in the memory of this process and nowhere else.
///
/// A value is got when a step needs it for the first time, and once: a program that asks a person is not run for every
/// step. Several threads may ask.
package final class SecretStore: SecretSource {
  private let secrets: [String: Secret]
  private let order: [String]
  private let environment: ProcessEnvironment
  private let root: String
  private let state = Mutex(State())
  /// Held while a value is got, which may take long; `state` is held for moments only.
  private let turn = Mutex(())

  private struct State {
    var values: [String: Result<[UInt8]?, EvaluationError>] = [:]
    /// What is masked; made anew when a value is added.
    var masker = StreamMasker.none
    var notes: [String] = []
  }

  /// - Parameters:
  ///   - root: relative paths begin there, and programs are run there.
  ///   - environment: what execplan was started with, and dotenv files.
  package init(_ secrets: [Secret], root: String, environment: ProcessEnvironment) {
    self.secrets = Dictionary(secrets.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    order = secrets.map(\.name.value)
    self.environment = environment
    self.root = root
    var own = environment
    for secret in secrets {
      if case .environment(let variable) = secret.source { own[variable.value] = nil }
    }
    stepEnvironment = own
  }

  package var isEmpty: Bool { order.isEmpty }

  /// What can be told of them without looking.
  package var presence: SecretPresence { SecretPresence(secrets, root: root, environment: environment) }

  // MARK: Values

  package func value(of name: String) throws(EvaluationError) -> String? {
    guard let bytes = try bytes(of: name) else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw EvaluationError("the secret \"\(name)\" is not UTF-8 text, so it can't stand in a text")
    }
    return text
  }

  package func isThere(_ name: String) throws(EvaluationError) -> Bool {
    do throws(EvaluationError) {
      return try bytes(of: name) != nil
    } catch {
      // Only what the plan can do without may be missing silently.
      if secrets[name]?.isOptional ?? false { return false }
      throw error
    }
  }

  /// The value as the bytes that a program gets.
  func bytes(of name: String) throws(EvaluationError) -> [UInt8]? {
    guard let secret = secrets[name] else { throw EvaluationError("the plan declares no secret \"\(name)\"") }
    if let known = state.withLock({ $0.values[name] }) { return try known.get() }
    return try turn.withLock { _ throws(EvaluationError) in
      if let known = state.withLock({ $0.values[name] }) { return try known.get() }
      var note: String?
      let result: Result<[UInt8]?, EvaluationError>
      do throws(EvaluationError) {
        let found = try SecretReading(root: root, environment: environment).read(secret)
        note = found.note
        result = .success(found.value)
      } catch {
        result = .failure(error)
      }
      take(result, secret, note)
      return try result.get()
    }
  }

  private func take(_ result: Result<[UInt8]?, EvaluationError>, _ secret: Secret, _ note: String?) {
    let name = secret.name.value
    state.withLock { state in
      if let note, !state.notes.contains(note) { state.notes.append(note) }
      switch (result, secret.source) {
      case (.success(.some(_)), _), (_, .command): state.values[name] = result
      // A step may still make the file.
      case (_, .file), (_, .environment): break
      }
      guard case .success(let value?) = result else { return }
      if value.count < StreamMasker.minimumLength {
        state.notes.append(
          "the secret \"\(name)\" is shorter than \(StreamMasker.minimumLength) bytes, so it is not masked in output")
      }
      state.masker = StreamMasker(secrets: SecretStore.values(of: state))
    }
  }

  private static func values(of state: State) -> [[UInt8]] {
    state.values.values.compactMap { result in
      if case .success(let value?) = result { value } else { nil }
    }
  }

  /// Gets what is to be had without running anything, so that it is masked from the first step on, whoever prints it.
  /// What is missing is said when a step needs it.
  ///
  /// - Parameter withPrograms: also from programs.
  package func readAhead(withPrograms: Bool = false) {
    for name in order {
      guard let secret = secrets[name] else { continue }
      switch secret.source {
      case .environment, .file: _ = try? bytes(of: name)
      case .command: if withPrograms { _ = try? bytes(of: name) }
      }
    }
  }

  /// What people should know about the values, a line each; each is told once.
  package func takeNotes() -> [String] {
    state.withLock { state in
      defer { state.notes = [] }
      return state.notes
    }
  }

  // MARK: Masking

  /// The values that are known by now, for a masker in another process.
  package var knownValues: [[UInt8]] { state.withLock { SecretStore.values(of: $0) } }

  /// Masks the values that are known by now.
  package var masker: StreamMasker { state.withLock { $0.masker } }

  /// The secret that a text holds in one of its forms; nil if it holds none.
  package func nameOfSecret(in bytes: [UInt8]) -> String? {
    let (masker, values) = state.withLock { ($0.masker, $0.values) }
    guard masker.finds(in: bytes) else { return nil }
    return order.first { name in
      guard case .success(let value?)? = values[name] else { return false }
      return StreamMasker(secrets: [value]).finds(in: bytes)
    }
  }

  // MARK: Environment

  /// The environment of execplan without the variables from which secrets come: a step gets a secret only when it
  /// names it.
  package let stepEnvironment: ProcessEnvironment
}
