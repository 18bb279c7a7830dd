"""What a page says about itself to machines: JSON-LD in the words of schema.org."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def json_ld(
    *,
    url: str,
    title: str,
    description: str | None,
    lang: str,
    site_name: str,
    site_url: str,
    changed: date | None,
    original: str | None,
    translations: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """The article of a page.

    `original` is the address of the source on a translated page; `translations` are pairs of language and address
    on the page of the source.
    """
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "@id": url,
        "url": url,
        "headline": title,
        "inLanguage": lang,
        "isPartOf": {"@type": "WebSite", "name": site_name, "url": site_url},
    }
    if description:
        article["description"] = description
    if changed:
        article["dateModified"] = changed.isoformat()
    if original:
        article["translationOfWork"] = {"@type": "TechArticle", "@id": original}
    if translations:
        article["workTranslation"] = [
            {"@type": "TechArticle", "@id": address, "inLanguage": code} for code, address in translations
        ]
    return article
