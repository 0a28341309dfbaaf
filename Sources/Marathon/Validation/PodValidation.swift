import LocatedJSON

/// Marathon's rules for a pod (`PodsValidation.podValidator`).
struct PodValidation {
    let pod: PodInput
    let features: MarathonFeatures

    func check(_ list: inout ViolationList) {
        checkIdentity(&list)
        let rules = SecretRules(secrets: pod.secrets, features: features)
        rules.checkMap(of: pod.object, &list)
        rules.checkVariables(pod.variables, of: pod.object, "environment", &list)
        NetworkRules(object: pod.object).check(&list)
        checkVolumes(rules, &list)
        if Set(pod.containers.map(\.name)).count < pod.containers.count {
            list.add(
                "P-CONTAINER-NAMES", "/containers", "two containers have one name",
                "name each of them otherwise", at: pod.object.name(of: "containers"))
        }
        for container in pod.containers {
            rules.checkVariables(container.variables, of: container.object, "environment", &list)
            if let use = container.pullSecret { rules.checkPull(use, &list) }
            for mount in container.mounts {
                guard let name = mount.string("name"),
                    !pod.volumes.contains(where: { $0.string("name") == name })
                else { continue }
                let meant = NearestName.of(
                    name, among: pod.volumes.compactMap { $0.string("name") })
                list.add(
                    "P-MOUNT-UNDEFINED", mount.path + "/name",
                    "\"\(shown(name))\" is no volume of the pod",
                    meant.map { "write \"\(shown($0))\"" } ?? "add it to \"volumes\"",
                    at: mount["name"])
            }
        }
        EndpointRules(pod: pod).check(&list)
    }

    private func checkIdentity(_ list: inout ViolationList) {
        let value = pod.object["id"]
        if !pod.id.hasPrefix("/") {
            list.add(
                "P-ID-RELATIVE", "/id", "a pod's id must begin with a slash",
                "write \"/\(shown(pod.id))\"", at: value)
        } else if PathID.absolute(pod.id) == "/" {
            list.add("P-ID-ROOT", "/id", "a pod cannot be the root", "give it a name", at: value)
        }
        PathID.checkReserved(pod.id, at: value, &list)
        if pod.user == "" {
            list.add(
                "P-USER-EMPTY", "/user", "\"user\" is empty", "leave it out",
                at: pod.object["user"])
        }
    }

    private func checkVolumes(_ rules: SecretRules, _ list: inout ViolationList) {
        for use in pod.files {
            if !features.secrets { list.featureSecrets(use.path, at: use.value) }
            rules.checkKey(of: use, "SECRET-VOLUME-UNDEFINED", use.path, &list)
        }
        let names = pod.volumes.compactMap { $0.string("name") }
        if Set(names).count < names.count {
            list.add(
                "P-VOLUME-NAMES", "/volumes", "two volumes have one name",
                "name each of them otherwise", at: pod.object.name(of: "volumes"))
        }
        let mounted = Set(pod.containers.flatMap { $0.mounts.compactMap { $0.string("name") } })
        for volume in pod.volumes {
            guard let name = volume.string("name"), !mounted.contains(name) else { continue }
            list.add(
                "P-VOLUME-UNUSED", volume.path, "no container mounts the volume \"\(shown(name))\"",
                "mount it, or leave it out", at: volume.json)
        }
    }
}
