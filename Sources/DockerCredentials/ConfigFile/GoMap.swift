/// A map as Go fills one, in the order of the text: a name that comes again keeps its place and gets
/// the new value.
///
/// Names are compared by bytes: two spellings of an accent are two names.
struct GoMap<Value> {
    private(set) var values: [Value] = []
    private var places: [[UInt8]: Int] = [:]

    /// Sets the value of a name.
    mutating func set(_ value: Value, for name: String) {
        let name = Array(name.utf8)
        if let place = places[name] {
            values[place] = value
        } else {
            places[name] = values.count
            values.append(value)
        }
    }
}
