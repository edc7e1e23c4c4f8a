/// The few names that a pickle of tensors needs. What they stand for is built in; nothing is looked
/// up and nothing is called.
enum TorchGlobal: Hashable {
  /// `collections.OrderedDict`
  case orderedDictionary
  /// `torch._utils._rebuild_tensor(storage, offset, size, stride)`
  case tensor
  /// `torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks, …)`
  case tensor2
  /// `torch._utils._rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype, …)`
  case tensor3
  /// `torch._utils._rebuild_parameter(tensor, requires_grad, hooks)`
  case parameter
  /// `torch.Size(tuple)`
  case size
  /// `torch.FloatStorage` and its like; `torch.storage.UntypedStorage` counts bytes.
  case storage(TensorType)
  /// `torch.float32` and its like.
  case type(TensorType)

  private static let storages: [String: TensorType] = [
    "FloatStorage": .f32, "DoubleStorage": .f64, "HalfStorage": .f16, "BFloat16Storage": .bf16,
    "LongStorage": .i64, "IntStorage": .i32, "ShortStorage": .i16, "CharStorage": .i8,
    "ByteStorage": .u8, "BoolStorage": .bool,
  ]
  private static let types: [String: TensorType] = [
    "float32": .f32, "float64": .f64, "float16": .f16, "bfloat16": .bf16, "int64": .i64,
    "int32": .i32, "int16": .i16, "int8": .i8, "uint8": .u8, "bool": .bool, "uint16": .u16,
    "uint32": .u32, "uint64": .u64,
  ]
  private static let others: [String: TorchGlobal] = [
    "collections.OrderedDict": .orderedDictionary,
    "torch._utils._rebuild_tensor": .tensor,
    "torch._utils._rebuild_tensor_v2": .tensor2,
    "torch._utils._rebuild_tensor_v3": .tensor3,
    "torch._utils._rebuild_parameter": .parameter,
    "torch.Size": .size,
    "torch.UntypedStorage": .storage(.u8),
    "torch.storage.UntypedStorage": .storage(.u8),
  ]

  /// `nil` for every other name.
  init?(module: String, name: String) {
    if module == "torch" || module == "torch.cuda", let type = Self.storages[name] {
      self = .storage(type)
    } else if module == "torch", let type = Self.types[name] {
      self = .type(type)
    } else if let other = Self.others[module + "." + name] {
      self = other
    } else {
      return nil
    }
  }
}
