import CCurl

/// One transfer of libcurl with the strings that it needs; cleaned up when its owner goes.
@safe struct EasyHandle: ~Copyable {
    // Swift sees no lifetime in libcurl's handle: it and the list belong to this value alone.
    private let handle: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    /// The first option that was refused, if one was.
    private(set) var refusal: CURLcode?

    /// A fresh handle, `nil` where libcurl is not to be had.
    init?() {
        guard ccurl_is_available() == 1, let handle = unsafe ccurl_easy_init() else { return nil }
        unsafe self.handle = unsafe handle
        unsafe headers = nil
    }

    deinit {
        unsafe ccurl_easy_cleanup(handle)
        if let headers = unsafe headers { unsafe ccurl_slist_free_all(headers) }
    }

    /// Why there is no libcurl.
    static var loadingError: String { unsafe String(cString: ccurl_loading_error()) }

    mutating func set(_ option: CURLoption, _ value: Int) {
        note(unsafe ccurl_setopt_long(handle, option, value))
    }

    mutating func set(_ option: CURLoption, offset value: Int64) {
        note(unsafe ccurl_setopt_offset(handle, option, value))
    }

    mutating func set(_ option: CURLoption, _ value: String) {
        note(unsafe ccurl_setopt_string(handle, option, value))
    }

    /// Has libcurl copy a body that may hold any byte.
    mutating func setBody(_ bytes: [UInt8]) {
        set(CURLOPT_POSTFIELDSIZE_LARGE, offset: Int64(bytes.count))
        unsafe bytes.withUnsafeBytes { buffer in
            // A null pointer would mean "no body at all" where an empty one is meant.
            if let start = buffer.baseAddress, !bytes.isEmpty {
                note(unsafe ccurl_setopt_pointer(handle, CURLOPT_COPYPOSTFIELDS, start))
            } else {
                note(unsafe ccurl_setopt_string(handle, CURLOPT_COPYPOSTFIELDS, ""))
            }
        }
    }

    /// Adds a header line.
    mutating func addHeader(_ line: String) {
        guard let longer = unsafe ccurl_slist_append(headers, line) else {
            note(CURLE_OUT_OF_MEMORY)
            return
        }
        unsafe headers = unsafe longer
    }

    /// The schemes that may be asked.
    ///
    /// libcurl follows redirects of one scheme only: another one may have a proxy of its own, and
    /// libcurl would keep to the first.
    mutating func allowSchemes(isSecure: Bool) {
        let own = Int(isSecure ? CURLPROTO_HTTPS : CURLPROTO_HTTP)
        let all =
            Int(CURLPROTO_HTTP) | Int(CURLPROTO_HTTPS) | Int(CURLPROTO_FTP) | Int(CURLPROTO_FTPS)
        note(
            unsafe ccurl_set_protocols(
                handle, "http,https,ftp,ftps", isSecure ? "https" : "http", all, own))
    }

    /// Runs the transfer; bytes, header lines and progress go to `sink`.
    mutating func perform(into sink: TransferSink) -> CURLcode {
        if let headers = unsafe headers {
            note(unsafe ccurl_setopt_list(handle, CURLOPT_HTTPHEADER, headers))
        }
        let context = unsafe Unmanaged.passUnretained(sink).toOpaque()
        note(unsafe ccurl_setopt_bytes_callback(handle, CURLOPT_WRITEFUNCTION, receiveBody))
        note(unsafe ccurl_setopt_pointer(handle, CURLOPT_WRITEDATA, context))
        note(unsafe ccurl_setopt_bytes_callback(handle, CURLOPT_HEADERFUNCTION, receiveHeader))
        note(unsafe ccurl_setopt_pointer(handle, CURLOPT_HEADERDATA, context))
        note(unsafe ccurl_setopt_progress_callback(handle, receiveProgress))
        note(unsafe ccurl_setopt_pointer(handle, CURLOPT_XFERINFODATA, context))
        set(CURLOPT_NOPROGRESS, 0)
        if let refusal { return refusal }
        // libcurl keeps only addresses of the sink: it must outlive the call.
        return withExtendedLifetime(sink) { unsafe ccurl_easy_perform(handle) }
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        _ = unsafe ccurl_getinfo_long(handle, info, &value)
        return value
    }

    func offset(_ info: CURLINFO) -> Int64 {
        var value: Int64 = 0
        _ = unsafe ccurl_getinfo_offset(handle, info, &value)
        return value
    }

    func text(_ info: CURLINFO) -> String {
        var value: UnsafePointer<CChar>?
        _ = unsafe ccurl_getinfo_string(handle, info, &value)
        return unsafe value.map { unsafe String(cString: $0) } ?? ""
    }

    private mutating func note(_ code: CURLcode) {
        if code != CURLE_OK, refusal == nil { refusal = code }
    }
}

private func sink(_ context: UnsafeMutableRawPointer?) -> TransferSink? {
    unsafe context.map { unsafe Unmanaged<TransferSink>.fromOpaque($0).takeUnretainedValue() }
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let sink = unsafe sink(context) else { return 0 }
    let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    return unsafe buffer.withMemoryRebound(to: UInt8.self) {
        sink.take(unsafe $0.span) ? size * count : 0
    }
}

private func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let sink = unsafe sink(context) else { return 0 }
    let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    return sink.takeHeader(unsafe String(decoding: buffer, as: UTF8.self)) ? size * count : 0
}

private func receiveProgress(
    _ context: UnsafeMutableRawPointer?, _ total: Int, _ done: Int, _ uploadTotal: Int,
    _ uploaded: Int
) -> Int32 {
    unsafe sink(context)?.tick(done: done, of: total) == true ? 0 : 1
}
