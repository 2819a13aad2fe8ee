/// Finds the needs that close circles, so that the rest has an order.
package struct CycleCut {
  /// Longer circles are not written out.
  private static let longest = 12

  package struct Closing {
    package var node: Int
    /// The place of the need in the node's list.
    package var place: Int
    /// The nodes of the circle in the order of their needs, the first one at its end again; shortened if there are
    /// many.
    package var path: [Int?]
  }

  /// - Returns: the needs without which there is no circle.
  package static func closings(_ needs: [[Int]]) -> [Closing] {
    var closings: [Closing] = []
    /// 0: not seen, 1: on the path, 2: done.
    var state = [UInt8](repeating: 0, count: needs.count)
    var path: [(node: Int, next: Int)] = []
    var depth = [Int](repeating: 0, count: needs.count)
    for start in needs.indices where state[start] == 0 {
      state[start] = 1
      depth[start] = 0
      path.append((start, 0))
      while let (node, next) = path.last {
        guard next < needs[node].count else {
          state[node] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let need = needs[node][next]
        switch state[need] {
        case 0:
          state[need] = 1
          depth[need] = path.count
          path.append((need, 0))
        case 1: closings.append(Closing(node: node, place: next, path: circle(path[depth[need]...])))
        default: break
        }
      }
    }
    return closings
  }

  private static func circle(_ path: ArraySlice<(node: Int, next: Int)>) -> [Int?] {
    let first = path[path.startIndex].node
    if path.count <= longest { return path.map(\.node) + [first] }
    return path.prefix(longest / 2).map(\.node) + [nil] + path.suffix(longest / 2).map(\.node) + [first]
  }
}
