import Vocabulary

extension CredentialRules {
    /// Rules about what single registries hand out.
    static let provider: [FindingRule] = [
        FindingRule(
            id: "P01", severity: .error, title: "an ECR token has expired",
            what: "The password is a token of Amazon ECR whose expiration has passed, or"
                + " will within half an hour.",
            why: "Such a token lives 12 hours; the registry answers 403 afterwards.",
            advice: "Log in again shortly before the deployment, or use"
                + " docker-credential-ecr-login on the agents."),
        FindingRule(
            id: "P02", severity: .error, title: "an ECR login of another account or region",
            what: "Image and login are both of Amazon ECR, of different accounts or"
                + " regions.",
            why: "Each account and region is a registry of its own.",
            advice: "Log in to the registry of the image."),
        FindingRule(
            id: "P03", severity: .warning, title: "a Google access token",
            what: "The user is oauth2accesstoken.",
            why: "Such a token lives one hour.",
            advice: "Use a service account's key with the user _json_key."),
        FindingRule(
            id: "P04", severity: .error, title: "no service account's key",
            what: "The user is _json_key or _json_key_base64, and the password is not such"
                + " a key.",
            why: "Google refuses it.",
            advice: "Put the whole JSON key behind _json_key:, or its base64 behind"
                + " _json_key_base64:."),
        FindingRule(
            id: "P05", severity: .error, title: "an Azure token is missing or has expired",
            what: "The user is the GUID of zeros without a token, or the token's end has"
                + " passed or is near.",
            why: "A refresh token of Azure's registry lives three hours.",
            advice: "Run az acr login again, or use a service principal."),
        FindingRule(
            id: "P06", severity: .warning, title: "a token of one CI job",
            what: "The user is gitlab-ci-token, or the token begins with ghs_ or glcbt-.",
            why: "It dies with the job; a later restart of the task cannot pull.",
            advice: "Use a deploy token of GitLab, or a classic token of GitHub with"
                + " read:packages."),
        FindingRule(
            id: "P07", severity: .error, title: "a fine-grained token for GHCR",
            what: "A github_pat_ token is meant for ghcr.io.",
            why: "GHCR does not support fine-grained tokens.",
            advice: "Use a classic token with read:packages."),
        FindingRule(
            id: "P08", severity: .warning, title: "a dollar sign eaten by the shell",
            what: "The user is exactly robot, or empty at a registry whose users begin with"
                + " a dollar sign.",
            why: "In double quotes the shell replaces $name by nothing.",
            advice: "Put the user in single quotes at docker login."),
        FindingRule(
            id: "P09", severity: .warning, title: "an account's password",
            what: "The Docker Hub login is neither a personal nor an organization access"
                + " token.",
            why: "A password opens the whole account, and it lies in every sandbox.",
            advice: "Use an access token that may only read."),
    ]
}
