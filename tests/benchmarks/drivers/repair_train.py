"""Fits a model for each part of the gold data to the others: `... repair_train LANGUAGE OUT PACKAGES`.

OUT gets a folder for each part, with the lexicon that the part was counted out of and the model. Swedish and German
learn from the other languages too. PACKAGES is the folder of packages that has scikit-learn; it comes last, so that all
else is what Knooppunt itself runs with.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

language, out, packages = sys.argv[1:4]
sys.path.append(packages)

from benchmarks.repair_gold import ADJUDICATED, COUNTS, GOLD, adjudicated, counts, folds, gold, without  # noqa: E402 # after the path
from knooppunt.lexicons.train import train  # noqa: E402
from knooppunt.lexicons.transfer import TEACHERS, Class, class_of, lesson, transfer  # noqa: E402

parts = folds(gold(language))
clean = counts(language)
teachers = [name for name in TEACHERS if name != language] if language != "nl" else []
lessons = {name: lesson(class_of(name, GOLD, [COUNTS], ADJUDICATED), words=False) for name in teachers}
for name in parts:
    learned, others = without(clean, parts, name)
    notes = {"without": name}
    if lessons:
        taught = Class(language, learned, others, adjudicated(language))
        told = transfer(taught, lessons, notes, Path(out) / name)
    else:
        told = train(language, learned, others, notes, Path(out) / name)
    print(json.dumps({"part": name, **told}), flush=True)
