internal import Glibc

extension Completion {
  /// Runs a program and takes what it writes into memory, for probes. Blocks the calling thread.
  ///
  /// The request's descriptors are replaced. After the end of the program what its descendants still write is not
  /// waited for; after a timeout or a cancellation its whole group is ended.
  package static func run(
    _ request: SpawnRequest, _ options: CompletionOptions = CompletionOptions()
  ) throws(SpawnError) -> Completion {
    ProcessSignals.prepare()
    let input: InputFile?
    let output: OutputPipe
    let errorOutput: OutputPipe
    do throws(SystemError) {
      input = if let bytes = options.input { try InputFile(bytes) } else { nil }
      output = try OutputPipe(limit: options.limit)
      errorOutput = try OutputPipe(limit: options.limit)
    } catch {
      throw .other(program: request.executable, code: error.code)
    }
    var request = request
    request.input = input?.descriptor
    request.output = output.writing
    request.errorOutput = errorOutput.writing
    let child = try Child.spawn(request)
    output.closeWriting()
    errorOutput.closeWriting()
    var run = CompletionRun(child: child, input: nil, output: output, errorOutput: errorOutput, options: options)
    defer { child.close() }
    do throws(SystemError) {
      return try run.finish()
    } catch {
      throw .other(program: request.executable, code: error.code)
    }
  }
}
