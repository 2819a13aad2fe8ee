package import SourceText

/// A value that a plan uses and that nothing may keep: where it comes from, never what it is.
package struct Secret: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    /// A variable of the environment that execplan was started with, or of a dotenv file.
    case environment(Located<String>)
    /// A file; relative to the project root.
    case file(PathPattern)
    /// What a program prints; started without a shell, at the project root.
    case command([Located<String>])
  }

  package var name: Located<String>
  package var source: Source
  /// Whether the plan can do without it: `has(secrets.NAME)` says whether it is there.
  package var isOptional: Bool

  package init(name: Located<String>, source: Source, isOptional: Bool = false) {
    self.name = name
    self.source = source
    self.isOptional = isOptional
  }
}

extension Plan {
  /// The environment variables from which secrets come.
  package var secretVariables: Set<String> {
    Set(
      secrets.compactMap { secret in
        if case .environment(let variable) = secret.source { variable.value } else { nil }
      })
  }
}
