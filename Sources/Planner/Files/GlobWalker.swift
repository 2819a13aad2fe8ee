internal import Glibc
package import PlanModel

/// Finds the files below a root that match patterns.
///
/// Only folders in which something may match are entered. Folders behind symbolic links are entered only
/// when a pattern names them before its first wildcard; `.git` and `.execplan` never. A symbolic link is
/// itself a match.
package struct GlobWalker {
  /// Folders whose content no wildcard matches.
  package static let skippedFolders: Set<String> = [".git", ".execplan"]

  private struct Rule {
    var glob: Glob
    var isNegated: Bool
  }

  private let root: String
  private let includesFolders: Bool
  private let limit: Int

  /// - Parameters:
  ///   - root: the folder to which patterns and results are relative.
  ///   - includingFolders: whether folders match too.
  ///   - limit: matches after which the walk ends with a problem.
  package init(root: String, includingFolders: Bool = false, limit: Int = 1_000_000) {
    self.root = root
    includesFolders = includingFolders
    self.limit = limit
  }

  /// Everything that matches: of the patterns that match a path, the last one decides.
  package func find(_ patterns: [PathPattern]) -> GlobWalk {
    var walk = GlobWalk()
    var rules: [Rule] = []
    for pattern in patterns {
      do throws(GlobError) {
        let text = pattern.text.utf8.last == UInt8(ascii: "/") ? String(pattern.text.dropLast()) : pattern.text
        rules.append(Rule(glob: try Glob(text), isNegated: pattern.isNegated))
      } catch {
        walk.problems.append(GlobWalk.Problem(path: pattern.text, message: error.message))
      }
    }

    var found: Set<String> = []
    var folders: Set<String> = []
    for rule in rules where !rule.isNegated {
      guard let path = rule.glob.literal else {
        folders.insert(rule.glob.literalPrefix)
        continue
      }
      guard let kind = kind(of: path), kind != S_IFDIR || includesFolders, decides(path, rules) else { continue }
      found.insert(path)
    }
    let wildcards = rules.filter { !$0.isNegated && $0.glob.literal == nil }.map(\.glob)
    var waiting = outermost(folders)
    while let folder = waiting.popLast() {
      read(folder, rules, wildcards, into: &walk, &found, &waiting)
      if found.count > limit {
        walk.problems.append(GlobWalk.Problem(path: folder, message: "more than \(limit) files match"))
        break
      }
    }
    walk.paths = found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    walk.problems.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    return walk
  }

  private func decides(_ path: String, _ rules: [Rule]) -> Bool {
    for rule in rules.reversed() where rule.glob.matches(path) { return !rule.isNegated }
    return false
  }

  /// The folders without those that lie in another one of them.
  private func outermost(_ folders: Set<String>) -> [String] {
    folders.filter { folder in
      var parent = Substring(folder)
      while !parent.isEmpty {
        parent = parent.utf8.lastIndex(of: UInt8(ascii: "/")).map { parent[..<$0] } ?? ""
        // A walk does not go through links and skipped folders; a pattern that names one begins there.
        if folders.contains(String(parent)), !isBarred(folder, below: parent.utf8.count) { return false }
      }
      return true
    }
  }

  private func isBarred(_ folder: String, below count: Int) -> Bool {
    let names = folder.utf8.dropFirst(count).split(separator: UInt8(ascii: "/"))
    var path = String(Substring(folder.utf8.prefix(count)))
    for name in names {
      let name = String(Substring(name))
      path = path.isEmpty ? name : path + "/" + name
      if GlobWalker.skippedFolders.contains(name) || kind(of: path) == S_IFLNK { return true }
    }
    return false
  }

  private func read(
    _ folder: String, _ rules: [Rule], _ wildcards: [Glob], into walk: inout GlobWalk, _ found: inout Set<String>,
    _ waiting: inout [String]
  ) {
    guard let directory = unsafe opendir(full(folder)) else {
      let code = errno
      if code != ENOENT, code != ENOTDIR { walk.problems.append(problem(folder, code)) }
      return
    }
    defer { unsafe closedir(directory) }
    while true {
      errno = 0
      guard let entry = unsafe readdir(directory) else {
        if errno != 0 { walk.problems.append(problem(folder, errno)) }
        return
      }
      guard let name = unsafe validName(entry) else {
        walk.problems.append(GlobWalk.Problem(path: folder, message: "a name in the folder is not UTF-8"))
        continue
      }
      if name == "." || name == ".." { continue }
      let path = folder.isEmpty ? name : folder + "/" + name
      var isFolder = unsafe Int32(entry.pointee.d_type) == Int32(DT_DIR)
      if unsafe Int32(entry.pointee.d_type) == Int32(DT_UNKNOWN) { isFolder = kind(of: path) == S_IFDIR }
      if isFolder {
        guard !GlobWalker.skippedFolders.contains(name) else { continue }
        if wildcards.contains(where: { $0.mayMatch(below: path) }) { waiting.append(path) }
      }
      if !isFolder || includesFolders, decides(path, rules) { found.insert(path) }
    }
  }

  private func validName(_ entry: UnsafeMutablePointer<dirent>) -> String? {
    unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
      unsafe field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
        unsafe String(validatingCString: $0)
      }
    }
  }

  /// The kind of the file itself, not of what a link points to; nil when there is none.
  private func kind(of path: String) -> mode_t? {
    var status = stat()
    guard unsafe lstat(full(path), &status) == 0 else { return nil }
    return status.st_mode & S_IFMT
  }

  private func full(_ path: String) -> String {
    if path.isEmpty { return root }
    return path.utf8.first == UInt8(ascii: "/") ? path : root + "/" + path
  }

  private func problem(_ path: String, _ code: Int32) -> GlobWalk.Problem {
    GlobWalk.Problem(path: path.isEmpty ? "." : path, message: unsafe String(cString: strerror(code)).lowercased())
  }
}
