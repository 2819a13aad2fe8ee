package import PlanModel
internal import SourceText

/// What a `file` or `edit` action wants to be there, and how what is there differs from it.
package struct DesiredFile: Sendable {
  package enum Kind: Hashable, Sendable {
    case content([UInt8])
    case directory
    case link(String)
    case absent
    /// Only the mode is set.
    case unchanged
  }

  /// Relative to the project root.
  package var path: String
  package var kind: Kind
  package var mode: UInt16?
  /// What is not as desired, for people; nil: nothing is to be done.
  package var difference: String?
  /// The content that the decision rests on; a writer refuses to replace anything else.
  package var basis: [UInt8]?
  /// Whether the path may lead out of the project.
  package var allowsOutside = false

  /// Files above this size are not read for `file` and `edit`.
  package static let sizeLimit = 64 << 20

  /// - Throws: `EvaluationError` for expressions without a value, and when an edit can't be made;
  ///   `FileProbeError` when a file cannot be read.
  package static func of(_ action: Action, scope: RunScope, files: any FileProbe) throws -> DesiredFile {
    switch action {
    case .file(let file): return try of(file, scope: scope, files: files)
    case .edit(let edit): return try of(edit, scope: scope, files: files)
    case .run, .exec, .sql, .http, .fetch, .wait, .check, .manual, .approve, .agent, .uses:
      preconditionFailure("only file and edit actions describe a file")
    }
  }

  private static func of(_ file: FileAction, scope: RunScope, files: any FileProbe) throws -> DesiredFile {
    let path = file.path.text
    let status = try files.status(path)
    var desired = DesiredFile(path: path, kind: .unchanged, mode: file.mode, allowsOutside: file.allowsOutside)
    switch file.content {
    case .text(let template):
      desired.protect(template, file)
      desired.kind = .content(Array(try template.renderText(in: scope).utf8))
    case .source(let source, let render):
      guard let bytes = try files.content(source.text, limit: sizeLimit) else {
        throw FileProbeError(path: source.text, message: "the source is not there")
      }
      if render {
        let template = try files.template(bytes, path: source.text)
        desired.protect(template, file)
        desired.kind = .content(Array(try template.renderText(in: scope).utf8))
      } else {
        desired.kind = .content(bytes)
      }
    case .directory: desired.kind = .directory
    case .link(let target): desired.kind = .link(try target.renderText(in: scope))
    case .absent: desired.kind = .absent
    case .unchanged: break
    }
    desired.difference = try difference(of: &desired, from: status, files)
    return desired
  }

  /// A file with a secret in it is its owner's alone, unless its author says otherwise.
  private mutating func protect(_ template: Template, _ file: FileAction) {
    if file.mode == nil, template.readsSecret { mode = 0o600 }
  }

  private static func difference(
    of desired: inout DesiredFile, from status: FileStatus?, _ files: any FileProbe
  ) throws(FileProbeError) -> String? {
    switch desired.kind {
    case .absent:
      return status == nil ? nil : "\"\(desired.path)\" is there"
    case .directory:
      guard let status else { return "the folder \"\(desired.path)\" is not there" }
      guard status.kind == .directory else { return "\"\(desired.path)\" is not a folder" }
    case .link(let target):
      guard let status else { return "the link \"\(desired.path)\" is not there" }
      return status.kind == .link(target: target) ? nil : "\"\(desired.path)\" does not link to \"\(target)\""
    case .content(let bytes):
      guard let status else { return "\"\(desired.path)\" is not there" }
      guard status.kind != .directory else { return "\"\(desired.path)\" is a folder" }
      desired.basis = try files.content(desired.path, limit: sizeLimit)
      if desired.basis != bytes { return "the content of \"\(desired.path)\" differs" }
    case .unchanged:
      if status == nil { return "\"\(desired.path)\" is not there" }
    }
    if let mode = desired.mode, let status, status.mode != mode {
      return "the mode of \"\(desired.path)\" is \(octal(status.mode)), not \(octal(mode))"
    }
    return nil
  }

  private static func of(_ edit: EditAction, scope: RunScope, files: any FileProbe) throws -> DesiredFile {
    let path = edit.path.text
    let old = try files.content(path, limit: sizeLimit)
    var desired = DesiredFile(path: path, kind: .unchanged, allowsOutside: edit.allowsOutside)
    desired.basis = old
    switch edit.change {
    case .line(let line):
      let text = try line.renderText(in: scope)
      guard !text.contains("\n") else { throw EvaluationError("the line holds a line break", line.range) }
      let new = TextEdit.line(text, isPresent: edit.isPresent, in: old ?? [])
      if let new {
        desired.kind = .content(new)
        desired.difference = edit.isPresent ? "the line \"\(text)\" is missing" : "the line \"\(text)\" is there"
      }
    case .block(let marker, let text, let comment):
      let body = edit.isPresent ? try text.renderText(in: scope) : nil
      if let new = try TextEdit.block(marker, comment: comment, body: body, in: old ?? []) {
        desired.kind = .content(new)
        desired.difference = "the block \"\(marker)\" in \"\(path)\" differs"
      }
    case .replace(let pattern, let with):
      guard let old else { throw FileProbeError(path: path, message: "the file to edit is not there") }
      guard let text = String(validating: old, as: UTF8.self) else {
        throw FileProbeError(path: path, message: "the file is not UTF-8 text")
      }
      let replacement = try with.renderText(in: scope)
      let new = try RegularExpression.replace(pattern.value, in: text, with: replacement)
      if new != text {
        // A replacement that matches its own result would change the file at every run.
        guard try RegularExpression.replace(pattern.value, in: new, with: replacement) == new else {
          throw EvaluationError("replacing \"\(pattern.value)\" changes its own result", pattern.range)
        }
        desired.kind = .content(Array(new.utf8))
        desired.difference = "\"\(pattern.value)\" in \"\(path)\" is to be replaced"
      }
    }
    return desired
  }

  private static func octal(_ mode: UInt16) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension DesiredFile {
  /// A file of execplan's own wish rather than of a `file` action.
  ///
  /// - Parameter basis: what is there now; nil: nothing.
  package init(path: String, content: [UInt8], basis: [UInt8]?) {
    self.init(path: path, kind: .content(content))
    self.basis = basis
  }
}
