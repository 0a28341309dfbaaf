import Glibc

/// The extraction that Go's containers do, compiled where Go is installed.
enum GoProgram {
    /// Compiles `extract.go` below a folder.
    ///
    /// - Returns: The program; `nil` where there is no Go, or no source.
    static func build(from source: String?, below folder: String) -> String? {
        guard let source, ChildProcess.exists("go") else { return nil }
        let program = "\(folder)/go-extract"
        let words = [
            "env", "GOCACHE=\(folder)/go-cache", "GOFLAGS=-mod=mod", "go", "build", "-o", program,
            source,
        ]
        guard let run = try? ChildProcess.run(words, log: "\(folder)/go.log"), run.status == 0
        else { return nil }
        return program
    }
}
