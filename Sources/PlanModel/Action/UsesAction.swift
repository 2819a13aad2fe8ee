package import SourceText

/// An action of a type that a program `execplan-action-NAME` carries out.
package struct UsesAction: Hashable, Sendable {
  package var name: Located<String>
  /// What the program gets; a mapping.
  package var with: StructuredTemplate
  /// The program, if it is in a folder of the project that the configuration names.
  package var program: PathPattern?
  /// What stands in the file beside the program; nil: it says it only when it is asked.
  package var description: ActionDescription?

  package init(
    name: Located<String>, with: StructuredTemplate, program: PathPattern? = nil,
    description: ActionDescription? = nil
  ) {
    self.name = name
    self.with = with
    self.program = program
    self.description = description
  }

  /// `execplan-action-NAME`
  package var programName: String { ActionDescription.programPrefix + name.value }
}
