/// Turns the text of a glob into an automaton.
struct GlobCompiler {
  /// Nesting of braces.
  static let depthLimit = 16
  static let stateLimit = 20_000

  private let bytes: [UInt8]
  private var position = 0
  private var automaton = GlobAutomaton()
  /// The bytes before the first special character; the whole path when there is none.
  private(set) var literalBytes: [UInt8] = []
  private(set) var isLiteral = true

  private static let slash = UInt8(ascii: "/")

  init(_ pattern: String) { bytes = Array(pattern.utf8) }

  mutating func compile() throws(GlobError) -> GlobAutomaton {
    guard bytes.count <= Glob.lengthLimit else {
      throw GlobError(0, "the pattern is longer than \(Glob.lengthLimit) bytes")
    }
    automaton.end = try readSequence(from: automaton.start, depth: 0)
    return automaton
  }

  // MARK: States

  private mutating func addState() throws(GlobError) -> Int {
    guard automaton.states.count < GlobCompiler.stateLimit else {
      throw GlobError(position, "the pattern is too large")
    }
    automaton.states.append(GlobAutomaton.State())
    return automaton.states.count - 1
  }

  private mutating func step(_ state: Int, _ bytes: ByteSet) throws(GlobError) -> Int {
    let target = try addState()
    automaton.states[state].steps.append(GlobAutomaton.Step(bytes: bytes, target: target))
    return target
  }

  private mutating func loop(_ state: Int, _ bytes: ByteSet) {
    automaton.states[state].steps.append(GlobAutomaton.Step(bytes: bytes, target: state))
  }

  private mutating func jump(_ state: Int, _ target: Int) { automaton.states[state].jumps.append(target) }

  // MARK: Reading

  /// Reads up to the end, or in braces up to `,` or `}`; gives the state in which it ends.
  private mutating func readSequence(from first: Int, depth: Int) throws(GlobError) -> Int {
    var state = first
    let begin = position
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "}"):
        if depth > 0 { return state }
        state = try readLiteral(state, byte)
      case UInt8(ascii: "\\"):
        position += 1
        guard position < bytes.count else { throw GlobError(position - 1, "\"\\\" has nothing to quote") }
        state = try readLiteral(state, bytes[position])
      case UInt8(ascii: "*"):
        isLiteral = false
        state = try readStar(state, begin)
      case UInt8(ascii: "?"):
        isLiteral = false
        position += 1
        var single = ByteSet(0...0x7F)
        single.remove(GlobCompiler.slash)
        state = try oneCharacter(state, single, allOthers: true)
      case UInt8(ascii: "["):
        isLiteral = false
        state = try readSet(state)
      case UInt8(ascii: "{"):
        isLiteral = false
        state = try readBraces(state, depth: depth)
      default:
        state = try readLiteral(state, byte)
      }
    }
    return state
  }

  private mutating func readLiteral(_ state: Int, _ byte: UInt8) throws(GlobError) -> Int {
    position += 1
    if isLiteral { literalBytes.append(byte) }
    return try step(state, ByteSet(byte))
  }

  private mutating func readStar(_ state: Int, _ begin: Int) throws(GlobError) -> Int {
    let start = position
    while position < bytes.count, bytes[position] == UInt8(ascii: "*") { position += 1 }
    var any = ByteSet(0...0xFF)
    // Inside braces the component may have begun before them; then it is one `*` only if it did not.
    let opens = start == 0 || bytes[start - 1] == GlobCompiler.slash || (start == begin && beginsComponent(start))
    let closes = position == bytes.count || "/,}".utf8.contains(bytes[position])
    let result = try addState()
    guard position - start == 2, opens, closes else {
      any.remove(GlobCompiler.slash)
      jump(state, result)
      loop(result, any)
      return result
    }
    guard position < bytes.count, bytes[position] == GlobCompiler.slash else {
      jump(state, result)
      loop(result, any)
      return result
    }
    // `**/`: nothing, or any text that ends in a slash.
    position += 1
    let inside = try addState()
    jump(state, inside)
    loop(inside, any)
    automaton.states[inside].steps.append(
      GlobAutomaton.Step(bytes: ByteSet(GlobCompiler.slash), target: result))
    jump(state, result)
    return result
  }

  /// Whether the braces that open before `start` stand at the beginning of a component.
  private func beginsComponent(_ start: Int) -> Bool {
    var index = start
    var depth = 0
    while index > 0 {
      index -= 1
      switch bytes[index] {
      case UInt8(ascii: "}"): depth += 1
      case UInt8(ascii: "{"):
        if depth > 0 {
          depth -= 1
        } else {
          return index == 0 || bytes[index - 1] == GlobCompiler.slash
        }
      default: break
      }
    }
    return true
  }

  /// One character: an ASCII one of the set, or with `allOthers` any other of UTF-8.
  private mutating func oneCharacter(
    _ state: Int, _ ascii: ByteSet, allOthers: Bool
  ) throws(GlobError) -> Int {
    let result = try step(state, ascii)
    if allOthers {
      let inside = try step(state, ByteSet(0xC0...0xFF))
      loop(inside, ByteSet(0x80...0xBF))
      jump(inside, result)
    }
    return result
  }

  private mutating func readSet(_ state: Int) throws(GlobError) -> Int {
    let start = position
    position += 1
    var isNegated = false
    if position < bytes.count, bytes[position] == UInt8(ascii: "!") || bytes[position] == UInt8(ascii: "^") {
      isNegated = true
      position += 1
    }
    var members = ByteSet()
    var isFirst = true
    while true {
      guard position < bytes.count else {
        throw GlobError(start, "\"[\" has no closing \"]\"; write \"\\[\" for the character")
      }
      if bytes[position] == UInt8(ascii: "]"), !isFirst {
        position += 1
        break
      }
      isFirst = false
      let low = try readMember()
      if position + 1 < bytes.count, bytes[position] == UInt8(ascii: "-"), bytes[position + 1] != UInt8(ascii: "]") {
        position += 1
        let high = try readMember()
        guard low <= high else { throw GlobError(start, "a range in \"[…]\" ends before it begins") }
        for byte in low...high { members.insert(byte) }
      } else {
        members.insert(low)
      }
    }
    members.remove(GlobCompiler.slash)
    guard isNegated else { return try oneCharacter(state, members, allOthers: false) }
    var others = ByteSet()
    for byte in 0...UInt8(0x7F) where byte != GlobCompiler.slash && !members.contains(byte) { others.insert(byte) }
    return try oneCharacter(state, others, allOthers: true)
  }

  private mutating func readMember() throws(GlobError) -> UInt8 {
    if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count { position += 1 }
    let byte = bytes[position]
    guard byte < 0x80 else {
      throw GlobError(position, "\"[…]\" holds ASCII characters only; write {ä,ö} for others")
    }
    position += 1
    return byte
  }

  private mutating func readBraces(_ state: Int, depth: Int) throws(GlobError) -> Int {
    let start = position
    guard depth < GlobCompiler.depthLimit else {
      throw GlobError(start, "braces are nested deeper than \(GlobCompiler.depthLimit) levels")
    }
    let result = try addState()
    repeat {
      position += 1
      let branch = try addState()
      jump(state, branch)
      jump(try readSequence(from: branch, depth: depth + 1), result)
      guard position < bytes.count else {
        throw GlobError(start, "\"{\" has no closing \"}\"; write \"\\{\" for the character")
      }
    } while bytes[position] == UInt8(ascii: ",")
    position += 1
    return result
  }
}
