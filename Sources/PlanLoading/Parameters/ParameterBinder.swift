internal import Diagnostics
package import PlanModel
internal import SourceText

/// Gives every parameter its value: default, then the plan's own files, then profile, then what the invocation gave.
package enum ParameterBinder {
  /// - Parameter included: what `params_files` say; held against the parameters before.
  static func bind(
    _ parameters: inout [Parameter], input: ParameterInput, profile: [Value.Entry], included: [Value.Entry] = []
  ) -> [ParameterProblem] {
    var problems: [ParameterProblem] = []
    var places: [String: Int] = [:]
    for (place, parameter) in parameters.enumerated() {
      places[parameter.name.value] = place
      parameters[place].value = parameter.fallback
    }
    func give(_ name: String, _ value: Value, _ origin: String) {
      guard let place = places[name] else {
        let near = NearestName.of(name, among: parameters.map(\.name.value))
        var notes = near.map { ["did you mean \"\($0)\"?"] } ?? []
        if parameters.isEmpty { notes.append("the plan declares no parameters") }
        problems.append(ParameterProblem("\(origin): there is no parameter \"\(name)\"", notes: notes))
        return
      }
      switch ParameterText.convert(value, for: parameters[place]) {
      case .success(let value): parameters[place].value = value
      case .failure(let problem):
        problems.append(ParameterProblem("\(origin): \"\(name)\" \(problem.message)", notes: problem.notes))
      }
    }
    for entry in included { give(entry.key, entry.value, "\"params_files\"") }
    for entry in profile { give(entry.key, entry.value, "profile \"\(input.profile ?? "")\"") }
    for given in input.given { give(given.name, given.value, given.origin) }
    return problems
  }

  /// The required parameters that have no value.
  package static func missing(_ parameters: [Parameter]) -> [ParameterProblem] {
    let missing = parameters.filter { $0.isRequired && $0.value == nil }
    guard !missing.isEmpty else { return [] }
    let names = missing.map { "--param \($0.name.value)=\($0.kind.rawValue.uppercased())" }
    return [
      ParameterProblem(
        missing.count == 1
          ? "the parameter \"\(missing[0].name.value)\" has no value"
          : "the parameters \(missing.map { "\"\($0.name.value)\"" }.joined(separator: ", ")) have no value",
        notes: ["give \(names.joined(separator: " "))"])
    ]
  }
}
