import Archives
import ConfinedFiles
import Synchronization
import Vocabulary

/// Unpacks an archive on a thread of its own while its bytes still come.
///
/// The tree is made aside, in a folder that only its owner can enter, and moves into the sandbox
/// by ``finish()``.
final class ExtractionLanding: ContentSink {
    /// What came out of an archive.
    struct Result: Sendable {
        var members: [ExtractedMember] = []
        var folders: Set<[UInt8]> = []
        var summary = ExtractionSummary()
        var error: ArchiveError?
    }

    private let archive: String
    private let uri: String
    private let sandbox: ConfinedDirectory
    private let policy: ExtractionPolicy
    private let cancellation: Cancellation?
    private let folder: ArraySlice<UInt8>
    private let leftovers: Leftovers
    private var leftover: Leftovers.Ticket?
    private let move = Move()
    private let queue = PieceQueue()
    private var thread: OwnThread?
    private let outcome = Outcome()

    /// A tree that has begun to move moves whole: whoever removes what is half-made waits for it.
    private final class Move: Sendable {
        let lock = Mutex(())
    }

    /// What the unpacking thread leaves for whoever joins it.
    private final class Outcome: Sendable {
        let result = Mutex(Result())
    }

    /// An unpacking that has not begun.
    ///
    /// - Parameters:
    ///   - archive: The archive's name, for errors.
    ///   - uri: Where it comes from, for errors.
    ///   - sandbox: Where the tree goes.
    ///   - policy: What members may do.
    ///   - cancellation: Polled between two pieces, up to when the tree begins to move.
    ///   - leftovers: Keeps the folder while it is in use.
    init(
        of archive: String, from uri: String, into sandbox: ConfinedDirectory,
        policy: ExtractionPolicy, cancellation: Cancellation?, leftovers: Leftovers
    ) {
        self.archive = archive
        self.uri = uri
        self.sandbox = sandbox
        self.policy = policy
        self.cancellation = cancellation
        self.leftovers = leftovers
        folder = temporaryName(beside: "")
    }

    deinit {
        queue.close(.broken)
        thread?.join()
        try? sandbox.removeTree(at: folder)
        leftovers.forget(leftover)
    }

    func begin(_ head: ContentHead) throws(FetchError) {
        let (sandbox, folder, archive, policy) = (sandbox, folder, archive, policy)
        let (queue, outcome, cancellation) = (queue, outcome, cancellation)
        leftover = leftovers.remember { [move] in
            move.lock.withLock { _ in try? sandbox.removeTree(at: folder) }
        }
        let staging: ConfinedDirectory
        do throws(ConfinedFilesError) {
            try sandbox.makeDirectory(at: folder, mode: 0o700)
            staging = try sandbox.directory(at: String(decoding: folder, as: UTF8.self))
        } catch {
            throw unwritable(error)
        }
        thread = OwnThread {
            let result = Self.unpack(
                archive, from: queue, into: staging, policy: policy, cancellation)
            outcome.result.withLock { $0 = result }
        }
        if thread == nil {
            throw FetchError(
                .unwritable, uri: uri, "no thread can be started to unpack it",
                advice: "raise the limit of processes")
        }
    }

    func receive(_ piece: borrowing Span<UInt8>) {
        queue.put(piece)
    }

    /// Waits until all is unpacked, and moves it into the sandbox.
    ///
    /// - Returns: What came out; with an error nothing did.
    /// - Throws: ``FetchError`` where the tree cannot be moved.
    func finish() throws(FetchError) -> Result {
        queue.close(.whole)
        thread?.join()
        thread = nil
        let result = outcome.result.withLock { $0 }
        guard result.error == nil else { return result }
        do throws(ConfinedFilesError) {
            let beneath = try sandbox.followingLinksInside()
            let tree = StagedTree(sandbox: beneath, folder: folder, named: result.folders)
            try move.lock.withLock { _ throws(ConfinedFilesError) in try tree.settle() }
        } catch {
            throw unwritable(error)
        }
        return result
    }

    private static func unpack(
        _ archive: String, from queue: PieceQueue, into staging: ConfinedDirectory,
        policy: ExtractionPolicy, _ cancellation: Cancellation?
    ) -> Result {
        let collected = Members()
        var result = Result()
        var extraction = ArchiveExtraction(
            of: archive, into: staging, policy: policy, cancellation: cancellation
        ) { collected.add($0) }
        while let piece = queue.take() {
            // The download goes on: the archive itself is kept, whatever is wrong with it.
            guard result.error == nil else { continue }
            do throws(ArchiveError) {
                try extraction.push(piece.span)
            } catch {
                result.error = error
            }
        }
        if result.error == nil {
            do throws(ArchiveError) {
                guard queue.howItEnded == .whole, cancellation?.isCancelled != true else {
                    throw extraction.cancel()
                }
                result.summary = try extraction.finish()
            } catch {
                result.error = error
            }
        }
        result.members = collected.members
        result.folders = collected.folders
        return result
    }

    /// Collects members on the unpacking thread.
    private final class Members {
        var members: [ExtractedMember] = []
        var folders: Set<[UInt8]> = []

        func add(_ member: TarMember) {
            members.append(ExtractedMember(member))
            guard member.kind == .directory else { return }
            let parts = member.name.split(separator: UInt8(ascii: "/"))
                .filter { !$0.elementsEqual([UInt8(ascii: ".")]) }
            folders.insert(Array(parts.joined(separator: [UInt8(ascii: "/")])))
        }
    }

    private func unwritable(_ error: ConfinedFilesError) -> FetchError {
        FetchError(.unwritable, uri: uri, error.description, advice: error.advice)
    }
}
