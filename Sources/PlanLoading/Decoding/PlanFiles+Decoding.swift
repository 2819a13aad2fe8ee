internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum RequiresKey: String, FieldKey {
  case commands, env, files

  static let table = KeyTable<RequiresKey>()
}

extension DecodingContext {
  /// Bytes of a file with parameters.
  private static let parameterFileLimit = 4 << 20

  /// `params_files:`: what the files say, in their order.
  ///
  /// The name of a file may read parameters, as they are with the files before it.
  ///
  /// - Parameter bind: gives the parameters their values, with what was read so far.
  mutating func parameterFiles(
    _ node: YAMLNode, _ parameters: [Parameter], bind: ([Value.Entry]) -> StaticScope
  ) -> [Value.Entry] {
    var included: [Value.Entry] = []
    for item in scalarList(node, "\"params_files\"") {
      statics = bind(included)
      guard let (name, bytes) = readFile(item, "\"params_files\"", limit: Self.parameterFileLimit) else { continue }
      guard let bytes else {
        report(
          .missingFile, item.range, "there is no file \"\(name)\"", notes: ["paths are relative to the project root"])
        continue
      }
      included += entries(in: SourceFile(path: name, bytes: bytes), item.range, parameters)
    }
    return included
  }

  private mutating func entries(
    in file: SourceFile, _ range: SourceRange, _ parameters: [Parameter]
  ) -> [Value.Entry] {
    if BlankText.isBlank(file.bytes) { return [] }
    func place(_ range: SourceRange) -> String {
      let place = file.location(of: range.lowerBound)
      return "\(file.path):\(place.line):\(place.column)"
    }
    var problems = DiagnosticCollector()
    let root = YAMLParser.parse(file, into: &problems)
    if let problem = problems.sorted().first(where: { $0.severity == .error }) {
      report(.badParameter, range, "\(place(problem.range)): \(problem.message)", notes: problem.notes)
      return []
    }
    guard let root, root.isMapping else {
      report(.badParameter, range, "\"\(file.path)\" must map the names of parameters to values")
      return []
    }
    var entries: [Value.Entry] = []
    for (key, value) in root.entries {
      guard let parameter = parameters.first(where: { $0.name.value == key.text }) else {
        let near = NearestName.of(key.text, among: parameters.map(\.name.value))
        report(
          .badParameter, range, "\(place(key.range)): there is no parameter \"\(key.text)\"",
          notes: near.map { ["did you mean \"\($0)\"?"] } ?? ["declare it under \"params\""])
        continue
      }
      switch ParameterText.convert(value.plainValue, for: parameter) {
      case .success(let value): entries.append(Value.Entry(key.text, value))
      case .failure(let problem):
        report(
          .badParameter, range, "\(place(value.range)): \"\(key.text)\" \(problem.message)", notes: problem.notes)
      }
    }
    return entries
  }

  /// `dotenv:`; a file that is not there is no mistake of the plan, but nothing runs without it.
  mutating func dotenv(_ node: YAMLNode) -> Dotenv {
    var dotenv = Dotenv()
    for item in scalarList(node, "\"dotenv\"") {
      guard let (name, bytes) = readFile(item, "\"dotenv\"", limit: DotenvText.sizeLimit) else { continue }
      guard let bytes else {
        dotenv.missing.append(PathPattern(name, item.range))
        continue
      }
      do throws(DotenvText.Problem) {
        dotenv.merge(try DotenvText.read(bytes))
      } catch {
        report(.badValue, item.range, "\(name):\(error.line): \(error.message)", notes: ["write NAME=value lines"])
      }
    }
    return dotenv
  }

  /// The name and content of a file of the project; the content is nil if it is not there.
  ///
  /// - Returns: nil when nothing can be said yet, or what is wrong has been reported.
  private mutating func readFile(_ node: YAMLNode, _ what: String, limit: Int) -> (name: String, bytes: [UInt8]?)? {
    guard let path = insidePath(node, what), !path.text.contains("${{"), let files else { return nil }
    switch files.content(of: path.text, limit: limit) {
    case .bytes(let bytes): return (path.text, bytes)
    case .missing: return (path.text, nil)
    case .unreadable(let reason):
      report(.missingFile, node.range, "\"\(path.text)\" can't be read: \(reason)")
      return nil
    }
  }

  /// `requires:`
  mutating func requirements(_ node: YAMLNode) -> Requirements {
    var requirements = Requirements()
    guard mapping(node, "\"requires\"") else { return requirements }
    let fields = Fields<RequiresKey>(node, &self, what: "\"requires\"", allowsExtensions: true)
    if let value = fields[.commands] {
      requirements.commands = textList(value, "\"commands\"").filter { command in
        if !command.value.isEmpty, !command.value.contains(where: { $0.isWhitespace || $0 == "\0" }) { return true }
        report(
          .badValue, command.range, "\"commands\" can't hold \"\(command.value)\"",
          notes: ["name programs, without arguments"])
        return false
      }
    }
    if let value = fields[.env] {
      requirements.environment = textList(value, "\"env\"").filter { name in
        if VariableName.isValid(Array(name.value.utf8)[...]) { return true }
        report(
          .badIdentifier, name.range, "an environment variable can't be called \"\(name.value)\"",
          notes: ["use letters, digits and _, and no digit first"])
        return false
      }
    }
    if let value = fields[.files] {
      requirements.files = paths(value, "\"files\"").filter { path in
        if !path.isNegated { return true }
        report(.badPath, path.range, "\"files\": a required file can't be a pattern with \"!\"")
        return false
      }
    }
    return requirements
  }
}
