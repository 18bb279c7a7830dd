"""The header of a new catalog: no dates and no names, which would make every merge a conflict."""

from __future__ import annotations

from typing import Final

from babel.core import UnknownLocaleError
from babel.messages.plurals import get_plural

from knooppunt.catalogs.render import render_entry
from knooppunt.model import Entry

GENERATOR: Final = "Knooppunt"


def new_catalog(locale: str, project: str = "PROJECT") -> str:
    """The text of an empty catalog for a BCP 47 locale, a header that `msgfmt -c` accepts.

    The plural rule is that of the Unicode CLDR by way of Babel; for a language without one, two forms as in English.

    >>> print(new_catalog("nl", "Handbook").split("X-Generator")[0])
    msgid ""
    msgstr ""
    "Project-Id-Version: Handbook\\n"
    "Language: nl\\n"
    "MIME-Version: 1.0\\n"
    "Content-Type: text/plain; charset=UTF-8\\n"
    "Content-Transfer-Encoding: 8bit\\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\\n"
    "
    """
    code = locale.replace("-", "_")
    try:
        plural = get_plural(code).plural_forms.rstrip(";")
    except (UnknownLocaleError, ValueError):
        plural = "nplurals=2; plural=(n != 1)"
    fields = {
        "Project-Id-Version": project,
        "Language": code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"{plural};",
        "X-Generator": GENERATOR,
    }
    msgstr = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in fields.items())
    return f"{render_entry(Entry('', msgstr))}\n"
