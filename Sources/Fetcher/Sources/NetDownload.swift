import ConfinedFiles
import Crypto
import Transfer
import Vocabulary

extension ArtifactFetcher {
    /// Downloads an artifact over HTTP(S) or FTP(S), whole or not at all.
    ///
    /// Mirrors `downloadWithNet` of `src/launcher/fetcher.cpp` in what counts as success: exactly
    /// 200, or 226 for FTP, judged by the scheme of the original URI. An error's body does not
    /// stay, and a download that was cut is continued where the server can.
    func download(
        _ url: String, to path: String, for request: ArtifactRequest
    ) throws(FetchError) -> FetchedArtifact {
        let partial = Array((path + ".simagent-partial").utf8)[...]
        let result: Result<(UInt64, String), FetchError>
        do throws(ConfinedFilesError) {
            if let slash = path.lastIndex(of: "/") {
                try directory.makeDirectories(at: Array(path[..<slash].utf8)[...], mode: 0o755)
            }
            if try directory.status(at: partial) != nil { try directory.removeFile(at: partial) }
            let file = try directory.createFile(at: partial, mode: 0o644)
            if request.executable { try file.setMode(0o755) }
            result = receive(url, into: file, for: request)
            try file.close()
            if case .success = result {
                try directory.rename(partial, to: Array(path.utf8)[...])
            } else {
                try directory.removeFile(at: partial)
            }
        } catch {
            try? directory.removeFile(at: partial)
            throw FetchError(
                .unwritable, uri: request.uri, error.description, advice: error.advice)
        }
        let (bytes, digest) = try result.get()
        return FetchedArtifact(
            uri: redacted(request.uri), path: path, bytes: bytes, sha256: digest)
    }

    private func receive(
        _ url: String, into file: borrowing ConfinedFile, for request: ArtifactRequest
    ) -> Result<(UInt64, String), FetchError> {
        let client = TransferClient(settings: transfers)
        var transfer = TransferRequest(url: url)
        var hash = SHA256()
        var total: UInt64 = 0
        var tag: String?
        for attempt in 0...Self.maxContinuations {
            do throws(TransferError) {
                let response = try client.perform(
                    transfer, cancellation: cancellation,
                    onHead: { tag = $0[header: "etag"] }
                ) { piece in
                    try file.write(piece)
                    unsafe piece.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
                    total += UInt64(piece.count)
                }
                let wanted = url.hasPrefix("ftp") ? 226 : attempt == 0 ? 200 : 206
                guard response.status == wanted else {
                    return .failure(refused(response.status, url, request))
                }
                let digits = Array("0123456789abcdef")
                let text = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
                return .success((total, String(text)))
            } catch {
                // Only a strong tag promises that the rest belongs to the same bytes.
                guard error.code == .cut, attempt < Self.maxContinuations, total > 0,
                    let tag, !tag.hasPrefix("W/"), transfer.url.hasPrefix("http")
                else { return .failure(failed(error, request)) }
                transfer.resumeOffset = total
                transfer.headers = [.init("If-Range", tag)]
            }
        }
        return .failure(refused(0, url, request))
    }

    /// How often a download that was cut is continued.
    private static let maxContinuations = 3

    private func refused(
        _ status: Int, _ url: String, _ request: ArtifactRequest
    ) -> FetchError {
        let isFTP = url.hasPrefix("ftp")
        let name = isFTP ? "FTP" : "HTTP"
        let advice =
            switch status {
            case 401, 403: "give the server's login, or let every agent read it"
            case 404, 410: "correct the URI"
            default: "see what the server really answers to this URI"
            }
        return FetchError(
            .transferFailed, uri: request.uri,
            "Error downloading resource, received \(name) return code \(status)", advice: advice)
    }

    private func failed(_ error: TransferError, _ request: ArtifactRequest) -> FetchError {
        if error.code == .cancelled {
            return FetchError(.cancelled, uri: request.uri, "interrupted", advice: "run it again")
        }
        if let cause = error.underlying as? ConfinedFilesError {
            return FetchError(
                .unwritable, uri: request.uri, cause.description, advice: cause.advice)
        }
        return FetchError(
            .transferFailed, uri: request.uri, "Error downloading resource: \(error.reason)",
            advice: error.advice)
    }
}
