extension ConfigFile {
    /// The keys that the file's credentials store keeps logins for, as `docker-credential-NAME list`
    /// tells them.
    ///
    /// - Parameter environment: Where the program is looked for, and what it sees.
    /// - Returns: `nil` where there is no store, or it does not answer.
    public func storedKeys(_ environment: ClientEnvironment) -> [String]? {
        guard !credentialStore.isEmpty else { return nil }
        return CredentialHelper(suffix: credentialStore, environment: environment).list()
    }
}
