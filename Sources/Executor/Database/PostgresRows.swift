internal import PlanModel

/// Reads rows that the server wrote as a JSON array of objects.
enum PostgresRows {
  static func read(_ json: [UInt8]) throws -> [[Value.Entry]] {
    let value: Value
    do throws(JSONError) {
      value = try JSONReader.read(json)
    } catch {
      if let name = duplicate(in: json) {
        throw DatabaseProblem(message: "the query gives two columns called \"\(name)\"; name one with AS")
      }
      throw DatabaseProblem(message: "the rows of the query can't be read: \(error)")
    }
    guard case .list(let items) = value else { throw DatabaseProblem(message: "the query gives no rows") }
    return items.map { item in
      if case .map(let entries) = item { entries } else { [Value.Entry("value", item)] }
    }
  }

  /// A key that stands twice in one row.
  private static func duplicate(in json: [UInt8]) -> String? {
    guard case .list(let rows)? = try? JSONReader.read(json, from: .stored) else { return nil }
    for case .map(let entries) in rows {
      var seen: Set<String> = []
      for entry in entries where !seen.insert(entry.key).inserted { return entry.key }
    }
    return nil
  }
}
