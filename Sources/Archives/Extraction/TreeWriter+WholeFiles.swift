import ConfinedFiles

/// Small files: made in a parent that is kept open, at once or in a batch.
extension TreeWriter {
    mutating func takeWhole(
        _ file: WholeFile, in piece: borrowing Span<UInt8>
    ) throws(ArchiveFault) -> Bool {
        let mayWait = queue != nil && batch.hasRoom
        guard !observesMembers, summary.members < limits.maxMembers,
            hasRoom(for: UInt64(file.size)), let path = batch.addPath(of: file, in: piece)
        else { return false }
        let hash = queue == nil ? 0 : PathHash.of(batch[path])
        let parentEnd = max(batch.lastComponent(of: path) - 1, path.lowerBound)
        guard queue == nil || !inFlight.contains(hash) && !knownDirectories.contains(hash),
            let parent = keepParent(at: path.lowerBound..<parentEnd)
        else {
            batch.removePath(path)
            return false
        }
        let mode = file.mode & policy.modeMask
        if !mayWait {
            defer { batch.removePath(path) }
            let data = piece.extracting(file.dataStart..<file.dataStart + file.size)
            guard
                try batch.writeNew(path, in: parent, holding: data, mode: mode, time: file.time)
            else { return false }
        } else {
            batch.add(file, at: path, mode: mode)
            inFlight.insert(hash, batch: batch.number)
        }
        summary.members += 1
        summary.files += 1
        summary.bytes += UInt64(file.size)
        return true
    }

    /// The parent of the next file, opened only where the last file had another.
    ///
    /// - Returns: `nil` where it is not there yet, or something speaks against it: the careful way
    ///   makes it, or says what.
    private mutating func keepParent(at path: Range<Int>) -> ConfinedParent? {
        if let kept = parent, batch.matches(path, kept.path) {
            if queue == nil || isParentInBatch { return kept.directory }
            guard batch.hasRoomForParent else { return nil }
            batch.add(kept.directory)
            isParentInBatch = true
            return kept.directory
        }
        guard queue == nil || batch.hasRoomForParent && !waits(forParentsOf: batch[path]) else {
            return nil
        }
        guard let opened = try? directory.parent(at: batch[path]) else { return nil }
        parent = (opened, Array(batch[path]))
        guard queue != nil else { return opened }
        rememberDirectory(batch[path])
        batch.add(opened)
        isParentInBatch = true
        return opened
    }

    /// Whether so many more bytes are allowed.
    func hasRoom(for count: UInt64) -> Bool {
        summary.bytes <= limits.maxBytes && count <= limits.maxBytes - summary.bytes
    }

    /// Remembers a path and all above it as directories: a file of such a name takes the careful
    /// way.
    mutating func rememberDirectory(_ path: ArraySlice<UInt8>) {
        guard queue != nil, !path.isEmpty else { return }
        var hash = PathHash()
        for byte in path {
            if byte == UInt8(ascii: "/") { knownDirectories.insert(hash.value) }
            hash.add(byte)
        }
        knownDirectories.insert(hash.value)
    }

    /// Whether the path, or one above it, is the name of a file that is not made yet.
    func waits(forParentsOf path: ArraySlice<UInt8>) -> Bool {
        var hash = PathHash()
        for byte in path {
            if byte == UInt8(ascii: "/"), inFlight.contains(hash.value) { return true }
            hash.add(byte)
        }
        return inFlight.contains(hash.value)
    }
}
