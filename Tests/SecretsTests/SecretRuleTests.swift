import Foundation
import Testing
import Vocabulary

@testable import Secrets

@Suite struct `The space rule` {
    @Test(arguments: try rows("spaces.tsv"))
    func `lets a service read what lies in its space`(_ row: [String]) throws {
        #expect(SecretSpace.allows(row[0], for: row[1]) == (row[2] == "yes"))
    }
}

@Suite struct `A store's address` {
    @Test(arguments: try rows("addresses.tsv"))
    func `is read, or refused without a word of its login`(_ row: [String]) throws {
        let told: String
        do throws(SecretStoreError) {
            switch try SecretStoreAddress(parsing: row[0]) {
            case .directory(let path): told = "directory \(path)"
            case .dcos(let base): told = "dcos \(base)"
            case .vault(let base, let mount): told = "vault \(base) \(mount)"
            }
        } catch {
            #expect(error.code == .invalidStore)
            #expect(!error.description.contains("hunter2"))
            told = "refused"
        }
        #expect(told == row[1])
    }
}

@Suite struct `A login` {
    @Test func `comes from where the store's own program takes it`() {
        let file = Array("\nfrom-file\n".utf8)
        let both = SecretStoreLogin(environment: ["VAULT_TOKEN": "a"], vaultTokenFile: file)
        #expect(both.vaultToken == Secret("a"))
        let fromFile = SecretStoreLogin(environment: ["VAULT_TOKEN": ""], vaultTokenFile: file)
        #expect(fromFile.vaultToken == Secret("from-file"))
        #expect(SecretStoreLogin(environment: [:], vaultTokenFile: [10]).vaultToken == nil)
    }
}

@Suite struct `The value of a pull secret` {
    @Test(arguments: [
        (#"{"auths":{}}"#, PullConfigValue.dockerConfig),
        (#"{"auths":{"h":{"auth":"YTpi"}}}"#, .dockerConfig),
        (#"{"https://h":{"auth":"YTpi","email":"x"}}"#, .dockerConfig),
        (#"{"auths":5}"#, .otherJSON), (#"{"user":"a"}"#, .otherJSON), ("[]", .otherJSON),
        ("", .empty), (" \n", .empty), ("hunter2", .noJSON), (#"{"auths":{}"#, .noJSON),
        (#"{"credsStore":"x"}"#, .otherJSON), (#""{\"auths\":{}}""#, .otherJSON),
        ("eyJhdXRocyI6IHt9fQ", .encodedDockerConfig), ("eyJhdXRocyI6e319", .encodedDockerConfig),
        ("eyJhdXRo\ncyI6e319\n", .encodedDockerConfig),
    ])
    func `is told for what it is`(_ text: String, _ kind: PullConfigValue) {
        #expect(PullConfigValue(Secret(text)) == kind)
    }

    @Test func `may be an archive by mistake`() {
        #expect(PullConfigValue(Secret([0x1f, 0x8b, 8, 0])) == .archive)
        #expect(PullConfigValue(Secret([0x50, 0x4b, 3, 4, 9])) == .archive)
        #expect(PullConfigValue(Secret("H4sIAAAAAAAA")) == .archive)
    }
}
