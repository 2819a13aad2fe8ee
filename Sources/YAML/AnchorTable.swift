/// The anchors of a document that were met so far; a later one of the same name replaces an earlier.
struct AnchorTable {
  private struct Anchor {
    var index: Int
    var isOpen = true
    var expansion = 0
    var height = 0
  }

  enum State {
    /// The anchored node is not complete: an alias to it would be inside it.
    case open
    /// The record, the nodes that an alias to it adds, and the levels of collections in it.
    case closed(index: Int, expansion: Int, height: Int)
  }

  private var numbers: [String: Int] = [:]
  private var anchors: [Anchor] = []

  /// Enters an anchor whose node begins with a record; returns its number.
  mutating func open(_ name: String, at index: Int) -> Int {
    numbers[name] = anchors.count
    anchors.append(Anchor(index: index))
    return anchors.count - 1
  }

  mutating func close(_ number: Int, expansion: Int, height: Int) {
    anchors[number].isOpen = false
    anchors[number].expansion = expansion
    anchors[number].height = height
  }

  func find(_ name: String) -> State? {
    guard let number = numbers[name] else { return nil }
    let anchor = anchors[number]
    if anchor.isOpen { return .open }
    return .closed(index: anchor.index, expansion: anchor.expansion, height: anchor.height)
  }
}
