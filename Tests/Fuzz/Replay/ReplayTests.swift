internal import Foundation
internal import FuzzTargets
internal import Testing

/// Gives the targets of the fuzzer their seeds, and every input that once broke a promise.
struct ReplayTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  /// The inputs of a target, by name.
  private static func inputs(_ kind: String, _ target: String) throws -> [(name: String, bytes: [UInt8])] {
    let path = folder.appendingPathComponent(kind).appendingPathComponent(target)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path.path)) ?? []
    return try names.sorted().map { ($0, Array(try Data(contentsOf: path.appendingPathComponent($0)))) }
  }

  @Test(arguments: FuzzTarget.all.map(\.name)) func inputsAreReadToTheirEnd(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let seeds = try Self.inputs("Seeds", name)
    #expect(!seeds.isEmpty, "a target needs seeds to begin with")
    for input in try seeds + Self.inputs("Found", name) {
      #expect(throws: Never.self, "\(input.name)") { try target.read(input.bytes) }
      // What stands before a damage is read first, and an end at any place is a frequent one.
      let half = Array(input.bytes.prefix(input.bytes.count / 2))
      #expect(throws: Never.self, "the first half of \(input.name)") { try target.read(half) }
    }
  }

  /// Inputs that nobody wrote: few beside those of libFuzzer, but in every run of the tests, and always the same.
  @Test(arguments: FuzzTarget.all.map(\.name)) func changedInputsAreReadToTheirEnd(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let originals = try Self.inputs("Seeds", name) + Self.inputs("Found", name)
    var mutator = InputMutator(originals.map(\.bytes), limit: 4096, seed: 1)
    for number in 0..<(Self.isSlow(name) ? 150 : 1500) {
      let input = mutator.next()
      #expect(throws: Never.self, "input \(number): \(String(decoding: input, as: UTF8.self).debugDescription)") {
        try target.read(input)
      }
    }
  }

  /// Whether an input is a whole plan, or a file that is written first.
  private static func isSlow(_ name: String) -> Bool {
    ["markdown", "yaml", "rows", "journal", "marks", "records"].contains(name)
  }

  @Test func everyFolderBelongsToATarget() throws {
    let names = Set(FuzzTarget.all.map(\.name))
    for kind in ["Seeds", "Found"] {
      let folders = try FileManager.default.contentsOfDirectory(
        atPath: Self.folder.appendingPathComponent(kind).path)
      #expect(Set(folders).subtracting(names).subtracting(["README.md"]).isEmpty)
    }
  }
}
