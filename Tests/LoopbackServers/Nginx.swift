public import Foundation

/// nginx, with a plain and a TLS port, and answers of every kind.
///
/// | path | answer |
/// |---|---|
/// | `/files/…` | the file of the folder `files`, with ranges and an entity tag |
/// | `/slow/…` | the same at 20 kB/s |
/// | `/zipped/…` | the same, gzip-encoded and chunked where the client takes that |
/// | `/encoded/…` | the same, said to be gzip-encoded |
/// | `/private/…` | the same, for `user` with `p@ss` alone |
/// | `/status/N` | that status with a page |
/// | `/to/PORT/PATH` | a redirect to another port of this host |
/// | `/secure/PATH`, `/plain/PATH` | a redirect to the same path by HTTPS, or by HTTP |
/// | `/loop`, `/zigzag` | a redirect to itself, or to itself by the other scheme |
/// | `/echo` | the `Authorization`, `Cookie` and `X-Token` that came |
/// | `/nothing` | no answer: the connection is closed |
public final class Nginx: Sendable {
    private let program: ServerProgram
    private let authority: TestAuthority
    /// Where HTTP is spoken.
    public var base: String { "http://127.0.0.1:\(port)" }
    /// Where HTTPS is spoken, with a certificate of ``certificate``.
    public var secureBase: String { "https://127.0.0.1:\(program.ports[1])" }
    /// The port of HTTP.
    public var port: Int { program.ports[0] }
    /// The certificate of the private authority in PEM.
    public var certificate: String { authority.certificate }
    /// The folder of `/files/`.
    public var files: URL { program.folder.appendingPathComponent("files") }

    /// Starts it with some files.
    ///
    /// - Parameter files: Contents by name.
    /// - Throws: ``LoopbackServer/StartFailure``, or what the system says.
    public init(files: [String: [UInt8]] = [:]) throws {
        authority = try TestAuthority()
        program = try ServerProgram(
            ["/usr/sbin/nginx", "-p", "@FOLDER@", "-c", "@FOLDER@/nginx.conf"], ports: 2,
            files: ["nginx.conf.in": Self.configuration(authority), "users": "user:{PLAIN}p@ss\n"])
        try FileManager.default.createDirectory(
            at: self.files, withIntermediateDirectories: true)
        for (name, bytes) in files {
            try Data(bytes).write(to: self.files.appendingPathComponent(name))
        }
    }

    /// Ends it at once.
    public func stop() { program.stop() }

    private static func configuration(_ authority: TestAuthority) -> String {
        #"""
        daemon off;
        master_process off;
        pid @FOLDER@/pid;
        error_log stderr crit;
        events { worker_connections 256; }
        http {
            access_log off;
            map $scheme $other {
                http https://127.0.0.1:@PORT2@;
                https http://127.0.0.1:@PORT1@;
            }
            client_body_temp_path @FOLDER@/body;
            proxy_temp_path @FOLDER@/proxy;
            fastcgi_temp_path @FOLDER@/fastcgi;
            uwsgi_temp_path @FOLDER@/uwsgi;
            scgi_temp_path @FOLDER@/scgi;
            server {
                listen 127.0.0.1:@PORT1@;
                listen 127.0.0.1:@PORT2@ ssl;
                ssl_certificate \#(authority.serverCertificate);
                ssl_certificate_key \#(authority.serverKey);
                absolute_redirect off;
                location /files/ { root @FOLDER@; }
                location /slow/ { alias @FOLDER@/files/; limit_rate 20k; }
                location /zipped/ { alias @FOLDER@/files/; gzip on; gzip_types *; }
                location /encoded/ {
                    alias @FOLDER@/files/;
                    add_header Content-Encoding gzip;
                }
                location /private/ {
                    alias @FOLDER@/files/;
                    auth_basic here;
                    auth_basic_user_file @FOLDER@/users;
                }
                location /status/403 { return 403; }
                location /status/404 { return 404; }
                location /status/410 { return 410; }
                location /status/500 { return 500; }
                location /status/503 { return 503; }
                location ~ ^/to/(?<port>[0-9]+)/(?<path>.*)$ {
                    return 302 http://127.0.0.1:$port/$path;
                }
                location ~ ^/secure/(?<path>.*)$ {
                    return 302 https://127.0.0.1:@PORT2@/$path;
                }
                location ~ ^/plain/(?<path>.*)$ {
                    return 302 http://127.0.0.1:@PORT1@/$path;
                }
                location /zigzag { return 302 $other/zigzag; }
                location /loop { return 302 /loop; }
                location /echo {
                    return 200 "$http_authorization|$http_cookie|$http_x_token";
                }
                location /nothing { return 444; }
            }
        }
        """#
    }
}
