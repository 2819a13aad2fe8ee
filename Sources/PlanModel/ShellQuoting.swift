/// Words for commands that a person may copy into a shell.
package enum ShellQuoting {
  package static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "_./:=@%+,-".utf8.contains(byte)
        }
      }
    return isPlain ? word : singleQuoted(word)
  }

  /// The text in single quotes for a POSIX shell.
  package static func singleQuoted(_ text: String) -> String {
    QuotedText.quoted(text, with: "'", each: "'\\''")
  }
}
