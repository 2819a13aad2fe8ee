internal import Glibc
internal import PlanModel
internal import SourceText
internal import Subprocess

/// Gets the value of one secret from where the plan says.
///
/// Messages name the secret and its source, and never hold what was read.
struct SecretReading {
  let root: String
  let environment: ProcessEnvironment

  /// A file or a program may give this much.
  static let limit = 64 << 10
  /// How long a program may take.
  static let timeout = Duration.seconds(30)

  struct Found {
    /// Nil: an optional secret has none.
    var value: [UInt8]?
    /// What people should know of the source.
    var note: String?
  }

  func read(_ secret: Secret) throws(EvaluationError) -> Found {
    var found = Found()
    let name = secret.name.value
    switch secret.source {
    case .environment(let variable): found.value = environment[bytes: variable.value]
    case .file(let path): found = try read(file: path.text, name)
    case .command(let words):
      do throws(EvaluationError) {
        found.value = try output(of: words.map(\.value), name)
      } catch {
        guard secret.isOptional else { throw error }
      }
    }
    if let value = found.value { found.value = try checked(value, name) }
    // An empty variable is what shells and CI systems make of one that is not there.
    if found.value?.isEmpty ?? true {
      found.value = nil
      guard secret.isOptional else { throw EvaluationError(missing(secret)) }
    }
    return found
  }

  private func missing(_ secret: Secret) -> String {
    let name = secret.name.value
    return switch secret.source {
    case .environment(let variable):
      "the secret \"\(name)\" has no value: the environment variable \"\(variable.value)\" is not set, or empty"
    case .file(let path): "the secret \"\(name)\" has no value: there is no file \"\(path.text)\", or it is empty"
    case .command(let words): "the secret \"\(name)\" has no value: \"\(words.first?.value ?? "")\" printed nothing"
    }
  }

  private func checked(_ value: [UInt8], _ name: String) throws(EvaluationError) -> [UInt8] {
    if value.contains(0) {
      throw EvaluationError("the secret \"\(name)\" holds a NUL byte, which no program can get")
    }
    if value.count > StepContext.valueLimit {
      throw EvaluationError("the secret \"\(name)\" is longer than 98304 bytes, which no program can get")
    }
    return value
  }

  // MARK: Files

  private func read(file: String, _ name: String) throws(EvaluationError) -> Found {
    let path = file.hasPrefix("/") ? file : root + "/" + file
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return Found() }
      throw EvaluationError("the secret \"\(name)\" can't be read from \"\(file)\": \(SystemError.text(of: errno))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw EvaluationError("the secret \"\(name)\" can't be read from \"\(file)\": it is not a file")
    }
    let bytes: [UInt8]?
    do throws(SystemError) {
      bytes = try PrivateFile.read(path, upTo: SecretReading.limit + 2)
    } catch {
      throw EvaluationError(
        "the secret \"\(name)\" can't be read from \"\(file)\": \(SystemError.text(of: error.code))")
    }
    var found = Found(value: bytes.map(withoutLineEnd))
    if let value = found.value, value.count > SecretReading.limit {
      throw EvaluationError("the secret \"\(name)\" can't be read from \"\(file)\": it holds more than 64 KiB")
    }
    if status.st_mode & 0o077 != 0 {
      found.note =
        "the file \"\(file)\" of the secret \"\(name)\" can be read by others than its owner; chmod 600 ends that"
    }
    return found
  }

  /// Editors and programs end a text with a line break that belongs to no password.
  private func withoutLineEnd(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.last == UInt8(ascii: "\n") else { return bytes }
    let text = bytes.dropLast()
    return Array(text.last == UInt8(ascii: "\r") ? text.dropLast() : text)
  }

  // MARK: Programs

  private func output(of words: [String], _ name: String) throws(EvaluationError) -> [UInt8] {
    let program = words.first ?? ""
    let what = "the secret \"\(name)\" can't be got from \"\(program)\""
    let executable: String
    switch ProgramSearch.find(program, path: environment["PATH"], directory: root) {
    case .found(let path): executable = path
    case .notFound: throw EvaluationError("\(what): there is no such program")
    case .notExecutable: throw EvaluationError("\(what): it can't be executed")
    }
    var environment = environment
    environment.enter(root)
    let completion: Completion
    do throws(SpawnError) {
      completion = try Completion.run(
        SpawnRequest(
          executable: executable, arguments: StringBlock(words), environment: environment.block, directory: root),
        CompletionOptions(limit: SecretReading.limit + 2, timeout: SecretReading.timeout, grace: .seconds(2)))
    } catch {
      throw EvaluationError("\(what): \(error)")
    }
    // What it wrote is not repeated: it may hold the value.
    switch (completion.outcome, completion.status) {
    case (.timedOut, _), (.cancelled, _): throw EvaluationError("\(what): it ran longer than 30 seconds")
    case (.ended, .signalled(let signal)): throw EvaluationError("\(what): it ended by signal \(signal)")
    case (.ended, .exited(let code)) where code != 0: throw EvaluationError("\(what): it ended with exit code \(code)")
    case (.ended, .exited): break
    }
    let value = withoutLineEnd(completion.output)
    if completion.isOutputCut || value.count > SecretReading.limit {
      throw EvaluationError("\(what): it printed more than 64 KiB")
    }
    return value
  }
}
