/// Replaces secret values in a stream of bytes by `***`, in all the ways in which `SecretForms` writes them.
///
/// It does not matter how the stream is cut into pieces: a piece's end is held back as long as it may be the beginning
/// of a secret, and no longer. Every occurrence is covered, also one that overlaps another; a stretch that secrets
/// cover without a gap becomes one `***`. All other bytes stay as they are. The time is linear in the stream.
package struct StreamMasker: Sendable {
  /// Shorter secrets are not masked: they would be found in the middle of ordinary words and make every text
  /// unreadable, and tell by that what they are.
  package static let minimumLength = 8

  /// Masks nothing.
  package static let none = StreamMasker(secrets: [])

  /// What stands in place of a secret.
  package static let mask: [UInt8] = Array("***".utf8)

  /// Whether a byte does something when nothing has begun.
  private let begins: [Bool]
  private let isEmpty: Bool
  private var scan: MaskScan

  /// - Parameter secrets: the values; those under `minimumLength` are left out.
  package init(secrets: [[UInt8]]) {
    let scan = MaskScan(SecretForms(of: secrets))
    self.scan = scan
    isEmpty = scan.isEmpty
    begins = (0...255).map { scan.mayBegin(with: $0) }
  }

  /// False when there is nothing that it could mask.
  package var masksAnything: Bool { !isEmpty }

  /// Takes the next bytes of the stream and gives out what is decided.
  package mutating func mask(_ bytes: [UInt8]) -> [UInt8] {
    guard masksAnything else { return bytes }
    scan.search(bytes, begins)
    let undecided = scan.undecided
    // Nothing held, nothing found, nothing begun: the usual piece of output.
    if scan.held.isEmpty, scan.covered.isEmpty, undecided == scan.position { return bytes }
    scan.held.append(contentsOf: bytes)
    return scan.giveOut(upTo: undecided)
  }

  /// Gives out what was held back; the stream is over, and another may begin.
  package mutating func finish() -> [UInt8] {
    let rest = scan.giveOut(upTo: scan.position)
    scan.restart()
    return rest
  }

  /// A text that is whole, masked; the stream is not touched.
  package func masked(_ bytes: [UInt8]) -> [UInt8] {
    guard masksAnything else { return bytes }
    var masker = self
    masker.scan.restart()
    let first = masker.mask(bytes)
    let rest = masker.finish()
    return rest.isEmpty ? first : first + rest
  }

  package func masked(_ text: String) -> String {
    guard masksAnything else { return text }
    let bytes = Array(text.utf8)
    let result = masked(bytes)
    return result == bytes ? text : String(decoding: result, as: UTF8.self)
  }

  /// Whether a text holds a secret in one of its forms.
  package func finds(in bytes: [UInt8]) -> Bool {
    guard masksAnything else { return false }
    var scan = scan
    scan.restart()
    scan.search(bytes, begins)
    return !scan.covered.isEmpty
  }
}

/// What it holds is secret: no message and no test shows it.
extension StreamMasker: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "StreamMasker" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
