package import Digest
internal import Glibc
package import PlanModel
internal import Synchronization

/// Looks at the real file system, below one root. Digests are kept for as long as a file's size and times stay the same.
package final class FileSystemProbe: FileProbe {
  package typealias TemplateReader = @Sendable ([UInt8], String) throws(FileProbeError) -> Template

  private let root: String
  private let readTemplate: TemplateReader
  private let cache = Mutex<[String: Known]>([:])

  private struct Known: Sendable {
    var identity: Identity
    var digest: SHA256Digest
  }

  /// What changes when a file's content does.
  private struct Identity: Hashable, Sendable {
    var device: UInt64
    var inode: UInt64
    var size: Int64
    var modified: Int64
    var changed: Int64
  }

  /// - Parameters:
  ///   - root: absolute.
  ///   - readTemplate: reads the expressions of a file.
  package init(root: String, readTemplate: @escaping TemplateReader) {
    self.root = root
    self.readTemplate = readTemplate
  }

  private func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    return path == "." ? root : root + "/" + path
  }

  package func matches(_ patterns: [PathPattern]) throws(FileProbeError) -> [String] {
    // One literal path is by far the most common.
    if patterns.count == 1, patterns[0].isLiteral, !patterns[0].isNegated {
      return try status(patterns[0].text) == nil ? [] : [patterns[0].text]
    }
    let walk = GlobWalker(root: root, includingFolders: true).find(patterns)
    if let problem = walk.problems.first { throw FileProbeError(path: problem.path, message: problem.message) }
    return walk.paths
  }

  package func status(_ path: String) throws(FileProbeError) -> FileStatus? {
    var info = stat()
    guard unsafe lstat(absolute(path), &info) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure(path)
    }
    let kind: FileStatus.Kind
    switch info.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .directory
    case S_IFLNK:
      kind = .link(target: try linkTarget(path))
      // What a link leads to counts for everything but what the link itself is.
      var target = stat()
      if unsafe stat(absolute(path), &target) == 0 { info = target }
    default: kind = .other
    }
    return FileStatus(
      kind: kind, size: Int(info.st_size), mode: UInt16(info.st_mode & 0o7777),
      modifiedAt: Int64(info.st_mtim.tv_sec) * 1000 + Int64(info.st_mtim.tv_nsec) / 1_000_000)
  }

  private func linkTarget(_ path: String) throws(FileProbeError) -> String {
    var buffer = [CChar](repeating: 0, count: 4097)
    let count = unsafe readlink(absolute(path), &buffer, 4096)
    guard count >= 0 else { throw failure(path) }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  package func content(_ path: String, limit: Int) throws(FileProbeError) -> [UInt8]? {
    let file = unsafe open(absolute(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure(path)
    }
    defer { close(file) }
    var info = stat()
    guard unsafe fstat(file, &info) == 0 else { throw failure(path) }
    guard info.st_mode & S_IFMT == S_IFREG else { throw FileProbeError(path: path, message: "it is not a file") }
    guard info.st_size <= Int64(limit) else {
      throw FileProbeError(path: path, message: "it is larger than \(limit >> 20) MiB")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(info.st_size) + 1)
    var piece = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: piece[..<count])
      guard bytes.count <= limit else {
        throw FileProbeError(path: path, message: "it is larger than \(limit >> 20) MiB")
      }
    }
  }

  package func template(_ bytes: [UInt8], path: String) throws(FileProbeError) -> Template {
    try readTemplate(bytes, path)
  }

  package func digest(_ path: String) throws(FileProbeError) -> SHA256Digest? {
    guard let status = try status(path) else { return nil }
    switch status.kind {
    case .directory: return try folderDigest(path)
    case .other: return SHA256.digest(of: "other")
    case .file, .link: break
    }
    guard let main = try fileDigest(path) else {
      if case .link(let target) = status.kind { return SHA256.digest(of: "link\n\(target)") }
      return nil
    }
    // A commit to a database of SQLite may be in its write-ahead log only.
    guard let log = try fileDigest(path + "-wal", isLog: true) else { return main }
    return SHA256.digest(of: "with log\n\(main.hex)\n\(log.hex)")
  }

  /// Everything below a folder: names, and what is in the files.
  private func folderDigest(_ path: String) throws(FileProbeError) -> SHA256Digest {
    var text = "folder\n"
    for name in try DirectoryListing.names(in: absolute(path)).sorted()
    where !GlobWalker.skippedFolders.contains(name) {
      text += "\(name)\u{0}\(try digest(path + "/" + name)?.hex ?? "-")\n"
    }
    return SHA256.digest(of: text)
  }

  private func fileDigest(_ path: String, isLog: Bool = false) throws(FileProbeError) -> SHA256Digest? {
    let name = absolute(path)
    var info = stat()
    guard unsafe stat(name, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    if isLog, info.st_size == 0 { return nil }
    let identity = Identity(
      device: UInt64(info.st_dev), inode: UInt64(info.st_ino), size: Int64(info.st_size),
      modified: Int64(info.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(info.st_mtim.tv_nsec),
      changed: Int64(info.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(info.st_ctim.tv_nsec))
    if let known = cache.withLock({ $0[path] }), known.identity == identity { return known.digest }
    let digest: SHA256Digest
    do {
      digest = try SHA256.digest(ofFile: name)
    } catch {
      if error.code == ENOENT { return nil }
      throw FileProbeError(path: path, message: error.description)
    }
    // A file that was written a moment ago may be written again within the resolution of its times.
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    if Int64(now.tv_sec) - Int64(info.st_mtim.tv_sec) > 2 {
      cache.withLock { $0[path] = Known(identity: identity, digest: digest) }
    }
    return digest
  }

  private func failure(_ path: String) -> FileProbeError {
    FileProbeError(path: path, message: unsafe String(cString: strerror(errno)))
  }
}
