import Diagnostics

/// A pickle of tensors, read by a machine that knows nothing else.
///
/// The instructions are those that `torch.save` writes in protocols 2 to 4 (Python's `pickletools`
/// describes them). A name that ``TorchGlobal`` does not know is an error that says which; nothing is
/// ever called. Values are numbered instead of nested, so that no pickle, however deep or circular,
/// costs more than its length.
struct Pickle {
  struct Problem: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }

  enum Node {
    case none
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case list([Int])
    case tuple([Int])
    /// Keys and values by turns.
    case dictionary([Int], isOrdered: Bool)
    case global(TorchGlobal)
    indirect case storage(PickledStorage)
    indirect case tensor(PickledTensor)

    var kind: String {
      switch self {
      case .none: "None"
      case .bool: "a truth value"
      case .integer: "an integer"
      case .number: "a number"
      case .string: "text"
      case .list: "a list"
      case .tuple: "a tuple"
      case .dictionary: "a dictionary"
      case .global: "a name"
      case .storage: "a storage"
      case .tensor: "a tensor"
      }
    }
  }

  /// Most values of a pickle, and most bytes of it.
  static let values = 1 << 20
  static let bytes = 1 << 26

  var nodes: [Node] = []
  /// The value that the pickle stands for.
  private(set) var root = 0
  /// Bytes that it took.
  private(set) var length = 0
  private var stack: [Int] = []
  private var marks: [Int] = []
  private var memo: [Int: Int] = [:]
  private var items = 0

  /// Reads the pickle at the beginning of `bytes`.
  init(_ bytes: UnsafeRawBufferPointer) throws(Problem) {
    var cursor = ByteCursor(UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.bytes)))
    do {
      while try step(&cursor) {}
    } catch is ByteCursor.End {
      throw Problem("the pickle does not end")
    } catch let problem as Problem {
      throw Problem("pickle, byte \(cursor.position): \(problem.text)")
    } catch {
      throw Problem("the pickle cannot be read")
    }
    length = cursor.position
  }

  /// Carries out one instruction; `false` after the last one.
  private mutating func step(_ cursor: inout ByteCursor) throws -> Bool {
    let code = try cursor.number(UInt8.self)
    switch code {
    case 0x80:  // PROTO
      let version = try cursor.number(UInt8.self)
      guard version >= 2, version <= 5 else { throw Problem("protocol \(version) is not known") }
    case 0x95: _ = try cursor.take(8)  // FRAME
    case UInt8(ascii: "."):
      guard marks.isEmpty, stack.count == 1 else { throw Problem("it ends with values left over") }
      root = stack[0]
      return false

    case UInt8(ascii: "N"): try push(.none)
    case 0x88: try push(.bool(true))
    case 0x89: try push(.bool(false))
    case UInt8(ascii: "J"): try push(.integer(Int(cursor.number(Int32.self))))
    case UInt8(ascii: "K"): try push(.integer(Int(cursor.number(UInt8.self))))
    case UInt8(ascii: "M"): try push(.integer(Int(cursor.number(UInt16.self))))
    case 0x8A: try push(.integer(Self.long(cursor.take(Int(cursor.number(UInt8.self))))))
    case UInt8(ascii: "G"):
      try push(.number(Double(bitPattern: cursor.number(UInt64.self).byteSwapped)))

    case 0x8C: try pushText(cursor.take(Int(cursor.number(UInt8.self))))
    case UInt8(ascii: "X"): try pushText(cursor.take(Int(cursor.number(UInt32.self))))
    case 0x8D: try pushText(cursor.take(Self.count(cursor.number(UInt64.self))))
    case UInt8(ascii: "U"): try pushText(cursor.take(Int(cursor.number(UInt8.self))))
    case UInt8(ascii: "T"): try pushText(cursor.take(Int(cursor.number(UInt32.self))))

    case UInt8(ascii: "("):
      guard marks.count < Self.values else { throw Problem("too many marks") }
      marks.append(stack.count)
    case UInt8(ascii: "0"): _ = try pop()
    case UInt8(ascii: "1"): _ = try popToMark()
    case UInt8(ascii: "]"): try push(.list([]))
    case UInt8(ascii: "}"): try push(.dictionary([], isOrdered: false))
    case UInt8(ascii: ")"): try push(.tuple([]))
    case UInt8(ascii: "t"): try push(.tuple(popToMark()))
    case UInt8(ascii: "l"): try push(.list(popToMark()))
    case UInt8(ascii: "d"):
      let pairs = try popToMark()
      try push(.dictionary([], isOrdered: false))
      try set(pairs)
    case 0x85...0x87: try push(.tuple(pop(Int(code) - 0x84)))
    case UInt8(ascii: "a"): try append([pop()])
    case UInt8(ascii: "e"): try append(popToMark())
    case UInt8(ascii: "s"): try set(pop(2))
    case UInt8(ascii: "u"): try set(popToMark())

    case UInt8(ascii: "q"): try remember(Int(cursor.number(UInt8.self)))
    case UInt8(ascii: "r"): try remember(Int(cursor.number(UInt32.self)))
    case 0x94: try remember(memo.count)
    case UInt8(ascii: "h"): try recall(Int(cursor.number(UInt8.self)))
    case UInt8(ascii: "j"): try recall(Int(cursor.number(UInt32.self)))

    case UInt8(ascii: "c"):
      try name(Self.text(cursor.line()), Self.text(cursor.line()))
    case 0x93:
      let pair = try pop(2)
      guard case .string(let module) = nodes[pair[0]], case .string(let name) = nodes[pair[1]]
      else { throw Problem("a name is not text") }
      try self.name(module, name)
    case UInt8(ascii: "R"):
      let pair = try pop(2)
      guard case .global(let global) = nodes[pair[0]], case .tuple(let arguments) = nodes[pair[1]]
      else { throw Problem("it calls \(nodes[pair[0]].kind)") }
      try push(rebuild(global, arguments))
    case UInt8(ascii: "Q"): try push(.storage(storage(pop())))
    case UInt8(ascii: "b"):
      // The attributes of an OrderedDict: version numbers of modules, which nothing here reads.
      let pair = try pop(2)
      guard case .dictionary(_, isOrdered: true) = nodes[pair[0]],
        case .dictionary = nodes[pair[1]]
      else { throw Problem("it sets attributes of \(nodes[pair[0]].kind)") }
      stack.append(pair[0])
    default:
      throw Problem(
        "instruction 0x\(String(code, radix: 16)) is not one that tensors need; it is refused")
    }
    return true
  }

  private mutating func name(_ module: String, _ name: String) throws {
    guard let global = TorchGlobal(module: module, name: name) else {
      let shown = printable(module + "." + name, limit: 100)
      throw Problem("asks for '\(shown)', which tensors do not need; nothing was executed")
    }
    try push(.global(global))
  }

  private mutating func push(_ node: Node) throws {
    guard nodes.count < Self.values, stack.count < Self.values else {
      throw Problem("more than \(Self.values) values")
    }
    stack.append(nodes.count)
    nodes.append(node)
  }

  private mutating func pushText(_ bytes: UnsafeRawBufferPointer) throws {
    try push(.string(Self.text(bytes)))
  }

  private mutating func pop() throws -> Int {
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else {
      throw Problem("a value is missing")
    }
    return value
  }

  private mutating func pop(_ count: Int) throws -> [Int] {
    guard stack.count - (marks.last ?? 0) >= count else { throw Problem("a value is missing") }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws -> [Int] {
    guard let mark = marks.popLast() else { throw Problem("a mark is missing") }
    defer { stack.removeLast(stack.count - mark) }
    items += stack.count - mark
    guard items <= 4 * Self.values else { throw Problem("too many values") }
    return Array(stack[mark...])
  }

  private mutating func append(_ values: [Int]) throws {
    guard stack.count > marks.last ?? 0, let target = stack.last,
      case .list(var list) = nodes[target]
    else { throw Problem("a list is missing") }
    nodes[target] = .none
    list += values
    nodes[target] = .list(list)
  }

  private mutating func set(_ pairs: [Int]) throws {
    guard pairs.count % 2 == 0, stack.count > marks.last ?? 0, let target = stack.last,
      case .dictionary(var entries, let isOrdered) = nodes[target]
    else { throw Problem("a dictionary is missing, or a value of it") }
    nodes[target] = .none
    entries += pairs
    nodes[target] = .dictionary(entries, isOrdered: isOrdered)
  }

  private mutating func remember(_ index: Int) throws {
    guard let value = stack.last, stack.count > marks.last ?? 0 else {
      throw Problem("a value is missing")
    }
    memo[index] = value
    guard memo.count <= Self.values else { throw Problem("it remembers too many values") }
  }

  private mutating func recall(_ index: Int) throws {
    guard let value = memo[index] else { throw Problem("it recalls what it never remembered") }
    guard stack.count < Self.values else { throw Problem("more than \(Self.values) values") }
    stack.append(value)
  }

  private static func text(_ bytes: UnsafeRawBufferPointer) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Problem("text that is not UTF-8")
    }
    return text
  }

  private static func count(_ value: UInt64) throws -> Int {
    guard let count = Int(exactly: value) else { throw ByteCursor.End() }
    return count
  }

  /// A two's complement integer of 0 to 8 bytes.
  private static func long(_ bytes: UnsafeRawBufferPointer) throws -> Int {
    guard bytes.count <= 8 else { throw Problem("an integer of more than 64 bits") }
    var value = Int(bytes.last.map { Int8(bitPattern: $0) < 0 ? -1 : 0 } ?? 0)
    for byte in bytes.reversed() { value = value << 8 | Int(byte) }
    return value
  }
}
