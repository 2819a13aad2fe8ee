internal import SourceText
internal import YAML

/// A step of a markdown plan, declared in markdown or in a block of plan YAML.
enum StepEntry {
  case declared(DeclaredStep)
  case yaml(YAMLNode)

  var start: Int {
    switch self {
    case .declared(let step): step.range.lowerBound
    case .yaml(let node): node.range.lowerBound
    }
  }

  var id: String? {
    switch self {
    case .declared(let step): step.id.value
    case .yaml(let node): node.isMapping ? node["id"]?.text : nil
    }
  }

  var isGate: Bool {
    switch self {
    case .declared(let step): step.isGate
    case .yaml(let node): node.isMapping && node["gate"]?.text == "true"
    }
  }

  /// Whether the step says what it needs.
  var hasNeeds: Bool {
    switch self {
    case .declared(let step):
      step.attribute("needs") != nil || step.fence.contains { AttributeNames.step.key($0.key.value) == "needs" }
    case .yaml(let node): node.isMapping && node["needs"] != nil
    }
  }
}
