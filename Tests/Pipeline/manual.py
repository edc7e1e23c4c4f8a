"""The manual against the tools.

  manual.py options PAGE...    each page tells of all options of its tool, and of no other
  manual.py examples PAGE      the commands of its EXAMPLES, one a line
  manual.py readme FILE        the commands of its console blocks, one a line
"""

import json
import os
import re
import subprocess
import sys

MACROS = {"Fl", "Ar", "Cm", "Op", "Oo", "Oc", "No", "Pa", "Ev", "Ns", "Xr", "Va", "Li", "Ql", "Dq"}


def plain(text):
    """Text without roff escapes."""
    text = re.sub(r"\\(?:-|\(hy|\[hy\])", "-", text)
    return text.replace("\\&", "").replace("\\e", "\\").replace("\\(aq", "'")


def flags(line):
    """The options that the Fl macros of a line print: ['-q', '--quiet']."""
    found, in_flag = [], False
    for word in plain(line).lstrip(".").split():
        if word in MACROS:
            in_flag = word == "Fl"
        elif in_flag and re.fullmatch(r"-?[a-zA-Z][a-zA-Z0-9-]*", word):
            found.append("-" + word)
    return found


def sections(page):
    """{name: lines} of an mdoc page."""
    result, name = {}, None
    with open(page, encoding="utf-8") as f:
        for line in f.read().splitlines():
            if line.startswith(".Sh "):
                name = line[4:].strip('" ')
                result[name] = []
            elif name:
                result[name].append(line)
    return result


def documented(page):
    """{option: the text of its item} of section OPTIONS."""
    items, names, depth = {}, [], 0
    for line in sections(page)["OPTIONS"]:
        depth += line.startswith(".Bl ")
        depth -= line.startswith(".El")
        if line.startswith(".It ") and depth == 1:
            names = flags(line)
            assert names, f"{page}: an item that is no option: {line}"
            for name in names:
                assert name not in items, f"{page}: {name} twice"
                items[name] = [line]
        else:
            for name in names:
                items[name].append(line)
    return {name: plain(" ".join(lines)) for name, lines in items.items()}


def real(tool):
    """[(names, choices)] of the tool's visible options, and whether it has arguments."""
    dump = subprocess.run([tool, "--experimental-dump-help"], capture_output=True, check=True)
    options, positional = [], []
    for argument in json.loads(dump.stdout)["command"].get("arguments", []):
        if not argument.get("shouldDisplay", True):
            continue
        if argument["kind"] == "positional":
            positional.append(argument["valueName"])
            continue
        names = [("--" if n["kind"] == "long" else "-") + n["name"] for n in argument["names"]]
        options.append((names, argument.get("allValues") or []))
    return options, positional


def check_options(page):
    tool = os.path.basename(page).rsplit(".", 1)[0]
    told, (options, positional) = documented(page), real(tool)
    names = {name for names, _ in options for name in names}
    assert len(names) > 5, f"{tool}: hardly any options"
    for name in sorted(names - told.keys()):
        yield f"{name} is not in OPTIONS"
    for name in sorted(told.keys() - names):
        yield f"{name} is in OPTIONS, but {tool} has no such option"
    for option, choices in options:
        for choice in choices:
            text = " ".join(told.get(name, "") for name in option)
            if not re.search(rf"(?<![\w-]){re.escape(choice)}(?![\w-])", text):
                yield f"choice '{choice}' of {option[-1]} is not told"
    synopsis = sections(page)["SYNOPSIS"]
    shown = set()
    for line in synopsis:
        for flag in flags(line):
            # `.Op Fl qv` is two options.
            letters = re.fullmatch(r"-(\w{2,})", flag)
            shown |= {"-" + letter for letter in letters[1]} if letters else {flag}
    for flag in sorted(shown - names):
        yield f"{flag} is in SYNOPSIS, but {tool} has no such option"
    for option, _ in options:
        if not shown & set(option):
            yield f"{option[-1]} is not in SYNOPSIS"
    if positional and not any(".Ar" in line or " Ar " in line for line in synopsis[-6:]):
        yield f"no argument {positional} in SYNOPSIS"


def continued(lines):
    """Lines with those that end in a backslash joined to the next."""
    result, open_line = [], False
    for line in lines:
        if open_line:
            result[-1] += "\n" + line.removeprefix("> ")
        else:
            result.append(line)
        open_line = line.endswith("\\")
    return result


def examples(page):
    """The commands of section EXAMPLES as a reader sees them."""
    shown = subprocess.run(["mandoc", "-T", "utf8", "-O", "width=500", page], capture_output=True,
                           check=True).stdout.decode()
    lines = re.sub(".\b", "", shown).splitlines()
    start = lines.index("EXAMPLES")
    body = []
    for line in lines[start + 1:]:
        if line and not line[0].isspace():
            break
        body.append(line.strip())
    commands = [line[2:] for line in continued(body) if line.startswith("$ ")]
    # Nothing may be lost between the source and what is shown.
    source = sum(line.startswith("$ ") for line in sections(page)["EXAMPLES"])
    assert len(commands) == source > 0, f"{page}: {len(commands)} of {source} examples found"
    return commands


def readme(path):
    """The commands of the blocks ```console and ```sh that begin with `$ `."""
    with open(path, encoding="utf-8") as f:
        blocks = re.findall(r"^```(?:console|sh)\n(.*?)^```", f.read(), re.M | re.S)
    return [line[2:] for block in blocks for line in continued(block.splitlines())
            if line.startswith("$ ")]


def main():
    what, paths = sys.argv[1], sys.argv[2:]
    if what == "options":
        problems = [f"{os.path.basename(page)}: {p}" for page in paths for p in check_options(page)]
        print("\n".join(problems))
        sys.exit(1 if problems or not paths else 0)
    commands = examples(paths[0]) if what == "examples" else readme(paths[0])
    sys.stdout.write("".join(command + "\0" for command in commands))


if __name__ == "__main__":
    main()
