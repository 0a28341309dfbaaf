import Testing

/// The text of `simagent image`, to the letter.
@Suite struct `simagent image for a person` {
    @Test func `shows a person what is asked and under which key`() throws {
        let result = try BuiltProgram.run(["image", "ubuntu"])
        #expect(result.status == 0)
        #expect(
            result.output == """
                ubuntu
                registry      docker.io
                repository    library/ubuntu
                tag           latest (not given)
                digest        (none)
                docker pulls  docker.io/library/ubuntu:latest
                login under   https://index.docker.io/v1/
                asks          registry-1.docker.io

                """)
    }

    @Test func `says in Docker's words what is wrong, and what to write`() throws {
        let result = try BuiltProgram.run(["image", "quay.io/Team/app"])
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(
            result.errors == """
                simagent: quay.io/Team/app: invalid reference format: repository name (Team/app) \
                must be lowercase; write [HOST[:PORT]/]PATH[:TAG][@DIGEST]

                """)
    }

    @Test func `reads as the version of Docker that is asked for`() throws {
        for (version, status) in [("24.0.9", 1), ("25.0.0", 0)] {
            let result = try BuiltProgram.run(["image", "[::1]:5000/app", "--docker", version])
            #expect(result.status == Int32(status), "\(version)")
        }
    }
}
