"""Whether the arrows between targets go down only: arrows.py PACKAGE.json REPOSITORY

A target may use those of the layers below its own, and of its own layer only what is named here.
"""

import json
import re
import sys
from pathlib import Path

LAYERS = [
    # The bottom: system libraries, C, the embedded model's bytes, and how a failure is told.
    {"COpenBLAS", "CSndfile", "CSamplerate", "CEBUR128", "CKissFFT", "CPNG", "CZlib", "CCrypto", "CYAML",
     "CKernels", "CDefaultModel", "Diagnostics"},
    # The stream between the tools, and digests, stand on their own.
    {"SongStream", "Hashing"},
    {"Neural", "Fourier", "Journal", "TokenEditing"},
    {"Weights", "AudioIO", "TextTokens", "Pictures", "Gradients"},
    {"Lyrics", "LeLM", "MusicCodec", "Separation", "Mixing", "DefaultModel", "TrainingRun",
     "TokenReading"},
    {"ModelImport", "ReferenceAudio", "PromptLibrary", "Corpus", "LeLMTraining", "CodecFitting",
     "SongEvaluation"},
    {"ToyModel", "EvaluationReport"},
    {"ToolSupport"},
    {"sg-lyrics", "sg-encode", "sg-lm", "sg-decode", "sg-edit", "sg-mix", "sg-inspect", "sg-model",
     "sg-eval", "sg-train", "sg-parity", "sg-bench"},
]
# Libraries of others, and who may use them.
PRODUCTS = {"ArgumentParser": {"ToolSupport", "tools"}}
# What the numbers need must not know of streams, and the stream of nothing but its checksum.
NEVER = [("SongStream", "Neural"), ("LeLM", "SongStream"), ("MusicCodec", "SongStream"),
         ("Separation", "SongStream"),
         ("Neural", "SongStream"), ("Weights", "SongStream"), ("TextTokens", "SongStream")]
SYSTEM = {"Glibc", "Foundation", "FoundationEssentials", "Synchronization", "Swift"}


def main():
    package = json.loads(Path(sys.argv[1]).read_text())
    root = Path(sys.argv[2])
    level = {name: index for index, names in enumerate(LAYERS) for name in names}
    tools = LAYERS[-1]
    problems = []
    targets = {t["name"]: t for t in package["targets"]
               if t["type"] in ("regular", "executable", "system")
               and not (t.get("path") or "").startswith("Tests/")}
    for name in sorted(targets.keys() ^ level.keys()):
        problems.append(f"{name}: in one of Package.swift and arrows.py only")

    allowed = {}
    for name, target in targets.items():
        if name not in level:
            continue
        below = {dep[kind][0] for dep in target["dependencies"] for kind in ("byName", "target")
                 if kind in dep}
        products = {dep["product"][0] for dep in target["dependencies"] if "product" in dep}
        allowed[name] = below | products
        for dep in sorted(below & level.keys()):
            if level[dep] >= level[name]:
                problems.append(f"{name} -> {dep}: an arrow that does not go down")
            if dep == "ToolSupport" and name not in tools:
                problems.append(f"{name} -> ToolSupport: it is for tools only")
        for dep in sorted(products):
            owners = PRODUCTS.get(dep, set())
            if name not in owners and not ("tools" in owners and name in tools):
                problems.append(f"{name} -> {dep}: not for this target")
        is_tool = target["type"] == "executable"
        if is_tool != (name in tools):
            problems.append(f"{name}: in the layer of tools, or a tool, but not both")
    for above, below in NEVER:
        seen, todo = set(), [above]
        while todo:
            for dep in allowed.get(todo.pop(), ()):
                if dep not in seen:
                    seen.add(dep)
                    todo.append(dep)
        if below in seen:
            problems.append(f"{above} -> ... -> {below}: must not be")

    # SwiftPM lets a source import what its target does not name, if somebody else has built it.
    files = 0
    for name in sorted(targets):
        if name not in level:
            continue
        for source in sorted((root / "Sources" / name).rglob("*.swift")):
            files += 1
            for module in re.findall(r"^\s*(?:@\w+\s+)?(?:public |package |internal )?import "
                                     r"(?:struct |enum |class |func )?(\w+)", source.read_text(),
                                     re.M):
                where = source.relative_to(root)
                if module == "Foundation" and name not in tools:
                    problems.append(f"{where}: Foundation in a library; use FoundationEssentials")
                if module not in allowed[name] | SYSTEM:
                    problems.append(f"{where}: imports {module}, which the target does not name")
    if files < 100:
        problems.append(f"only {files} sources were found")
    print("\n".join(problems))
    print(f"{len(targets)} targets, {files} sources, {len(problems)} arrows that go up")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
