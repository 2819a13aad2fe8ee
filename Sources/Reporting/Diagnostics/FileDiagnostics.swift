package import Diagnostics
package import SourceText

/// A file and what was found in it, in the order in which it is to be shown.
package struct FileDiagnostics: Sendable {
  package var file: SourceFile
  package var diagnostics: [Diagnostic]

  package init(file: SourceFile, diagnostics: [Diagnostic]) {
    self.file = file
    self.diagnostics = diagnostics
  }
}
