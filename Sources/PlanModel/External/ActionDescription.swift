/// What an external action says of itself when it is asked to `describe`: what it takes, and what repeating it does.
package struct ActionDescription: Hashable, Sendable {
  /// The version of the protocol that execplan speaks.
  package static let protocolVersion = 1
  /// What the programs of external actions are called: `execplan-action-NAME`.
  package static let programPrefix = "execplan-action-"

  package enum Operation: String, Hashable, Sendable, CaseIterable {
    case describe, probe, apply, undo
  }

  /// One line for people.
  package var summary: String?
  /// Of `with`.
  package var schema: JSONSchema
  package var idempotence: IdempotenceClass
  package var probes: Bool
  package var undoes: Bool

  package init(
    summary: String? = nil, schema: JSONSchema = .anything, idempotence: IdempotenceClass, probes: Bool = false,
    undoes: Bool = false
  ) {
    self.summary = summary
    self.schema = schema
    self.idempotence = idempotence
    self.probes = probes
    self.undoes = undoes
  }

  /// The classes that an action may have: the others rest on what a step declares.
  package static let classes: [IdempotenceClass] = [.convergent, .transactional, .declared, .none]

  /// - Throws: when the text is no description of this version of the protocol.
  package init(reading bytes: [UInt8]) throws(ActionReplyProblem) {
    let reader = try ReplyReader(bytes, what: "its description")
    guard case .int(let version)? = reader["protocol"] else {
      throw reader.problem("it needs \"protocol\": \(ActionDescription.protocolVersion)")
    }
    guard version == ActionDescription.protocolVersion else {
      throw reader.problem(
        "it speaks version \(version) of the protocol, and this execplan speaks \(ActionDescription.protocolVersion)")
    }
    let names = ActionDescription.classes.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    guard let name = try reader.text("idempotence") else {
      throw reader.problem("it needs \"idempotence\": one of \(names)")
    }
    guard let idempotence = IdempotenceClass(rawValue: name), ActionDescription.classes.contains(idempotence) else {
      throw reader.problem("\"idempotence\" is one of \(names), not \"\(name.prefix(40))\"")
    }
    var schema = JSONSchema.anything
    if let value = reader["with"] {
      do throws(JSONSchema.Problem) {
        schema = try JSONSchema(reading: value)
      } catch {
        throw reader.problem("its schema of \"with\" can't be used: \(error)")
      }
    }
    self.init(
      summary: try reader.text("description"), schema: schema, idempotence: idempotence,
      probes: try reader.flag("probe") ?? false, undoes: try reader.flag("undo") ?? false)
    if idempotence == .convergent, !probes {
      throw reader.problem("an action that is convergent must have \"probe\": true")
    }
  }
}
