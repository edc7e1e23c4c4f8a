# Arrows between the parts of the package go down only, in the manifest and in the sources.

swift package --package-path "$REPO" --scratch-path "$PWD/scratch" dump-package > package.json
python3 "$PIPELINE/arrows.py" package.json "$REPO"
