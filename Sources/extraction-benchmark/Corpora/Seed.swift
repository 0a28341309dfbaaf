/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed on every machine.
struct Seed: RandomNumberGenerator {
    private var state: UInt64

    init(_ state: UInt64) {
        self.state = state
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to `count`, small ones far more often, as words and calls are used.
    mutating func skewed(_ count: Int) -> Int {
        let unit = Double(next() >> 11) / Double(1 << 53)
        return min(count - 1, Int(Double(count) * unit * unit * unit))
    }

    /// A number from 0 up to `count`.
    mutating func below(_ count: Int) -> Int {
        Int(next() % UInt64(count))
    }
}
