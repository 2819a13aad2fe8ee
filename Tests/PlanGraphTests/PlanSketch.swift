internal import Diagnostics
internal import PlanModel
internal import SourceText

/// A plan written as one short line a step, with real ranges: `load needs=fetch in=a.csv out=b.csv`.
///
/// Lines `phase: ID [needs=…] [gate] [est=N]` and `order: listed` set up the plan; `finally:` begins the last part.
/// In a word `_` stands for a space.
struct PlanSketch {
  var plan = Plan(title: "Sketch", path: "sketch.execplan.yaml")
  let source: SourceFile

  init(_ text: String) {
    source = SourceFile(path: "sketch", text: text)
    var isFinally = false
    for line in source.lineStarts.indices {
      let words = PlanSketch.words(source, line)
      guard let first = words.first else { continue }
      switch first.value {
      case "finally:": isFinally = true
      case "order:":
        plan.order = words[1].value == "listed" ? .listed : .graph
        plan.hasExplicitOrder = true
      case "pool:": plan.pools.append(Pool(name: words[1], size: 1))
      case "phase:":
        var phase = Phase(id: words[1])
        for word in words.dropFirst(2) {
          let (key, values) = PlanSketch.field(word)
          switch key {
          case "needs": phase.needs = values
          case "gate":
            phase.gate = [Check(.exists(.init(glob: PathPattern("x"))), word.range)]
          case "est": phase.estimate = PlanSketch.estimate(values[0].value)
          default: preconditionFailure("unknown phase field \(key)")
          }
        }
        plan.phases.append(phase)
      default:
        let step = PlanSketch.step(first, words.dropFirst())
        if isFinally { plan.finally.append(step) } else { plan.steps.append(step) }
      }
    }
  }

  private static func step(_ id: Located<String>, _ words: ArraySlice<Located<String>>) -> Step {
    var script = "true"
    var bindings: [Expression] = []
    var range = id.range
    var step = Step(id: id, action: .manual(ManualAction(instructions: Template(literal: ""))))
    var action: Action?
    for word in words {
      let (key, values) = field(word)
      let paths = values.map { value in
        value.value.hasPrefix("!")
          ? PathPattern(String(value.value.dropFirst()), isNegated: true, value.range)
          : PathPattern(value.value, value.range)
      }
      switch key {
      case "needs": step.needs = values
      case "in": step.inputs = paths
      case "out": step.outputs = paths
      case "phase": step.phase = values[0]
      case "pool": step.pool = values[0]
      case "undoes": step.undoes = values
      case "labels": step.labels = values.map(\.value)
      case "title": step.title = values[0].value
      case "est": step.estimate = estimate(values[0].value)
      case "gate": step.isGate = true
      case "allow": step.allowFailure = true
      case "state":
        step.state = values.map { Step.StateWrite(name: $0, value: Template(literal: "1", $0.range)) }
      case "reads":
        bindings += values.map { .reference(.stepValue(step: $0.value, key: "v"), $0.range) }
      case "defaults":
        bindings += values.map {
          .call(
            .default,
            [.reference(.stepValue(step: $0.value, key: "v"), $0.range), .literal(.string(""), $0.range)], $0.range)
        }
      case "when":
        let parts = values[0].value.split(separator: "~").map(String.init)
        let reference: Reference =
          parts[0] == "status" ? .stepStatus(step: parts[1]) : .parameter(parts[1])
        step.when = .binary(
          .equal, .reference(reference, word.range), .literal(.string(parts[2]), word.range), word.range)
      case "cmd":
        script = values.map(\.value).joined(separator: ",")
        range = word.range
      case "file":
        action = .file(FileAction(path: paths[0], content: .text(Template(literal: id.value))))
      case "dir": action = .file(FileAction(path: paths[0], content: .directory))
      case "source":
        action = .file(FileAction(path: PathPattern("copy/\(id.value)"), content: .source(paths[0], render: false)))
      case "edit": action = .edit(EditAction(path: paths[0], change: .line(Template(literal: "x"))))
      case "db":
        let text = SQLText(text: "delete from t", bindings: [], template: Template(literal: ""))
        action = .sql(SQLAction(database: .sqlite(paths[0]), body: .script(text)))
      case "check": action = .check(CheckAction(checks: []))
      default: preconditionFailure("unknown field \(key)")
      }
    }
    let shell = ShellScript(text: script, bindings: bindings, template: Template(literal: script, range))
    step.action = action ?? .run(RunAction(script: shell))
    return step
  }

  private static func estimate(_ text: String) -> Estimate {
    let ends = text.split(separator: "-").compactMap { Int($0) }
    return Estimate(text: text, lowMinutes: ends[0], highMinutes: ends[ends.count - 1])
  }

  private static func words(_ source: SourceFile, _ line: Int) -> [Located<String>] {
    let range = source.lineRange(line)
    var words: [Located<String>] = []
    var start = range.lowerBound
    for offset in range.lowerBound...range.upperBound {
      guard offset == range.upperBound || source.bytes[offset] == UInt8(ascii: " ") else { continue }
      if offset > start {
        let place = SourceRange(start: start, end: offset)
        words.append(Located(source.text(place), place))
      }
      start = offset + 1
    }
    return words
  }

  /// `key=a,b` as the key and the located values.
  private static func field(_ word: Located<String>) -> (key: String, values: [Located<String>]) {
    guard let equals = word.value.firstIndex(of: "=") else { return (word.value, []) }
    var offset = word.range.lowerBound + word.value[...equals].utf8.count
    var values: [Located<String>] = []
    for part in word.value[word.value.index(after: equals)...].split(separator: ",") {
      let length = part.utf8.count
      values.append(
        Located(String(part.replacing("_", with: " ")), SourceRange(start: offset, end: offset + length)))
      offset += length + 1
    }
    return (String(word.value[..<equals]), values)
  }

  /// Each finding as `EP301 2:12 message`, infos left out unless asked for.
  func findings(infos: Bool = false) -> [String] {
    GraphFindings.render(plan, source, infos: infos)
  }
}
