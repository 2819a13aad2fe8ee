internal import CNettle

/// An incremental SHA-256 computation.
package struct SHA256 {
  private var context = sha256_ctx()

  package init() {
    unsafe nettle_sha256_init(&context)
  }

  package mutating func update(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe nettle_sha256_update(&context, buffer.count, base)
    }
    if done == nil { update(Array(bytes)) }
  }

  package mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe nettle_sha256_update(&context, buffer.count, base)
    }
  }

  package mutating func update(_ buffer: UnsafeRawBufferPointer) {
    guard let base = buffer.baseAddress else { return }
    unsafe nettle_sha256_update(&context, buffer.count, base.assumingMemoryBound(to: UInt8.self))
  }

  package mutating func finish() -> SHA256Digest {
    var out = [UInt8](repeating: 0, count: 32)
    unsafe nettle_sha256_digest(&context, 32, &out)
    return SHA256Digest(bytes: out)
  }

  package static func digest(of text: String) -> SHA256Digest {
    var hash = SHA256()
    hash.update(text)
    return hash.finish()
  }

  package static func digest(of bytes: some Sequence<UInt8>) -> SHA256Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }
}
