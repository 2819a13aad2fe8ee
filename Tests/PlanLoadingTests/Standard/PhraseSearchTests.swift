internal import Testing

@testable internal import PlanLoading

@Suite struct PhraseSearchTests {
  /// Phrases with few first bytes are looked for otherwise than those with many.
  @Test(arguments: [["/home/", ":\\"], ["/x"], ["ab", "b", "c/", "/home/"]])
  func phrasesAreFoundWhereAPlainLoopFindsThem(phrases: [String]) {
    let search = PhraseSearch(phrases)
    // Longer than what is looked at in one go, with phrases over its borders.
    let text = String(repeating: "ab c:\\ /HOME/x /xy ", count: 300) + String(repeating: "-", count: 2_100) + "/home/"
    let bytes = Array(text.utf8)
    let lower = Array(text.lowercased().utf8)
    var position = 0
    while true {
      let found = search.first(in: bytes, from: position, to: bytes.count)
      let plain = (position..<bytes.count).first { place in
        phrases.contains { lower[place...].starts(with: $0.utf8) }
      }
      #expect(found?.place == plain)
      if let found { #expect(lower[found.place...].starts(with: phrases[found.phrase].utf8)) }
      guard let plain else { return }
      position = plain + 1
    }
  }
}
