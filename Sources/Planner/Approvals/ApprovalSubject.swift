package import Digest
package import PlanModel

/// What people agree to when they approve (S20): the definitions of the steps, their files and texts, the parameters and
/// the names of the secrets and where they come from; no bytes of the plan's file, no ticks, no living sections.
package struct ApprovalSubject: Sendable {
  package struct Part: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      case plan, phase, parameters, secrets, settings, values, question, step, closing, group, gate, file
    }

    package var kind: Kind
    /// The id of a step or a phase, or a path.
    package var name: String
    package var digest: SHA256Digest

    /// How it stands in the record of an approval.
    package var key: String { name.isEmpty ? kind.rawValue : "\(kind.rawValue):\(name)" }
  }

  package let parts: [Part]
  package let digest: SHA256Digest

  init(texts: [Part], files: [Part]) {
    parts = texts + files
    digest = ApprovalSubject.digest(ApprovalSubject.digest(texts), files: files)
  }

  /// - Parameter texts: the digest of all that is no file.
  static func digest(_ texts: SHA256Digest, files: [Part]) -> SHA256Digest {
    var hash = SHA256()
    hash.update(texts.bytes)
    add(files, to: &hash)
    return hash.finish()
  }

  static func digest(_ parts: [Part]) -> SHA256Digest {
    var hash = SHA256()
    add(parts, to: &hash)
    return hash.finish()
  }

  private static func add(_ parts: [Part], to hash: inout SHA256) {
    for part in parts {
      hash.update(part.key)
      hash.update([0])
      hash.update(part.digest.bytes)
    }
  }

  /// The parts as they are recorded: enough of their digests to say later which of them changed.
  package var recorded: [Value.Entry] {
    parts.map { Value.Entry($0.key, .string(String($0.digest.hex.prefix(ApprovalSubject.recordedLength)))) }
  }

  private static let recordedLength = 16

  /// How many steps the approval covers.
  package var stepCount: Int { parts.count { $0.kind == .step } }

  /// What changed since an approval was recorded, a phrase each.
  package func differences(from recorded: [Value.Entry]) -> [String] {
    var before: [String: String] = [:]
    for entry in recorded { before[entry.key] = entry.value.text }
    var found: [String] = []
    for part in parts {
      let was = before.removeValue(forKey: part.key)
      if was == String(part.digest.hex.prefix(ApprovalSubject.recordedLength)) { continue }
      found.append(ApprovalSubject.phrase(part.key, was == nil ? "is new" : "changed"))
    }
    return found + recorded.filter { before[$0.key] != nil }.map { ApprovalSubject.phrase($0.key, "is gone") }
  }

  private static func phrase(_ key: String, _ what: String) -> String {
    let words = key.split(separator: ":", maxSplits: 1).map(String.init)
    guard words.count == 2 else {
      switch Part.Kind(rawValue: key) {
      case .parameters: return "the parameters changed"
      case .secrets: return "the secrets or where they come from changed"
      case .settings: return "the order, the strategy or the timeout of the plan changed"
      default: return "the title or the purpose of the plan changed"
      }
    }
    switch Part.Kind(rawValue: words[0]) {
    case .file: return "the file \"\(words[1])\" \(what)"
    case .values: return "what \"\(words[1])\" asks about changed"
    case .phase: return "what phase \"\(words[1])\" is about changed"
    default: return "\"\(words[1])\" \(what)"
    }
  }
}
