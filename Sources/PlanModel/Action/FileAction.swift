/// A file, folder or link that must be as described.
package struct FileAction: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    /// The text itself.
    case text(Template)
    /// A copy of another file; `render` puts in the expressions that the file holds.
    case source(PathPattern, render: Bool)
    case directory
    /// A symbolic link with this target, as written.
    case link(Template)
    /// Nothing may be there.
    case absent
    /// Only the mode matters.
    case unchanged
  }

  package var path: PathPattern
  package var content: Content
  /// Permission bits, `0o644`.
  package var mode: UInt16?
  /// Whether the path may lie outside the project, or lead there through links.
  package var allowsOutside: Bool

  package init(path: PathPattern, content: Content, mode: UInt16? = nil, allowsOutside: Bool = false) {
    self.path = path
    self.content = content
    self.mode = mode
    self.allowsOutside = allowsOutside
  }
}
