"""Compile WordNet's verbs, adjectives, adverbs and common nouns into the list that the reader of clauses knows.

    python scripts/compile_lexicon.py FOLDER WORDS > src/kg/extract/lexicon/wordnet.txt

FOLDER holds ``en_lemma_index.json.gz`` and ``en_lemma_exc.json.gz`` of the package spacy-lookups-data (WordNet 3.0
as JSON), and ``en_license.txt``, the licence that every copy must carry. WORDS is SCOWL's list of the words that every
reader knows (Debian's wamerican-small): of what is only a noun, only those are kept. A word that the list does not
know is a noun, or a name.
"""

import gzip
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

_WORD = re.compile(r"[a-z]{2,}")


def main(folder: Path, words: Path) -> None:
    index = json.loads(gzip.decompress((folder / "en_lemma_index.json.gz").read_bytes()))
    irregular = json.loads(gzip.decompress((folder / "en_lemma_exc.json.gz").read_bytes()))["verb"]
    known = {tag: {word for word in index[name] if _WORD.fullmatch(word)} for tag, name in _TAGS.items()}
    common = set(words.read_text("utf-8").split())
    nouns = {
        word for word in known["n"] if word.endswith("ing") or (word in common and not _inflected(word, known["v"]))
    }
    by_tags: dict[str, list[str]] = defaultdict(list)
    for word in sorted(known["v"] | known["a"] | known["r"] | nouns):
        by_tags["".join(tag for tag in _TAGS if word in known[tag])].append(word)
    for line in (folder / "en_license.txt").read_text("utf-8").splitlines():
        print(f"# {line.strip()}".rstrip())
    for tags, several in sorted(by_tags.items()):
        print(tags, *several)
    for form, lemmas in sorted(irregular.items()):
        if _WORD.fullmatch(form) and lemmas[0] in known["v"]:
            print("=", form, lemmas[0])


def _inflected(word: str, verbs: set[str]) -> bool:
    """``remains``: more often a form of a verb."""
    return any(word.endswith(end) and word[: -len(end)] in verbs for end in ("s", "es", "d", "ed"))


_TAGS = {"v": "verb", "n": "noun", "a": "adj", "r": "adv"}

if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
