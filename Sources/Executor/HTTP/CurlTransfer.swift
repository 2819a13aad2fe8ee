internal import Digest
internal import Glibc
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Sends one request with curl, which gets everything about it on its standard input.
struct CurlTransfer {
  let context: StepContext
  /// Where a body may be written that is too large for curl's configuration and holds no secret.
  let scratch: String
  /// Nil: the attempt's own timer ends it.
  let timeout: Duration?

  /// How a request ended.
  enum Outcome {
    case answered(WebResponse)
    /// No whole response came.
    ///
    /// - Parameters:
    ///   - isSent: whether the server may have got the request.
    ///   - status: what the response began with, if it began.
    case failed(String, isSent: Bool, status: Int?)
    /// It was ended, and the server may have got the request.
    case cancelled
  }

  /// - Parameter file: where the body of the response is written; nil: it is kept in memory.
  /// - Throws: `EvaluationError` for what can't be sent.
  func send(_ request: WebRequest, to file: String? = nil) throws -> Outcome {
    let mark = "execplan-" + SHA256.digest(of: "report\n\(context.idempotencyKey)\n\(scratch)").hex.prefix(32)
    var environment = try context.environment()
    guard case .found(let program) = ProgramSearch.find("curl", path: environment["PATH"], directory: context.site.root)
    else {
      throw EvaluationError("there is no \"curl\" on the search path, and requests are sent with it; install it")
    }
    environment.enter(context.site.root)
    // Without its own configuration files, which could add anything.
    var command = ProgramCommand(
      executable: program, arguments: ["curl", "--disable", "--config", "-"], environment: environment,
      directory: context.site.root)
    if file == nil {
      command.outputLimit = max(request.sizeLimit + 1, 1 << 20)
    } else {
      // Before 8.4 curl itself notices only what the server tells beforehand.
      command.fileSizeLimit = request.sizeLimit
    }
    command.endsWhenCut = true
    do throws(CurlConfiguration.Problem) {
      command.input = try configuration(of: request, mark, file, &command)
    } catch {
      throw EvaluationError(error.message)
    }
    let completion = try context.site.world.complete(
      command, timeout: timeout, cancellation: context.cancellation)
    return outcome(
      of: completion, request, CurlReport(completion.errorOutput, mark: mark),
      tooLarge: CurlTransfer.tooLarge(request.sizeLimit, isFile: file != nil))
  }

  private func configuration(
    of request: WebRequest, _ mark: String, _ file: String?, _ command: inout ProgramCommand
  ) throws(CurlConfiguration.Problem) -> [UInt8] {
    var curl = CurlConfiguration()
    try curl.option("url", request.url)
    // Brackets and braces in a URL are no patterns.
    for flag in ["globoff", "silent", "show-error", "suppress-connect-headers"] { curl.flag(flag) }
    try curl.option("proto", "=http,https")
    try curl.option("connect-timeout", String(CurlTransfer.connectSeconds))
    // A server that sends nothing at all for so long will not answer any more.
    try curl.option("speed-limit", "1")
    try curl.option("speed-time", String(CurlTransfer.silenceSeconds))
    try curl.option("user-agent", "execplan")
    try curl.option("dump-header", "/dev/stderr")
    try curl.option("write-out", CurlReport.writeOut(mark))
    if let file {
      try curl.option("output", file)
    }
    try curl.option("max-filesize", String(request.sizeLimit))
    switch request.method {
    case .get: break
    case .head: curl.flag("head")
    default: try curl.option("request", request.method.rawValue)
    }
    for header in request.headers {
      // Without a value curl would leave the header out; a semicolon says that it is empty.
      try curl.option("header", header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    if let body = request.body ?? (request.method == .post || request.method == .put ? [] : nil) {
      // It would name a form, which this is not.
      if request.body == nil { try curl.option("header", "content-type:") }
      if CurlConfiguration.quoted(body).count + 32 <= CurlConfiguration.lineLimit, !body.contains(0) {
        try curl.option("data-raw", body)
      } else {
        guard !request.hasSecretBody else {
          throw CurlConfiguration.Problem(
            message: "a body with a secret can have at most 96 KiB, as it is not written to a file")
        }
        command.scriptFile = (scratch + ".body", String(decoding: body, as: UTF8.self))
        try curl.option("data-binary", "@\(scratch).body")
      }
    }
    return curl.bytes
  }

  /// What TCP takes for its first packets is 1, 2, 4, 8 s and so on; a server that is there answers long before this.
  private static let connectSeconds = 30
  private static let silenceSeconds = 300

  private func outcome(
    of completion: Completion, _ request: WebRequest, _ report: CurlReport, tooLarge: String
  ) -> Outcome {
    let status = report.status == 0 ? nil : report.status
    if completion.isOutputCut || completion.isErrorOutputCut {
      return .failed(tooLarge, isSent: true, status: status)
    }
    switch (completion.outcome, completion.status) {
    case (.cancelled, _): return .cancelled
    case (.timedOut, _): return .failed("it took longer than the step's timeout", isSent: true, status: nil)
    case (.ended, .exited(0)):
      guard let status else {
        return .failed("the server did not answer with HTTP", isSent: true, status: nil)
      }
      if completion.output.count > request.sizeLimit {
        return .failed(tooLarge, isSent: true, status: status)
      }
      return .answered(
        WebResponse(
          status: status, phrase: report.phrase, headers: report.headers,
          // After HEAD curl writes the headers there, too.
          body: request.method == .head ? [] : completion.output, redirect: report.redirect))
    case (.ended, .exited(CurlTransfer.fileTooLarge)), (.ended, .signalled(CurlTransfer.fileSizeSignal)):
      return .failed(tooLarge, isSent: true, status: status)
    case (.ended, .exited(let code)):
      let message = report.message ?? "curl ended with exit code \(code)"
      return .failed(message, isSent: report.bytesSent ?? 1 > 0, status: status)
    case (.ended, .signalled(let signal)):
      return .failed("curl was ended by signal \(signal)", isSent: true, status: nil)
    }
  }

  /// CURLE_FILESIZE_EXCEEDED.
  private static let fileTooLarge = 63

  private static let fileSizeSignal = Int(SIGXFSZ)

  private static func tooLarge(_ limit: Int, isFile: Bool) -> String {
    isFile
      ? "the file has more than \(limit) bytes; nothing was put in place; say a larger \"max_size\" if it should come"
      : "the body of the response has more than \(limit) bytes; say \"max_size\", or get it with \"fetch\""
  }
}
