internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

/// Makes the tree of a plan out of the older form `{strategy, actions: […]}`.
///
/// Each action that creates or changes a file becomes an `agent` step: its description is the prompt, its file must exist
/// at the end.
struct ActionPlanTree {
  private let source: SourceFile
  private var assembler: YAMLAssembler
  /// The id of the step of each name and number.
  private var idsByName: [String: String] = [:]
  private var idsByNumber: [String: String] = [:]

  private init(_ source: SourceFile) {
    self.source = source
    assembler = YAMLAssembler(source: source)
  }

  /// - Parameters:
  ///   - root: the mapping that the file holds.
  ///   - files: without it, a plan without a strategy has none.
  static func assemble(
    _ root: YAMLNode, files: (any FileQuestions)?, context: inout DecodingContext
  ) -> YAMLNode? {
    var tree = ActionPlanTree(context.source)
    return tree.assemble(root, files, &context)
  }

  private mutating func assemble(
    _ root: YAMLNode, _ files: (any FileQuestions)?, _ context: inout DecodingContext
  ) -> YAMLNode? {
    let fields = Fields<ActionPlanKey>(root, &context, what: "a plan of actions", allowsExtensions: true)
    let start = SourceRange(start: root.range.lowerBound, end: root.range.lowerBound)
    guard let node = fields[.actions] else { return nil }
    guard node.isSequence else {
      context.reportType(node, expected: "a list of actions", what: "\"actions\"")
      return nil
    }
    let actions = node.items.compactMap { action($0, &context) }
    for action in actions { name(action, &context) }
    assembler.begin(.mapping, root.range)
    assembler.key("execplan", start)
    assembler.scalar("1", start, isText: false)
    assembler.key("title", start)
    assembler.scalar(title, start, isText: true)
    assembler.key("order", start)
    assembler.scalar("graph", start, isText: true)
    strategy(fields, actions, files, start)
    assembler.key("steps", node.range)
    assembler.begin(.sequence, node.range)
    for action in actions { write(action) }
    assembler.end()
    assembler.end()
    return assembler.finish()
  }

  /// The name of the file: the form has no title.
  private var title: String {
    let name = source.path.split(separator: "/").last.map(String.init) ?? source.path
    return [".execplan.json", ".json"].first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
  }

  /// Without a strategy, a file that is there already makes it `brownfield`.
  private mutating func strategy(
    _ fields: Fields<ActionPlanKey>, _ actions: [PlanAction], _ files: (any FileQuestions)?, _ start: SourceRange
  ) {
    if let node = fields[.strategy] {
      assembler.key("strategy", fields.keyRange(.strategy) ?? start)
      assembler.copy(node)
    } else if let files {
      let exists = actions.contains { action in action.file.map { files.exists($0.text) } ?? false }
      assembler.key("strategy", start)
      assembler.scalar(exists ? "brownfield" : "greenfield", start, isText: true)
    }
  }

  // MARK: Actions

  private func action(_ node: YAMLNode, _ context: inout DecodingContext) -> PlanAction? {
    guard context.mapping(node, "an action") else { return nil }
    let fields = Fields<PlanActionKey>(node, &context, what: "an action", allowsExtensions: true)
    for key in [PlanActionKey.type, .name, .description] where fields[key] == nil {
      context.reportMissing(key, fields, what: "an action")
    }
    if let type = fields[.type], let text = context.text(type, "\"type\""), !PlanAction.isKnown(text) {
      context.report(
        .badValue, type.range, "an action can't be of the type \"\(text.prefix(40))\"",
        notes: ["write \"create_…\" or \"modify_…\" with what is created or modified"])
    }
    guard let name = fields[.name], name.isScalar else { return nil }
    return PlanAction(
      node: node, name: name, number: fields[.stepID].flatMap { $0.isScalar ? $0 : nil }, type: fields[.type],
      file: fields[.filePath].flatMap { $0.isScalar && $0.resolved != .null ? $0 : nil },
      description: fields[.description],
      dependencies: fields[.dependencies].map { context.scalarList($0, "\"dependencies\"") } ?? [])
  }

  /// The id of an action's step is its name, as far as ids may be written so.
  private mutating func name(_ action: PlanAction, _ context: inout DecodingContext) {
    let id = PlanTask.stepID(action.name.text)
    if idsByName[action.name.text] == nil { idsByName[action.name.text] = id }
    guard let number = action.number else { return }
    if idsByNumber[number.text] == nil {
      idsByNumber[number.text] = id
    } else {
      context.report(
        .duplicateIdentifier, number.range, "there is an action \(number.text) already",
        notes: ["give each action a number of its own"])
    }
  }

  private mutating func write(_ action: PlanAction) {
    assembler.begin(.mapping, action.node.range)
    assembler.key("id", action.name.range)
    assembler.scalar(PlanTask.stepID(action.name.text), action.name.range, isText: true)
    var title = action.name.text
    if let type = action.type, type.isScalar {
      title = type.text.replacing("_", with: " ") + " " + title
      assembler.key("title", type.range)
      assembler.scalar(title, type.range, isText: true)
    }
    if !action.dependencies.isEmpty {
      assembler.key("needs", action.node.range)
      assembler.begin(.sequence, action.node.range)
      for dependency in action.dependencies {
        // An unknown name is left as it is: the graph reports it at its place.
        let id = idsByName[dependency.text] ?? idsByNumber[dependency.text]
        assembler.scalar(id ?? dependency.text, dependency.range, isText: true)
      }
      assembler.end()
    }
    if let type = action.type, type.isScalar, type.text.hasPrefix("create_"), action.file != nil {
      // What it creates must not be there before: somebody else's file would count as its work.
      assembler.key("on_conflict", type.range)
      assembler.scalar("stop", type.range, isText: true)
    }
    assembler.key("agent", action.node.range)
    assembler.begin(.mapping, action.node.range)
    assembler.key("prompt", action.description?.range ?? action.node.range)
    if let description = action.description {
      assembler.copy(description)
    } else {
      assembler.scalar(title, action.node.range, isText: true)
    }
    if let file = action.file {
      assembler.key("artifacts", file.range)
      assembler.begin(.sequence, file.range)
      assembler.copy(file)
      assembler.end()
    }
    assembler.end()
    assembler.end()
  }
}

/// An action as it stands in the file.
private struct PlanAction {
  var node: YAMLNode
  var name: YAMLNode
  /// `step_id`
  var number: YAMLNode?
  var type: YAMLNode?
  var file: YAMLNode?
  var description: YAMLNode?
  var dependencies: [YAMLNode]

  static func isKnown(_ type: String) -> Bool {
    ["create_", "modify_"].contains { type.hasPrefix($0) && type.utf8.count > $0.utf8.count }
  }
}

enum ActionPlanKey: String, FieldKey {
  case strategy, actions

  static let table = KeyTable<ActionPlanKey>()
}

enum PlanActionKey: String, FieldKey {
  case stepID = "step_id"
  case type, name
  case filePath = "file_path"
  case description, dependencies

  static let table = KeyTable<PlanActionKey>()
}
