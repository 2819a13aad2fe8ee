/// All that a keeper is told: it is handed over in an anonymous file, never by arguments or environment, because it
/// holds secrets.
package struct KeeperRequest: Hashable, Sendable {
  /// Of the leg that starts it, 32 hexadecimal digits: tells its exit record from an older one of the same name.
  package var nonce: String
  package var attempt: Int64
  /// Where the output goes; the files must not exist.
  package var stdoutPath: String
  package var stderrPath: String
  /// Where the exit record goes.
  package var recordPath: String

  package var executable: String
  package var arguments: [[UInt8]]
  /// `NAME=VALUE` each.
  package var environment: [[UInt8]]
  package var directory: String
  /// If the kernel does not know the format of the program, `/bin/sh` reads it as a script.
  package var fallsBackToShell: Bool
  /// Slots of the marks file: of the program, and of the shell that takes its place.
  package var markOffsets: [Int64]

  package var limits: CaptureLimits
  /// After this long the keeper ends the program by itself, nanoseconds; nil: never. It is meant for programs that
  /// nobody else watches, so it is longer than the step's own time-out.
  package var timeout: Int64?
  /// Between SIGTERM and SIGKILL, nanoseconds.
  package var grace: Int64

  /// Whether output goes through pipes and is masked before it is written. Otherwise the program writes the files
  /// by itself.
  package var masks: Bool
  /// What must not be written.
  package var secrets: [[UInt8]]
  /// What is expected of the output as the program wrote it, in the words of whoever judges it; empty: nothing.
  package var expectations: [UInt8]
  /// What the program reads from its standard input; nil: `/dev/null`.
  package var input: [UInt8]?

  package init(
    nonce: String, attempt: Int64, stdoutPath: String, stderrPath: String, recordPath: String, executable: String,
    arguments: [[UInt8]], environment: [[UInt8]], directory: String, fallsBackToShell: Bool = false,
    markOffsets: [Int64], limits: CaptureLimits = .default, timeout: Int64? = nil, grace: Int64 = 10_000_000_000,
    masks: Bool = false, secrets: [[UInt8]] = [], expectations: [UInt8] = [],
    input: [UInt8]? = nil
  ) {
    self.nonce = nonce
    self.attempt = attempt
    self.stdoutPath = stdoutPath
    self.stderrPath = stderrPath
    self.recordPath = recordPath
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.fallsBackToShell = fallsBackToShell
    self.markOffsets = markOffsets
    self.limits = limits
    self.timeout = timeout
    self.grace = grace
    self.masks = masks
    self.secrets = secrets
    self.expectations = expectations
    self.input = input
  }
}
