/// A string as JSON text, as RFC 8259, section 7, wants it.
///
/// - Parameter bytes: UTF-8.
/// - Returns: The text, quotes included.
func jsonString(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "\"")]
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            text += [UInt8(ascii: "\\"), byte]
        case 0..<0x20:
            let digits = String(byte, radix: 16)
            text += Array(("\\u00" + (digits.count < 2 ? "0" : "") + digits).utf8)
        default: text.append(byte)
        }
    }
    text.append(UInt8(ascii: "\""))
    return text
}

/// An object of strings as JSON text.
func jsonObject(_ members: [(name: String, value: [UInt8])]) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "{")]
    for (index, member) in members.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        text += jsonString(member.name.utf8)
        text.append(UInt8(ascii: ":"))
        text += jsonString(member.value)
    }
    text.append(UInt8(ascii: "}"))
    return text
}

/// Whether bytes are text that JSON can carry unchanged.
func isUTF8(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
}
