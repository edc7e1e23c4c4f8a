"""The manual against the tools.

  manual.py options PAGE...    each page tells of all options of its tool, and of no other
  manual.py examples PAGE      the commands of its EXAMPLES and TUTORIAL, each ended by a NUL
  manual.py readme FILE        the commands of its blocks of console and sh, in the same way
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


def documented(page, names=("DESCRIPTION", "OPTIONS")):
    """{option: the text of its item}, of the lists in these sections."""
    lines = [line for name in names for line in sections(page).get(name, [])]
    items, names, depth = {}, [], 0
    for line in lines:
        depth += line.startswith(".Bl ")
        depth -= line.startswith(".El")
        if line.startswith(".It ") and depth == 1:
            names = flags(line) if line.startswith(".It Fl ") else []
            for name in names:
                assert name not in items, f"{page}: {name} twice"
                items[name] = [line]
        else:
            for name in names:
                items[name].append(line)
    return {name: plain(" ".join(lines)) for name, lines in items.items()}


def real(tool):
    """[(names, choices)] of the visible options of a tool and its subcommands, and its arguments."""
    dump = subprocess.run([tool, "--experimental-dump-help"], capture_output=True, check=True)
    root = json.loads(dump.stdout)["command"]
    commands = [root] + [c for c in root.get("subcommands", []) if c["commandName"] != "help"]
    options, positional = [], []
    for argument in [a for command in commands for a in command.get("arguments", [])]:
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
    # What is the same for all tools may be told once.
    common = documented(os.path.join(os.path.dirname(page), "../man7/sg.7"), ["COMMON OPTIONS"])
    names = {name for names, _ in options for name in names}
    assert len(names) > 5, f"{tool}: hardly any options"
    for name in sorted(names - told.keys()):
        yield f"{name} is not in OPTIONS"
    for name in sorted(told.keys() - names):
        yield f"{name} is in OPTIONS, but {tool} has no such option"
    for option, choices in options:
        for choice in choices:
            text = " ".join(d.get(name, "") for name in option for d in (told, common))
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
    """The commands of sections EXAMPLES and TUTORIAL as a reader sees them."""
    shown = subprocess.run(["mandoc", "-T", "utf8", "-O", "width=500", page], capture_output=True,
                           check=True).stdout.decode()
    body, inside = [], False
    for line in re.sub(".\b", "", shown).splitlines():
        if line and not line[0].isspace():
            inside = line in ("EXAMPLES", "TUTORIAL")
        elif inside:
            body.append(line.strip())
    commands = [line[2:] for line in continued(body) if line.startswith("$ ")]
    # Nothing may be lost between the source and what is shown.
    source = sum(line.startswith("$ ") for name in ("EXAMPLES", "TUTORIAL")
                 for line in sections(page).get(name, []))
    assert len(commands) == source and (source or "man1" not in page), \
        f"{page}: {len(commands)} of {source} examples found"
    return commands


def readme(path):
    """The commands of the blocks ```console (after `$ `) and ```sh (all lines)."""
    with open(path, encoding="utf-8") as f:
        blocks = re.findall(r"^```(console|sh)\n(.*?)^```", f.read(), re.M | re.S)
    lines = [(kind, line) for kind, block in blocks for line in continued(block.splitlines())]
    return [line.removeprefix("$ ") for kind, line in lines
            if line.strip() and (kind == "sh" or line.startswith("$ "))]


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
