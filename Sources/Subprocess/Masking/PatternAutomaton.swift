/// Finds every occurrence of many byte strings in one pass (Aho and Corasick, 1975).
///
/// Children are lists, as nearly every node has one: a table of 256 entries a node would fill the memory for a key of
/// some kilobytes.
struct PatternAutomaton: Sendable {
  private struct Node {
    var byte: UInt8
    /// 0: none, as the root is nobody's child.
    var firstChild: Int32 = 0
    var nextSibling: Int32 = 0
    /// The node of the longest suffix that also begins a pattern.
    var link: Int32 = 0
    /// Bytes from the root.
    var depth: Int32
    /// Bytes at the end that begin a pattern and do not end it: of the longest such suffix.
    var open: Int32 = 0
    /// Length of the longest pattern that ends here; 0: none does.
    var matched: Int32 = 0
  }

  private var nodes = [Node(byte: 0, depth: 0)]
  /// Where each byte leads from the root; 0 stays there.
  private var roots = [Int32](repeating: 0, count: 256)
  /// Length of the longest pattern.
  private(set) var longest = 0

  /// Empty patterns are left out.
  init(_ patterns: some Sequence<[UInt8]>) {
    for pattern in patterns where !pattern.isEmpty { insert(pattern) }
    link()
  }

  var isEmpty: Bool { nodes.count == 1 }

  private mutating func insert(_ pattern: [UInt8]) {
    var node: Int32 = 0
    for byte in pattern {
      if let next = child(of: node, byte) {
        node = next
        continue
      }
      let new = Int32(nodes.count)
      nodes.append(
        Node(byte: byte, nextSibling: nodes[Int(node)].firstChild, depth: nodes[Int(node)].depth + 1))
      nodes[Int(node)].firstChild = new
      if node == 0 { roots[Int(byte)] = new }
      node = new
    }
    nodes[Int(node)].matched = Int32(pattern.count)
    longest = max(longest, pattern.count)
  }

  private mutating func link() {
    var queue: [Int32] = [0]
    var head = 0
    while head < queue.count {
      let parent = queue[head]
      head += 1
      var child = nodes[Int(parent)].firstChild
      while child != 0 {
        let node = nodes[Int(child)]
        if parent != 0 {
          let link = next(nodes[Int(parent)].link, node.byte)
          nodes[Int(child)].link = link
          // The own pattern is longer than every suffix of it.
          if node.matched == 0 { nodes[Int(child)].matched = nodes[Int(link)].matched }
        }
        nodes[Int(child)].open = node.firstChild != 0 ? node.depth : nodes[Int(nodes[Int(child)].link)].open
        queue.append(child)
        child = node.nextSibling
      }
    }
  }

  private func child(of node: Int32, _ byte: UInt8) -> Int32? {
    if node == 0 { return roots[Int(byte)] == 0 ? nil : roots[Int(byte)] }
    var child = nodes[Int(node)].firstChild
    while child != 0 {
      if nodes[Int(child)].byte == byte { return child }
      child = nodes[Int(child)].nextSibling
    }
    return nil
  }

  /// The state after one more byte; the first state is 0.
  @inline(__always)
  func next(_ state: Int32, _ byte: UInt8) -> Int32 {
    var state = state
    while state != 0 {
      var child = nodes[Int(state)].firstChild
      while child != 0 {
        if nodes[Int(child)].byte == byte { return child }
        child = nodes[Int(child)].nextSibling
      }
      state = nodes[Int(state)].link
    }
    return roots[Int(byte)]
  }

  /// Whether a pattern begins with the byte.
  func begins(with byte: UInt8) -> Bool { roots[Int(byte)] != 0 }

  /// Bytes at the end of what was read that may go on to be a pattern.
  func open(_ state: Int32) -> Int { Int(nodes[Int(state)].open) }

  /// Length of the longest pattern that ends at the last byte; 0: none.
  @inline(__always)
  func matched(_ state: Int32) -> Int { Int(nodes[Int(state)].matched) }
}
