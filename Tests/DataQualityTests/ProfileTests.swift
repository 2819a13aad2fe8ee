import DataQuality
import Foundation
import PlanModel
import Testing

struct ProfileTests {
  private func profile(_ values: [String], baseline: TableBaseline? = nil) throws -> ColumnProfile {
    let rows = values.map { "(\($0))" }.joined(separator: ", ")
    let table = try Assessed("CREATE TABLE t (v); INSERT INTO t VALUES \(rows);")
    return try #require(
      try table.report(.distribution(column("v"), .init(maximumPSI: 0.25)), baseline: baseline).profiles.first
    ).profile
  }

  @Test func numbersAreDescribed() throws {
    let found = try profile(["1", "2", "2", "3", "NULL", "10.5"])
    #expect(found.kind == .number && found.rows == 6 && found.nulls == 1 && found.distinct == 4)
    #expect(found.min == .int(1) && found.max == .double(10.5))
    #expect(abs((found.mean ?? 0) - 3.7) < 1e-12)
    #expect(abs((found.deviation ?? 0) - 3.866_522_985_836_24) < 1e-9)
    #expect(found.quartiles == [.int(2), .int(2), .int(3)])
  }

  @Test func textsAreDescribed() throws {
    let found = try profile(["'b'", "'a'", "'b'", "NULL"])
    #expect(found.kind == .text && found.distinct == 2 && found.min == .string("a") && found.max == .string("b"))
    #expect(found.mean == nil && found.quartiles.isEmpty)
    #expect(found.shape == .values([.init(text: "b", count: 2), .init(text: "a", count: 1)], others: 0))
    #expect(try profile(["1", "'a'"]).kind == .mixed)
  }

  /// The quantiles are those of numpy's `inverted_cdf`.
  @Test func quantilesAreValuesThatAreThere() throws {
    let found = try profile((1...10).map(String.init))
    #expect(found.quartiles == [.int(3), .int(5), .int(8)])
    #expect(found.shape == .ranges(ends: [1, 2, 3, 4, 5, 6, 7, 8, 9], counts: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]))
    #expect(try profile(["7"]).quartiles == [.int(7), .int(7), .int(7)])
  }

  @Test func aProfileComesBackFromItsValue() throws {
    for values in [["1", "2", "3.5"], ["'a'", "'b'"], ["NULL"], ["1", "'a'"]] {
      let found = try profile(values)
      #expect(ColumnProfile(try JSONReader.read(Array(JSONWriter.compact(found.value).utf8))) == found)
    }
    #expect(ColumnProfile(.map([])) == nil)
  }

  @Test func aProfileIsBoundedWhateverTheColumnHolds() throws {
    let found = try profile((0..<500).map { "'\(String(repeating: "long ", count: 60))\($0)'" })
    #expect(JSONWriter.compact(found.value).utf8.count < 3000)
    guard case .values(let top, let others)? = found.shape else {
      Issue.record("texts have frequencies")
      return
    }
    #expect(top.count == 20 && others == 480 && Set(top.map(\.text)).count == 20)
  }

  // MARK: Drift

  @Test func theIndexIsTheSumOverTheClasses() {
    #expect(Drift.stabilityIndex(before: [50, 50], now: [500, 500]) == 0)
    let expected = (0.6 - 0.5) * log(0.6 / 0.5) + (0.4 - 0.5) * log(0.4 / 0.5)
    #expect(abs(Drift.stabilityIndex(before: [50, 50], now: [60, 40]) - expected) < 1e-12)
    #expect(Drift.stabilityIndex(before: [100, 0], now: [0, 100]).isFinite)
    #expect(Drift.stabilityIndex(before: [0, 0], now: [0, 0]) == 0)
  }

  @Test func theMeanMovesInDeviations() {
    #expect(Drift.shift(from: (10, 2), to: 13) == 1.5)
    #expect(Drift.shift(from: (10, 0), to: 10) == 0)
    #expect(Drift.shift(from: (10, 0), to: 11) == nil)
  }

  private func drift(_ before: [String], _ now: [String], _ drift: TableExpectation.Drift) throws -> String? {
    func table(_ values: [String]) throws -> Assessed {
      let rows = values.map { "(\($0))" }.joined(separator: ", ")
      return try Assessed("CREATE TABLE t (v); INSERT INTO t VALUES \(rows);")
    }
    let kind = TableExpectation.Kind.distribution(column("v"), drift)
    let baseline = TableBaseline(try table(before).report(kind).value, run: 3)
    return try table(now).failure(kind, baseline: baseline)
  }

  @Test func aDistributionThatMovedFails() throws {
    let numbers = (1...100).map(String.init)
    let psi = TableExpectation.Drift(maximumPSI: 0.25)
    #expect(try drift(numbers, numbers, psi) == nil)
    #expect(try drift(numbers, (1...100).map { "\($0 + 1)" }, psi) == nil)
    #expect(try drift(numbers, (1...100).map { "\($0 + 50)" }, psi)?.hasPrefix("its PSI against run 3 is ") == true)
    // As many values as before are missing, or they are not.
    #expect(try drift(numbers, numbers + (1...50).map { _ in "NULL" }, psi) != nil)
    #expect(
      try drift(numbers, (1...100).map { "\($0 + 50)" }, .init(maximumShift: 1))
        == "its mean moved from 50.5 in run 3 to 100.5, by 1.723 standard deviations; at most 1 are good")
    #expect(try drift(["'a'", "'b'"], ["'a'", "'c'"], psi) != nil)
    #expect(try drift(["'a'", "'b'"], ["'b'", "'a'", "'b'", "'a'"], psi) == nil)
    #expect(
      try drift(["1", "2"], ["'1'", "'2'"], psi) == "its values are texts now, and were whole numbers in run 3")
  }

  @Test func withoutAnEarlierRunNothingIsCompared() throws {
    let table = try Assessed("CREATE TABLE t (v); INSERT INTO t VALUES (1);")
    let outcome = try table.report(.distribution(column("v"), .init(maximumPSI: 0.1))).outcomes[0]
    #expect(outcome.failure == nil && outcome.found == "nothing to compare with yet")
  }
}
