internal import Digest
internal import Glibc
internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// What is recorded of the evidence for a step's end: who said it, and what was there then.
extension StepCompletion {
  func event(_ attempt: Attempt, _ said: String, _ outputs: [FileDigest], _ now: Int64) throws -> Event {
    let masked = site.secrets.masker
    var payload: [Value.Entry] = [
      .init("state", .string("succeeded")), .init("reason", .string(said)), .init("by", .string(masked.masked(by))),
    ]
    if let user { payload.append(.init("user", .string(user))) }
    payload.append(.init("host", .string(site.world.machine.host)))
    payload.append(.init("evidence", .list(try evidence.map { try StepCompletion.file($0, shown: masked.masked($0)) })))
    payload.append(.init("artifacts", .list(outputs.map { artifact($0) })))
    if let met { payload.append(.init("met", .list(met.sorted().map(Value.int)))) }
    return Event(.stepFinished, step: planned.nodes[node].id, attempt: attempt.number, at: now, payload: payload)
  }

  private func artifact(_ file: FileDigest) -> Value {
    var entries: [Value.Entry] = [.init("path", .string(file.path))]
    if let digest = file.digest { entries.append(.init("sha256", .string(digest.hex))) }
    if let status = (try? site.files.status(file.path)) ?? nil, case .file = status.kind {
      entries.append(.init("bytes", .int(status.size)))
    }
    return .map(entries)
  }

  /// A file that a person shows: anywhere, so it is read by itself.
  private static func file(_ path: String, shown: String) throws -> Value {
    let digest = try SHA256.digest(ofFile: path)
    var status = stat()
    var entries: [Value.Entry] = [.init("path", .string(shown)), .init("sha256", .string(digest.hex))]
    if unsafe stat(path, &status) == 0 { entries.append(.init("bytes", .int(Int(status.st_size)))) }
    return .map(entries)
  }
}
