import LocatedJSON

/// An object whose shape was checked: its members by name, `null` left out, and its path.
///
/// It reads without complaint; whatever does not fit was told by `ShapeCheck` and counts as
/// absent.
struct ObjectView {
    let json: JSONValue
    let path: String
    private let members: [String: JSONMember]

    init(_ json: JSONValue, _ path: String) {
        self.json = json
        self.path = path
        members = Dictionary(
            ShapeCheck.members(of: json).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }

    subscript(name: String) -> JSONValue? { members[name]?.value }

    /// The name of a member, for its place.
    func name(of member: String) -> JSONValue? { members[member]?.nameValue }

    func string(_ name: String) -> String? { self[name]?.stringValue }

    func bool(_ name: String) -> Bool? { self[name]?.boolValue }

    func number(_ name: String) -> Double? { self[name]?.numberText.flatMap(Double.init) }

    func integer(_ name: String) -> Int? { number(name).flatMap { Int(exactly: $0) } }

    func object(_ name: String) -> ObjectView? {
        self[name].flatMap { $0.kind == .object ? ObjectView($0, "\(path)/\(name)") : nil }
    }

    /// The elements of an array of objects; `nil` where the array is absent.
    func objects(_ name: String) -> [ObjectView]? {
        self[name].map { array in
            array.elements.enumerated().map { ObjectView($1, "\(path)/\(name)(\($0))") }
        }
    }

    func strings(_ name: String) -> [String] {
        self[name]?.elements.compactMap(\.stringValue) ?? []
    }

    /// The members of a map in order.
    func entries(_ name: String) -> [JSONMember] {
        self[name].map { ShapeCheck.members(of: $0) } ?? []
    }
}
