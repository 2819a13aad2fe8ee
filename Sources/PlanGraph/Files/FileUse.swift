internal import SourceText

/// One step's reading or writing of one distinct pattern.
struct FileUse {
  enum Origin {
    /// `inputs`, `outputs`, and the files that an action makes or takes: they order steps.
    case file
    /// A file that the action changes or removes: two writers must be ordered, readers are not.
    case changed
    /// A database that SQL works on.
    case database
  }

  var node: Int32
  /// The index of the pattern in the table.
  var pattern: Int32
  var origin: Origin
  var range: SourceRange
}
