internal import Digest
internal import Testing

@Suite struct SHA256Tests {
  /// The vectors of FIPS 180-2, appendix B.
  @Test func knownVectors() {
    #expect(
      SHA256.digest(of: "abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.digest(of: "").hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      SHA256.digest(of: million).hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func hexReadsBack() {
    let digest = SHA256.digest(of: "execplan")
    #expect(SHA256Digest(hex: digest.hex) == digest)
    #expect(SHA256Digest(hex: "zz") == nil)
  }
}

@Test func digestIsReadBackFromItsHexadecimalDigits() {
  for text in ["", "a", "b", "c"] {
    let digest = SHA256.digest(of: text)
    #expect(SHA256Digest(hex: digest.hex) == digest)
    #expect(SHA256Digest(hex: digest.hex.uppercased()) == digest)
    #expect(SHA256Digest(bytes: digest.bytes) == digest)
    #expect(SHA256Digest(hex: String(digest.hex.dropLast())) == nil)
    #expect(SHA256Digest(hex: digest.hex + "0") == nil)
    #expect(SHA256Digest(hex: "g" + digest.hex.dropFirst()) == nil)
    #expect(SHA256Digest(hex: "é" + digest.hex.dropFirst(2)) == nil)
  }
  #expect(
    SHA256Digest(hex: "00" + String(repeating: "ab", count: 31))?.bytes == [0] + [UInt8](repeating: 0xab, count: 31))
}
