internal import Foundation

/// A page of the documentation, as far as tests look at it: fenced blocks, inline code, headings and links.
package struct MarkdownPage: Sendable, CustomStringConvertible {
  /// A fenced block.
  package struct Block: Sendable {
    /// `yaml`, `console`; empty if none is named.
    package let language: String
    /// What the HTML comment right above the fence says; nil if there is none.
    package let marker: String?
    /// The indices of the lines between the fences.
    package let lines: Range<Int>
    package let text: String
  }

  /// Relative to the root of the repository.
  package let path: String
  package var lines: [String]

  package var description: String { path }

  /// The root of this repository.
  package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// README.md and all pages below docs, sorted.
  package static let all: [MarkdownPage] = {
    let docs = FileManager.default.enumerator(atPath: root + "/docs")?.compactMap { $0 as? String } ?? []
    let names = ["README.md"] + docs.filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }.sorted()
    return names.compactMap { name in
      guard let data = FileManager.default.contents(atPath: root + "/" + name) else { return nil }
      return MarkdownPage(path: name, text: String(decoding: data, as: UTF8.self))
    }
  }()

  package init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  package var text: String { lines.joined(separator: "\n") }

  package var blocks: [Block] {
    var blocks: [Block] = []
    var start: Int?
    for (index, line) in lines.enumerated() where line.hasPrefix("```") {
      guard let first = start else {
        start = index
        continue
      }
      let inner = first + 1..<index
      blocks.append(
        Block(
          language: String(lines[first].dropFirst(3)), marker: marker(above: first), lines: inner,
          text: lines[inner].map { $0 + "\n" }.joined()))
      start = nil
    }
    return blocks
  }

  private func marker(above fence: Int) -> String? {
    guard fence > 0, lines[fence - 1].hasPrefix("<!-- "), lines[fence - 1].hasSuffix(" -->") else { return nil }
    return String(lines[fence - 1].dropFirst(5).dropLast(4))
  }

  /// The lines outside of fenced blocks, with their indices.
  package var prose: [(index: Int, line: String)] {
    var isInside = false
    var prose: [(Int, String)] = []
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        isInside.toggle()
      } else if !isInside {
        prose.append((index, line))
      }
    }
    return prose
  }

  /// The texts between single backticks outside of fenced blocks.
  package var inlineCode: [(line: Int, text: String)] {
    prose.flatMap { index, line in
      line.matches(of: #/`([^`]+)`/#).map { (index + 1, String($0.1)) }
    }
  }

  /// The anchors that GitHub makes of the headings.
  package var anchors: Set<String> {
    Set(
      prose.compactMap { _, line in
        guard let match = line.wholeMatch(of: /#{1,6} (.+)/) else { return nil }
        return match.1.lowercased().replacingOccurrences(of: " ", with: "-")
          .filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
      })
  }

  /// The targets of links and images that are no URL.
  package var links: [(line: Int, target: String)] {
    prose.flatMap { index, line in
      line.replacing(#/`[^`]+`/#, with: "").matches(of: /\]\(([^)\s]+)\)/)
        .map { (index + 1, String($0.1)) }
        .filter { !$0.1.contains("://") && !$0.1.hasPrefix("mailto:") }
    }
  }
}
