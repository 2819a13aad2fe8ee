internal import PlanModel
internal import TestSupport
internal import Testing

@testable internal import PlanLoading

struct DotenvTests {
  private func read(_ text: String) throws(DotenvText.Problem) -> [String] {
    try DotenvText.read(Array(text.utf8)).map { "\($0.name)=\($0.value)" }
  }

  @Test(arguments: [
    ("", []), ("\n\n# only this\n  # and this", []), ("A=1", ["A=1"]), ("A=1\r\nB=2\r\n", ["A=1", "B=2"]),
    ("\u{FEFF}A=1\n", ["A=1"]), ("export A=1\nexport\tB=2\nexport=3", ["A=1", "B=2", "export=3"]),
    ("A=\nB = x y \n", ["A=", "B=x y"]), ("A=a#b # c\nB=# c\nC=x\t# y", ["A=a#b", "B=", "C=x"]),
    ("A='a # $b \\n'\n", ["A=a # $b \\n"]), ("A=\"a\\nb\\\"\\\\\\$\\t\\x\" # c\n", ["A=a\nb\"\\$\t\\x"]),
    ("A='x\ny'\nB=2", ["A=x\ny", "B=2"]), ("A=\"x\ny\"", ["A=x\ny"]), ("A=$HOME `x`", ["A=$HOME `x`"]),
    ("A=1\nA=2", ["A=1", "A=2"]), ("A=ü'\"", ["A=ü'\""]),
  ]) func textsAreRead(text: String, expected: [String]) throws {
    #expect(try read(text) == expected)
  }

  @Test(arguments: [
    ("A", 1), ("A=1\nsecret words\n", 2), ("1A=2", 1), ("A-B=2", 1), ("=2", 1), ("\n\nA='x\ny", 3), ("A=\"x", 1),
    ("A='x' y", 1), ("EXECPLAN_RUN_ID=1", 1), ("A=a\0b", 1), ("A='x\ny'\nB", 3),
  ]) func mistakesAreNamedByLineAndNothingOfTheFileIsRepeated(text: String, line: Int) {
    let problem = #expect(throws: DotenvText.Problem.self) { try read(text) }
    #expect(problem?.line == line)
    #expect(problem?.message.contains("secret") == false)
  }

  @Test func bytesThatAreNoTextAreRefused() {
    #expect(throws: DotenvText.Problem.self) { try DotenvText.read([0x41, 0x3D, 0xFF]) }
  }

  @Test func laterFilesWinAndValuesAreNotDescribed() throws {
    var dotenv = Dotenv()
    dotenv.merge(try DotenvText.read(Array("B=1\nA=1\nA=2\n".utf8)))
    dotenv.merge(try DotenvText.read(Array("B=hidden\n".utf8)))
    #expect(dotenv.variables.map(\.name) == ["A", "B"] && dotenv.variables.map(\.value) == ["2", "hidden"])
    #expect("\(dotenv)" == "Dotenv(A, B)" && !String(reflecting: dotenv).contains("hidden"))
  }

  @Test func noBytesTrap() {
    var generator = SeededGenerator(seed: 3)
    let pieces = ["A", "=", "'", "\"", "\\", "\n", "\r", " ", "#", "export ", "é", "\0"]
    for _ in 0..<5000 {
      let text = (0..<Int.random(in: 0..<16, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }.joined()
      let count = (try? DotenvText.read(Array(text.utf8)))?.count ?? 0
      #expect(count <= text.utf8.count)
    }
  }
}
