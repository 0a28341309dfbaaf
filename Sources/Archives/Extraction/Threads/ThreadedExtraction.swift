import ConfinedFiles
import Vocabulary

/// An extraction on two threads or more.
struct ThreadedExtraction {
    private let archive: String
    private let rules: ContentRules
    private let onProgress: ((ExtractionProgress) -> Void)?
    private let queue = WriteQueue()
    private let input: ArchiveInput

    init(of archive: String, rules: ContentRules, onProgress: ((ExtractionProgress) -> Void)?) {
        self.archive = archive
        self.rules = rules
        self.onProgress = onProgress
        input = ArchiveInput(rules: rules, queue: queue)
    }

    /// Unpacks the archive at `path`, and ends when every thread has.
    func run(
        _ path: String, threads: Int, into directory: ConfinedDirectory,
        policy: ExtractionPolicy, observe: ((TarMember) -> Void)?
    ) throws(ArchiveError) -> ExtractionSummary {
        let source: Descriptor
        do throws(ArchiveFault) {
            source = try openArchive(path)
        } catch {
            throw ArchiveError(archive: archive, fault: error, membersBefore: 0)
        }
        // Where something was there before, a file of a batch might be refused when members behind
        // it are made already.
        let isEmpty = (try? directory.names().isEmpty) ?? false
        var reader = MemberReader(
            into: TreeWriter(
                into: directory, limits: rules.limits, policy: policy,
                queue: isEmpty ? queue : nil, observe: observe), rules: rules)
        do throws(ArchiveFault) {
            let number = source.number
            guard let inflating = OwnThread({ [input] in input.read(number) }) else {
                throw ArchiveFault(.system, "cannot start a thread: the system has none left")
            }
            // Where the system has no more threads to give, fewer do.
            let writers = (2..<max(2, threads)).map { _ in
                OwnThread { [queue] in queue.writeBatches() }
            }
            var fault = readSlots(into: &reader)
            if fault?.code != .cancelled {
                do throws(ArchiveFault) {
                    try reader.sink.flush()
                } catch {
                    // It lies before whatever the reader met.
                    fault = error
                }
            }
            queue.stop()
            inflating.join()
            for writer in writers { writer?.join() }
            reader.sink.settle()
            if let fault { throw fault }
            try reader.sink.finish()
        } catch {
            throw reader.sink.abandoned(of: archive, by: error)
        }
        var summary = reader.sink.summary
        summary.notes += reader.notes + input.notes
        if rules.takesEmpty, input.isEmpty { summary.notes.append(emptyNote) }
        return summary
    }

    /// Reads slot by slot, up to the end or a fault.
    private func readSlots(
        into reader: inout MemberReader<TreeWriter>
    ) -> ArchiveFault? {
        do throws(ArchiveFault) {
            var isEmpty = true
            while let slot = try queue.takeFull(until: { rules.cancellation?.isCancelled == true })
            {
                if rules.cancellation?.isCancelled == true { break }
                if isEmpty { reader.filterName = input.filterName }
                isEmpty = false
                reader.sink.begin(slot)
                do throws(ArchiveFault) {
                    try slot.read { (bytes) throws(ArchiveFault) in try reader.take(bytes) }
                } catch {
                    var fault = error
                    fault.inputBound = slot.inputBound
                    throw fault
                }
                reader.sink.end(slot, on: queue)
                onProgress?(ExtractionProgress(reader.sink.summary))
            }
            try rules.cancellation.check()
            if isEmpty {
                if rules.takesEmpty, input.isEmpty { return nil }
                reader.filterName = input.filterName
            }
            try reader.finish()
            return nil
        } catch {
            return error
        }
    }
}
