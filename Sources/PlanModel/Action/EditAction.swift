package import SourceText

/// A part of a text file that must be as described.
package struct EditAction: Hashable, Sendable {
  package enum Change: Hashable, Sendable {
    /// A whole line that must be there (at the end, if it is new).
    case line(Template)
    /// Lines between `# BEGIN marker` and `# END marker`.
    case block(marker: String, text: Template, comment: String)
    /// Every match of a regular expression replaced; `$1` or `\1` name its groups.
    case replace(pattern: Located<String>, with: Template)
  }

  package var path: PathPattern
  package var change: Change
  /// False: the line or block must not be there (`ensure: absent`).
  package var isPresent: Bool
  /// Whether the path may lie outside the project, or lead there through links.
  package var allowsOutside: Bool

  package init(path: PathPattern, change: Change, isPresent: Bool = true, allowsOutside: Bool = false) {
    self.path = path
    self.change = change
    self.isPresent = isPresent
    self.allowsOutside = allowsOutside
  }
}
