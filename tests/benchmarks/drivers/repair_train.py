"""Fits a model for each part of the gold data to the others: `... repair_train LANGUAGE OUT PACKAGES`.

OUT gets a folder for each part, with the lexicon that the part was counted out of and the model. PACKAGES is the folder
of packages that has scikit-learn; it comes last, so that all else is what Knooppunt itself runs with.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

language, out, packages = sys.argv[1:4]
sys.path.append(packages)

from benchmarks.repair_gold import counts, folds, gold, without  # noqa: E402 # after the path that they need
from knooppunt.lexicons.train import train  # noqa: E402

parts = folds(gold(language))
clean = counts(language)
for name in parts:
    told = train(language, *without(clean, parts, name), {"without": name}, Path(out) / name)
    print(json.dumps({"part": name, **told}), flush=True)
