import Glibc

/// Runs a contender for the benchmark, as a process of its own.
///
/// Linux counts what a process held before `execve` as its peak memory, and a spawned process
/// shares its parent's memory until then: started by the benchmark, every contender would seem to
/// need what the benchmark holds. A launcher holds a few megabytes, which is the least that can be
/// told apart.
enum Launcher {
    /// The first argument by which the program knows that it is one.
    static let argument = "--launch"

    /// Runs the words behind a result file and a log file, and writes what they took.
    ///
    /// - Parameter arguments: The program's, without its own name.
    /// - Returns: The exit status: 0 when there is a result.
    static func run(_ arguments: [String]) -> Int32 {
        guard arguments.count > 3,
            let run = try? ChildProcess.spawn(Array(arguments[3...]), log: arguments[2]),
            let file = try? OutputFile(arguments[1])
        else { return 1 }
        let line = Array("\(run.wall) \(run.cpu) \(run.peak) \(run.status)".utf8)
        guard (try? file.write(line.span)) != nil else { return 1 }
        file.close()
        return 0
    }

    /// What a launcher wrote.
    static func result(in path: String) -> Measurement? {
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return nil }
        defer { close(number) }
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe bytes.baseAddress.map { unsafe read(number, $0, bytes.count) } ?? 0
        }
        let words = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(
            separator: " ")
        guard words.count == 4, let wall = Double(words[0]), let cpu = Double(words[1]),
            let peak = Int(words[2]), let status = Int32(words[3])
        else { return nil }
        return Measurement(wall: wall, cpu: cpu, peak: peak, status: status)
    }
}
