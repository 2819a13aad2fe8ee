internal import PlanModel

extension FuzzTarget {
  /// JSON of other programs and of the journal; what was read is written and read again.
  static let json = FuzzTarget("json") { bytes in
    for origin in [JSONReader.Origin.foreign, .stored] {
      let value: Value
      do throws(JSONError) {
        value = try JSONReader.read(bytes, from: origin)
      } catch {
        try promise((0...bytes.count).contains(error.offset), "\(error) is outside of the text")
        continue
      }
      for text in [JSONWriter.compact(value), JSONWriter.pretty(value)] {
        let again = try JSONReader.read(Array(text.utf8), from: origin)
        try promise(JSONWriter.compact(again) == JSONWriter.compact(value), "\(text) is read differently")
      }
      let stored = JSONWriter.stored(value)
      let again = try JSONReader.read(Array(stored.utf8), from: .stored)
      try promise(again == value, "\(stored) is not what was stored")
    }
  }
}
