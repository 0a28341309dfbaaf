import Foundation
import Testing
import Vocabulary

@testable import Transfer

/// Bytes that tell a gap or a repetition.
func pattern(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0 % 251) } }

/// Asks a server for the whole content.
func ask(
    _ url: String, _ settings: TransferSettings = TransferSettings(),
    headers: [TransferRequest.Header] = [], from offset: UInt64 = 0,
    cancellation: Cancellation? = nil
) throws(TransferError) -> (response: TransferResponse, content: [UInt8]) {
    try TransferClient(settings: settings).content(
        of: TransferRequest(url: url, headers: headers, resumeOffset: offset), maxBytes: 8 << 20,
        cancellation: cancellation)
}

/// What a server's answer leads to where it is none; and no secret of the tests is in it.
func refusal(
    _ url: String, _ settings: TransferSettings = TransferSettings(),
    cancellation: Cancellation? = nil
) -> TransferError? {
    do throws(TransferError) {
        _ = try ask(url, settings, cancellation: cancellation)
        return nil
    } catch {
        var dumped = error.description
        dump(error, to: &dumped)
        for secret in ["p@ss", "p%40ss", "pr0xy"] { #expect(!dumped.contains(secret)) }
        #expect(!error.description.contains("\n"))
        return error
    }
}

/// Stops a server as soon as some bytes have come, and gives the error.
func cutting(
    _ url: String, _ settings: TransferSettings = TransferSettings(), stop: () -> Void
) -> TransferError? {
    var hasStopped = false
    do throws(TransferError) {
        _ = try TransferClient(settings: settings).perform(TransferRequest(url: url)) { _ in
            if !hasStopped { stop() }
            hasStopped = true
        }
        return nil
    } catch {
        return error
    }
}
