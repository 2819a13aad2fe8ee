internal import SourceText

/// One `Key: value` of a declared step or phase.
struct StepAttribute {
  /// The key of the plan format, aliases undone.
  let key: String
  let keyRange: SourceRange
  /// The words as they are written.
  let words: String
  /// In order; one for a key that has one value. Empty: none was given.
  var values: [Value]

  struct Value {
    let text: String
    /// Without backticks.
    let range: SourceRange
    /// Whether it stands in backticks.
    let isQuoted: Bool
    /// Whether it stands in the file as it is.
    let isVerbatim: Bool
  }

  /// From the key to the last value.
  var range: SourceRange { values.reduce(keyRange) { $0.union($1.range) } }
}
