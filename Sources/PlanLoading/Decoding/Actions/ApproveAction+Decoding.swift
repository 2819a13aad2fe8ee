internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum ApproveKey: String, FieldKey {
  case message, approvers, expires, quorum

  static let table = KeyTable<ApproveKey>()
}

extension DecodingContext {
  /// What is asked, or more about who answers it.
  mutating func approveAction(_ node: YAMLNode) -> ApproveAction? {
    if node.kind == .scalar { return question(node, "\"approve\"").map { ApproveAction(message: $0) } }
    guard mapping(node, "\"approve\"", or: "a text") else { return nil }
    let fields = Fields<ApproveKey>(node, &self, what: "an approval")
    var message: Template?
    if let value = fields[.message] {
      message = question(value, "\"message\"")
    } else {
      reportMissing(ApproveKey.message, fields, what: "an approval")
    }
    var action = ApproveAction(message: message ?? Template(literal: ""))
    if let value = fields[.approvers] { action.approvers = approvers(value) }
    if let value = fields[.expires], let expires = duration(value, "\"expires\"") {
      if expires > .zero {
        action.expires = expires
      } else {
        report(.badValue, value.range, "\"expires\" must be longer than nothing", notes: ["write 2d"])
      }
    }
    if let value = fields[.quorum], let quorum = int(value, "\"quorum\"", in: 1...100) {
      action.quorum = quorum
      if !action.approvers.isEmpty, quorum > action.approvers.count {
        report(
          .badValue, value.range,
          "\"quorum\" asks for \(quorum) people, and \"approvers\" names \(action.approvers.count)",
          notes: ["name more approvers, or ask for fewer"])
      }
    }
    return message == nil ? nil : action
  }

  private mutating func question(_ node: YAMLNode, _ what: String) -> Template? {
    guard let text = template(node, what) else { return nil }
    if let literal = text.literal, !literal.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) {
      report(.badValue, node.range, "\(what) is empty", notes: ["say what people are to agree to"])
      return nil
    }
    return text
  }

  private mutating func approvers(_ node: YAMLNode) -> [String] {
    let names = textList(node, "\"approvers\"")
    if names.isEmpty, node.kind != .mapping {
      report(.badValue, node.range, "\"approvers\" names nobody", notes: ["remove it; then anybody may approve"])
    }
    var seen: Set<String> = []
    for name in names where !name.value.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) {
      report(.badValue, name.range, "a name in \"approvers\" is empty", notes: ["write a name, or remove it"])
    }
    for name in names where !seen.insert(ApproverName.key(name.value)).inserted {
      report(.badValue, name.range, "\"\(name.value)\" stands twice in \"approvers\"", notes: ["remove one of the two"])
    }
    return names.map(\.value).filter { seen.remove(ApproverName.key($0)) != nil }
  }

  /// `approval: phases`: each step must be in a phase, or nobody would be asked about it.
  mutating func checkApproval(_ plan: Plan, _ node: YAMLNode) {
    guard plan.approval == .phases else { return }
    if plan.phases.isEmpty {
      report(
        .badValue, node.range, "\"approval: phases\" asks before each phase, and the plan has none",
        notes: ["write \"approval: plan\", or declare \"phases\""])
      return
    }
    for step in plan.steps where step.phase == nil && !step.isGate && !step.isCalled && step.groupID == nil {
      report(
        .badValue, step.id.range, "\"\(step.id.value)\" is in no phase, so nobody would be asked about it",
        notes: ["give it a \"phase\", or write \"approval: plan\""], related: [.init("asked by phase", node.range)])
    }
  }

  /// An approval is no work that could be tried again, taken back or let fail.
  mutating func checkApprovalKeys(_ fields: Fields<StepKey>) {
    guard fields.has(.approve) else { return }
    for key in StepKey.meaninglessForApproval {
      guard let range = fields.keyRange(key) else { continue }
      report(
        .conflictingKeys, range, "\"\(key.rawValue)\" means nothing for an approval: people answer it",
        notes: ["remove \"\(key.rawValue)\""])
    }
  }
}
