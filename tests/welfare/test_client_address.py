import pytest

from welfare.http.client_address import client_address, network_of, parse_address

PROXY = "10.0.0.1"


def seen(rf, settings, proxies, forwarded, direct=PROXY):
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return client_address(rf.get("/", REMOTE_ADDR=direct, headers=headers))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, PROXY),
        (0, "203.0.113.7", PROXY),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "9.9.9.9, 203.0.113.7", "203.0.113.7"),
        (2, "203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "9.9.9.9, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", PROXY),
        (1, "", PROXY),
        (1, None, PROXY),
        (1, "203.0.113.7,", PROXY),
        (1, "nonsense", PROXY),
        (1, "203.0.113.7:51000", "203.0.113.7"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, "2001:DB8:0::1", "2001:db8::1"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
        (1, "1.2.3.4" * 5000, PROXY),
    ],
)
def test_only_our_proxies_are_believed(rf, settings, proxies, forwarded, address):
    assert seen(rf, settings, proxies, forwarded) == address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "203.0.113.7"),
        (0, "9.9.9.9, 203.0.113.7", "203.0.113.7"),
        (1, "9.9.9.9, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", "203.0.113.7"),
        (0, "", "0.0.0.0"),
        (0, "nonsense", "0.0.0.0"),
    ],
)
def test_on_a_unix_socket_the_server_in_front_says_who_asked_it(
    rf, settings, proxies, forwarded, address
):
    assert seen(rf, settings, proxies, forwarded, direct="") == address


@pytest.mark.parametrize(
    ("text", "address"),
    [("fe80::1%eth0", "fe80::1"), (" 1.2.3.4 ", "1.2.3.4"), ("1.2.3.4.5", ""), ("[::1", "")],
)
def test_address_has_one_spelling(text, address):
    assert parse_address(text) == address


def test_ipv6_counts_by_its_network():
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2::1")
    assert network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")
    assert network_of("203.0.113.7") == "203.0.113.7"
