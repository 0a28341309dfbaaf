/// What an archive may be, from its name, its limits and the policy.
struct ContentRules {
    let limits: ExtractionLimits
    /// The name of the one file of a bare gzip, where the archive's name allows one.
    let bareName: [UInt8]?
    /// Whether an input of no bytes is an archive of no members.
    let takesEmpty: Bool
    /// Whether compression inside of compression is taken off as well.
    let stacksFilters: Bool
    /// What inflates.
    let backEnd: InflateBackEnd

    /// The rules for an archive of that name.
    init(
        of archive: String, limits: ExtractionLimits, policy: ExtractionPolicy = .hardened,
        inflatingBy backEnd: InflateBackEnd = .auto
    ) {
        self.limits = limits
        self.backEnd = backEnd
        bareName = bareGzipName(of: archive)
        takesEmpty = policy.takesEmptyFiles
        stacksFilters = policy.stacksFilters
    }
}
