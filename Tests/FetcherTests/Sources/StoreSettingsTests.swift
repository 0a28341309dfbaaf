import Testing
import Vocabulary

@testable import Fetcher

@Suite struct `The settings of S3` {
    private static let credentials = """
        # comment
        [default]
        aws_access_key_id = AKDEFAULT
        aws_secret_access_key = one
        [work]
        aws_access_key_id=AKWORK
        AWS_SECRET_ACCESS_KEY = t=w/o
        aws_session_token = three
        [half]
        aws_access_key_id = AKHALF

        """
    private static let config = """
        [default]
        region = eu-west-1
        s3 =
            region = nested
        [profile work]
        region = us-west-2
        endpoint_url = https://minio.example:9000
        [profile  spaced]
        aws_access_key_id = AKSPACED
        aws_secret_access_key = four
        [profile role]
        role_arn = arn:aws:iam::1:role/x
        [work]
        region = not-this-one

        """

    private func settings(_ environment: [String: String]) -> S3Settings {
        S3Settings(
            environment: environment, credentials: Array(Self.credentials.utf8),
            config: Array(Self.config.utf8))
    }

    @Test func `come from the default profile where nothing else is said`() {
        let found = settings([:])
        #expect(found.keys?.accessKey == "AKDEFAULT")
        #expect(found.keys?.place == "profile default")
        #expect(found.region == "eu-west-1")
        #expect(found.endpoint == nil && found.problem == nil)
    }

    @Test func `come from the profile that is named`() {
        let found = settings(["AWS_PROFILE": "work"])
        #expect(found.keys?.accessKey == "AKWORK")
        #expect(found.keys?.secretKey.reveal() == Array("t=w/o".utf8))
        #expect(found.keys?.sessionToken?.reveal() == Array("three".utf8))
        #expect(found.region == "us-west-2")
        #expect(found.endpoint == "https://minio.example:9000")
        #expect(settings(["AWS_PROFILE": "spaced"]).keys?.accessKey == "AKSPACED")
    }

    @Test func `come from the variables before any file`() {
        let found = settings([
            "AWS_ACCESS_KEY_ID": "AKENV", "AWS_SECRET_ACCESS_KEY": "x", "AWS_SESSION_TOKEN": "y",
            "AWS_DEFAULT_REGION": "a", "AWS_REGION": "b", "AWS_ENDPOINT_URL": "http://c",
            "AWS_ENDPOINT_URL_S3": "http://d", "AWS_PROFILE": "work",
        ])
        #expect(found.keys?.accessKey == "AKENV" && found.keys?.sessionToken != nil)
        #expect(found.region == "b" && found.endpoint == "http://d")
        #expect(settings(["AWS_ACCESS_KEY_ID": ""]).keys?.accessKey == "AKDEFAULT")
    }

    @Test func `say why there are no keys`() {
        for (environment, problem) in [
            (
                ["AWS_PROFILE": "role"],
                "profile role gets its keys by role_arn, which is not done here"
            ), (["AWS_PROFILE": "none"], "the AWS files have no profile none"),
            (
                ["AWS_ACCESS_KEY_ID": "x"],
                "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY"
            ),
        ] {
            #expect(settings(environment).keys == nil)
            #expect(settings(environment).problem == problem)
        }
        #expect(settings(["AWS_PROFILE": "half"]).keys == nil)
        let empty = S3Settings(environment: [:], credentials: nil, config: nil)
        #expect(empty.keys == nil && empty.problem == nil)
    }

    @Test func `never show a secret key`() {
        var text = ""
        dump(settings(["AWS_PROFILE": "work"]), to: &text)
        #expect(!text.contains("t=w/o") && !text.contains("three"))
    }

    @Test(arguments: [
        ("bucket", "https://bucket.s3.eu-west-1.amazonaws.com/d/a%20b"),
        ("my.bucket", "https://s3.eu-west-1.amazonaws.com/my.bucket/d/a%20b"),
        ("Bucket_1", "https://s3.eu-west-1.amazonaws.com/Bucket_1/d/a%20b"),
    ])
    func `give an address of AWS`(_ bucket: String, _ url: String) throws {
        let address = try ObjectAddress("s3://\(bucket)/d/a b")
        #expect(ObjectStore(S3Settings()).url(of: address, in: "eu-west-1") == url)
    }

    @Test func `give an address of China's own AWS, and of an endpoint`() throws {
        let address = try ObjectAddress("s3://bucket/k")
        var settings = S3Settings()
        #expect(
            ObjectStore(settings).url(of: address, in: "cn-north-1")
                == "https://bucket.s3.cn-north-1.amazonaws.com.cn/k")
        settings.endpoint = "http://minio:9000/"
        #expect(ObjectStore(settings).url(of: address, in: "x") == "http://minio:9000/bucket/k")
    }
}
