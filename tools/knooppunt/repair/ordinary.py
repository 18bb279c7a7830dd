"""Words that look like a name of a product or like initials, and are words of the language as well."""

from __future__ import annotations

from typing import Final

_LOWER: Final = """
am app btw cao cd cm dvd faq gb gps gsm hr ict id it kb kg km mb mkb mm ok pc pdf pin pm pr ram rom sim sms tb tv url
us usb vip wc wifi
"""
_ORDINARY: Final = """
access action actions active apache apple assembly atlas base bash bing boards bookings bot bridge chart charts chef
chrome cloud compute connect consul copilot core data delve desk designer developer direct docker drive edge eclipse
elastic entra excel exchange fabric flow flux forms front gateway go graph hana helm hive home insights java jenkins
key kit lambda learn lists load loop make maps mesh monitor mongo node office oracle outlook pages pipelines planner
pod pods policy power premium project publisher puppet purview python react redis relay repos resource ruby rust
safari salt scout search service shell shifts slack space spark spring stack storage store storm stream studio surface
sway swift synapse teams terraform test tomcat traffic vault video viva visual web whiteboard windows word works
yammer
"""
_BRANDS: Final = """
amazon bitbucket bitlocker cloudflare contoso dropbox facebook fastly gitlab google grafana kubernetes linkedin
microsoft mozilla netflix openstack oracle postgres postgresql prometheus salesforce samsung telegram tensorflow
ubuntu vodafone whatsapp wikipedia wordpress youtube zendesk
"""
_SHOUTED: Final = """
all and any close code copy cut data date delete drop edit end error exit file from get home if info insert into item
join key link list load mode move name new next no none not note off on open or out page paste path patch post put
read run save set show start stop table tab test text the time tip to true type undo union update use user value view
warn when where with write yes
"""

LOWER: Final = frozenset(_LOWER.split())
"""Initials that several languages write in small letters as words of their own, whatever English does (`een pc`,
`en pdf`; so the spelling rules of Dutch, Swedish and Danish), and units."""

ORDINARY: Final = frozenset(_ORDINARY.split())
"""Names with one capital that are also ordinary words, in English or in the languages that borrow them."""

BRANDS: Final = frozenset(_BRANDS.split())
"""Names with one capital that are no words of any language, so that split ones are joined in any case."""

SHOUTED: Final = frozenset(_SHOUTED.split())
"""English words that are written in capitals for emphasis, or as orders of a protocol, and may be translated."""
