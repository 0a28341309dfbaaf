import FuzzTargets
import Glibc

/// The target that `FUZZ_TARGET` names, and where it unpacks.
private struct Session: ~Copyable {
    let target: FuzzTarget
    let jail: Jail

    init() {
        let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
        guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
            fatalError("FUZZ_TARGET is none of \(FuzzTarget.all.map(\.name))")
        }
        guard let jail = try? Jail() else { fatalError("no folder can be made in /dev/shm") }
        self.target = target
        self.jail = jail
    }
}

// libFuzzer calls from one thread alone.
nonisolated(unsafe) private let session = Session()

/// libFuzzer's entry: one input.
@c(LLVMFuzzerTestOneInput) public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    do {
        let faults = unsafe try session.target.faults(of: input, in: session.jail)
        if !faults.isEmpty { fatalError("\(faults)") }
    } catch {
        fatalError("\(error)")
    }
    return 0
}
