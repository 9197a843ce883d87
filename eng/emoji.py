#!/usr/bin/env python3
"""Writes the list of emoji that the interface embeds (src/Parley.UI/Features/Emoji/emoji*.txt) from a package of Emojibase.

    npm pack emojibase-data@17.0.0 && tar xzf emojibase-data-17.0.0.tgz
    eng/emoji.py package

Emojibase joins Unicode's emoji-test.txt, CLDR's names and search words, and the :names: that GitHub, and with it most of the world, writes.
"""
import json
import pathlib
import sys

# What the fonts of today's desktops can draw. What is newer shows as a box.
NEWEST = 15.1
TONES = "\U0001F3FB\U0001F3FC\U0001F3FD\U0001F3FE\U0001F3FF"
LANGUAGES = ["de"]
TARGET = pathlib.Path(__file__).parent.parent / "src/Parley.UI/Features/Emoji"
HEADER = "// Written by eng/emoji.py from emojibase-data {version}, (c) Miles Johnson, MIT licence (THIRD-PARTY.md).\n"


def as_list(names):
    return [names] if isinstance(names, str) else names or []


def character_of(entry):
    """Fully qualified, as emoji-test.txt has it: the mark for "as a picture" (U+FE0F) only where the character would else be a letter."""
    character = entry["emoji"]
    is_picture_by_itself = entry["type"] == 1 and len(character) == 2 and character[1] == "\uFE0F"
    return character[0] if is_picture_by_itself else character


def light_variant(entry):
    """The variant in the lightest tone, where the other four are the same with another modifier; else nothing."""
    variants = {skin["tone"]: skin["emoji"] for skin in entry.get("skins", []) if isinstance(skin["tone"], int)}
    light = variants.get(1, "")
    for tone, variant in variants.items():
        if variant != light.replace(TONES[0], TONES[tone - 1]):
            raise SystemExit(f"{entry['label']} does not vary in its modifiers alone.")
    return light


def names_of(entries, github, emojibase):
    """The names of each, GitHub's first. A name belongs to one emoji."""
    names = {entry["hexcode"]: [] for entry in entries}
    taken = set()
    for source in (github, emojibase):
        for entry in entries:
            for name in as_list(source.get(entry["hexcode"])):
                if name not in taken:
                    taken.add(name)
                    names[entry["hexcode"]].append(name)
    return names


def tags_of(entry):
    words = set(entry["label"].lower().split())
    return " ".join(tag.replace(" ", "-") for tag in entry.get("tags", []) if tag.lower() not in words)


def main(package):
    def read(path):
        return json.loads((package / path).read_text("utf-8"))

    header = HEADER.format(version=read("package.json")["version"])
    groups = [group["key"] for group in sorted(read("en/messages.json")["groups"], key=lambda group: group["order"])]
    entries = [e for e in read("en/data.json") if e.get("group") is not None and groups[e["group"]] != "component" and e["version"] <= NEWEST]
    entries.sort(key=lambda entry: (entry["group"], entry["order"]))
    names = names_of(entries, read("en/shortcodes/github.json"), read("en/shortcodes/emojibase.json"))

    lines, group = [header], None
    for entry in entries:
        if group != entry["group"]:
            group = entry["group"]
            lines.append(f"= {groups[group]}\n")
        lines.append("\t".join([character_of(entry), " ".join(names[entry["hexcode"]]), light_variant(entry), entry["label"], tags_of(entry)]) + "\n")
    (TARGET / "emoji.txt").write_text("".join(lines), "utf-8")

    for language in LANGUAGES:
        known = {entry["hexcode"]: entry for entry in read(f"{language}/data.json")}
        told = [known[entry["hexcode"]] for entry in entries]
        words = ["\t".join([character_of(entry), entry["label"], tags_of(entry)]) + "\n" for entry in told]
        (TARGET / f"emoji.{language}.txt").write_text("".join([header, *words]), "utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
