import LocatedJSON

/// What a value of a definition may be: Marathon's RAML types as data.
///
/// The tables made of it (`ObjectShape.app`, `.pod`, …) are all that is known about fields; one
/// walk over them (`ShapeCheck`) finds every fault of shape and every unknown member.
indirect enum Shape: Sendable {
    /// Read by nobody here: any value will do.
    case any
    case bool
    /// A string with limits on its length in UTF-16 units, as Java counts.
    case string(min: Int = 0, max: Int = .max)
    /// A string of a form that is described to its author.
    case pattern(TextPattern)
    /// A number with bounds that belong to it.
    case number(ClosedRange<Double> = 0...Double.greatestFiniteMagnitude)
    /// A whole number with bounds that belong to it; `1.0` is one.
    case integer(ClosedRange<Int> = 0...Int(Int32.max))
    /// One of a set of words, in any case of letters.
    case word([String])
    /// One word, letter by letter.
    case literal(String)
    case array(Shape, min: Int = 0)
    /// Members of any name, unless a pattern binds the names.
    case map(Shape, names: TextPattern? = nil)
    case object(ObjectShape)
    /// A string, or else an object.
    case stringOr(ObjectShape)
    /// One of a set of words, or else an object.
    case wordOr([String], ObjectShape)
    /// The first object that fits; where none does, the last one's faults are told.
    case union([ObjectShape])
}

/// A form of text: how to tell it, and how to tell a person.
struct TextPattern: Sendable {
    let phrase: String
    let advice: String
    let matches: @Sendable (String) -> Bool
}

/// One member of an object.
struct Field: Sendable {
    let name: String
    let shape: Shape
    var isRequired = false

    init(_ name: String, _ shape: Shape) {
        self.name = name
        self.shape = shape
    }

    /// The same field, required.
    var required: Field {
        var field = self
        field.isRequired = true
        return field
    }
}

/// The members that an object may have.
struct ObjectShape: Sendable {
    let fields: [Field]
    private let positions: [String: Int]

    init(_ fields: [Field]) {
        self.fields = fields
        positions = Dictionary(
            fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The field of that name.
    subscript(name: String) -> Field? {
        positions[name].map { fields[$0] }
    }

    /// Whether a value has no fault of this shape.
    func fits(_ value: JSONValue) -> Bool { ShapeCheck.fits(value, self) }
}
