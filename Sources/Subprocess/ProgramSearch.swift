internal import Glibc

/// Finds the file that a shell would run for a command name.
package enum ProgramSearch {
  package enum Result: Hashable, Sendable {
    /// What to give to `execve`; relative to the working directory if the name or the `PATH` entry is.
    case found(String)
    /// Exit code 127 in a shell.
    case notFound
    /// A file that may not be executed, or a folder; exit code 126 in a shell.
    case notExecutable(String)
  }

  /// Where programs are when the environment has no `PATH`: bash's own default without the working directory.
  package static let defaultPath = "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin"

  /// Resolves a name in the given `PATH`, or at the working directory if it holds a slash.
  ///
  /// A name without a slash that only matches a file without permission is `notExecutable`; folders are passed over.
  package static func find(_ name: String, path searchPath: String?, directory: String?) -> Result {
    guard !name.isEmpty, !name.utf8.contains(0) else { return .notFound }
    if name.utf8.contains(UInt8(ascii: "/")) {
      switch kind(of: path(name, in: directory)) {
      case .executable: return .found(name)
      case .missing: return .notFound
      case .folder, .file: return .notExecutable(name)
      }
    }
    var refused: String?
    let entries = (searchPath ?? defaultPath).utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    for entry in entries {
      // An empty entry means the working directory.
      let candidate = entry.isEmpty ? "./\(name)" : "\(Substring(entry))/\(name)"
      switch kind(of: path(candidate, in: directory)) {
      case .executable: return .found(candidate)
      case .file: if refused == nil { refused = candidate }
      case .missing, .folder: break
      }
    }
    return refused.map { .notExecutable($0) } ?? .notFound
  }

  /// A path as it is seen from a working directory.
  static func path(_ name: String, in directory: String?) -> String {
    guard let directory, !name.hasPrefix("/") else { return name }
    return directory + "/" + name
  }

  private enum Kind {
    case executable, file, folder, missing
  }

  private static func kind(of path: String) -> Kind {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return errno == EACCES ? .file : .missing }
    if status.st_mode & S_IFMT == S_IFDIR { return .folder }
    guard status.st_mode & S_IFMT == S_IFREG else { return .file }
    let mayRun = unsafe faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0
    return mayRun ? .executable : .file
  }
}
