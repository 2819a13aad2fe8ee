package import SourceText

/// Statements or a query on a database.
package struct SQLAction: Hashable, Sendable {
  package enum Body: Hashable, Sendable {
    /// Text with any number of statements.
    case script(SQLText)
    /// One statement each.
    case statements([SQLText])
    /// A file with statements, relative to the project root.
    case file(PathPattern)
    /// One statement whose row becomes the step's values.
    case query(SQLText)
  }

  /// A value for `:name` in the statements.
  package struct Binding: Hashable, Sendable {
    package var name: Located<String>
    package var value: Template

    package init(name: Located<String>, value: Template) {
      self.name = name
      self.value = value
    }
  }

  package var database: Database
  package var body: Body
  package var bind: [Binding]
  /// The effect and a token commit together: the step takes effect exactly once in a run.
  package var exactlyOnce: Bool
  /// A query gives all its rows as the value `rows` instead of exactly one row's columns.
  package var allRows: Bool

  package init(
    database: Database, body: Body, bind: [Binding] = [], exactlyOnce: Bool = false, allRows: Bool = false
  ) {
    self.database = database
    self.body = body
    self.bind = bind
    self.exactlyOnce = exactlyOnce
    self.allRows = allRows
  }
}
