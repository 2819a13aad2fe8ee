internal import PlanModel
internal import SourceText

extension FuzzTarget {
  /// What a program of an external action answers: a description with its schema, and replies. Whatever was read is held
  /// against the schema that was read with it.
  static let replies = FuzzTarget("replies") { bytes in
    var schema = JSONSchema.anything
    do throws(ActionReplyProblem) {
      schema = try ActionDescription(reading: bytes).schema
    } catch {
      try promise(!error.message.isEmpty && !error.message.contains("\n"), "\(error.message) is no line")
    }
    var reply: ActionReply?
    do throws(ActionReplyProblem) {
      reply = try ActionReply(reading: bytes)
    } catch {
      try promise(!error.message.isEmpty, "it is refused without a reason")
    }
    if let reply {
      for text in [reply.reason, reply.failure?.message].compactMap(\.self) {
        try promise(text.count <= 500 && !text.contains(where: \.isNewline), "\(text) is no line")
      }
      for path in reply.artifacts {
        try promise(!path.hasPrefix("/") && !path.split(separator: "/").contains(".."), "\(path) leaves the project")
      }
    }
    guard let value = try? JSONReader.read(bytes) else { return }
    let tree = StructuredTemplate.value(value, .fileStart)
    let findings = SchemaCheck.findings(in: tree, against: schema, what: "with")
    try promise(findings.count <= SchemaCheck.findingLimit, "there are \(findings.count) findings")
    if let other = try? JSONSchema(reading: value) {
      _ = SchemaCheck.findings(in: tree, against: other, what: "with")
    }
    // What is handed off is written from such values.
    try promise(!YAMLWriter.block(value).isEmpty, "nothing is written")
  }
}
