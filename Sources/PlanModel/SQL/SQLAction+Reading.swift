extension SQLAction {
  /// Whether it is a query that cannot change anything.
  package var onlyReads: Bool {
    guard case .query(let query) = body else { return false }
    if database.dialect == .postgres { return PostgresScript(query.text).onlyReads }
    let text = query.text.lowercased()
    let start = text.drop { $0 == " " || $0 == "\n" }
    return start.hasPrefix("select")
      || start.hasPrefix("with") && !["insert", "update", "delete", "replace"].contains { text.contains($0) }
  }
}
