/// Damage to a file that an input describes in few bytes.
enum Damage {
  /// Records of three bytes of offset, one byte of length and that many bytes, which are put there; a record of length
  /// 255 cuts the file off at its offset. Offsets count modulo the size.
  static func done(to file: [UInt8], by input: ArraySlice<UInt8>) -> [UInt8] {
    var file = file
    var rest = input
    while rest.count >= 4, !file.isEmpty {
      let head = Array(rest.prefix(4))
      rest = rest.dropFirst(4)
      let offset = (Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])) % file.count
      if head[3] == 255 {
        file.removeSubrange(offset...)
        continue
      }
      let bytes = rest.prefix(Int(head[3]))
      rest = rest.dropFirst(bytes.count)
      for (index, byte) in bytes.enumerated() where offset + index < file.count { file[offset + index] = byte }
    }
    return file
  }
}
