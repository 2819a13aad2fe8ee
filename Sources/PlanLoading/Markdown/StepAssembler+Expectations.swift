internal import SourceText
internal import YAML

extension StepAssembler {
  mutating func expectations(_ step: DeclaredStep) {
    guard let first = step.expectations.first else { return }
    guard begin("expect", first.keyRange) else { return }
    let range = step.expectations.reduce(first.range) { $0.union($1.range) }
    assembler.begin(.mapping, range)
    exits(step.expectations.filter { $0.key == AttributeNames.expectedExit })
    for (name, prefix) in [("stdout", "stdout."), ("stderr", "stderr.")] {
      let all = step.expectations.filter { $0.key.hasPrefix(prefix) }
      guard let first = all.first else { continue }
      assembler.key(name, first.keyRange)
      assembler.begin(.mapping, all.reduce(first.range) { $0.union($1.range) })
      for expectation in all { comparison(expectation) }
      assembler.end()
    }
    assembler.end()
  }

  private mutating func exits(_ all: [DeclaredExpectation]) {
    guard let first = all.first else { return }
    assembler.key("exit", first.keyRange)
    assembler.begin(.sequence, all.reduce(first.range) { $0.union($1.range) })
    for expectation in all {
      switch expectation.content {
      case .value(let value): scalar(value, isText: false)
      case .lines(let part): assembler.lines(part.lines, part.range)
      }
    }
    assembler.end()
  }

  private mutating func comparison(_ expectation: DeclaredExpectation) {
    let op: String
    switch expectation.key {
    case AttributeNames.outputIs, AttributeNames.errorIs: op = "lines"
    case AttributeNames.outputContains, AttributeNames.errorContains: op = "contains_lines"
    default: op = "matches"
    }
    assembler.key(op, expectation.keyRange)
    switch expectation.content {
    case .value(let value): scalar(value, isText: true)
    case .lines(let part) where op == "matches": assembler.lines(part.lines, part.range, endsWithBreak: false)
    case .lines(let part): assembler.lines(part.lines, part.range)
    }
  }
}
