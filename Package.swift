// swift-tools-version: 6.1

import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// A Debian library: its module map lies in Sources/NAME, its flags come from pkg-config.
func system(_ name: String, _ pkgConfig: String, _ apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A library: one thing an item of data passes through.
func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: ["README.md"], swiftSettings: swiftSettings)
}

/// A tool: flags and wiring over the libraries.
func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies + ["ToolSupport", "Diagnostics", argumentParser],
    swiftSettings: swiftSettings)
}

/// The tests of the library of the same name.
func tests(_ library: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: library + "Tests",
    dependencies: [.target(name: library), "Diagnostics", "TestSupport"] + dependencies,
    swiftSettings: swiftSettings)
}

let package = Package(
  name: "sg",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    system("COpenBLAS", "openblas", "libopenblas-dev"),
    system("CSndfile", "sndfile", "libsndfile1-dev"),
    system("CSamplerate", "samplerate", "libsamplerate0-dev"),
    system("CEBUR128", "libebur128", "libebur128-dev"),
    // Its pkg-config file has -D flags, which SwiftPM refuses with a warning; the module map links.
    .systemLibrary(name: "CKissFFT", providers: [.apt(["libkissfft-dev"])]),
    system("CPNG", "libpng", "libpng-dev"),
    system("CZlib", "zlib", "zlib1g-dev"),
    system("CCrypto", "libcrypto", "libssl-dev"),
    system("CYAML", "yaml-0.1", "libyaml-dev"),

    // The bottom: how a failure is told, and the stream between the tools.
    library("Diagnostics", []),
    library("SongStream", ["Diagnostics", "CZlib"]),
    library("Hashing", ["CCrypto"]),
    library("Journal", ["Diagnostics", "SongStream", "Hashing"]),

    // Numbers.
    .target(name: "CKernels", exclude: ["README.md"]),
    library("Neural", ["CKernels", "COpenBLAS"]),
    library("Fourier", ["CKissFFT"]),
    library(
      "Weights",
      ["Diagnostics", "Neural", "CKernels", "Hashing", "CYAML", "CZlib"]),

    // Learning.
    library("Gradients", ["Neural", "CKernels"]),

    // Songs of tokens, edited without a model.
    library("TokenEditing", ["Diagnostics", "SongStream"]),

    // The walk: lyrics, text tokens, LM, tokens, latents, waveform, mix.
    library("Lyrics", ["Diagnostics", "SongStream"]),
    library("TextTokens", ["Diagnostics"]),
    library("LeLM", ["Diagnostics", "Neural", "CKernels", "Weights", "TextTokens"]),
    library("MusicCodec", ["Diagnostics", "Neural", "CKernels", "Weights", "Fourier"]),
    library("Separation", ["Diagnostics", "Neural", "CKernels", "Weights", "Fourier"]),
    library("AudioIO", ["Diagnostics", "CSndfile", "CSamplerate"]),
    library("Mixing", ["Diagnostics", "AudioIO", "CEBUR128"]),
    library("Pictures", ["Diagnostics", "CPNG", "Fourier"]),
    library(
      "ModelImport",
      [
        "Hashing", "Diagnostics", "Neural", "CKernels", "Weights", "LeLM", "MusicCodec",
        "TextTokens",
      ]),

    // Songs to a codec.
    library("CodecFitting", ["Diagnostics", "Neural", "Weights", "MusicCodec"]),
    // What tokens say, without decoding them.
    library(
      "TokenReading",
      ["Diagnostics", "SongStream", "TokenEditing", "TextTokens", "Weights"]),

    // A run that can be left alone: settings, checkpoints, log.
    library("TrainingRun", ["Diagnostics", "SongStream", "Hashing", "Neural", "Weights"]),

    // Learning on songs of tokens.
    library(
      "LeLMTraining",
      [
        "Diagnostics", "Gradients", "LeLM", "Lyrics", "Neural", "SongStream", "TextTokens",
        "Weights",
      ]),

    // The toy: what it is made of beside what it learns.
    library("ToyModel", ["Corpus", "TextTokens"]),

    // Recordings to prompts, and where prompts are kept.
    library(
      "ReferenceAudio",
      ["Diagnostics", "AudioIO", "Mixing", "MusicCodec", "Separation", "Neural", "Weights"]),
    library("PromptLibrary", ["Diagnostics", "SongStream", "TokenEditing", "Neural", "Weights"]),

    // Training: songs to learn from.
    library("Corpus", ["Diagnostics", "Hashing", "Lyrics", "Neural", "TextTokens"]),
    // Figures of finished songs, and the page that shows them.
    library(
      "SongEvaluation",
      ["Diagnostics", "SongStream", "Fourier", "AudioIO", "Mixing", "TextTokens", "Lyrics"]),
    library("EvaluationReport", ["Diagnostics", "SongStream", "Pictures", "SongEvaluation"]),

    // What ships inside, and what the tools share.
    .target(name: "CDefaultModel", exclude: ["README.md", "model", "recipe"]),
    library("DefaultModel", ["CDefaultModel", "Weights"]),
    library("ToolSupport", ["Diagnostics", "SongStream", argumentParser]),

    tool(
      "sg-lyrics",
      ["Lyrics", "SongStream", "Journal", "TextTokens", "LeLM", "Weights", "DefaultModel"]),
    tool(
      "sg-encode",
      [
        "ReferenceAudio", "PromptLibrary", "MusicCodec", "Separation", "AudioIO", "Lyrics",
        "TextTokens", "TokenEditing", "SongStream", "Weights", "DefaultModel", "Neural",
      ]),
    tool(
      "sg-lm",
      [
        "LeLM", "TextTokens", "Lyrics", "SongStream", "TokenEditing", "Weights", "DefaultModel",
        "Neural",
      ]),
    tool(
      "sg-decode",
      ["MusicCodec", "Lyrics", "SongStream", "Weights", "DefaultModel", "Neural"]),
    tool("sg-edit", ["TokenEditing", "SongStream"]),
    tool("sg-mix", ["Mixing", "AudioIO", "SongStream", "Journal", "Hashing"]),
    tool("sg-inspect", ["SongStream", "Pictures", "AudioIO"]),
    tool(
      "sg-eval",
      [
        "SongEvaluation", "EvaluationReport", "Pictures", "AudioIO", "Mixing", "Lyrics",
        "TextTokens", "SongStream", "Weights", "DefaultModel",
      ]),
    tool("sg-model", ["ModelImport", "Weights", "Neural", "SongStream", "DefaultModel"]),
    tool(
      "sg-train",
      [
        "AudioIO", "CodecFitting", "Corpus", "DefaultModel", "Gradients", "LeLM", "LeLMTraining",
        "Lyrics", "Neural", "Pictures", "SongStream", "TextTokens", "TokenEditing", "TokenReading",
        "ToyModel", "TrainingRun", "Weights",
      ]),
    // Built, not installed.
    tool(
      "sg-parity",
      ["LeLM", "MusicCodec", "Separation", "Lyrics", "TextTokens", "Weights", "Neural"]),
    tool(
      "sg-bench",
      ["LeLM", "MusicCodec", "Separation", "Weights", "DefaultModel", "Neural", "CKernels"]),

    // What the tests of TrainingRun start and kill.
    .executableTarget(
      name: "run-loop", dependencies: ["TrainingRun", "Diagnostics", "SongStream", "Neural"],
      path: "Tests/_RunLoop", swiftSettings: swiftSettings),
    .target(
      name: "TestSupport", dependencies: ["Diagnostics"], path: "Tests/_TestSupport",
      swiftSettings: swiftSettings),
    tests("SongStream"),
    tests("Journal", ["SongStream", "Hashing"]),
    tests("TokenEditing", ["SongStream"]),
    tests("Neural", ["CKernels"]),
    tests("Fourier"),
    tests("Gradients", ["Neural"]),
    tests("Weights", ["Neural"]),
    tests("Lyrics", ["SongStream"]),
    tests("TextTokens"),
    tests("LeLM", ["Weights", "Neural", "TextTokens"]),
    tests("MusicCodec", ["Weights", "Neural", "DefaultModel"]),
    tests("CodecFitting", ["MusicCodec", "Neural", "Weights"]),
    tests("Separation", ["Weights", "Neural"]),
    tests("AudioIO"),
    tests(
      "ReferenceAudio",
      ["AudioIO", "DefaultModel", "Mixing", "MusicCodec", "Separation", "Neural"]),
    tests("PromptLibrary", ["SongStream", "TokenEditing", "Weights"]),
    tests("Mixing", ["AudioIO"]),
    tests("TokenReading", ["SongStream", "TokenEditing", "Weights"]),
    tests("TrainingRun", ["SongStream", "Neural", "run-loop"]),
    tests("Pictures", ["CPNG"]),
    tests("SongEvaluation", ["AudioIO", "Mixing", "SongStream", "TextTokens"]),
    tests("EvaluationReport", ["SongEvaluation", "SongStream", "Pictures"]),
    tests("LeLMTraining", ["LeLM", "Gradients", "Neural", "Weights"]),
    tests("ModelImport", ["Weights", "Neural", "LeLM", "MusicCodec", "TextTokens"]),
    tests("Corpus", ["DefaultModel", "Lyrics", "TextTokens", "Weights"]),
    tests("ToolSupport", ["SongStream", argumentParser]),
    .testTarget(
      name: "PipelineTests",
      dependencies: ["TestSupport", "SongStream", "AudioIO", "Mixing"],
      swiftSettings: swiftSettings),
  ]
)
