import DockerCredentials
import Fetcher
import Marathon
import Vocabulary

extension AgentTraits {
    /// The traits of chosen versions.
    init(_ mesos: MesosBehavior, _ docker: DockerBehavior) {
        self.init()
        self.mesos = mesos.version.description
        self.docker = docker.version.description
        unpacksBareGzip = mesos.unpacksBareGzip
        unpacksPlainTar = mesos.unpacksPlainTar
        knowsOutputFile = mesos.knowsOutputFile
        knowsImagePullSecret = mesos.knowsImagePullSecret
        readsDockercfg = docker.readsDockercfg
        readsConfigFile = docker.readsConfigFile
    }
}
