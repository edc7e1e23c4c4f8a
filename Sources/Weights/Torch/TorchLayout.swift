import Diagnostics

/// The pickle of a torch file, and where its storages lie.
struct TorchLayout {
  let pickle: Pickle
  /// Key to range in the file.
  let storages: [String: Range<Int>]

  init(pickle: Pickle, storages: [String: Range<Int>]) {
    self.pickle = pickle
    self.storages = storages
  }

  /// Reads a zip archive: `NAME/data.pkl`, `NAME/data/KEY`, and `NAME/byteorder` if it is there.
  init(zip bytes: UnsafeRawBufferPointer) throws(Pickle.Problem) {
    let archive: ZipArchive
    do { archive = try ZipArchive(bytes) } catch { throw Pickle.Problem(error.text) }
    let pickles = archive.entries.values.filter { $0.name.hasSuffix("/data.pkl") }
    guard let main = pickles.first, pickles.count == 1 else {
      throw Pickle.Problem(
        "is a zip archive that torch.save did not write: no single data.pkl in it")
    }
    let prefix = main.name.dropLast("data.pkl".count)
    if let order = archive.entries[prefix + "byteorder"] {
      guard bytes[order.range].elementsEqual("little".utf8) else {
        throw Pickle.Problem("was written on a big-endian machine, which is not taken")
      }
    }
    var storages: [String: Range<Int>] = [:]
    let folder = prefix + "data/"
    for entry in archive.entries.values where entry.name.hasPrefix(folder) {
      storages[String(entry.name.dropFirst(folder.count))] = entry.range
    }
    guard main.range.count <= Pickle.bytes else {
      throw Pickle.Problem("has a pickle of \(main.range.count) bytes, more than tensors need")
    }
    self.init(
      pickle: try Pickle(UnsafeRawBufferPointer(rebasing: bytes[main.range])), storages: storages)
  }
}

/// The form of torch before 1.6: a magic number, a protocol number, facts on the machine, what was
/// saved and the keys of its storages, each a pickle; then for each key the number of elements and
/// the elements.
enum LegacyTorchLayout {
  /// 0x1950a86a20f9469cfc6c as a pickle of protocol 2, without the protocol.
  private static let magic: [UInt8] = [
    0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]

  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count > 15 && bytes[0] == 0x80 && bytes[2..<15].elementsEqual(magic)
  }

  static func read(_ bytes: UnsafeRawBufferPointer) throws(Pickle.Problem) -> TorchLayout {
    var position = 15
    func next() throws(Pickle.Problem) -> Pickle {
      let pickle = try Pickle(UnsafeRawBufferPointer(rebasing: bytes[position...]))
      position += pickle.length
      return pickle
    }
    let version = try next()
    guard case .integer(1001) = version.nodes[version.root] else {
      throw Pickle.Problem("is of a version of torch's old format that is not known")
    }
    let machine = try next()
    guard case .dictionary(let facts, _) = machine.nodes[machine.root],
      stride(from: 0, to: facts.count - 1, by: 2).contains(where: { index in
        if case .string("little_endian") = machine.nodes[facts[index]],
          case .bool(true) = machine.nodes[facts[index + 1]]
        {
          true
        } else {
          false
        }
      })
    else { throw Pickle.Problem("was written on a big-endian machine, which is not taken") }
    let main = try next()
    let keys = try next()
    guard case .list(let list) = keys.nodes[keys.root] else {
      throw Pickle.Problem("lacks the list of its storages")
    }
    var types: [String: TensorType] = [:]
    for case .storage(let storage) in main.nodes { types[storage.key] = storage.type }
    var storages: [String: Range<Int>] = [:]
    for item in list {
      guard case .string(let key) = keys.nodes[item], let type = types[key], storages[key] == nil
      else { throw Pickle.Problem("its list of storages has one too many, or one twice") }
      var cursor = ByteCursor(bytes, at: position)
      let data: UnsafeRawBufferPointer
      do {
        let count = Int(exactly: try cursor.number(UInt64.self)) ?? .max
        guard let size = type.byteCount(of: [count]) else { throw ByteCursor.End() }
        position = cursor.position
        data = try cursor.take(size)
      } catch {
        throw Pickle.Problem(
          "storage '\(printable(key, limit: 40))' is cut, or there is less of it")
      }
      storages[key] = position..<position + data.count
      position += data.count
    }
    return TorchLayout(pickle: main, storages: storages)
  }
}
