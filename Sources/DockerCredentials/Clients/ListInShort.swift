extension Collection<String> {
    /// The first eight, and how many more there are: a file may hold a million keys.
    var inShort: String {
        let more = count > 8 ? " and \(count - 8) more" : ""
        return prefix(8).joined(separator: ", ") + more
    }
}
