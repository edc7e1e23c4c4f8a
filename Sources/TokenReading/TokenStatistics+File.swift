import Diagnostics
import SongStream
public import Weights

extension TokenStatistics {
  /// The file's name inside a model.
  public static let fileName = "token-statistics.safetensors"
  private static let format = "sg-token-statistics-1"

  /// The statistics as a safetensors file; some 100 kB for 2048 codes.
  ///
  /// | tensor | type | shape |
  /// |---|---|---|
  /// | `TABLE.total` | F32 | [codes]: frames that have the code |
  /// | `TABLE.entries` | U8 | [codes]: states that it went with |
  /// | `TABLE.state` | U8 | these states, code by code |
  /// | `TABLE.share` | U8 | their shares of the frames, in 255ths |
  /// | `following` | F32 | [40, 40] |
  /// | `together` | F32 | [pitches, pitches] |
  ///
  /// TABLE is `phone.vocal`, `phone.mixed`, `pitch`, `onset` or `tag.N`. The metadata hold the tags and
  /// pitches.
  public func encoded() throws -> [UInt8] {
    let description: JSONValue = [
      "songs": .integer(Int64(songs)),
      "pitches": .array(pitches.map { .integer(Int64($0)) }),
      "tags": .array(
        tagGroups.map { group in
          [
            "tags": .array(group.tags.map { .string($0) }),
            "row": group.isVocal ? "vocal" : "accompaniment",
          ]
        }),
    ]
    var tensors: [String: (spec: TensorSpec, bytes: [UInt8])] = [:]
    func put(_ name: String, _ type: TensorType, _ shape: [Int], _ bytes: [UInt8]) {
      tensors[name] = (TensorSpec(name: name, type: type, shape: shape), bytes)
    }
    for (name, table) in tables {
      let sparse = SparseTable(table)
      put(name + ".total", .f32, [table.codes], littleEndian(sparse.totals))
      put(name + ".entries", .u8, [table.codes], sparse.entries)
      put(name + ".state", .u8, [sparse.states.count], sparse.states)
      put(name + ".share", .u8, [sparse.shares.count], sparse.shares)
    }
    put("following", .f32, [Self.phoneStates, Self.phoneStates], littleEndian(following))
    put("together", .f32, [pitches.count, pitches.count], littleEndian(together))
    let layout = try SafetensorsLayout(
      tensors.values.map(\.spec),
      metadata: [
        "format": Self.format,
        "description": String(decoding: description.encoded(), as: UTF8.self),
      ])
    return layout.tensors.reduce(into: layout.header) { $0 += tensors[$1.name]?.bytes ?? [] }
  }

  private var tables: [(String, CodeTable)] {
    [
      ("phone.vocal", vocalPhones), ("phone.mixed", mixedPhones), ("pitch", vocalPitches),
      ("onset", onsets),
    ] + tagGroups.enumerated().map { ("tag.\($0)", $1.table) }
  }

  private func littleEndian(_ numbers: [Float]) -> [UInt8] {
    numbers.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
  }

  /// Those of a model.
  ///
  /// - Throws: ``TokenReadingFailure``: 69 when the model has none, 65 when they are damaged.
  public init(_ model: ModelDirectory) throws(TokenReadingFailure) {
    guard model.files.exists(Self.fileName) else {
      throw TokenReadingFailure(
        .unavailable,
        "model '\(printable(model.name))' has no \(Self.fileName) (sg-train statistics makes it)")
    }
    do throws(WeightsFailure) {
      try self.init(try model.files.open(Self.fileName))
    } catch {
      throw TokenReadingFailure(error.status, error.description)
    }
  }

  /// Those of a file.
  ///
  /// - Throws: `WeightsFailure` with status 65 when it is damaged or something else.
  public init(_ file: MappedFile) throws(WeightsFailure) {
    let bad = WeightsFailure(.data, "\(printable(file.name)): is no file of token statistics")
    guard
      withExtendedLifetime(file, { TensorFile.format(of: file.bytes) == .safetensors })
    else { throw bad }
    let tensors = try TensorFile(file)
    guard tensors.metadata["format"] == Self.format,
      let json = tensors.metadata["description"].flatMap({ try? JSONValue(parsing: $0.utf8) }),
      let songs = json["songs"]?.integer, songs >= 0,
      let pitches = json["pitches"]?.array?.map({ $0.integer.flatMap { UInt16(exactly: $0) } }),
      !pitches.contains(nil), pitches.count <= 255,
      let groups = json["tags"]?.array, groups.count <= 16,
      let shape = tensors.shape(of: "phone.vocal.total"), shape.count == 1,
      (1...65536).contains(shape[0])
    else { throw bad }
    let codes = shape[0]
    func numbers(_ name: String, _ shape: [Int]) throws(WeightsFailure) -> [Float] {
      let numbers = try tensors.array(name, shape: shape)
      guard numbers.allSatisfy({ $0.isFinite && $0 >= 0 }) else { throw bad }
      return numbers
    }
    func bytes(_ name: String, _ shape: [Int]?) throws(WeightsFailure) -> [UInt8] {
      let view = try tensors.require(name, shape: shape)
      guard view.type == .u8 else { throw bad }
      return withExtendedLifetime(tensors) { Array(view.bytes) }
    }
    func table(_ name: String, _ states: Int) throws(WeightsFailure) -> CodeTable {
      let sparse = SparseTable(
        totals: try numbers(name + ".total", [codes]),
        entries: try bytes(name + ".entries", [codes]),
        states: try bytes(name + ".state", nil), shares: try bytes(name + ".share", nil))
      guard let table = sparse.table(states: states) else { throw bad }
      return table
    }
    vocalPhones = try table("phone.vocal", Self.phoneStates)
    mixedPhones = try table("phone.mixed", Self.phoneStates)
    onsets = try table("onset", 2)
    vocalPitches = try table("pitch", pitches.count)
    following = try numbers("following", [Self.phoneStates, Self.phoneStates])
    together = try numbers("together", [pitches.count, pitches.count])
    self.pitches = pitches.compactMap(\.self)
    self.songs = Int(songs)
    tagGroups = []
    for (index, group) in groups.enumerated() {
      let tags = group["tags"]?.array?.compactMap(\.string) ?? []
      guard tags.count == group["tags"]?.array?.count, (1...64).contains(tags.count) else {
        throw bad
      }
      tagGroups.append(
        TagGroup(
          tags: tags, isVocal: group["row"]?.string == "vocal",
          table: try table("tag.\(index)", tags.count)))
    }
  }
}
