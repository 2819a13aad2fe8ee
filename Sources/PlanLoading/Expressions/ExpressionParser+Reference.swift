internal import PlanModel

extension ExpressionParser {
  private static let roots = ["params", "env", "secrets", "steps", "state", "run", "plan", "item", "values"]

  /// Reads what follows a root such as `params`; nil when the name was unknown, which has been noted.
  mutating func parseReference(root: String, _ range: Range<Int>) throws(ExpressionSyntaxError) -> Reference? {
    switch root {
    case "params": return .parameter(try takeMember(of: root).name)
    case "env": return .environment(try takeMember(of: root).name)
    case "secrets": return .secret(try takeMember(of: root).name)
    case "state": return .state(try takeMember(of: root).name)
    case "values": return .ownValue(try takeMember(of: root).name)
    case "run": return try takeMember(of: root, Reference.RunMember.self).map { .run($0) }
    case "plan": return try takeMember(of: root, Reference.PlanMember.self).map { .plan($0) }
    case "item": return .item(takeItemMember())
    case "steps": return try parseStepReference()
    default:
      findings.append(
        unknown("name", root, range, among: ExpressionParser.roots, notes: ["a text is written in quotes: '\(root)'"]))
      skipUnknownMembers()
      return nil
    }
  }

  /// `.key`, `.value` or `.index`; `item` alone is its value, and any other name is a part of that.
  private mutating func takeItemMember() -> Reference.ItemMember {
    let start = position
    if peek() == UInt8(ascii: "."), let next = peek(1), ASCII.isWord(next) {
      position += 1
      if let member = Reference.ItemMember(rawValue: takeName()) { return member }
    }
    position = start
    return .value
  }

  /// After an unknown root, `.a.b` belongs to the same mistake.
  private mutating func skipUnknownMembers() {
    while peek() == UInt8(ascii: "."), let next = peek(1), ASCII.isWord(next) {
      position += 1
      _ = takeName()
    }
  }

  /// `.name`, or `['any name']`.
  private mutating func takeMember(
    of root: String
  ) throws(ExpressionSyntaxError) -> (name: String, range: Range<Int>) {
    let start = position
    if peek() == UInt8(ascii: "."), let next = peek(1), ASCII.isWord(next) {
      position += 1
      let name = takeName()
      return (name, start + 1..<position)
    }
    if peek() == UInt8(ascii: "[") {
      position += 1
      let quoteStart = skipSpace()
      guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
        throw expected("a name in quotes, as in \(root)['name']")
      }
      let name = try takeString()
      let nameRange = quoteStart..<position
      try expect("]", "\"]\"")
      return (name, nameRange)
    }
    if peek() == UInt8(ascii: ".") { position += 1 }
    throw expected("a name after \"\(root)\", as in \(root).name")
  }

  private mutating func takeMember<Member: RawRepresentable & CaseIterable>(
    of root: String, _ type: Member.Type
  ) throws(ExpressionSyntaxError) -> Member? where Member.RawValue == String {
    let (name, range) = try takeMember(of: root)
    if let member = Member(rawValue: name) { return member }
    findings.append(unknown("member of \"\(root)\"", name, range, among: Member.allCases.map(\.rawValue)))
    return nil
  }

  // MARK: Steps

  private mutating func parseStepReference() throws(ExpressionSyntaxError) -> Reference {
    let step: String
    if peek() == UInt8(ascii: "[") {
      step = try takeMember(of: "steps").name
    } else {
      step = try takeStepID()
    }
    let memberStart = position
    guard peek() == UInt8(ascii: ".") else { throw expectedStepMember(step, memberStart) }
    position += 1
    switch takeName() {
    case "values": return .stepValue(step: step, key: try takeMember(of: "values").name)
    case "handoff": return .stepValue(step: step, key: Handoff.key(of: try takeMember(of: "handoff").name))
    case "status": return .stepStatus(step: step)
    default: throw expectedStepMember(step, memberStart)
    }
  }

  /// An id after `steps.`; an id may hold dots, so it ends where `.values`, `.handoff` or a last `.status` begins.
  private mutating func takeStepID() throws(ExpressionSyntaxError) -> String {
    guard peek() == UInt8(ascii: "."), let next = peek(1), ASCII.isWord(next) else {
      if peek() == UInt8(ascii: ".") { position += 1 }
      throw expected("a step id after \"steps\", as in steps.ID.values.NAME")
    }
    position += 1
    let start = position
    var stop = start
    while stop < end, ASCII.isStepID(bytes[stop]) { stop += 1 }
    let run = bytes[start..<stop]
    var idEnd = firstMember(in: run)
    if idEnd == nil {
      let suffix = Array(".status".utf8)
      if run.count > suffix.count, run.suffix(suffix.count).elementsEqual(suffix) { idEnd = stop - suffix.count }
    }
    guard let idEnd else {
      let first = run.firstIndex(of: UInt8(ascii: ".")) ?? stop
      let step = text(start..<first)
      position = first
      throw expectedStepMember(step, first)
    }
    position = idEnd
    return text(start..<idEnd)
  }

  /// Where the first `.values` or `.handoff` with a name behind it begins.
  private func firstMember(in run: ArraySlice<UInt8>) -> Int? {
    [first(".values", in: run), first(".handoff", in: run)].compactMap(\.self).min()
  }

  private func first(_ word: String, in run: ArraySlice<UInt8>) -> Int? {
    let member = Array(word.utf8)
    var index = run.startIndex + 1
    while index + member.count <= run.endIndex {
      let after = index + member.count
      if run[index] == member[0], run[index..<after].elementsEqual(member),
        after < end, bytes[after] == UInt8(ascii: ".") || bytes[after] == UInt8(ascii: "[")
      {
        return index
      }
      index += 1
    }
    return nil
  }

  private func expectedStepMember(_ step: String, _ start: Int) -> ExpressionSyntaxError {
    var stop = start
    while stop < end, ASCII.isStepID(bytes[stop]) { stop += 1 }
    if stop == start { stop = min(start + 1, end) }
    let found = start < end ? "found \"\(text(start..<stop))\"" : "the expression ends here"
    return ExpressionSyntaxError(
      start..<stop, "expected \".values.NAME\" or \".status\" after the step \"\(step)\", \(found)",
      notes: [
        start < end && text(start..<stop).hasPrefix(".handoff")
          ? "a hand-off is read with its receiver: steps.\(step).handoff.ROLE"
          : "a step publishes a value by writing NAME=value to the file $EXECPLAN_OUTPUT"
      ])
  }
}
