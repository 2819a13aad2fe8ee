internal import Diagnostics
internal import PlanLoading
internal import PlanModel
internal import Synchronization

/// The configuration files of one project, each read when it is first asked for.
final class ProjectSettings: Sendable {
  /// Absolute.
  let root: String
  /// By folder, relative to the root: the files that count there, that of the root first.
  private let chains = Mutex<[String: [ConfigurationFile]]>([:])

  init(root: String) { self.root = root }

  /// What the file at the root says; nothing if there is none.
  var configuration: ProjectConfiguration { files(for: "").first?.configuration ?? ProjectConfiguration() }

  /// The files that count for a path, that of the root first.
  ///
  /// - Parameter path: a file, relative to the root. For one that lies elsewhere the root's counts.
  func files(for path: String) -> [ConfigurationFile] {
    chains.withLock { chain(of: path.hasPrefix("/") ? "" : folder(of: path), &$0) }
  }

  /// Every file that was read so far, by folder.
  var known: [ConfigurationFile] {
    let files = chains.withLock {
      $0.compactMap { folder, chain in chain.last.flatMap { $0.folder == folder ? $0 : nil } }
    }
    return files.sorted { $0.folder < $1.folder }
  }

  /// The levels of rules for a plan, by code; the nearest configuration decides.
  func levels(for path: String) -> [String: RuleLevel] {
    var levels: [String: RuleLevel] = [:]
    for file in files(for: path) { levels.merge(file.configuration.rules) { _, nearer in nearer } }
    return levels
  }

  /// Whether a file is passed over when plans are looked for.
  func excludes(_ path: String) -> Bool {
    files(for: path).reversed().lazy.compactMap { $0.excludes(path) }.first ?? false
  }

  /// Whether a file is a plan because a configuration says so.
  func declaresPlan(_ path: String) -> Bool {
    files(for: path).reversed().lazy.compactMap { $0.declaresPlan(path) }.first ?? false
  }

  private func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
  }

  private func chain(of folder: String, _ chains: inout [String: [ConfigurationFile]]) -> [ConfigurationFile] {
    if let known = chains[folder] { return known }
    var chain = folder.isEmpty ? [] : chain(of: self.folder(of: folder), &chains)
    // A folder with a state directory is a project of its own, whatever it lies in.
    let isRoot = folder.isEmpty || PathName.exists("\(root)/\(folder)/.execplan")
    if let file = ConfigurationFile.read(folder: folder, in: root, scope: isRoot ? .project : .folder) {
      chain.append(file)
    }
    chains[folder] = chain
    return chain
  }
}
