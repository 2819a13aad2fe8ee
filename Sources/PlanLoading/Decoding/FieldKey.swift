/// The keys that one kind of mapping may have: an enum without payloads.
protocol FieldKey: RawRepresentable<String>, CaseIterable, Hashable, Sendable where AllCases == [Self] {
  static var table: KeyTable<Self> { get }
}

extension FieldKey {
  /// The place of the key among the keys of its kind.
  ///
  /// Asked for some forty times a step, hence not searched for: the tag of an enum without payloads counts its cases as
  /// they are declared, and an enum of one case has none. `KeyTable` checks that.
  @inline(__always)
  var position: Int { MemoryLayout<Self>.size == 0 ? 0 : Int(unsafe unsafeBitCast(self, to: UInt8.self)) }
}

/// Finds a key by its text.
///
/// Looked at for every key of every step, so it compares words of memory and hashes nothing.
struct KeyTable<Key: FieldKey>: Sendable {
  /// No kind of mapping has more keys.
  static var maximumKeys: Int { 56 }

  /// By position.
  let names: [String]
  private let words: [NameWords]
  /// The positions in the order of the lengths of the names.
  private let byLength: [Int]
  /// By the length of a name: where the keys that have it begin in `byLength`; one more for the end.
  private let starts: [Int]

  init() {
    names = Key.allCases.map(\.rawValue)
    precondition(names.count <= KeyTable.maximumKeys && names.allSatisfy { $0.utf8.count <= NameWords.maximumLength })
    precondition(Key.allCases.enumerated().allSatisfy { $0.element.position == $0.offset })
    words = names.map { NameWords($0.utf8.span) }
    let lengths = names.map(\.utf8.count)
    byLength = names.indices.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
    starts = (0...NameWords.maximumLength + 1).map { length in lengths.count { $0 < length } }
  }

  /// The position of a key among the keys of its kind.
  func position(of name: Span<UInt8>) -> Int? {
    guard name.count <= NameWords.maximumLength else { return nil }
    let words = NameWords(name)
    for index in starts[name.count]..<starts[name.count + 1] where self.words[byLength[index]] == words {
      return byLength[index]
    }
    return nil
  }
}

/// A name of up to 16 bytes as two numbers.
private struct NameWords: Equatable {
  static let maximumLength = 16

  private var first: UInt64 = 0
  private var second: UInt64 = 0

  @inline(__always)
  init(_ name: Span<UInt8>) {
    for index in name.indices {
      if index < 8 { first = first << 8 | UInt64(name[index]) } else { second = second << 8 | UInt64(name[index]) }
    }
  }
}
