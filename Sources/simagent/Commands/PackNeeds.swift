import DockerCredentials
import Marathon
import Vocabulary

/// The logins that are asked for: of hosts that a person names, and of a definition's images.
struct PackNeeds {
    /// What Docker asks for: ``ImageReference/configKey``; none means all.
    private(set) var keys: [String]
    /// Whether the definition has tasks, and all of them run under the Mesos containerizer.
    private(set) var isForMesosAlone = false

    init(hosts: [String], definition: String?) throws {
        keys = hosts.map(Self.key(ofHost:))
        guard let definition else { return }
        let text = try InputFile.read(definition)
        let read = MarathonDefinition(
            parsing: text, file: definition, features: MarathonFeatures())
        guard read.isValid else {
            throw CommandFailure(
                "\(definition.terminalSafe) is not valid; `simagent check` says why",
                status: .invalid)
        }
        let tasks = read.tasks.filter { $0.image != nil }
        isForMesosAlone = !tasks.isEmpty && tasks.allSatisfy { $0.containerizer == .mesos }
        for image in tasks.compactMap(\.image) {
            do throws(ImageReferenceError) {
                keys.append(try ImageReference(parsing: image).configKey)
            } catch {
                throw CommandFailure(
                    "\(image.terminalSafe): \(error.description)", status: .invalid)
            }
        }
        guard !keys.isEmpty else {
            throw CommandFailure("\(definition.terminalSafe) names no image", status: .invalid)
        }
    }

    /// A16: what is packed for a sandbox does not reach a task that reads none.
    var unreadSandbox: [Finding] {
        AgentCircumstances(sandboxHasFile: true, isMesosContainerizer: true)
            .findings(.newest).map {
                var finding = $0
                finding.advice = "pack with --secret, and name the secret in pullConfig"
                return finding
            }
    }

    /// The key of what a person calls a registry: a host, a URL, any name of the Hub.
    private static func key(ofHost text: String) -> String {
        let host = RegistryKey.host(of: text, behavior: .newest)
        let isHub = RegistryKey.isHub(host) || host == "hub.docker.com"
        return isHub ? ImageReference.hubKey : host
    }
}
