import LocatedJSON

/// Marathon's rules for a pod (`PodsValidation.podValidator`).
struct PodValidation {
    let pod: PodInput
    let features: MarathonFeatures

    func check(_ reader: inout ShapeReader) {
        if let id = pod.id {
            let value = reader.member("id", of: pod.json)
            if !id.hasPrefix("/") {
                reader.report(
                    "P-ID-RELATIVE", "/id", "a pod's id must begin with a slash",
                    advice: "write \"/\(id)\"", at: value)
            } else if PathID.absolute(id) == "/" {
                reader.report(
                    "P-ID-ROOT", "/id", "a pod cannot be the root", advice: "give it a name",
                    at: value)
            }
        }
        if pod.user == "" {
            reader.report(
                "P-USER-EMPTY", "/user", "\"user\" is empty", advice: "leave it out",
                at: reader.member("user", of: pod.json))
        }
        if Set(pod.containers.map(\.name)).count < pod.containers.count {
            reader.report(
                "P-CONTAINER-NAMES", "/containers", "two containers have one name",
                advice: "name each of them otherwise", at: reader.member("containers", of: pod.json)
            )
        }
        let rules = SecretRules(secrets: pod.secrets, features: features)
        rules.check(
            pod.secretEnvironment, in: reader.member("environment", of: pod.json),
            path: "/environment", of: pod.json, &reader)
        VolumeRules(secrets: pod.secrets, features: features).check(pod: pod.json, &reader)
        for container in pod.containers {
            rules.checkVariables(
                container.secretEnvironment,
                in: reader.member("environment", of: container.json),
                path: container.path + "/environment", &reader)
            if let secret = container.pullSecret, let image = container.image {
                rules.checkPullSecret(
                    secret, at: image["pullConfig"], path: container.path + "/image/pullConfig",
                    &reader)
            }
        }
    }
}
