package import Digest
internal import PlanModel

extension SavedPlan {
  /// Larger files are not read.
  package static let sizeLimit = 64 << 20

  /// Whether a file says of itself that it is a saved plan, be it whole or not.
  ///
  /// - Parameter head: how the file begins; the first 4 KiB are looked at.
  package static func isClaimed(by head: some Sequence<UInt8>) -> Bool {
    let head = Array(head.prefix(4096))
    var first = head[...]
    if first.starts(with: [0xEF, 0xBB, 0xBF]) { first = first.dropFirst(3) }
    guard first.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{") else { return false }
    // In a string the quotes would have backslashes.
    let key = Array("\"\(marker)\"".utf8)
    var start = 0
    while start + key.count <= head.count {
      guard let quote = head[start...].firstIndex(of: UInt8(ascii: "\"")), quote + key.count <= head.count else {
        return false
      }
      if head[quote..<quote + key.count].elementsEqual(key) { return true }
      start = quote + 1
    }
    return false
  }

  /// Reads a file strictly: every member must be there, and no other.
  ///
  /// - Returns: what it says, and the seal that it ends with.
  package static func read(_ bytes: [UInt8]) throws(SavedPlanError) -> (plan: SavedPlan, seal: SHA256Digest) {
    guard bytes.count <= sizeLimit else {
      throw SavedPlanError(.member(""), "it is larger than \(sizeLimit >> 20) MiB")
    }
    let value: Value
    do throws(JSONError) {
      value = try JSONReader.read(bytes)
    } catch {
      throw SavedPlanError(.offset(error.offset), error.message)
    }
    let root = SavedPlanNode(value: value, path: "")
    // Before all else: what a newer execplan writes need not be understood.
    guard try root.has(marker) else { throw SavedPlanError(.member(""), "there is no \"\(marker)\"") }
    let version = try root.member(marker).int()
    guard version == formatVersion else {
      throw SavedPlanError(
        .member(marker), "the format is \(version), and this execplan knows \(formatVersion)")
    }
    return (try SavedPlan(root), try root.member("seal").digest())
  }

  /// Whether a file with this seal is as it was saved.
  package func isSealed(with seal: SHA256Digest) -> Bool { self.seal == seal }

  private init(_ root: SavedPlanNode) throws(SavedPlanError) {
    try root.expect(
      keys: [
        SavedPlan.marker, "id", "saved_at", "saved_by", "plan", "options", "params", "profile", "secrets", "journal",
        "steps", "seal",
      ])
    let id = try root.member("id")
    let author = try root.member("saved_by")
    try author.expect(keys: ["user", "host"])
    let plan = try root.member("plan")
    try plan.expect(keys: ["key", "path", "digest"])
    let time = try root.member("saved_at")
    guard let savedAt = Timestamp.parse(try time.string()) else {
      throw time.error("it is no time like 2026-11-29T16:00:00.000Z")
    }
    self.init(
      id: try id.string(), savedAt: savedAt, user: try author.member("user").string(),
      host: try author.member("host").string(),
      plan: PlanName(
        key: try plan.member("key").string(), path: try plan.member("path").string(),
        digest: try plan.member("digest").digest()),
      choices: try Choices(root.member("options")),
      parameters: try root.member("params").items { node throws(SavedPlanError) in try Parameter(node) },
      profile: try root.member("profile").optional { node throws(SavedPlanError) in try node.string() },
      secrets: try root.member("secrets").strings(), position: try Position(root.member("journal")),
      steps: try root.member("steps").items { node throws(SavedPlanError) in try Step(node) })
    guard self.id.utf8.count == 32, self.id.utf8.allSatisfy(SavedPlan.isHexadecimal) else {
      throw id.error("it must have 32 hexadecimal digits")
    }
    var seen: Set<String> = []
    for (index, step) in steps.enumerated() where !seen.insert(step.id).inserted {
      throw SavedPlanError(.member("steps[\(index)].id"), "\"\(step.id)\" stands there twice")
    }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}

extension SavedPlan.Choices {
  fileprivate init(_ node: SavedPlanNode) throws(SavedPlanError) {
    self.init()
    try node.expect(
      keys: SavedPlan.Choices.lists.map(\.option) + ["force", "changed", "probe"],
      optional: ["on_conflict", "rerun_from"])
    for list in SavedPlan.Choices.lists { self[keyPath: list.path] = try node.member(list.option).strings() }
    isForced = try node.member("force").bool()
    changed = try node.member("changed").word()
    probes = try node.member("probe").bool()
    if try node.has("rerun_from") { rerunFrom = try node.member("rerun_from").strings() }
    if try node.has("on_conflict") { onConflict = try node.member("on_conflict").word() }
  }
}

extension SavedPlan.Parameter {
  fileprivate init(_ node: SavedPlanNode) throws(SavedPlanError) {
    try node.expect(keys: ["name", "digest"], optional: ["given"])
    self.init(
      name: try node.member("name").string(), digest: try node.member("digest").digest(),
      given: try node.has("given") ? try node.member("given").value : nil)
  }
}

extension SavedPlan.Position {
  fileprivate init(_ node: SavedPlanNode) throws(SavedPlanError) {
    try node.expect(keys: ["uuid", "run", "checkpoint", "state"])
    self.init(
      journal: try node.member("uuid").optional { node throws(SavedPlanError) in try node.string() },
      run: try node.member("run").optional { node throws(SavedPlanError) in Int64(try node.int()) },
      checkpoint: try node.member("checkpoint").optional { node throws(SavedPlanError) in Int64(try node.int()) },
      state: try node.member("state").digest())
  }
}

extension SavedPlan.Step {
  fileprivate init(_ node: SavedPlanNode) throws(SavedPlanError) {
    try node.expect(keys: ["id", "action", "decision", "reasons", "definition", "files"])
    self.init(
      id: try node.member("id").string(), action: try node.member("action").string(),
      decision: try node.member("decision").word(),
      reasons: try node.member("reasons").items { node throws(SavedPlanError) in
        try node.expect(keys: ["kind", "detail"])
        return SavedReason(
          try node.member("kind").word(),
          try node.member("detail").optional { node throws(SavedPlanError) in try node.string() })
      },
      definition: try node.member("definition").digest(),
      files: try node.member("files").optional { node throws(SavedPlanError) in try node.digest() })
  }
}
