internal import CYAML
internal import Diagnostics
internal import SourceText

/// Drives libyaml over one text and hands its events to a `TreeBuilder`.
struct EventLoop {
  let source: SourceFile
  let range: Range<Int>
  var builder: TreeBuilder
  var collector: DiagnosticCollector

  /// Reads the first document; `bytes` are those of the source, or a copy that libyaml can read.
  mutating func run(_ bytes: [UInt8]) -> YAMLNode? {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
    defer {
      unsafe parser.deallocate()
      unsafe event.deallocate()
    }
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      collector.report(YAMLRules.syntax, .fileStart, "there is not enough memory to read the file")
      return nil
    }
    defer { unsafe yaml_parser_delete(parser) }
    // libyaml keeps the pointer until the parser is deleted, hence the whole parse inside the closure.
    let isComplete = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      unsafe yaml_parser_set_input_string(parser, buffer.baseAddress.map { unsafe $0 + range.lowerBound }, range.count)
      return unsafe readDocument(parser, event) && readEnd(parser, event)
    }
    builder.finish(into: &collector, isComplete: isComplete)
    if !isComplete { return nil }
    if builder.records.isEmpty {
      collector.report(
        YAMLRules.syntax, SourceRange(start: range.lowerBound, end: range.lowerBound), "the file holds no YAML document"
      )
      return nil
    }
    return builder.makeTree()
  }

  /// Reads to the end of the first document. False after a problem that ends the reading.
  private mutating func readDocument(
    _ parser: UnsafeMutablePointer<yaml_parser_t>, _ event: UnsafeMutablePointer<yaml_event_t>
  ) -> Bool {
    while true {
      guard unsafe yaml_parser_parse(parser, event) == 1 else { return unsafe reportProblem(parser) }
      defer { unsafe yaml_event_delete(event) }
      let type = unsafe event.pointee.type
      if type == YAML_DOCUMENT_END_EVENT {
        let end = unsafe builder.offset(event.pointee.end_mark)
        return TagDirectives.areFew(source.bytes, from: end, to: range.upperBound, into: &collector)
      }
      if type == YAML_STREAM_END_EVENT { return true }
      guard unsafe take(event, type) else { return false }
    }
  }

  /// Checks that nothing follows the first document.
  private mutating func readEnd(
    _ parser: UnsafeMutablePointer<yaml_parser_t>, _ event: UnsafeMutablePointer<yaml_event_t>
  ) -> Bool {
    guard unsafe yaml_parser_parse(parser, event) == 1 else { return unsafe reportProblem(parser) }
    defer { unsafe yaml_event_delete(event) }
    if unsafe event.pointee.type == YAML_DOCUMENT_START_EVENT {
      let start = unsafe builder.offset(event.pointee.start_mark)
      let end = unsafe max(builder.offset(event.pointee.end_mark), start)
      collector.report(
        YAMLRules.severalDocuments, SourceRange(start: start, end: end),
        "a second document begins here; a plan is one document in one file",
        notes: ["move it to a file of its own, or delete the \"---\""])
      return false
    }
    return true
  }

  /// Hands one event to the builder. False when a limit ends the reading.
  @inline(__always)
  private mutating func take(_ event: UnsafeMutablePointer<yaml_event_t>, _ type: yaml_event_type_t) -> Bool {
    switch type {
    case YAML_SCALAR_EVENT:
      return unsafe takeScalar(event)
    case YAML_MAPPING_START_EVENT:
      let data = unsafe event.pointee.data.mapping_start
      let hasTag = unsafe data.tag != nil
      return unsafe builder.open(
        .mapping, isFlow: data.style == YAML_FLOW_MAPPING_STYLE, start: event.pointee.start_mark,
        end: event.pointee.end_mark, anchor: EventLoop.name(data.anchor), hasTag: hasTag, into: &collector)
    case YAML_SEQUENCE_START_EVENT:
      let data = unsafe event.pointee.data.sequence_start
      let hasTag = unsafe data.tag != nil
      return unsafe builder.open(
        .sequence, isFlow: data.style == YAML_FLOW_SEQUENCE_STYLE, start: event.pointee.start_mark,
        end: event.pointee.end_mark, anchor: EventLoop.name(data.anchor), hasTag: hasTag, into: &collector)
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
      return unsafe builder.close(end: event.pointee.end_mark, into: &collector)
    case YAML_ALIAS_EVENT:
      let name = unsafe EventLoop.name(event.pointee.data.alias.anchor) ?? ""
      return unsafe builder.alias(
        name, start: event.pointee.start_mark, end: event.pointee.end_mark, into: &collector)
    default:
      return true
    }
  }

  @inline(__always)
  private mutating func takeScalar(_ event: UnsafeMutablePointer<yaml_event_t>) -> Bool {
    let data = unsafe event.pointee.data.scalar
    let style: YAMLStyle
    switch unsafe data.style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: style = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: style = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: style = .literal
    case YAML_FOLDED_SCALAR_STYLE: style = .folded
    default: style = .plain
    }
    let value = unsafe UnsafeBufferPointer(start: data.value, count: data.length)
    let start = unsafe builder.offset(event.pointee.start_mark)
    let end = unsafe builder.offset(event.pointee.end_mark)
    if unsafe data.anchor == nil, unsafe data.tag == nil {
      return unsafe builder.scalar(value, style, start: start, end: end, into: &collector)
    }
    let hasTag = unsafe data.tag != nil
    return unsafe builder.scalar(
      value, style, start: start, end: end, anchor: EventLoop.name(data.anchor), hasTag: hasTag, into: &collector)
  }

  /// Reports what stopped libyaml; always false.
  private mutating func reportProblem(_ parser: UnsafeMutablePointer<yaml_parser_t>) -> Bool {
    let problem = unsafe SyntaxProblem(
      problem: EventLoop.name(
        parser.pointee.problem.map { unsafe UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self) }) ?? "",
      offset: builder.offset(parser.pointee.problem_mark),
      context: EventLoop.name(
        parser.pointee.context.map { unsafe UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self) }),
      contextOffset: builder.offset(parser.pointee.context_mark))
    collector.report(problem.diagnostic(in: source, range: range))
    return false
  }

  private static func name(_ bytes: UnsafePointer<UInt8>?) -> String? {
    unsafe bytes.map { unsafe String(cString: $0) }
  }
}
