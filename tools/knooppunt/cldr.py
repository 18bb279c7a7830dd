"""What the Unicode CLDR says of a language, by way of Babel."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError


def describe(code: str) -> tuple[str, str]:
    """The name of a language in itself and its direction, `ltr` or `rtl`; the code and ltr where CLDR has none.

    >>> describe("ar")[1]
    'rtl'
    """
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return code, "ltr"
    name = locale.get_display_name() or code
    return name[0].upper() + name[1:], str(locale.text_direction)
