"""Which hosts and addresses a link may make us connect to. Text in, reasons out; nothing is looked up here.

A page that somebody else wrote decides what is asked for. So a link must not reach what only this machine reaches:
itself, its network, and the metadata service of a cloud. The special ranges are those of the registries of IANA
(RFC 6890 and what came after); the ports are those that browsers refuse (the "bad ports" of the Fetch standard).
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urljoin, urlsplit

from knooppunt.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMES: Final = ("http", "https")
LONGEST: Final = 8000
"""Characters of the longest address that is asked for; servers need not take more (RFC 9110, 4.1)."""

_BAD: Final = """
    0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135
    137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719
    1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080
"""
BAD_PORTS: Final = frozenset(int(port) for port in _BAD.split())

_MAPPED: Final = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("::ffff:0:0:0/96"), 0),
    (IPv6Network("::/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)
"""Ranges of IPv6 whose addresses hold one of IPv4, and how many bits follow it."""
_NEVER: Final = (
    IPv4Network("168.63.129.16/32"),  # the host of a virtual machine of Azure, at an address that looks public
    IPv4Network("192.0.0.0/24"),  # protocols, and the metadata of one cloud
    IPv4Network("192.88.99.0/24"),  # relays of 6to4, no longer in use
    IPv6Network("64:ff9b:1::/48"),  # translation inside of one network
    IPv6Network("2001::/32"),  # Teredo, which hides an address of IPv4
    IPv6Network("fec0::/10"),  # site-local, no longer in use
    IPv6Network("3fff::/20"),  # documentation
    IPv6Network("5f00::/16"),  # segment routing
)
_UNSAFE: Final = re.compile(r"[^\x21-\x7e]|[\"<>\\^`{}]")
_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts and networks that may be asked although they are private."""

    names: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    def refusal(self, host: str, address: str) -> str | None:
        """Why an address that a host's name stands for is not connected to; None where it may be."""
        try:
            found = _plain(ip_address(address.partition("%")[0]))
        except ValueError:
            return f"'{address}' is no address"
        if host.lower().rstrip(".") in self.names:
            return None
        if any(found.version == network.version and found in network for network in self.networks):
            return None
        what = _private(found)
        if what is None:
            return None
        return f"{host} is {what}" if host == address else f"{host} stands for {address}, which is {what}"

    def reaches(self, host: str) -> bool:
        """Whether a host is one of those, so that it may be reached where there is no way to the internet."""
        try:
            found = ip_address(host)
        except ValueError:
            return host in self.names
        return any(found.version == network.version and found in network for network in self.networks)


@dataclass(frozen=True, slots=True)
class Place:
    """An address of a page, taken apart."""

    url: str
    """Without its fragment, encoded as it is sent."""
    fragment: str
    """Still encoded; empty where there is none."""
    host: str
    """Name or address in lower case, in ASCII, an address of IPv6 without brackets."""
    origin: str
    """`https://host:port`, without the port where it is the usual one."""

    @property
    def whole(self) -> str:
        """The address with its fragment."""
        return f"{self.url}#{self.fragment}" if self.fragment else self.url


class UnfitError(ValueError):
    """An address that is not asked for; its text says why."""


def allowed_of(texts: Iterable[str]) -> Allowed:
    """The hosts (`wiki.example.com`), addresses and networks (`10.1.0.0/16`) that these texts name.

    Raises UsageError where one is none of these.
    """
    names: set[str] = set()
    networks = []
    for text in texts:
        bare = text.strip().lower().removeprefix("[").removesuffix("]")
        try:
            networks.append(ip_network(bare, strict=False))
        except ValueError:
            if not re.fullmatch(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?\.?", bare):
                raise UsageError(
                    f"'{text}' is no host; give a name like wiki.example.com, an address, or a network like 10.1.0.0/16"
                ) from None
            names.add(bare.rstrip("."))
    return Allowed(frozenset(names), tuple(networks))


def place_of(url: str) -> Place:
    """An address as it is asked for. Raises UnfitError with the reason where it is none that we ask for.

    What browsers mend is mended: spaces around it, signs that are not ASCII, stray percent signs, `..` in a path.
    """
    text = url.strip().replace("\t", "").replace("\n", "").replace("\r", "")
    try:
        parts = urlsplit(text.replace("\\", "/") if text[:5].lower() in {"http:", "https"} else text)
        host = parts.hostname or ""
        port = parts.port
    except ValueError as error:
        raise UnfitError(f"it is no address: {error}") from None
    if parts.scheme not in SCHEMES:
        raise UnfitError("only http and https are asked for")
    if not host:
        raise UnfitError("it names no host")
    if "@" in parts.netloc:
        raise UnfitError("it holds a user name or a password, which are not sent")
    if port is not None and port in BAD_PORTS:
        raise UnfitError(f"port {port} is none of a web server")
    if len(text) > LONGEST:
        raise UnfitError(f"it is longer than {LONGEST} characters")
    return _place(parts, ascii_host(host), port)


def _place(parts: SplitResult, host: str, port: int | None) -> Place:
    usual = port is None or port == {"http": 80, "https": 443}[parts.scheme]
    shown = f"[{host}]" if ":" in host else host
    origin = f"{parts.scheme}://{shown}" + ("" if usual else f":{port}")
    path = parts.path or "/"
    if "/." in path:
        path = urlsplit(urljoin("http://host/", path)).path if not path.startswith("//") else path
    query = f"?{parts.query}" if parts.query else ""
    return Place(f"{origin}{encoded(path + query)}", encoded(parts.fragment), host, origin)


def encoded(text: str) -> str:
    """A path, a query or a fragment with every sign encoded that may not be in one; what is encoded stays."""
    whole = _PERCENT.sub("%25", text)
    return _UNSAFE.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogateescape")), whole
    )


def ascii_host(host: str) -> str:
    """A host's name as the DNS knows it. Raises UnfitError where it can be none."""
    if host.isascii():
        if not re.fullmatch(r"[A-Za-z0-9_.:%-]+", host):
            raise UnfitError("its host is no name")
        return _numeric(host.lower())
    import idna  # noqa: PLC0415 # comes with the HTTP library; most names are ASCII

    try:
        name = idna.encode(host, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise UnfitError(f"its host '{host}' is no name") from None
    return _numeric(name)


def _numeric(host: str) -> str:
    """A host's name; where its last part is a number, the address of IPv4 that it is, as browsers read it.

    >>> _numeric("127.1"), _numeric("0x7f000001"), _numeric("a.example")
    ('127.0.0.1', '127.0.0.1', 'a.example')
    """
    last = host.rstrip(".").rpartition(".")[2]
    if ":" in host or not re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last):
        return host
    try:
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except OSError:
        raise UnfitError("its host is no address") from None


def _plain(address: Address) -> Address:
    """The address of IPv4 that one of IPv6 holds, else the address itself."""
    if isinstance(address, IPv6Address):
        for network, behind in _MAPPED:
            if address in network and int(address) > 1:  # not the two of IPv6 itself, :: and ::1
                return IPv4Address((int(address) >> behind) & 0xFFFFFFFF)
    return address


def _private(address: Address) -> str | None:
    """What kind of address one is that the whole internet does not reach; None for a public one."""
    for what, holds in (
        ("a loopback address", address.is_loopback),
        ("a link-local address, where clouds keep their metadata", address.is_link_local),
        ("a multicast address", address.is_multicast),
        ("no address of a host", address.is_unspecified or address.is_reserved),
        ("a private address", not address.is_global),
        ("a reserved address", any(address.version == network.version and address in network for network in _NEVER)),
    ):
        if holds:
            return what
    return None
