internal import Digest
internal import PlanModel
internal import Planner
internal import Synchronization

/// Files that exist only in memory.
final class MemoryProbe: FileProbe {
  enum Entry: Hashable, Sendable {
    case file(String, mode: UInt16 = 0o644)
    case directory
    case link(String)
  }

  private let entries = Mutex<[String: Entry]>([:])

  init(_ files: [String: String] = [:]) {
    entries.withLock { $0 = files.mapValues { .file($0) } }
  }

  subscript(path: String) -> Entry? {
    get { entries.withLock { $0[path] } }
    set { entries.withLock { $0[path] = newValue } }
  }

  func write(_ path: String, _ text: String) { self[path] = .file(text) }

  func matches(_ patterns: [PathPattern]) throws(FileProbeError) -> [String] {
    let all = entries.withLock { $0.keys.sorted() }
    return all.filter { path in
      patterns.last { (try? Glob($0.text))?.matches(path) ?? false }.map { !$0.isNegated } ?? false
    }
  }

  func digest(_ path: String) throws(FileProbeError) -> SHA256Digest? {
    switch self[path] {
    case nil: nil
    case .file(let text, _): SHA256.digest(of: text)
    case .directory: SHA256.digest(of: "folder")
    case .link(let target): SHA256.digest(of: "link \(target)")
    }
  }

  func content(_ path: String, limit: Int) throws(FileProbeError) -> [UInt8]? {
    switch self[path] {
    case nil: return nil
    case .file(let text, _): return Array(text.utf8)
    case .directory, .link: throw FileProbeError(path: path, message: "it is not a file")
    }
  }

  func template(_ bytes: [UInt8], path: String) throws(FileProbeError) -> Template {
    Template(literal: String(decoding: bytes, as: UTF8.self))
  }

  func status(_ path: String) throws(FileProbeError) -> FileStatus? {
    switch self[path] {
    case nil: nil
    case .file(let text, let mode): FileStatus(kind: .file, size: text.utf8.count, mode: mode, modifiedAt: 0)
    case .directory: FileStatus(kind: .directory, size: 0, mode: 0o755, modifiedAt: 0)
    case .link(let target): FileStatus(kind: .link(target: target), size: 0, mode: 0o777, modifiedAt: 0)
    }
  }
}
