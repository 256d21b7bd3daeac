"""What can be set: one line for every mistake, and no secret anywhere."""

from __future__ import annotations

import traceback
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from worker.settings import PREFIX, SECRETS, Settings, SettingsError, load

CANARY = "canary-5d1f"
SASL = {"security_protocol": "SASL_SSL", "sasl_username": "tally"}
BIG = str(10**30)


def environment(**values: str) -> dict[str, str]:
    return {PREFIX + name.upper(): value for name, value in values.items()}


def refusal(**values: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(environment(**values))
    message = str(caught.value)
    assert caught.value.exit_code == 78
    assert len(message.splitlines()) == 1
    return message


def test_an_empty_environment_gives_the_defaults() -> None:
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    empty = dict.fromkeys((*Settings.model_fields, *(f"{name}_file" for name in SECRETS)), "")
    for given in ({}, {"PATH": "/bin", "OTHER_ZONE": "UTC", "DRONETALLYZONE": "UTC"}, environment(**empty)):
        assert load(given).model_dump() == defaults


def test_values_are_read_by_their_type() -> None:
    settings = load(
        environment(retention_days="30", final_after_hours="1.5", zone="UTC", http_port="0", partitions="7")
    )
    assert settings.retention == timedelta(days=30)
    assert settings.final_after == timedelta(minutes=90)
    assert (settings.zone, settings.http_port, settings.partitions) == ("UTC", 0, 7)
    assert load({}).retention is None


def test_overrides_come_before_the_environment_and_none_overrides_nothing() -> None:
    given = environment(zone="Europe/Moscow", partitions="8")
    settings = load(given, zone="UTC", partitions=None)
    assert (settings.zone, settings.partitions) == ("UTC", 8)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load({}).zone = "UTC"


def test_the_largest_times_do_not_leave_the_calendar() -> None:
    days, hours = "36525", str(36525 * 24)
    settings = load(environment(retention_days=days, final_after_hours=hours, future_tolerance_hours=hours))
    assert settings.retention == settings.final_after == settings.future_tolerance == timedelta(days=36525)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("zone", "Mars/Phobos", "not a time zone of the IANA data base"),
        ("zone", "../../etc/passwd", "not a time zone"),
        ("zone", "Europe", "not a time zone"),
        ("zone", "\0", "not a time zone"),
        ("bootstrap_servers", "broker", "must be host:port"),
        ("bootstrap_servers", "broker:9092,", "must be host:port"),
        ("bootstrap_servers", "broker:0", "must be host:port"),
        ("bootstrap_servers", "broker:65536", "must be host:port"),
        ("bootstrap_servers", "broker:٣", "must be host:port"),
        ("bootstrap_servers", "kafka://broker:9092", "without scheme, user or password"),
        ("security_protocol", "TLS", "Input should be 'PLAINTEXT'"),
        ("allow_sasl_without_tls", "perhaps", "valid boolean"),
        ("input_topic", "news article", "should match pattern"),
        ("input_topic", "news\n", "should match pattern"),
        ("app_id", "x" * 201, "should match pattern"),
        ("group_instance_id", "a/b", "should match pattern"),
        ("partitions", "0", "greater than or equal to 1"),
        ("partitions", "1001", "less than or equal to 1000"),
        ("replication", "x", "valid integer"),
        ("session_timeout", "5.9", "greater than or equal to 6"),
        ("commit_interval", "0", "greater than or equal to 0.1"),
        ("retention_days", "0", "greater than or equal to 1"),
        ("retention_days", "1.5", "valid integer"),
        ("retention_days", BIG, "less than or equal to 36525"),
        ("final_after_hours", "0", "greater than 0"),
        ("final_after_hours", "inf", "less than or equal to"),
        ("final_after_hours", "nan", "than"),
        ("final_after_hours", "1e300", "less than or equal to"),
        ("future_tolerance_hours", "inf", "less than or equal to"),
        ("future_tolerance_hours", "-1", "greater than 0"),
        ("batch_size", "0", "greater than or equal to 1"),
        ("batch_wait", "inf", "less than or equal to 10"),
        ("shutdown_timeout", "25", "less than or equal to 24"),
        ("start_timeout", "15", "less than or equal to 14"),
        ("http_port", "65536", "less than or equal to 65535"),
        ("log_format", "xml", "Input should be 'auto', 'json' or 'human'"),
        ("log_level", "info", "Input should be 'DEBUG'"),
    ],
)
def test_a_wrong_value_is_refused_by_name_in_one_line(name: str, value: str, text: str) -> None:
    message = refusal(**{name: value})
    assert message.startswith(f"DRONETALLY_{name.upper()}: ")
    assert text in message


def test_what_does_not_go_together_is_refused(tmp_path: Path) -> None:
    there, missing = tmp_path / "there", tmp_path / "missing"
    there.write_text("x")
    assert "use SASL_SSL" in refusal(security_protocol="SASL_PLAINTEXT", sasl_username="a", sasl_password=CANARY)
    assert refusal(security_protocol="SASL_SSL") == "SASL needs sasl_username and sasl_password"
    assert refusal(**SASL) == "SASL needs sasl_username and sasl_password"
    assert "go together" in refusal(tls_key_file=str(there))
    assert "go together" in refusal(tls_certificate_file=str(there))
    assert refusal(tls_ca_file=str(missing)) == f"tls_ca_file: no such file: {missing}"
    assert "tls_ca_file: no such file" in refusal(tls_ca_file=str(tmp_path))
    assert refusal(claims_topic="news.article.v1") == "two topics have the same name"


def test_tokens_come_from_one_place_and_go_over_tls(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("x")
    asked = {
        "security_protocol": "SASL_SSL", "sasl_mechanism": "OAUTHBEARER", "oauth_client_id": "tally",
        "oauth_client_secret": CANARY,
    }  # fmt: skip
    url = "https://login.example/token"
    assert load(environment(**asked, oauth_token_url=url)).oauth_token_url == url
    from_file = environment(security_protocol="SASL_SSL", sasl_mechanism="OAUTHBEARER", oauth_token_file=str(file))
    assert load(from_file).oauth_token_file == file
    assert "OAUTHBEARER needs oauth_token_url" in refusal(**asked)
    assert "exclude each other" in refusal(**asked, oauth_token_url=url, oauth_token_file=str(file))
    assert "oauth_token_file: no such file" in refusal(**asked, oauth_token_file=str(tmp_path / "none"))
    plain = "http://login.example/token"
    assert "sends the client secret in the clear" in refusal(**asked, oauth_token_url=plain)
    allowed = environment(**asked, oauth_token_url=plain, allow_sasl_without_tls="true")
    assert load(allowed).oauth_token_url == plain
    for wrong in ("login.example/token", "file:///token", f"https://tally:{CANARY}@login.example/", "https://a/#b"):
        message = refusal(**asked, oauth_token_url=wrong)
        assert message == "DRONETALLY_OAUTH_TOKEN_URL: must be an https:// address without user or password"
    for shouted in ("HTTP://login.example/token", "Http://login.example/token"):
        assert "sends the client secret in the clear" in refusal(**asked, oauth_token_url=shouted)
    for wrong in ("https://login.example:port/", "https://[login", f"https://{'a' * 64}.example/", "https://a..b/"):
        assert "OAUTH_TOKEN_URL: must be an https:// address" in refusal(**asked, oauth_token_url=wrong)
    told = f"https://login.example/token?client_secret={CANARY}"
    assert "must not hold a secret" in refusal(**asked, oauth_token_url=told)
    cyrillic = "https://login.example/токен"
    assert "must have a path in ASCII" in refusal(**asked, oauth_token_url=cyrillic)
    international = "https://bücher.example/token"
    assert load(environment(**asked, oauth_token_url=international)).oauth_token_url == international


def test_sasl_without_tls_is_accepted_where_it_is_asked_for() -> None:
    given = environment(
        security_protocol="SASL_PLAINTEXT", sasl_username="a", sasl_password=CANARY, allow_sasl_without_tls="true"
    )
    assert load(given).security_protocol == "SASL_PLAINTEXT"


@pytest.mark.parametrize(
    "name", ["zoen", "zone_file", "sasl_username_file", "sasl_password_file_file", "_zone", "file"]
)
def test_an_unknown_name_is_refused(name: str) -> None:
    message = refusal(**{name: "x"})
    assert message == f"unknown setting DRONETALLY_{name.upper()}; `drone-tally config show` lists the known ones"
    with pytest.raises(SettingsError):
        load({}, **{name: "x"})


def test_secrets_are_those_fields_that_have_the_type_of_secrets() -> None:
    typed = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    assert typed == set(SECRETS)


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_secret_is_read_from_its_file_without_the_end_of_the_line(tmp_path: Path, name: str, end: str) -> None:
    file = tmp_path / "secret"
    file.write_bytes(f" {CANARY} ї{end}".encode())
    settings = load(environment(**{f"{name}_file": str(file), name: "other"}))
    assert getattr(settings, name) == SecretStr(f" {CANARY} ї")


def test_a_secret_file_that_can_not_be_read_is_refused(tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty", tmp_path / "binary"
    empty.write_text("\n")
    binary.write_bytes(CANARY.encode() + b"\xff")
    start = "DRONETALLY_SASL_PASSWORD_FILE: "
    assert refusal(sasl_password_file=str(tmp_path / "none")) == f"{start}can't read the file (FileNotFoundError)"
    assert refusal(sasl_password_file=str(tmp_path)) == f"{start}can't read the file (IsADirectoryError)"
    assert refusal(sasl_password_file=str(binary)) == f"{start}can't read the file (UnicodeDecodeError)"
    assert refusal(sasl_password_file=str(tmp_path) + "\0") == f"{start}can't read the file (ValueError)"
    assert refusal(sasl_password_file=str(empty)) == f"{start}the file is empty"


def test_a_secret_shows_in_no_text_of_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(CANARY)
    for given in (
        environment(**SASL, **dict.fromkeys(SECRETS, CANARY)),
        environment(**SASL, **{f"{name}_file": str(file) for name in SECRETS}),
    ):
        settings = load(given)
        assert settings.sasl_password is not None
        assert settings.sasl_password.get_secret_value() == CANARY
        shown = settings.shown()
        assert {shown[name] for name in SECRETS} == {"********"}
        for text in (repr(settings), str(settings), f"{settings!r:}", str(shown), settings.model_dump_json()):
            assert CANARY not in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars"},
        {"partitions": "x"},
        {"security_protocol": CANARY},
        {"bootstrap_servers": f"tally:{CANARY}@broker:9092"},
        {"bootstrap_servers": f"kafka://tally:{CANARY}@broker:9092"},
        {"tls_ca_file": "/nowhere"},
        {"claims_topic": "news.article.v1"},
        {"http_port": CANARY},
        {"zone": CANARY},
        {"app_id": f"{CANARY} "},
    ],
)
def test_a_secret_shows_in_no_error_nor_its_traceback(wrong: dict[str, str]) -> None:
    given = environment(**{**SASL, "sasl_password": CANARY, "tls_key_password": CANARY, **wrong})
    with pytest.raises(SettingsError) as caught:
        load(given)
    assert CANARY not in str(caught.value)
    assert CANARY not in "".join(traceback.format_exception(caught.value))


def test_what_is_shown_is_every_setting() -> None:
    shown: dict[str, Any] = load(environment(tls_ca_file=__file__)).shown()
    assert list(shown) == list(Settings.model_fields)
    assert shown["tls_ca_file"] == __file__
    assert shown["sasl_password"] is None


def test_every_setting_has_a_description() -> None:
    assert all(field.description for field in Settings.model_fields.values())
