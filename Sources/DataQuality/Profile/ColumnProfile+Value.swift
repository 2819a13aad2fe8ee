package import PlanModel

/// Profiles as values of a step, which the journal keeps for the next run.
extension ColumnProfile {
  package var value: Value {
    var entries: [Value.Entry] = [
      .init("type", .string(kind.rawValue)), .init("rows", .int(rows)), .init("nulls", .int(nulls)),
      .init("distinct", .int(distinct)), .init("min", min.map(ColumnProfile.short) ?? .null),
      .init("max", max.map(ColumnProfile.short) ?? .null),
    ]
    if let mean { entries.append(.init("mean", .double(mean))) }
    if let deviation { entries.append(.init("deviation", .double(deviation))) }
    if quartiles.count == 3 {
      for (name, value) in zip(["q1", "median", "q3"], quartiles) { entries.append(.init(name, value)) }
    }
    switch shape {
    case .ranges(let ends, let counts)?:
      entries.append(.init("ends", .list(ends.map(Value.double))))
      entries.append(.init("counts", .list(counts.map(Value.int))))
    case .values(let values, let others)?:
      entries.append(.init("top", .list(values.map { .list([.string($0.text), .int($0.count)]) })))
      entries.append(.init("others", .int(others)))
    case nil: break
    }
    return .map(entries)
  }

  /// Reads a value back; nil if it is none of a profile.
  package init?(_ value: Value) {
    guard case .string(let name)? = value["type"], let kind = Kind(rawValue: name),
      case .int(let rows)? = value["rows"],
      case .int(let nulls)? = value["nulls"], case .int(let distinct)? = value["distinct"]
    else { return nil }
    self.init(
      kind: kind, rows: rows, nulls: nulls, distinct: distinct, min: value["min"].flatMap(ColumnProfile.present),
      max: value["max"].flatMap(ColumnProfile.present),
      mean: value["mean"]?.asDouble, deviation: value["deviation"]?.asDouble,
      quartiles: ["q1", "median", "q3"].compactMap { value[$0] })
    shape = ColumnProfile.shape(value)
  }

  private static func present(_ value: Value) -> Value? { value == .null ? nil : value }

  private static func shape(_ value: Value) -> Shape? {
    if case .list(let ends)? = value["ends"], case .list(let counts)? = value["counts"] {
      let numbers = ends.compactMap(\.asDouble)
      let integers = counts.compactMap { if case .int(let count) = $0 { count } else { nil } }
      guard numbers.count == ends.count, integers.count == numbers.count + 1 else { return nil }
      return .ranges(ends: numbers, counts: integers)
    }
    guard case .list(let top)? = value["top"], case .int(let others)? = value["others"] else { return nil }
    return .values(
      top.compactMap { pair in
        guard case .list(let parts) = pair, parts.count == 2, case .string(let text) = parts[0],
          case .int(let count) = parts[1]
        else { return nil }
        return Frequency(text: text, count: count)
      }, others: others)
  }

  /// A text may be of any length, and a row of the journal should not be.
  private static func short(_ value: Value) -> Value {
    guard case .string(let text) = value, text.utf8.count > 80 else { return value }
    return .string(ProfileBuilder.category(value))
  }
}
