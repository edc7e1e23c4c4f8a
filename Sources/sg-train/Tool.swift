import ArgumentParser
import Diagnostics
import ToolSupport

/// Training: songs to learn from, and what is learnt.
@main
struct Train: ToolCommand {
  static let configuration = CommandConfiguration.tool(
    "sg-train",
    abstract: "Train a model.",
    discussion: "Makes what a model is trained on.",
    examples: [
      "sg-train corpus --kind song -n 20 --seed 1 -o songs",
      "sg-train corpus --kind short -n 8 --held-out > requests.jsonl",
      "sg-train plot run -o curves.png",
    ],
    subcommands: [
      CorpusCommand.self, CodecCommand.self, PretrainCommand.self, ExtendCommand.self,
      PreferCommand.self, AlignCommand.self, MergeCommand.self, ExportCommand.self,
      EvalCommand.self, StatisticsCommand.self, PlotCommand.self, ToyCommand.self,
    ])

  mutating func run() throws {
    throw ValidationError("give a command: 'sg-train corpus', for one")
  }
}

/// A command of this tool; it speaks under the name of the tool.
protocol TrainCommand: SongTool {}

extension TrainCommand {
  static var toolName: String { Train.toolName }
}
