/// A program that is asked again and again through its stdin, and answers on its stdout.
///
/// It belongs to one thread, which is blocked while the program works. Whoever begins one ends it.
package final class Conversation {
  private let child: Child
  private let input: InputPipe
  private let output: OutputPipe
  private let errorOutput: OutputPipe
  private var run: CompletionRun
  /// How it ended; nil while it goes on.
  package private(set) var completion: Completion?
  /// What was written to stderr before the end.
  private var said: [UInt8] = []

  /// Starts the program. The input of the options is not used, and the limit is that of stderr, for one answer.
  package init(_ request: SpawnRequest, _ options: CompletionOptions) throws(SpawnError) {
    ProcessSignals.prepare()
    do throws(SystemError) {
      input = try InputPipe()
      output = try OutputPipe(limit: .max)
      errorOutput = try OutputPipe(limit: options.limit)
    } catch {
      throw .other(program: request.executable, code: error.code)
    }
    var request = request
    request.input = input.reading
    request.output = output.writing
    request.errorOutput = errorOutput.writing
    child = try Child.spawn(request)
    input.closeReading()
    output.closeWriting()
    errorOutput.closeWriting()
    run = CompletionRun(child: child, input: input, output: output, errorOutput: errorOutput, options: options)
  }

  deinit { child.close() }

  /// Gives the program something to read, and takes what it writes until that is the whole answer.
  ///
  /// - Parameter take: is given what comes, piece by piece; returns true when it was the last of the answer.
  /// - Returns: false when the program ended before.
  package func ask(_ bytes: [UInt8], _ take: ([UInt8]) -> Bool) throws(SystemError) -> Bool {
    if completion == nil { input.give(bytes) }
    while true {
      let piece = output.handOver()
      if !piece.isEmpty, take(piece) { return true }
      if let completion { return !completion.output.isEmpty && take(handOverRest()) }
      try advance()
    }
  }

  /// What the program wrote to stderr since this was last asked for.
  package func errors() -> [UInt8] {
    if completion == nil { errorOutput.drain() }
    defer { said = [] }
    return completion == nil ? errorOutput.handOver() : said
  }

  /// Ends the program's input, and waits for its end.
  package func end() throws(SystemError) -> Completion {
    input.close()
    while true {
      if let completion { return completion }
      try advance()
      // What nobody asked for is dropped.
      _ = output.handOver()
    }
  }

  private func advance() throws(SystemError) {
    guard let completion = try run.advance() else { return }
    said = completion.errorOutput
    self.completion = completion
    // It holds what came since the last piece.
    _ = output.handOver()
  }

  private func handOverRest() -> [UInt8] {
    defer { completion?.output = [] }
    return completion?.output ?? []
  }
}
