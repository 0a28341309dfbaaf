import Vocabulary

extension CredentialRules {
    /// Rules about the archive and the place of the file.
    static let archive: [FindingRule] = [
        FindingRule(
            id: "A01", severity: .error, title: "no credentials file",
            what: "There is neither .docker/config.json nor .dockercfg after unpacking, and"
                + " no other rule says why.",
            why: "Docker takes a missing file for an empty one: it pulls anonymously,"
                + " without a word.",
            advice: "Fetch a docker.tar.gz that holds .docker/config.json."),
        FindingRule(
            id: "A02", severity: .error, title: "packed one directory too deep",
            what: "A member ends in /.docker/config.json but has directories above it, such"
                + " as root/.docker/config.json.",
            why: "HOME is the sandbox itself: Docker looks for .docker/config.json there"
                + " and nowhere below.",
            advice: "Pack with: cd ~ && tar -czf docker.tar.gz .docker"),
        FindingRule(
            id: "A03", severity: .error, title: "config.json outside .docker",
            what: "A config.json with credentials lies at the top or in docker/.",
            why: "Docker reads only .docker/config.json; a plain config.json in the"
                + " sandbox is never opened.",
            advice: "Pack the folder .docker, or fetch the file with destPath"
                + " .docker/config.json."),
        FindingRule(
            id: "A04", severity: .error, title: "only .dockercfg, for a Docker that ignores it",
            what: "The sandbox holds .dockercfg alone, and the Docker is 23.0 or newer.",
            why: "Docker 23 stopped reading .dockercfg; from 25 on it does not even say"
                + " so.",
            advice: "Convert it: put {\"auths\": ...} around its content and pack it as"
                + " .docker/config.json."),
        FindingRule(
            id: "A05", severity: .warning, title: "both files",
            what: "There are .docker/config.json and .dockercfg.",
            why: "Docker uses config.json alone, even if it lacks the host that .dockercfg"
                + " has.",
            advice: "Keep one file, with all entries in .docker/config.json."),
        FindingRule(
            id: "A06", severity: .error, title: "another name",
            what: "A file is called almost like it: .Docker/config.json,"
                + " .docker/config.JSON, .docker/config, config.json with digits behind it.",
            why: "Names are exact; a file with another name counts as missing, and Docker"
                + " pulls anonymously.",
            advice: "Call it .docker/config.json."),
        FindingRule(
            id: "A07", severity: .error, title: "a link that leads out",
            what: "The file or its folder is a link whose target is absolute, outside the"
                + " archive or missing.",
            why: "The link's target stayed on the machine where the archive was made; a"
                + " dangling link counts as a missing file.",
            advice: "Pack the file itself: tar -h follows links."),
        FindingRule(
            id: "A08", severity: .error, title: "not a regular file",
            what: "config.json is a folder, pipe or device, or .docker is a file.",
            why: "Docker cannot read it: it prints one warning, which nobody sees, and"
                + " pulls anonymously.",
            advice: "Pack the file itself."),
        FindingRule(
            id: "A09", severity: .warning, title: "readable by others",
            what: "The mode lets group or others read the file.",
            why: "Whoever can look into the sandbox has the login. Docker reads the file"
                + " whatever its mode is.",
            advice: "Pack it with mode 0600."),
        FindingRule(
            id: "A10", severity: .error, title: "not readable by the agent",
            what: "The file's mode or owner keeps the agent's user from reading it.",
            why: "Docker 25 and 26 say nothing about it, others print one warning; all"
                + " pull anonymously.",
            advice: "Pack it with mode 0600, and let the fetcher give it to the task's user."),
        FindingRule(
            id: "A11", severity: .warning, title: "more than the login",
            what: "The archive also carries other things of ~/.docker: contexts, trust,"
                + " machine, cli-plugins, keys.",
            why: "They can be large, and keys of other machines are then in every sandbox.",
            advice: "Pack only .docker/config.json, as `simagent pack` does."),
        FindingRule(
            id: "A12", severity: .error, title: "DOCKER_CONFIG beats HOME",
            what: "The agent's environment sets DOCKER_CONFIG.",
            why: "DOCKER_CONFIG names the folder; Docker then never looks into HOME, so"
                + " not into the sandbox.",
            advice: "Take DOCKER_CONFIG out of the agent's environment."),
        FindingRule(
            id: "A13", severity: .warning, title: "DOCKER_AUTH_CONFIG is set",
            what: "The agent's environment sets DOCKER_AUTH_CONFIG.",
            why: "Docker 28.3 and newer take a login from it before the file; older ones"
                + " ignore it.",
            advice: "Take it out of the agent's environment, or keep it in step with the"
                + " file."),
        FindingRule(
            id: "A14", severity: .info, title: "the agent's own config is not consulted",
            what: "The agent runs with --docker_config and the sandbox has a file.",
            why: "Mesos gives Docker the agent's config only where the sandbox has neither"
                + " file.",
            advice: "Put every login that the task needs into the sandbox's file."),
        FindingRule(
            id: "A15", severity: .info, title: "the image is already there",
            what: "The image is on the host and the pull is not forced.",
            why: "Mesos inspects first and then pulls nothing: the login is not used, and"
                + " not proven either.",
            advice: "Set forcePullImage where the newest image of a tag matters."),
        FindingRule(
            id: "A16", severity: .error, title: "the wrong containerizer for a file",
            what: "The task runs under the Mesos containerizer and brings a file in its"
                + " sandbox.",
            why: "That containerizer pulls before it fetches and never reads the sandbox.",
            advice: "Use pullConfig with a secret, or the agent's --docker_config."),
    ]
}
