internal import Digest
package import PlanModel

extension SavedPlan {
  /// The text of the file: one line for each member, parameter and step, so that two of them can be compared line by
  /// line; the last member is the digest of all that stands before it.
  package func encoded() -> [UInt8] {
    let (text, seal) = sealed()
    return text + Array("  \"seal\": \"\(seal.hex)\"\n}\n".utf8)
  }

  /// What the seal is made of, and the seal.
  private func sealed() -> (text: [UInt8], seal: SHA256Digest) {
    let text = body()
    return (text, SHA256.digest(of: text))
  }

  /// The digest that a file with this content ends with.
  var seal: SHA256Digest { sealed().seal }

  private func body() -> [UInt8] {
    var text = Array("{\n".utf8)
    for member in members {
      text.append(contentsOf: "  \"\(member.key)\": ".utf8)
      if case .list(let lines) = member.value, lines.contains(where: { if case .map = $0 { true } else { false } }) {
        var separator = "[\n    "
        for line in lines {
          text.append(contentsOf: separator.utf8)
          text.append(contentsOf: JSONWriter.stored(line).utf8)
          separator = ",\n    "
        }
        text.append(contentsOf: "\n  ],\n".utf8)
      } else {
        text.append(contentsOf: JSONWriter.stored(member.value).utf8)
        text.append(contentsOf: ",\n".utf8)
      }
    }
    return text
  }

  /// All members but the seal.
  private var members: [Value.Entry] {
    [
      .init(SavedPlan.marker, .int(SavedPlan.formatVersion)), .init("id", .string(id)),
      .init("saved_at", .string(Timestamp.rfc3339(savedAt))),
      .init("saved_by", .map([.init("user", .string(user)), .init("host", .string(host))])),
      .init(
        "plan",
        .map([
          .init("key", .string(plan.key)), .init("path", .string(plan.path)), .init("digest", .string(plan.digest.hex)),
        ])),
      .init("options", choices.value), .init("params", .list(parameters.map(\.value))),
      .init("profile", profile.map(Value.string) ?? .null), .init("secrets", .list(secrets.map(Value.string))),
      .init("journal", position.value), .init("steps", .list(steps.map(\.value))),
    ]
  }

  /// The content of the file.
  package var value: Value { .map(members + [.init("seal", .string(seal.hex))]) }
}

extension SavedPlan.Choices {
  fileprivate var value: Value {
    .map(
      SavedPlan.Choices.lists.map { .init($0.option, .list(self[keyPath: $0.path].map(Value.string))) } + [
        .init("force", .bool(isForced)), .init("changed", .string(changed.rawValue)), .init("probe", .bool(probes)),
      ] + (onConflict.map { [.init("on_conflict", .string($0.rawValue))] } ?? [])
        + (rerunFrom.isEmpty ? [] : [.init("rerun_from", .list(rerunFrom.map(Value.string)))]))
  }
}

extension SavedPlan.Parameter {
  fileprivate var value: Value {
    var entries: [Value.Entry] = [.init("name", .string(name)), .init("digest", .string(digest.hex))]
    if let given { entries.append(.init("given", given)) }
    return .map(entries)
  }
}

extension SavedPlan.Position {
  fileprivate var value: Value {
    .map([
      .init("uuid", journal.map(Value.string) ?? .null), .init("run", run.map { .int(Int($0)) } ?? .null),
      .init("checkpoint", checkpoint.map { .int(Int($0)) } ?? .null), .init("state", .string(state.hex)),
    ])
  }
}

extension SavedPlan.Step {
  fileprivate var value: Value {
    .map([
      .init("id", .string(id)), .init("action", .string(action)), .init("decision", .string(decision.rawValue)),
      .init(
        "reasons",
        .list(
          reasons.map {
            .map([.init("kind", .string($0.kind.rawValue)), .init("detail", $0.detail.map(Value.string) ?? .null)])
          })),
      .init("definition", .string(definition.hex)), .init("files", files.map { .string($0.hex) } ?? .null),
    ])
  }
}
