import Vocabulary

extension DefinitionRules {
    /// Faults of shape.
    static let shape: [FindingRule] = [
        rule(
            "J-SYNTAX", .error, "not JSON",
            what: "The text is not JSON.",
            why: "Marathon answers HTTP 400.",
            advice: "mend the text at the place that is told"),
        rule(
            "J-MISSING", .error, "a required member is missing",
            what: "A required member is absent or null.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "add the member"),
        rule(
            "J-TYPE", .error, "a wrong type",
            what: "A value has another JSON type than its member.",
            why: "Marathon refuses it with HTTP 422, or reads an empty object and drops the value.",
            advice: "write a value of the type that is told"),
        rule(
            "J-INT", .error, "a fraction where a whole number is wanted",
            what: "A whole number has a fraction.",
            why: "Marathon refuses it with HTTP 422; 1.0 is accepted, 1.5 is not.",
            advice: "take the fraction off"),
        rule(
            "J-ENUM", .error, "a word that is not in the set",
            what: "A word is none of those that the member knows.",
            why: "Marathon refuses it with HTTP 422; the case of letters does not matter.",
            advice: "write one of the words that are told"),
        rule(
            "J-PATTERN", .error, "a text of the wrong form",
            what: "An id, a name or the name of a variable has a form that is not allowed.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "write it in the form that is told"),
        rule(
            "J-MINLEN", .error, "a text that is too short",
            what: "A text is shorter than its member allows, mostly empty.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "fill it in, or leave it out"),
        rule(
            "J-MAXLEN", .error, "a text that is too long",
            what: "A text is longer than its member allows.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "shorten it"),
        rule(
            "J-MINITEMS", .error, "an array that is too short",
            what: "An array has fewer elements than its member needs.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "add an element"),
        rule(
            "J-MIN", .error, "a number that is too small",
            what: "A number lies below its least value.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "raise it"),
        rule(
            "J-MAX", .error, "a number that is too large",
            what: "A number lies above its largest value.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "lower it"),
    ]
}
