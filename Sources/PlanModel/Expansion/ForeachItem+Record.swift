/// How the items that a run found are recorded: as a value of the step that found them.
extension ForeachItem {
  /// The name of the value.
  package static let recordKey = "items"

  package static func record(of items: [ForeachItem]) -> Value.Entry {
    Value.Entry(
      recordKey,
      .list(items.map { .map([Value.Entry("key", .string($0.key)), Value.Entry("value", $0.value)]) }))
  }

  /// The items of a record; nil if it holds none.
  package static func recorded(in values: [Value.Entry]) -> [ForeachItem]? {
    guard case .list(let records)? = values.first(where: { $0.key == recordKey })?.value else { return nil }
    var items: [ForeachItem] = []
    items.reserveCapacity(records.count)
    for record in records {
      guard case .string(let key)? = record["key"], let value = record["value"] else { return nil }
      items.append(ForeachItem(key: key, value: value, index: items.count))
    }
    return items
  }
}
