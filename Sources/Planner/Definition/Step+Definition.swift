package import PlanModel
internal import SourceText

extension Step {
  /// The definition that digest D is made of.
  ///
  /// - Parameters:
  ///   - statics: the values that are known before the run; they are put in.
  ///   - dotenv: the names and the digests of the values of dotenv files.
  package func definition(
    statics: StaticScope, planEnvironment: [Step.Variable], dotenv: [(name: String, digest: String)] = []
  ) -> StepDefinition {
    var encoder = DefinitionEncoder(statics: statics)
    encoder.encode(action, shell: shell)
    // A file with expressions of its own is read when the step runs.
    if let item, case .file(let file) = action, case .source(_, render: true) = file.content {
      encoder.add("item", [JSONWriter.compact(item.value)])
    }
    encoder.add("cwd", cwd)
    for variable in dotenv
    where !env.contains(where: { $0.name.value == variable.name })
      && !planEnvironment.contains(where: { $0.name.value == variable.name })
    {
      encoder.add("dotenv.\(variable.name)", [variable.digest])
    }
    for variable in planEnvironment where !env.contains(where: { $0.name.value == variable.name.value }) {
      encoder.add("env.\(variable.name.value)", variable.value)
    }
    for variable in env { encoder.add("env.\(variable.name.value)", variable.value) }
    encoder.add("secrets", secrets.map(\.value).sorted())
    encoder.add("when", when)
    encoder.add("creates", creates)
    if let unless {
      encoder.add("unless", unless.template)
      encoder.add("unless.shell", shell.words)
    }
    encoder.add("inputs", inputs)
    encoder.add("outputs", outputs)
    if expect != Expectation() { encoder.add("expect", encoder.texts(expect)) }
    encoder.add("verify", verify.flatMap { encoder.texts($0) })
    encoder.add("needs", needs.map(\.value).sorted())
    for write in state { encoder.add("state.\(write.name.value)", write.value) }
    if let expansion {
      encoder.add(StepDefinition.listField, expansion.list)
      encoder.add(StepDefinition.keyField, expansion.key)
    }
    return StepDefinition(fields: encoder.fields)
  }
}
