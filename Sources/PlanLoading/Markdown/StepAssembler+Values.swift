internal import Diagnostics
internal import SourceText
internal import YAML

extension StepAssembler {
  mutating func value(of attribute: StepAttribute) {
    let key = attribute.key
    if AttributeNames.lists.contains(key) {
      list(attribute)
    } else if key == "env", !attribute.values.contains(where: { $0.text.hasPrefix("{") }) {
      environment(attribute)
    } else if attribute.values.count == 1 {
      single(attribute.values[0], key: key)
    } else if attribute.values.isEmpty {
      assembler.scalar("", attribute.keyRange, isText: false)
    } else {
      list(attribute)
    }
  }

  private mutating func list(_ attribute: StepAttribute) {
    assembler.begin(.sequence, attribute.range)
    for value in attribute.values where !structured(value, key: attribute.key) { scalar(value, isText: true) }
    assembler.end()
  }

  /// Writes a value that is YAML in braces; false if it is none.
  private mutating func structured(_ value: StepAttribute.Value, key: String) -> Bool {
    guard AttributeNames.isStructured(value.text, key: key), value.isVerbatim || isWrapped(value),
      let node = YAMLParser.parse(source, range: value.range, into: &collector)
    else { return false }
    assembler.copy(node)
    return true
  }

  private mutating func single(_ value: StepAttribute.Value, key: String) {
    if structured(value, key: key) { return }
    if key == "cwd", AttributeNames.isRoot(value.text) { return assembler.scalar(".", value.range, isText: true) }
    scalar(value, isText: AttributeNames.texts.contains(key))
  }

  /// Whether a value in backticks only goes on in the next line: YAML in braces means the same then.
  private func isWrapped(_ value: StepAttribute.Value) -> Bool {
    func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
    return value.isQuoted && words(source.text(value.range)) == words(value.text)
  }

  mutating func scalar(_ value: StepAttribute.Value, isText: Bool) {
    if value.isVerbatim {
      assembler.scalar(value.range, isText: isText)
    } else {
      assembler.scalar(value.text, value.range, isText: isText)
    }
  }

  /// `A=1`, `B=two`
  private mutating func environment(_ attribute: StepAttribute) {
    assembler.begin(.mapping, attribute.range)
    for value in attribute.values {
      let text = Array(value.text.utf8)
      guard let sign = text.firstIndex(of: UInt8(ascii: "=")) else {
        collector.report(
          .badValue, value.range, "\"\(value.text)\" gives no value to a variable", notes: ["write `NAME=value`"])
        continue
      }
      let isExact = value.isVerbatim
      assembler.key(
        String(decoding: text[..<sign], as: UTF8.self),
        isExact ? value.range.part(offset: 0, length: sign) : value.range)
      if isExact {
        assembler.scalar(value.range.part(offset: sign + 1, length: text.count - sign - 1), isText: true)
      } else {
        assembler.scalar(String(decoding: text[(sign + 1)...], as: UTF8.self), value.range, isText: true)
      }
    }
    assembler.end()
  }
}
