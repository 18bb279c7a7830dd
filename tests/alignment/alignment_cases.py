"""Small parallel pages of our own, and the whole way from two texts to a page that is made again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from knooppunt.alignment import adopt_page, align, page_items, verify
from knooppunt.pages import parse_page
from knooppunt.translated import translate_page

if TYPE_CHECKING:
    from knooppunt.alignment import Note, PageAdoption, Reason, Verdict

ENGLISH = """\
---
title: Restart a node
description: How to restart a node without losing pods.
author: someone
---

# Restart a node

A node can be restarted at any time. Its pods move to other nodes first.

> [!NOTE]
> A node that is drained takes no new pods.

## Before you begin

- You need the role `node-admin`.
- Install version 1.29 of [the tool](../tools/install.md).
- Tell your users.

```console
tool drain node-1 --wait
```

## Restart

1. Drain the node with `tool drain`.
2. Wait for 15 minutes.
3. Restart it with `tool restart`.

| Setting | Default | Meaning |
| --- | --- | --- |
| `wait` | 15 | Minutes before pods are stopped. |
| `force` | no | Stops pods at once. |

![A node and its pods](../media/node.png)

## Next steps

Read about [volumes](volumes.md).
"""

DUTCH = """\
---
title: Een knooppunt opnieuw starten
description: Zo start u een knooppunt opnieuw zonder pods te verliezen.
author: someone
ms.translationtype: HT
---

# <a name="restart-a-node"></a>Een knooppunt opnieuw starten

Een knooppunt kan op elk moment opnieuw worden gestart. De pods verhuizen eerst naar andere knooppunten.

> [!NOTE]
> Een knooppunt dat wordt leeggemaakt, neemt geen nieuwe pods aan.

## <a name="before-you-begin"></a>Voordat u begint

- U hebt de rol `node-admin` nodig.
- Installeer versie 1.29 van [het hulpmiddel](../tools/install.md).
- Breng uw gebruikers op de hoogte.

```console
tool drain node-1 --wait
```

## <a name="restart"></a>Opnieuw starten

1. Maak het knooppunt leeg met `tool drain`.
2. Wacht 15 minuten.
3. Start het opnieuw met `tool restart`.

| Instelling | Standaard | Betekenis |
| --- | --- | --- |
| `wait` | 15 | Minuten voordat pods worden gestopt. |
| `force` | nee | Stopt pods meteen. |

![Een knooppunt en zijn pods](../media/node.png)

## <a name="next-steps"></a>Volgende stappen

Lees meer over [volumes](volumes.md).
"""

GERMAN = """\
---
title: Einen Knoten neu starten
description: So starten Sie einen Knoten neu, ohne Pods zu verlieren.
author: someone
---

# Einen Knoten neu starten {#restart-a-node}

Ein Knoten kann jederzeit neu gestartet werden. Seine Pods ziehen zuerst auf andere Knoten um.

> [!NOTE]
> Ein Knoten, der geleert wird, nimmt keine neuen Pods an.

## Bevor Sie beginnen {#before-you-begin}

- Sie benötigen die Rolle `node-admin`.
- Installieren Sie Version 1.29 [des Werkzeugs](../tools/install.md).
- Informieren Sie Ihre Benutzer.

```console
tool drain node-1 --wait
```

## Neu starten {#restart}

1. Leeren Sie den Knoten mit `tool drain`.
2. Warten Sie 15 Minuten.
3. Starten Sie ihn mit `tool restart` neu.

| Einstellung | Standard | Bedeutung |
| --- | --- | --- |
| `wait` | 15 | Minuten, bis Pods beendet werden. |
| `force` | nein | Beendet Pods sofort. |

![Ein Knoten und seine Pods](../media/node.png)

## Nächste Schritte {#next-steps}

Lesen Sie mehr über [Volumes](volumes.md).
"""

JAPANESE = """\
---
title: ノードを再起動する
description: Pod を失わずにノードを再起動する方法。
author: someone
---

# ノードを再起動する { #restart-a-node }

ノードはいつでも再起動できます。その Pod は先に他のノードへ移動します。

> [!NOTE]
> ドレイン中のノードは新しい Pod を受け付けません。

## 始める前に { #before-you-begin }

- ロール `node-admin` が必要です。
- [ツール](../tools/install.md)のバージョン 1.29 をインストールします。
- ユーザーに知らせます。

```console
tool drain node-1 --wait
```

## 再起動 { #restart }

1. `tool drain` でノードをドレインします。
2. 15 分待ちます。
3. `tool restart` で再起動します。

| 設定 | 既定値 | 意味 |
| --- | --- | --- |
| `wait` | 15 | Pod を停止するまでの分数。 |
| `force` | いいえ | Pod をすぐに停止します。 |

![ノードとその Pod](../media/node.png)

## 次のステップ { #next-steps }

[ボリューム](volumes.md)についてお読みください。
"""

TRANSLATIONS = {"nl": DUTCH, "de": GERMAN, "ja": JAPANESE}


class Round(NamedTuple):
    """A page and its translation, adopted, made again and compared."""

    adoption: PageAdoption
    texts: dict[str, str]
    """msgid -> msgstr of what was taken."""
    made: str
    verdict: Verdict

    def notes(self, reason: Reason) -> list[Note]:
        """Notes of one reason."""
        return [note for note in self.adoption.notes if note.reason is reason]


def adopt_texts(english: str, other: str) -> Round:
    """Adopt one translated page and make it again from what was taken."""
    source = parse_page(english, path="docs/page.md")
    target = parse_page(other, path="nl/page.md")
    adoption = adopt_page(source, target, align(page_items(source), page_items(target)))
    texts = {message.msgid: message.msgstr for message in adoption.messages if message.msgstr}
    made = translate_page(source, lambda segment: texts.get(segment.msgid))
    return Round(adoption, texts, made, verify(source, made, target, adoption.notes))


def truth(other: str) -> dict[str, str]:
    """msgid -> translation, as the pages above were written: text by text, in the same order."""
    english = [segment.msgid for segment in parse_page(ENGLISH).segments]
    translated = [segment.msgid.rpartition("</a>")[2] for segment in parse_page(other).segments]
    return dict(zip(english, translated, strict=True))
