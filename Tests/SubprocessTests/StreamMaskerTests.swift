internal import Foundation
internal import Subprocess
internal import TestSupport
internal import Testing

/// A secret with everything that somebody quotes or escapes.
private let awkward = "p4$$ w'or\"d\\/<&>;é#%+~\u{1F511}end"
private let key = "-----BEGIN KEY-----\nMIIBVgIBADANBgkq\n\tshort\nhkiG9w0BAQEFAASC\n-----END KEY-----"

private func mask(_ text: String, _ secrets: String...) -> String {
  StreamMasker(secrets: secrets.map { Array($0.utf8) }).masked(text)
}

extension String {
  fileprivate func leftPadded(_ count: Int) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}

struct StreamMaskerTests {
  @Test func aSecretIsReplacedAndTheTextAroundItIsKept() {
    #expect(
      mask("login failed: token \"hunter2-hunter2\" is expired", "hunter2-hunter2")
        == "login failed: token \"***\" is expired")
    #expect(mask("nothing here", "hunter2-hunter2") == "nothing here")
    #expect(mask("anything", "short12") == "anything")
    #expect(mask("one short123 two", "short123") == "one *** two")
    #expect(mask("", "hunter2-hunter2") == "")
  }

  @Test func secretsThatTouchOrOverlapBecomeOneMask() {
    #expect(mask("abcdefghijkl", "abcdefgh", "efghijkl") == "***")
    #expect(mask("<abcdefghABCDEFGH>", "abcdefgh", "ABCDEFGH") == "<***>")
    #expect(mask("abcdefgh", "abcdefgh", "abcdefghij") == "***")
    #expect(mask("abcdefghij!", "abcdefgh", "abcdefghij") == "***!")
    #expect(mask("aaaaaaaaaaaaaa.", "aaaaaaaa") == "***.")
  }

  @Test func linesOfALongSecretAreFoundAlone() {
    let text = mask("bad line: MIIBVgIBADANBgkq\r\n  hkiG9w0BAQEFAASC tail\n", key)
    #expect(text == "bad line: ***\r\n  *** tail\n")
    #expect(mask(key, key) == "***")
    #expect(mask("a short line", key) == "a short line")
  }

  @Test(arguments: [awkward, key, "0123456789", "a=b&c=d e", "tab\there'too", "\u{1}\u{2}\u{7f}control", "~home#hash"])
  func whatOthersWriteIsFound(secret: String) throws {
    let bytes = Array(secret.utf8)
    let masker = StreamMasker(secrets: [bytes])
    var texts: [String] = []
    for before in ["", "x", "yz"] {
      for after in ["", "1", "22", "\n"] {
        let whole = Data((before + secret + after).utf8)
        texts.append(whole.base64EncodedString())
        texts.append(
          whole.base64EncodedString(options: [
            .lineLength64Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
          ]))
        texts.append(
          whole.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: ""))
      }
    }
    texts.append(bytes.map { String(format: "%02x", $0) }.joined())
    texts.append(bytes.map { String(format: "%02X", $0) }.joined(separator: " "))
    for set in [CharacterSet.alphanumerics, .urlQueryAllowed, .urlPathAllowed, .urlHostAllowed, .urlUserAllowed] {
      let ascii = set.intersection(CharacterSet(charactersIn: Unicode.Scalar(0)..."\u{7f}"))
      texts.append(try #require(secret.addingPercentEncoding(withAllowedCharacters: ascii)))
    }
    for options in [JSONSerialization.WritingOptions.fragmentsAllowed, [.fragmentsAllowed, .withoutEscapingSlashes]] {
      texts.append(
        String(decoding: try JSONSerialization.data(withJSONObject: secret, options: options), as: UTF8.self))
    }
    texts.append(secret.debugDescription)
    texts.append(bytes.map { String(format: "\\x%02X", $0) }.joined())
    texts.append(bytes.map { "\\" + String($0, radix: 8).leftPadded(3) }.joined())
    texts.append(secret.unicodeScalars.map { "\\u{" + String($0.value, radix: 16) + "}" }.joined())
    texts.append(secret.unicodeScalars.map { "\\U" + String($0.value, radix: 16).leftPadded(8) }.joined())
    texts.append(secret.utf16.map { "\\u" + String($0, radix: 16, uppercase: true).leftPadded(4) }.joined())
    // A part of it as it is, and a part escaped.
    texts.append(
      secret.prefix(4) + bytes.dropFirst(secret.prefix(4).utf8.count).map { String(format: "%%%02x", $0) }.joined())
    let log = String(decoding: try JSONSerialization.data(withJSONObject: ["m": secret]), as: UTF8.self)
    texts.append(
      String(
        decoding: try JSONSerialization.data(withJSONObject: ["log": log], options: .withoutEscapingSlashes),
        as: UTF8.self
      ).replacing(#"{"log":"{\"m\":\""#, with: "").replacing(#"\"}"}"#, with: ""))
    for text in texts {
      #expect(masker.finds(in: Array(text.utf8)), "\(text)")
      let left = masker.masked("[" + text + "]")
      #expect(left.contains("***") && left.hasPrefix("[") && left.hasSuffix("]"), "\(left)")
      // The characters of base64 that hang on what stands beside the secret are left, and padding.
      #expect(left.count <= 20, "\(text) -> \(left)")
    }
  }

  /// What real shells print. Each program prints the secret that it has in its environment.
  @Test(arguments: [
    "printf %q \"$S\"", "printf '%s' \"${S@Q}\"", "declare -p S", "set | grep -a ^S=", "set -x; : \"$S\"", "export -p",
    "printf '%s' \"$S\" | base64", "printf 'user:%s' \"$S\" | base64 -w 20", "printf '%s' \"$S\" | od -An -tx1 -v",
    "env", "LC_ALL=C; printf %q \"$S\"", "LC_ALL=C; set -x; : \"$S\"",
  ])
  func whatShellsPrintIsFound(script: String) throws {
    for secret in [awkward, key, "it's a secret", "line one is here\nline two is here"] {
      var request = shell(script)
      var environment = ProcessEnvironment()
      environment["PATH"] = ProgramSearch.defaultPath
      environment["S"] = secret
      environment["LC_ALL"] = "C.UTF-8"
      request.environment = environment.block
      let end = try Completion.run(request)
      let printed = end.output + end.errorOutput
      let masker = StreamMasker(secrets: [Array(secret.utf8)])
      let left = masker.masked(String(decoding: printed, as: UTF8.self))
      #expect(left.contains("***"), "\(script): \(left)")
      for word in ["w'or", "MIIBVgIBADANBgkq", "hkiG9w0BAQEFAASC", "a secret", "line two", "u{1F511}", "\\360\\237"]
      where !script.contains("base64") {
        #expect(!left.contains(word), "\(script): \(left)")
      }
    }
  }

  // MARK: Properties

  /// Texts of a small alphabet, full of secrets, halves of secrets and overlaps.
  private static func noise(_ generator: inout SeededGenerator, _ pieces: [[UInt8]], length: Int) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < length {
      switch Int.random(in: 0..<6, using: &generator) {
      case 0, 1: text += pieces.randomElement(using: &generator) ?? []
      case 2: text += (pieces.randomElement(using: &generator) ?? []).prefix(Int.random(in: 0..<12, using: &generator))
      case 3: text += (pieces.randomElement(using: &generator) ?? []).suffix(Int.random(in: 0..<12, using: &generator))
      case 4: text.append(contentsOf: [0x0A, 0x20].prefix(Int.random(in: 0...2, using: &generator)))
      default: text.append(UInt8.random(in: 0x61...0x64, using: &generator))
      }
    }
    return text
  }

  private static func secrets(_ generator: inout SeededGenerator) -> [[UInt8]] {
    (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      (0..<Int.random(in: 8...20, using: &generator)).map { _ in
        Array("aab\"' /\n".utf8).randomElement(using: &generator) ?? 0x61
      }
    }
  }

  private static func pieces(of secrets: [[UInt8]]) -> [[UInt8]] {
    secrets.flatMap { secret in
      let text = Data(secret)
      return [
        secret, Array(text.base64EncodedString().utf8), Array(secret.map { String(format: "%02x", $0) }.joined().utf8),
        Array(secret.map { String(format: "%%%02X", $0) }.joined().utf8),
      ]
    }
  }

  @Test func howTheStreamIsCutMakesNoDifference() {
    var generator = SeededGenerator(seed: 7)
    for round in 0..<400 {
      let secrets = StreamMaskerTests.secrets(&generator)
      let text = StreamMaskerTests.noise(
        &generator, StreamMaskerTests.pieces(of: secrets), length: Int.random(in: 0...400, using: &generator))
      var masker = StreamMasker(secrets: secrets)
      let whole = masker.masked(text)
      var pieces: [UInt8] = []
      var rest = text[...]
      while !rest.isEmpty {
        let count = Int.random(in: 0...min(rest.count, 9), using: &generator)
        pieces += masker.mask(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      pieces += masker.finish()
      #expect(pieces == whole, "round \(round)")
      // After the end another stream begins.
      let again = masker.mask(text)
      #expect(again + masker.finish() == whole, "round \(round)")
    }
  }

  @Test func noFormOfASecretSurvives() {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<400 {
      let secrets = StreamMaskerTests.secrets(&generator)
      let pieces = StreamMaskerTests.pieces(of: secrets)
      let text = StreamMaskerTests.noise(&generator, pieces, length: Int.random(in: 0...400, using: &generator))
      let masker = StreamMasker(secrets: secrets)
      let left = masker.masked(text)
      for piece in pieces where piece.last != UInt8(ascii: "=") {
        #expect(Data(left).range(of: Data(piece)) == nil, "round \(round)")
      }
      #expect(!masker.finds(in: left), "round \(round)")
      #expect(masker.finds(in: text) == (left != text), "round \(round)")
    }
  }

  @Test func aTextWithoutSecretsIsUnchanged() {
    var generator = SeededGenerator(seed: 13)
    let masker = StreamMasker(secrets: [Array(awkward.utf8), Array(key.utf8)])
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 0...500, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      #expect(masker.masked(text) == text)
    }
  }

  @Test func onlyWhatMayBeginASecretIsHeldBack() {
    var masker = StreamMasker(secrets: [Array("abcdefgh".utf8)])
    #expect(masker.mask(Array("12345 abcd".utf8)) == Array("12345 ".utf8))
    #expect(masker.mask(Array("efg".utf8)) == [])
    #expect(masker.mask(Array("x?".utf8)) == Array("abcdefgx?".utf8))
    #expect(masker.mask(Array("abcdefgh".utf8)) == Array("***".utf8))
    #expect(masker.mask(Array("abc".utf8)) == [])
    #expect(masker.finish() == Array("abc".utf8))
    #expect(masker.mask(Array("100%".utf8)) == Array("100".utf8))
    #expect(masker.mask(Array(" \\".utf8)) == Array("% ".utf8))
    #expect(masker.finish() == Array("\\".utf8))
    // A gap in what may be base64 is bounded, so that a program that writes blanks for ever fills no memory.
    let start = Array(Data("abcdefgh".utf8).base64EncodedString().utf8.prefix(5))
    #expect(masker.mask(start) == [])
    #expect(masker.mask([UInt8](repeating: 0x0A, count: 100)).count == 105)
  }

  @Test func manyLongSecretsAreTakenInReasonableSpace() {
    var generator = SeededGenerator(seed: 17)
    let secrets = (0..<5).map { _ in (0..<4096).map { _ in UInt8.random(in: 0x20...0x7E, using: &generator) } }
    let masker = StreamMasker(secrets: secrets)
    for secret in secrets { #expect(masker.masked([0x0A] + secret + [0x0A]) == Array("\n***\n".utf8)) }
  }
}
