package import SourceText

/// What a response must be (`expect` of a request).
package struct HTTPExpectation: Hashable, Sendable {
  package struct Header: Hashable, Sendable {
    package var name: Located<String>
    package var value: [Comparison]

    package init(name: Located<String>, value: [Comparison]) {
      self.name = name
      self.value = value
    }
  }

  package struct Member: Hashable, Sendable {
    package var pointer: JSONPointer
    package var value: [Comparison]

    package init(pointer: JSONPointer, value: [Comparison]) {
      self.pointer = pointer
      self.value = value
    }
  }

  /// Empty: any of 200 to 299.
  package var status: [Comparison] = []
  package var headers: [Header] = []
  package var json: [Member] = []
  /// Over the text of the body.
  package var body: [Comparison] = []
  /// Compared in milliseconds.
  package var duration: [Comparison] = []

  package init() {}

  /// All comparisons with what each is about, in a fixed order.
  package var named: [(name: String, comparisons: [Comparison])] {
    [("status", status)] + headers.map { ("header \($0.name.value.lowercased())", $0.value) }
      + json.map { ("json \($0.pointer.text)", $0.value) } + [("body", body), ("duration", duration)]
  }

  package var expressions: [Expression] { named.flatMap { $0.comparisons.flatMap(\.expressions) } }
}
