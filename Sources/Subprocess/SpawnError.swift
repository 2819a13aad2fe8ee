/// Why a program did not start. No process is left behind.
package enum SpawnError: Error, Hashable, Sendable {
  case notFound(program: String)
  /// The file is there, but the interpreter or loader that it names is not.
  case interpreterNotFound(program: String)
  /// No permission, or not a regular file.
  case notExecutable(program: String)
  /// Neither a binary for this machine nor a script with `#!` (`ENOEXEC`): a shell would read it as a script.
  case unknownFormat(program: String)
  /// `E2BIG`; with the environment variable that takes the most room, if one takes much.
  case argumentsTooLong(program: String, largestVariable: String? = nil)
  case directory(path: String, code: Int32)
  /// The mark could not be written, so the attempt did not begin.
  case mark(code: Int32)
  /// A path, an argument or a variable holds a NUL byte.
  case embeddedNUL(program: String)
  case other(program: String, code: Int32)

  /// The exit code that a shell gives for it: 127 for a program that is not found, else 126.
  package var exitCode: Int {
    switch self {
    case .notFound, .interpreterNotFound: 127
    default: 126
    }
  }
}

extension SpawnError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFound(let program):
      "program \"\(program)\" not found; install it or correct its name or PATH"
    case .interpreterNotFound(let program):
      "\"\(program)\" needs an interpreter or loader that does not exist; see the first line of the file"
    case .notExecutable(let program):
      "\"\(program)\" is not an executable file; check its permissions (chmod +x)"
    case .unknownFormat(let program):
      "\"\(program)\" is neither a program for this machine nor a script that begins with \"#!\""
    case .argumentsTooLong(let program, let variable):
      "arguments and environment of \"\(program)\" are longer than the system allows "
        + "(131072 bytes for one string)"
        + (variable.map { "; the largest variable is \"\($0)\"" } ?? "") + "; pass large values in a file"
    case .directory(let path, let code):
      "cannot enter working directory \"\(path)\": \(SystemError.text(of: code))"
    case .mark(let code):
      "cannot write the launch mark, so the program was not started: \(SystemError.text(of: code))"
    case .embeddedNUL(let program):
      "an argument or environment variable of \"\(program)\" holds a NUL byte; no program can receive it"
    case .other(let program, let code):
      "cannot start \"\(program)\": \(SystemError.text(of: code))"
    }
  }
}
