internal import SourceText

/// A step as a markdown plan declares it, with the places of all its parts.
struct DeclaredStep {
  enum Form {
    /// `### Step `build`: Build the binary`
    case heading
    /// `1. `build`: build the binary.`
    case item
    /// ```` ```bash {#build} ````
    case fence
  }

  var form: Form
  var id: Located<String>
  var title: Located<String>?
  /// Where the step begins: its heading, item or fence.
  var range: SourceRange
  /// The paragraphs above the block that are no attributes.
  var description: [Located<String>] = []
  var attributes: [StepAttribute] = []
  var fence: [FenceInfo.Entry] = []
  var block: CodePart?
  var expectations: [DeclaredExpectation] = []
  /// The phase whose heading the step stands below.
  var phase: Located<String>?
  /// Whether it stands under Validation and Acceptance.
  var isGate = false

  func attribute(_ key: String) -> StepAttribute? { attributes.first { $0.key == key } }
}

/// A block of code with the places of its lines.
struct CodePart {
  var language: String
  /// The language where it is named; the whole block elsewhere.
  var languageRange: SourceRange
  var lines: [SourceRange]
  var range: SourceRange

  /// The stretch of the file that holds the lines.
  var content: SourceRange {
    guard let first = lines.first, let last = lines.last else {
      return SourceRange(start: range.lowerBound, end: range.lowerBound)
    }
    return SourceRange(start: first.lowerBound, end: last.upperBound)
  }
}

/// `Expected output contains:` with its text.
struct DeclaredExpectation {
  enum Content {
    case lines(CodePart)
    case value(StepAttribute.Value)
  }

  /// One of the keys in `AttributeNames.expectations`.
  var key: String
  var keyRange: SourceRange
  var content: Content

  var range: SourceRange {
    switch content {
    case .lines(let part): keyRange.union(part.range)
    case .value(let value): keyRange.union(value.range)
    }
  }
}
