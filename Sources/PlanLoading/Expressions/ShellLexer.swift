internal import PlanModel

/// Reads shell text just far enough to know where its expressions stand.
///
/// It goes by what sh, bash, dash, ksh and zsh agree on. Where they differ, or where a construct would
/// need more of a parser than this, it gives up, and every expression from there on is refused: a refusal
/// costs a line under `env:`, a wrong guess would cost an injection.
struct ShellLexer {
  enum Placement: Hashable {
    /// In a word: needs quotes of its own.
    case word
    /// Inside double quotes or an unquoted here-document.
    case bare
    /// With where it stands: `inside single quotes`.
    case refused(String)
  }

  /// The rest of the text cannot be read with certainty.
  struct GivingUp: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// Commands joined by `|`, and what is known about them.
  struct Pipeline {
    /// The pipeline that a substitution or subshell around this one belongs to.
    var parent: Int?
    var commands = 0
    /// A command in it takes what it reads from standard input as a program: `bash`, `ssh host`.
    var readsCode = false
    /// A loop, group, subshell or other compound command is a part of it.
    var hasCompound = false
  }

  /// Where an expression stands, for the questions that are asked at the end.
  struct Record {
    var pipeline: Int
    /// It is given to a command's standard input, by a here-document or here-string.
    var isInput: Bool
    /// The program that gets it as an argument, as far as its name is written out.
    var program: String?
  }

  /// Where the expressions of a text stand.
  struct Places {
    var placements: [Placement]
    /// The program that gets the expression of that number as an argument, by what is written in the text: a builtin
    /// of the shell is none, for nobody else sees its arguments.
    var programs: [Int: String] = [:]
  }

  /// A here-document whose body begins after the next line end.
  struct HereDocument {
    var delimiter: [UInt8]
    var isQuoted: Bool
    var stripsTabs: Bool
    var pipeline: Int
  }

  static let depthLimit = 48

  let shell: String
  /// The text, with a NUL where an expression stands.
  let bytes: [UInt8]
  let count: Int
  var position = 0
  /// The end of what may be read now: the text's, or that of a here-document's body.
  var limit: Int
  var depth = 0
  var placements: [Placement] = []
  /// How many expressions stand before the outermost command that is being read.
  var commandStart = 0
  var records: [Record] = []
  var pipelines: [Pipeline] = []
  var hereDocuments: [HereDocument] = []
  /// Why every expression is refused here; nil outside such a place.
  var refusal: String?
  var isInput = false
  var declaresIntegers = false
  var usesAliases = false
  var definesFunctions = false
  /// `>(…)`: what is written to it reaches other commands.
  var hasOutputSubstitution = false

  private init(_ bytes: [UInt8], count: Int, shell: String) {
    self.bytes = bytes
    self.count = count
    self.shell = shell
    limit = bytes.count
  }

  /// Where each expression of the template stands, in order.
  static func place(_ template: Template, for shell: String) -> Places {
    var bytes: [UInt8] = []
    var count = 0
    var holdsNUL = false
    for segment in template.segments {
      switch segment {
      case .literal(let text):
        if text.utf8.contains(0) { holdsNUL = true }
        bytes.append(contentsOf: text.utf8)
      case .expression:
        bytes.append(0)
        count += 1
      }
    }
    if holdsNUL {
      return Places(placements: Array(repeating: .refused("in a text that holds a NUL byte"), count: count))
    }
    var lexer = ShellLexer(bytes, count: count, shell: shell)
    do throws(GivingUp) {
      try lexer.readList(until: .endOfText, parent: nil)
      lexer.judgeWhole()
    } catch {
      // What stands in the same command as the unreadable part is no more certain than what follows it.
      for index in lexer.commandStart..<lexer.placements.count { lexer.refuse(index, error.reason) }
      lexer.judgeWhole()
      while lexer.placements.count < count { lexer.placements.append(.refused(error.reason)) }
    }
    var places = Places(placements: lexer.placements)
    for (index, record) in lexer.records.enumerated() { places.programs[index] = record.program }
    return places
  }

  // MARK: Bytes

  /// Whether constructs of bash, ksh and zsh can be taken for granted; `sh` may be any shell.
  var isExtended: Bool { shell == "bash" || shell == "ksh" || shell == "zsh" }

  func peek(_ ahead: Int = 0) -> UInt8? {
    position + ahead < limit ? bytes[position + ahead] : nil
  }

  func peek(_ scalar: Unicode.Scalar, _ ahead: Int = 0) -> Bool { peek(ahead) == UInt8(ascii: scalar) }

  /// Notes the expression at the position; gives its index.
  @discardableResult
  mutating func takeExpression(_ placement: Placement, in pipeline: Int) -> Int {
    position += 1
    placements.append(refusal.map { .refused($0) } ?? placement)
    records.append(Record(pipeline: pipeline, isInput: isInput))
    return placements.count - 1
  }

  mutating func refuse(_ index: Int, _ reason: String) {
    if case .refused = placements[index] { return }
    placements[index] = .refused(reason)
  }

  /// Reads a part in which no expression may stand.
  mutating func refusing(
    _ reason: String, _ body: (inout ShellLexer) throws(GivingUp) -> Void
  ) throws(GivingUp) {
    let before = refusal
    refusal = before ?? reason
    defer { refusal = before }
    try body(&self)
  }

  mutating func nested(_ body: (inout ShellLexer) throws(GivingUp) -> Void) throws(GivingUp) {
    guard depth < ShellLexer.depthLimit else { throw GivingUp("in a text that is nested too deeply") }
    depth += 1
    defer { depth -= 1 }
    try body(&self)
  }

  mutating func openPipeline(parent: Int?) -> Int {
    pipelines.append(Pipeline(parent: parent))
    return pipelines.count - 1
  }

  // MARK: What can be said only at the end

  private mutating func judgeWhole() {
    let readsCode = pipelines.contains(where: \.readsCode)
    let feedsCode =
      readsCode && hasOutputSubstitution
      || pipelines.contains { $0.readsCode && $0.commands > 1 && ($0.hasCompound || definesFunctions) }
    for index in placements.indices {
      if declaresIntegers {
        refuse(index, "in a script with integer variables, whose values the shell computes")
      } else if usesAliases {
        refuse(index, "in a script that defines aliases")
      } else if feedsCode || (readsCode && reachesCode(records[index])) {
        refuse(index, "in what another program reads as its source")
      }
    }
  }

  private func reachesCode(_ record: Record) -> Bool {
    var next: Int? = record.pipeline
    while let current = next {
      let pipeline = pipelines[current]
      if pipeline.readsCode || pipeline.hasCompound, pipeline.commands > 1 || record.isInput { return true }
      next = pipeline.parent
    }
    return false
  }
}
