"""Where providers may lie, with which keys, and where their answers may lead."""

import asyncio
import socket

import pytest
from pydantic import TypeAdapter, ValidationError

from philo_kernel.outgoing.access import ApiKey, BaseUrl
from philo_kernel.outgoing.addresses import AddressForbidden, is_local, is_public, public_address

KEYS: TypeAdapter[ApiKey] = TypeAdapter(ApiKey)
URLS: TypeAdapter[BaseUrl] = TypeAdapter(BaseUrl)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_an_address_that_anyone_reaches_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::10.0.0.1",
    ],
)
def test_an_address_that_only_we_reach_is_not(address):
    assert not is_public(address)


def leads_to(monkeypatch, *addresses: str) -> None:
    """Every name, from now on."""

    async def looked_up(host, port, **_how):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", looked_up, raising=False)


async def test_a_host_with_one_private_address_is_not_connected_to(monkeypatch):
    leads_to(monkeypatch, "1.1.1.1", "10.0.0.1")
    with pytest.raises(AddressForbidden):
        await public_address("two-faced.example", 443)


async def test_this_machine_is_connected_to_only_where_that_is_wanted(monkeypatch):
    leads_to(monkeypatch, "127.0.0.1")
    assert await public_address("here.example", 443, loopback=True) == "127.0.0.1"
    with pytest.raises(AddressForbidden):
        await public_address("here.example", 443)


@pytest.mark.parametrize("other", ["10.0.0.1", "1.1.1.1"])
async def test_a_host_that_is_only_partly_this_machine_is_not_connected_to(monkeypatch, other):
    leads_to(monkeypatch, "127.0.0.1", other)
    with pytest.raises(AddressForbidden):
        await public_address("two-faced.example", 443, loopback=True)


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST.", "127.0.0.1", "[::1]", "10.1.1.1", "localai", "ai.svc.cluster.local", "ai.internal"],
)
def test_a_host_of_ours_is_local(host):
    assert is_local(host)


@pytest.mark.parametrize("host", ["api.openai.com", "localhost.example.com", "1.1.1.1", "notlocalhost.com"])
def test_a_host_of_others_is_not(host):
    assert not is_local(host)


@pytest.mark.parametrize("url", ["https://api.openai.com/v1", "http://127.0.0.1:8080/v1", "http://localai:8080/v1"])
def test_a_base_url_is_https_or_local(url):
    assert URLS.validate_python(url) == url


@pytest.mark.parametrize(
    "url", ["http://api.openai.com/v1", "https://me:pw@host/v1", "https://host/v1?key=1", "ftp://localhost", "host", ""]
)
def test_a_base_url_that_would_give_the_key_away_is_refused(url):
    with pytest.raises(ValidationError):
        URLS.validate_python(url)


@pytest.mark.parametrize("blank", [None, "", "  \n"])
def test_a_blank_key_is_none(blank):
    assert KEYS.validate_python(blank) is None


def test_a_key_loses_the_line_break_it_was_pasted_with():
    key = KEYS.validate_python("sk-123\n")
    assert key
    assert key.get_secret_value() == "sk-123"


@pytest.mark.parametrize("key", ["sk-1 23", "sk-\n123", "sk-é", "“sk-123”"])
def test_a_key_that_cannot_be_sent_is_refused(key):
    with pytest.raises(ValidationError, match="signs that no key has"):
        KEYS.validate_python(key)
