import DefaultModel
import Diagnostics
import Gradients
import LeLM
import LeLMTraining
import Neural
import SongStream
import ToolSupport
import TrainingRun
import Weights

/// The model directory that a run begins from, and songs in its words.
struct LearningModel {
  let directory: ModelDirectory
  let config: LeLMConfig
  let conditions: TextConditions
  let text: SongText

  init(_ name: String) throws {
    switch try ModelLocator().locate(name.isEmpty ? nil : name) {
    case .directory(let path): directory = try ModelDirectory(path: path)
    case .embedded: directory = try DefaultModel.directory()
    }
    config = try LeLMConfig(directory.config)
    var styleRows: Int?
    if try directory.path(.lm) != nil {
      styleRows = CheckpointNumbers(try directory.tensors(.lm))
        .rows("condition_provider.conditioners.type_info.output_proj.weight")
    }
    conditions = try TextConditions(directory, config: config, styleRows: styleRows)
    text = SongText(conditions)
  }

  /// The parameters to begin with: those of the directory's language model, or random ones when it has
  /// none.
  func parameters(seed: UInt64) throws -> (model: TrainableModel, isNew: Bool) {
    if try directory.path(.lm) != nil {
      let model = try TrainableModel(directory.tensors(.lm), config: config)
      guard model.reads(text) else {
        throw ToolFailure(
          .data,
          "model '\(printable(directory.name))': its tokenizer has ids that its language model lacks"
        )
      }
      return (model, false)
    }
    return (
      try TrainableModel(
        config, lyricsRows: text.rows.lyrics, structureRows: text.rows.sections + 1,
        styleRows: text.rows.style, seed: seed), true
    )
  }

  /// The songs of the files at `paths`.
  func songs(_ paths: [String], console: Console) throws -> [TrainingSong] {
    var collection = SongCollection(
      config, wording: try RequestWording(directory, conditions: conditions), text: text)
    for path in paths {
      let file = try InputFile(path)
      let before = collection.omissions.count
      try collection.read(SongReader(FileDescriptorSource(file.descriptor), name: file.name))
      let left = collection.omissions.dropFirst(before)
      if let first = left.first {
        console.warning(
          "\(left.count) of the songs in \(file.name) are left out, '\(printable(first.song))' for "
            + "one: \(printable(first.reason))")
      }
    }
    return collection.songs
  }
}

extension TrainableModel {
  /// Its parameters as a checkpoint holds them.
  var tensors: [NamedTensor] {
    parameters.parameters.map { NamedTensor($0.name, shape: $0.shape, $0.value) }
  }
}

extension Adam {
  /// Its moments as a checkpoint holds them.
  var tensors: [NamedTensor] {
    zip(parameters, moments).flatMap { parameter, moment in
      [
        NamedTensor("adam.first." + parameter.name, shape: parameter.shape, moment.first),
        NamedTensor("adam.second." + parameter.name, shape: parameter.shape, moment.second),
      ]
    }
  }
}
