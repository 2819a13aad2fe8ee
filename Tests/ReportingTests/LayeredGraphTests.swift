internal import TestSupport
internal import Testing

@testable import Reporting

struct LayeredGraphTests {
  @Test func aNodeStandsBehindAllThatItNeeds() throws {
    let graph = try #require(LayeredGraph(needs: [[], [0], [0], [1], [2, 3]]))
    #expect(graph.columns == [0, 1, 1, 2, 3])
    #expect(graph.columnCount == 4)
    // The edge from 2 to 4 passes a column, where another stands.
    let long = try #require(graph.routes.first { $0.from == 2 && $0.to == 4 })
    #expect(long.rows.count == 1 && long.rows[0] != graph.rows[3])
    #expect(graph.routes.filter { $0.to == 3 }.allSatisfy { $0.rows.isEmpty })
  }

  @Test func whatFollowsFromOtherEdgesIsNotDrawn() throws {
    let graph = try #require(LayeredGraph(needs: [[], [0], [0, 1], [0, 1, 2]]))
    #expect(graph.routes.map { [$0.from, $0.to] } == [[0, 1], [1, 2], [2, 3]])
  }

  @Test func lastNodesStandBehindAllOthers() throws {
    let graph = try #require(LayeredGraph(needs: [[], [0], [], [2]], last: [2, 3]))
    #expect(graph.columns == [0, 1, 2, 3])
  }

  @Test func noTwoNodesHaveOnePlace() throws {
    var generator = SeededGenerator(seed: 1)
    for count in [1, 2, 10, 60] {
      let needs = (0..<count).map { node in
        (0..<node).filter { _ in Int.random(in: 0..<max(1, count / 2), using: &generator) == 0 }
      }
      let graph = try #require(LayeredGraph(needs: needs))
      let places = Set(zip(graph.columns, graph.rows).map { [$0, $1] })
      #expect(places.count == count)
      for (node, list) in needs.enumerated() {
        for need in list { #expect(graph.columns[need] < graph.columns[node]) }
      }
    }
  }

  /// Two chains side by side, declared in a mixed order, need no crossing.
  @Test func chainsDoNotCross() throws {
    let graph = try #require(LayeredGraph(needs: [[], [], [1], [0], [2], [3]]))
    #expect(graph.rows[0] == graph.rows[3] && graph.rows[3] == graph.rows[5])
    #expect(graph.rows[1] == graph.rows[2] && graph.rows[2] == graph.rows[4])
  }

  @Test func tooLongEdgesAreNotLaidOut() {
    // A long chain, and many nodes that need its beginning and are needed at its end.
    let chain = (0..<200).map { $0 == 0 ? [] : [$0 - 1] }
    let others = [[Int]](repeating: [0], count: 90)
    #expect(LayeredGraph(needs: chain + others + [[199] + Array(200..<290)]) != nil)
    let long = (0..<200).map { $0 == 0 ? [] : [$0 - 1] } + [[Int]](repeating: [0], count: 150)
    #expect(LayeredGraph(needs: long + [[199] + Array(200..<350)]) == nil)
  }
}

struct TimeAxisTests {
  @Test func pausesAreShort() {
    let day: Int64 = 86_400_000
    let axis = TimeAxis([(0, 10_000), (day, day + 10_000)])
    #expect(axis.pauses.count == 1)
    #expect(axis.pauses.first?.length == day - 10_000)
    #expect(axis.place(0) == 0)
    #expect(abs(axis.place(5_000) - 0.245) < 0.001)
    #expect(abs(axis.place(day) - 0.51) < 0.001)
    #expect(axis.place(day + 10_000) == 1)
    // What lies in a pause stands at its beginning; what lies outside at an end.
    #expect(abs(axis.place(day / 2) - 0.49) < 0.001)
    #expect(axis.place(-5) == 0 && axis.place(2 * day) == 1)
  }

  @Test func nothingHasNoPlaceToMeasure() {
    #expect(TimeAxis([]).place(5) == 0)
    #expect(TimeAxis([(5, 5)]).place(5) == 0)
  }

  @Test func manyPausesLeaveRoomForTheWork() {
    let axis = TimeAxis((0..<1000).map { (Int64($0) * 1_000_000, Int64($0) * 1_000_000 + 1000) })
    #expect(axis.pauses.count == 999)
    #expect(axis.place(999 * 1_000_000 + 1000) <= 1.000_001)
    #expect(axis.place(500 * 1_000_000) > axis.place(499 * 1_000_000))
  }
}
