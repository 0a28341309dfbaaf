import Vocabulary

/// User and password of an `auth`, as `decodeAuth` of docker/cli's `configfile/file.go` makes them.
struct DockerAuth {
    /// Why Docker refuses it, in its words.
    struct Fault: Error {
        let text: String
    }

    let username: String
    let password: Secret

    init(decoding auth: [UInt8], _ behavior: DockerBehavior) throws(Fault) {
        let decoded: [UInt8]
        do throws(GoBase64.Fault) {
            decoded = try GoBase64.decode(auth)
        } catch {
            throw Fault(text: error.description)
        }
        guard let colon = decoded.firstIndex(of: UInt8(ascii: ":")),
            colon > 0 || !behavior.refusesEmptyUser
        else { throw Fault(text: behavior.invalidAuthText) }
        var password = decoded[(colon + 1)...].drop { $0 == 0 }
        while password.last == 0 { password.removeLast() }
        username = String(decoding: decoded[..<colon], as: UTF8.self)
        // It travels to the engine as JSON: a byte that is no UTF-8 becomes U+FFFD there.
        self.password = Secret(Array(String(decoding: password, as: UTF8.self).utf8))
    }
}
