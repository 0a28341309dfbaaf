import Foundation

/// Reads a table of cases that lies beside the tests.
func cases<Case: Decodable>(_ name: String, of type: Case.Type = Case.self) throws -> [Case] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("Data/\(name).json")
    return try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
}
