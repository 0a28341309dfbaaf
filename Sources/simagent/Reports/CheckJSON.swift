import Marathon
import Vocabulary

/// `simagent.check/1` of one file.
struct CheckJSON: Encodable {
    let schema = "simagent.check/1"
    let file: String?
    let form: String?
    let valid: Bool
    let error: String?
    let violations: [ViolationJSON]
    let results: [CheckTaskJSON]
    let findings: [FindingJSON]

    /// A report; `names` says whether the file's name is part of it.
    init(_ report: CheckReport, names: Bool) {
        file = names ? report.file : nil
        form = report.definition?.form.rawValue
        valid = report.isValid
        error = report.error
        violations = report.violations.map(ViolationJSON.init)
        results = (report.definition?.tasks ?? []).map(CheckTaskJSON.init)
        findings = report.findings.map(FindingJSON.init)
    }
}

/// `simagent.check/1` of several files.
struct CheckFilesJSON: Encodable {
    let schema = "simagent.check/1"
    let files: [CheckJSON]

    init(_ reports: [CheckReport]) {
        files = reports.map { CheckJSON($0, names: true) }
    }
}

/// What one task asks of Mesos.
struct CheckTaskJSON: Encodable {
    let task: TaskDefinition

    private enum CodingKeys: String, CodingKey {
        case id, container, containerType, fetch, image, forcePull, pullSecret, envSecrets
        case secretVolumes, dependencies
    }

    init(_ task: TaskDefinition) {
        self.task = task
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(task.id, forKey: .id)
        try values.encodeIfPresent(task.container, forKey: .container)
        try values.encode(task.containerizer?.rawValue, forKey: .containerType)
        try values.encode(task.artifacts.map(FetchJSON.init), forKey: .fetch)
        if let image = task.image {
            try values.encode(image, forKey: .image)
            // A pod that does not say is told apart from one that says no.
            try values.encode(task.forcePull, forKey: .forcePull)
        }
        try values.encodeIfPresent(task.pullSecret.map(SecretJSON.init), forKey: .pullSecret)
        if !task.environmentSecrets.isEmpty {
            try values.encode(
                task.environmentSecrets.mapValues(SecretJSON.init), forKey: .envSecrets)
        }
        if !task.secretVolumes.isEmpty {
            try values.encode(task.secretVolumes.map(SecretVolumeJSON.init), forKey: .secretVolumes)
        }
        if !task.dependencies.isEmpty {
            try values.encode(task.dependencies, forKey: .dependencies)
        }
    }

    struct FetchJSON: Encodable {
        let uri: String
        let extract: Bool
        let executable: Bool
        let cache: Bool
        let outputFile: String?

        init(_ artifact: Artifact) {
            uri = redactedURI(artifact.uri)
            extract = artifact.extract
            executable = artifact.executable
            cache = artifact.cache
            outputFile = artifact.outputFile
        }
    }

    struct SecretJSON: Encodable {
        let reference: String
        let source: String
        let inSpace: Bool

        init(_ secret: TaskDefinition.PullSecret) {
            reference = secret.reference
            source = secret.source
            inSpace = secret.isInSpace
        }
    }

    struct SecretVolumeJSON: Encodable {
        let containerPath: String
        let reference: String
        let source: String
        let inSpace: Bool

        init(_ volume: TaskDefinition.SecretVolume) {
            containerPath = volume.containerPath
            reference = volume.secret.reference
            source = volume.secret.source
            inSpace = volume.secret.isInSpace
        }
    }
}
