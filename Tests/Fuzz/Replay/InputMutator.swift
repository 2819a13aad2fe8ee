internal import TestSupport

/// Makes inputs of others by small changes, the same ones for the same seed.
///
/// What it does are the mutations of libFuzzer that need no feedback (`FuzzerMutate.cpp`): bytes changed, put in, taken
/// out and copied, words of a dictionary, and the beginning of one input before the end of another.
struct InputMutator {
  let originals: [[UInt8]]
  /// No input is longer, in bytes.
  let limit: Int
  private var generator: SeededGenerator

  init(_ originals: [[UInt8]], limit: Int, seed: UInt64) {
    self.originals = originals
    self.limit = limit
    generator = SeededGenerator(seed: seed)
  }

  /// Words that mean something to one reader or another, or that readers stumble over.
  private static let words: [[UInt8]] = [
    "${{ ", " }}", "'", "\"", "`", "\\", "\n", "\r\n", "\t", "\0", ": ", "- ", "# ", "* ", "**", "[", "]", "{", "}",
    "(", ")", "|", ">", "&a ", "*a", "<<: ", "!!", "---\n", "```", "~~~", "- [ ] ", "- [x] ", "..", "/", "//", "~", "%",
    "@", ",", "=", "==", "&&", "0", "-1", "1e999", "9223372036854775808", "0x7f", "null", "true", "\u{FEFF}", "\u{301}",
    "\u{2028}", "\u{200D}", "\u{10FFFF}", "execplan: 1\n", "steps", "foreach", "item", "format(", "$EXECPLAN_OUTPUT",
  ].map { Array($0.utf8) }

  mutating func next() -> [UInt8] {
    var input = pick(originals) ?? []
    for _ in 0..<Int.random(in: 1...6, using: &generator) { change(&input) }
    return Array(input.prefix(limit))
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.randomElement(using: &generator)
  }

  private mutating func place(_ input: [UInt8]) -> Int { Int.random(in: 0...input.count, using: &generator) }

  /// A part of at most 32 bytes, or sometimes of any length.
  private mutating func part(_ input: [UInt8]) -> Range<Int> {
    let start = place(input)
    let isShort = Int.random(in: 0..<8, using: &generator) > 0
    let longest = input.count - start
    return start..<start + Int.random(in: 0...(isShort ? min(32, longest) : longest), using: &generator)
  }

  private mutating func change(_ input: inout [UInt8]) {
    switch Int.random(in: 0..<7, using: &generator) {
    case 0:
      guard !input.isEmpty else { return }
      input[Int.random(in: 0..<input.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 1: input.insert(UInt8.random(in: 0...255, using: &generator), at: place(input))
    case 2: input.removeSubrange(part(input))
    case 3:
      let copied = Array(input[part(input)])
      input.insert(contentsOf: copied, at: place(input))
    case 4:
      let other = pick(originals) ?? []
      input = Array(input[..<place(input)] + other[place(other)...])
    default: input.insert(contentsOf: pick(InputMutator.words) ?? [], at: place(input))
    }
  }
}
