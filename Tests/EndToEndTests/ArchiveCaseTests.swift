import Foundation
import Glibc
import Testing

/// The archives of `ArchivesTests/Data/Cases`: valid, odd, damaged and hostile ones, each with
/// what must come out, unpacked by the built program inside a jail full of canaries.
@Suite(.serialized) struct `simagent extract on every case` {
    static let scripts = BuiltProgram.checkout
        .appendingPathComponent("Tests/ArchivesTests/Data/Cases")

    #if BZip2 && XZ
    static let leftOut: [String] = []
    #else
    static let leftOut = ["--only-gzip"]
    #endif

    /// The account `nobody`, which may leave what root may not.
    static let asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

    @Test(arguments: ["archives", "formats", "tars"])
    func `gives what its manifest says, and never escapes`(kind: String) throws {
        let folder = try TemporaryFolder()
        let cases = folder.url.appendingPathComponent("cases").path
        let manifest = folder.url.appendingPathComponent("manifest.json").path
        let made = try BuiltProgram.runTool(
            "python3",
            [
                Self.scripts.appendingPathComponent("generate_\(kind).py").path, cases,
                "--manifest", manifest,
            ])
        #expect(made.status == 0, "\(made.errors)")
        // An ordinary user may not be let into the folder of the build.
        let program = folder.url.appendingPathComponent("simagent").path
        try FileManager.default.copyItem(
            atPath: BuiltProgram.folder.appendingPathComponent("simagent").path, toPath: program)
        let check = folder.url.appendingPathComponent("check.py").path
        try FileManager.default.copyItem(
            at: Self.scripts.appendingPathComponent("check.py"),
            to: URL(fileURLWithPath: check))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
        for flags in DeepTesting.extractionFlags {
            let command = [
                // The one of the system, which every account can run.
                "/usr/bin/python3", check,
                "\(program) extract {archive} --into {dir} {options} --format json\(flags)",
                "--cases", cases, "--manifest", manifest,
            ]
            for user in getuid() == 0 ? [[], Self.asNobody] : [[]] {
                let words =
                    user + command + Self.leftOut
                    + (DeepTesting.isSanitized ? ["--sanitized"] : [])
                let result = try BuiltProgram.runTool(
                    words[0], Array(words.dropFirst()), directory: URL(fileURLWithPath: "/"))
                let account = user.first ?? "caller"
                #expect(
                    result.status == 0,
                    "\(account)\(flags): \(result.output) \(result.errors)")
                #expect(result.output.contains("0 escapes, 0 crashes or hangs"))
            }
        }
    }
}
