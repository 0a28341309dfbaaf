import ArgumentParser

/// A number of bytes on the command line: `512`, `2GB`; the units are of 1,024, as Mesos counts.
struct ByteSize: ExpressibleByArgument {
    let bytes: UInt64

    init?(argument: String) {
        let text = argument.uppercased()
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let powers: [Substring: UInt64] = ["": 0, "B": 0, "KB": 10, "MB": 20, "GB": 30, "TB": 40]
        guard let number = UInt64(digits), let power = powers[text[digits.endIndex...]] else {
            return nil
        }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << power)
        guard !overflow else { return nil }
        self.bytes = bytes
    }
}
