internal import Glibc

/// What is mounted where, as `/proc/self/mountinfo` tells it (proc(5)).
///
/// Swift's Glibc has no statfs; this also names kinds that have no number of their own, such as `fuse.sshfs`.
struct MountTable: Hashable, Sendable {
  private struct Mount: Hashable {
    let point: String
    let fileSystem: String
  }

  private let mounts: [Mount]

  /// Fields: id, parent, device, root, mount point, options, any number of tags, "-", kind, source, options.
  init(mountinfo text: String) {
    mounts = text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard fields.count > 6, let dash = fields.dropFirst(6).firstIndex(of: "-"), dash + 1 < fields.count else {
        return nil
      }
      return Mount(point: Self.unescaped(fields[4]), fileSystem: String(fields[dash + 1]))
    }
  }

  /// nil where there is no /proc.
  static var current: MountTable? { TextFile.read("/proc/self/mountinfo").map(MountTable.init(mountinfo:)) }

  /// The kind of file system that holds an absolute path without links.
  func fileSystem(of path: String) -> String? {
    var best: Mount?
    // Of two mounts on one point the later one hides the earlier.
    for mount in mounts where Self.contains(mount.point, path) && mount.point.utf8.count >= best?.point.utf8.count ?? 0
    {
      best = mount
    }
    return best?.fileSystem
  }

  private static func contains(_ point: String, _ path: String) -> Bool {
    point == "/" || path == point || path.hasPrefix(point + "/")
  }

  /// Blanks, tabs, line ends and backslashes stand as three octal digits.
  private static func unescaped(_ field: Substring) -> String {
    String(field).replacing("\\040", with: " ").replacing("\\011", with: "\t").replacing("\\012", with: "\n")
      .replacing("\\134", with: "\\")
  }
}
